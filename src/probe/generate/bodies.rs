//! Bodies that a contract shows, or that its schemas allow.

use super::{Builder, Fill, Known, NoValue, Source};
use crate::spec::Media;
use crate::text::nearest;
use serde_json::Value;

impl Builder<'_, '_, '_> {
    /// A valid body: an example of the contract, else one from the schema.
    ///
    /// # Errors
    /// When no value is found.
    pub fn shown_body(&self, media: &Media<'_>, fill: Fill) -> Result<Value, NoValue> {
        let Some(shape) = &media.shape else {
            let shown = self.sampler.bodies(media).into_iter().next();
            return shown
                .map(|known| known.value)
                .ok_or_else(|| NoValue("it has neither a schema nor an example".to_owned()));
        };
        if fill == Fill::Shown {
            let shown = self.sampler.bodies(media).into_iter();
            let mut valid =
                shown.filter(|known| self.sampler.allows(shape, &known.value) == Some(true));
            if let Some(known) = valid.next() {
                return Ok(known.value);
            }
        }
        self.sampler.value(shape, fill)
    }

    /// The example of this name.
    ///
    /// # Errors
    /// When there is none; with the nearest name.
    pub fn example(&self, media: &Media<'_>, name: &str) -> Result<Value, NoValue> {
        let bodies = self.sampler.bodies(media);
        let named = |known: &&Known| known.source == Source::Example(Some(name.to_owned()));
        if let Some(known) = bodies.iter().find(named) {
            return Ok(known.value.clone());
        }
        let names: Vec<&str> = bodies
            .iter()
            .filter_map(|known| match &known.source {
                Source::Example(Some(name)) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let help = match (nearest(name, names.iter().copied()), names.is_empty()) {
            (Some(meant), _) => format!("; did you mean `{meant}`?"),
            (None, true) => "; it has no named examples".to_owned(),
            (None, false) => format!("; there are {}", names.join(", ")),
        };
        Err(NoValue(format!("there is no example `{name}`{help}")))
    }
}
