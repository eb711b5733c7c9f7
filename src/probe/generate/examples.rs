//! What a contract shows: examples, defaults, constants, and the first of closed lists.

use super::Sampler;
use crate::spec::{At, Media, Parameter, SchemaId};
use crate::tree::Kind;
use serde_json::Value;
use std::fmt;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The file of the scenario.
    Scenario,
    /// An example, with its name where it has one.
    Example(Option<String>),
    /// `default`.
    Default,
    /// `const`, or the first of `enum`.
    Enum,
    /// Made from the schema.
    Generated,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario => f.write_str("scenario"),
            Self::Example(None) => f.write_str("example"),
            Self::Example(Some(name)) => write!(f, "example `{name}`"),
            Self::Default => f.write_str("default"),
            Self::Enum => f.write_str("enum"),
            Self::Generated => f.write_str("schema"),
        }
    }
}

/// A value that the contract itself names.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The value.
    pub value: Value,
    /// Where it is named.
    pub source: Source,
}

impl Sampler<'_> {
    /// The value of a parameter that the contract names: example, default, or the first of an enum; the first that its own schema
    /// accepts.
    #[must_use]
    pub fn parameter(&self, parameter: &Parameter<'_>) -> Option<Known> {
        let mut shown = self.shown_at(parameter.at);
        for media in &parameter.content {
            shown.extend(self.shown_at(media.at));
        }
        let shape = parameter.shape.as_ref().or_else(|| {
            parameter
                .content
                .iter()
                .find_map(|media| media.shape.as_ref())
        });
        let Some(shape) = shape else {
            return shown.into_iter().next();
        };
        let id = self.schemas.of_shape(shape);
        shown.extend(self.shown_by(id));
        shown
            .into_iter()
            .find(|known| self.accepts(id, &known.value))
    }

    /// Example bodies of a media type by name, those without one first.
    #[must_use]
    pub fn bodies(&self, media: &Media<'_>) -> Vec<Known> {
        self.shown_at(media.at)
    }

    /// `example` and `examples` beside a schema.
    fn shown_at(&self, at: At) -> Vec<Known> {
        let bundle = self.bundle;
        let mut shown = Vec::new();
        for key in ["example", "x-example"] {
            let value = bundle.get(at, key).and_then(|at| self.json(at));
            shown.extend(value.map(|value| Known {
                value,
                source: Source::Example(None),
            }));
        }
        for key in ["examples", "x-examples"] {
            let Some(examples) = bundle.child(at, key) else {
                continue;
            };
            for (name, example) in bundle.entries(examples) {
                let value = bundle
                    .follow(example)
                    .and_then(|example| {
                        let value = bundle.get(example, "value");
                        value.or_else(|| bundle.get(example, "dataValue"))
                    })
                    .and_then(|at| self.json(at));
                shown.extend(value.map(|value| Known {
                    value,
                    source: Source::Example(Some(name.to_owned())),
                }));
            }
        }
        shown
    }

    /// What a schema names, the most telling first.
    pub(super) fn shown_by(&self, id: SchemaId) -> Vec<Known> {
        let schema = self.schemas.get(id);
        let bundle = self.bundle;
        let mut shown = Vec::new();
        let mut add = |value: Option<Value>, source: Source| {
            shown.extend(value.map(|value| Known { value, source }));
        };
        for (keyword, at) in &schema.docs {
            match *keyword {
                "example" => add(self.json(*at), Source::Example(None)),
                "examples" if bundle.tree(at.file).kind(at.node) == Kind::Seq => {
                    for example in bundle.items(*at) {
                        add(self.json(example), Source::Example(None));
                    }
                }
                _ => {}
            }
        }
        // A default of null says that nothing is the default.
        let default = schema.default.and_then(|at| self.json(at));
        add(default.filter(|value| !value.is_null()), Source::Default);
        for values in &schema.values {
            for at in &values.list {
                let value = self.json(*at).filter(|value| !value.is_null());
                add(value, Source::Enum);
            }
        }
        if let Some(values) = &schema.extensible {
            for at in &values.list {
                add(self.json(*at), Source::Enum);
            }
        }
        shown
    }
}
