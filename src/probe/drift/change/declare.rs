//! What the contract leaves open, said as the baseline has it, so that a drift there is an edit of something.

use super::{edits::Edits, scene::Scene, synth};
use crate::probe::drift::{
    drifts::What,
    field::Type,
    path::Path,
    places,
    shape::{Key, Shape},
};
use crate::spec::{Dialect, Types};
use serde_json::{Value, json};

impl Scene<'_, '_> {
    /// What is to be added to the contract before the drift can be an edit of it.
    pub(super) fn declarations(&self, of: &Key, what: &What, old: &Shape) -> Edits {
        let mut edits = Edits::default();
        match what {
            What::FieldNew { path, .. } => {
                if let Some((around, _)) = path.parent() {
                    self.declare_path(&mut edits, of, &around, old);
                }
            }
            What::HeaderGone { name, .. } => {
                if let Some(response) = self.response {
                    if response.headers.iter().all(|header| header.name != *name) {
                        let header = synth::header(self.dialect());
                        self.put_within(&mut edits, response.at, "headers", name, header);
                    }
                } else {
                    self.declare_response(&mut edits, of, old);
                }
            }
            What::HeaderNew { .. } | What::MediaNew => {
                if self.response.is_none() {
                    self.declare_response(&mut edits, of, old);
                }
            }
            What::StatusNew | What::Slower { .. } | What::ValueUnseen { .. } => {}
            What::FieldGone { path, .. }
            | What::TypeChanged { path, .. }
            | What::FormatChanged { path, .. }
            | What::PresenceDrop { path, .. }
            | What::NullRise { path, .. }
            | What::ValueNew { path, .. } => self.declare_path(&mut edits, of, path, old),
        }
        edits
    }

    /// Declares a place of the body, and whatever is around it.
    fn declare_path(&self, edits: &mut Edits, of: &Key, path: &Path, old: &Shape) {
        let Some(response) = self.response else {
            self.declare_response(edits, of, old);
            return;
        };
        let dialect = self.dialect();
        let Some(media) = self.media else {
            self.declare_media(edits, of, old);
            return;
        };
        if self.root.is_none() {
            let at = if dialect == Dialect::Swagger2 {
                response.at
            } else {
                media.at
            };
            edits.put(at, "schema", synth::schema(old, &Path::root(), dialect));
            return;
        }
        let mut around = Path::root();
        for step in path.segments() {
            let inside = around.child(step.clone());
            if self.nodes(&inside).is_none() {
                let schema = synth::schema(old, &inside, dialect);
                self.declare(edits, &around, step, schema);
                return;
            }
            around = inside;
        }
    }

    pub(super) fn declare_response(&self, edits: &mut Edits, of: &Key, shape: &Shape) {
        let status = of.status.to_string();
        let response = synth::response(shape, self.dialect());
        self.put_within(edits, self.operation.at, "responses", &status, response);
        if self.dialect() == Dialect::Swagger2 {
            self.produce(edits, of);
        }
    }

    pub(super) fn declare_media(&self, edits: &mut Edits, of: &Key, shape: &Shape) {
        let (Some(response), Some(name)) = (self.response, &of.media) else {
            return;
        };
        if self.dialect() == Dialect::Swagger2 {
            self.produce(edits, of);
            if self.get(response.at, "schema").is_none() && shape.bodies > 0 {
                let schema = synth::schema(shape, &Path::root(), self.dialect());
                edits.put(response.at, "schema", schema);
            }
        } else {
            let media = synth::media(shape, self.dialect());
            self.put_within(edits, response.at, "content", name, media);
        }
    }

    /// Swagger 2.0 lists media types beside the responses.
    fn produce(&self, edits: &mut Edits, of: &Key) {
        let Some(name) = &of.media else { return };
        let own = self.get(self.operation.at, "produces");
        let said = own.or_else(|| self.get(self.contract.bundle.root(), "produces"));
        // Without a list it is JSON, as this program reads it.
        let mut list = said.map_or_else(|| vec![json!("application/json")], |at| self.list(at));
        if !list.contains(&Value::from(name.as_str())) {
            list.push(name.as_str().into());
            edits.put(self.operation.at, "produces", Value::Array(list));
        }
    }

    /// What the contract leaves open although the baseline did not use it: a member that may be missing and never was. `None`
    /// when it does not leave it open.
    pub(super) fn sharpened(&self, what: &What) -> Option<Edits> {
        let mut edits = Edits::default();
        match what {
            What::PresenceDrop { path, before, .. } => {
                let (around, _) = path.parent()?;
                if self.is_required(path) {
                    return None;
                }
                if before.is_all()
                    && let Some(at) = self.atoms(&around).first()
                {
                    let mut names = self
                        .get(*at, "required")
                        .map_or_else(Vec::new, |at| self.list(at));
                    names.push(name(path)?.into());
                    edits.put(*at, "required", Value::Array(names));
                }
            }
            What::FormatChanged { path, before, .. } => {
                if self.formats(path) {
                    return None;
                }
                if let (Some(at), Some(word)) = (self.atoms(path).first(), before.keyword()) {
                    edits.put(*at, "format", word.into());
                }
            }
            What::TypeChanged {
                path,
                before,
                after,
            } => {
                let types = self.types(path);
                let holds = |kinds: &std::collections::BTreeSet<Type>| {
                    kinds
                        .iter()
                        .all(|kind| types.is_none_or(|types| types.holds(bits(*kind))))
                };
                if !holds(after) {
                    return None;
                }
                // What names no type leaves it open; what names this one promised it.
                if types.is_none()
                    && let Some(at) = self.atoms(path).first()
                    && let Some(said) = synth::said(synth::types(before.iter().copied()))
                {
                    edits.put(*at, "type", said);
                }
            }
            What::ValueNew { path, value, .. } => {
                let lists = self.enums(path);
                let value: Option<Value> = serde_json::from_str(value).ok();
                let mut values = lists.iter().flat_map(|(_, _, list)| list);
                let known = values.any(|one| Some(one) == value.as_ref());
                if !known && !lists.is_empty() {
                    return None;
                }
            }
            What::NullRise { path, .. } => {
                if !self.takes_null(path) {
                    return None;
                }
            }
            What::StatusNew => {
                self.response?;
            }
            What::MediaNew => {
                self.media?;
            }
            What::FieldNew { path, .. } => {
                self.nodes(path)?;
            }
            What::HeaderNew { name, .. } => {
                let mut headers = self.response?.headers.iter();
                headers.find(|header| header.name == *name)?;
            }
            What::FieldGone { .. } | What::HeaderGone { .. } => return None,
            What::ValueUnseen { .. } | What::Slower { .. } => {}
        }
        Some(edits)
    }

    fn is_required(&self, path: &Path) -> bool {
        let (Some((around, _)), Some(name)) = (path.parent(), name(path)) else {
            return false;
        };
        let wanted = Value::from(name);
        self.atoms(&around).into_iter().any(|at| {
            self.get(at, "required")
                .is_some_and(|at| self.list(at).contains(&wanted))
        })
    }

    fn formats(&self, path: &Path) -> bool {
        let mut atoms = self.atoms(path).into_iter();
        atoms.any(|at| self.get(at, "format").is_some())
    }

    /// The types that the contract allows at a place; `None` if it does not say.
    pub(super) fn types(&self, path: &Path) -> Option<Types> {
        let here = places::here(&self.schemas, &self.nodes(path)?);
        let said = here.iter().filter(|schema| schema.types_at.is_some());
        let said = said.map(|schema| {
            if schema.or_null {
                schema.types.or(Types::NULL)
            } else {
                schema.types
            }
        });
        said.reduce(Types::or)
    }

    fn takes_null(&self, path: &Path) -> bool {
        self.types(path)
            .is_none_or(|types| types.holds(Types::NULL))
    }

    /// Every closed list of a place: where, under which keyword, and its values.
    pub(super) fn enums(&self, path: &Path) -> Vec<(crate::spec::At, &'static str, Vec<Value>)> {
        let mut found = Vec::new();
        for at in self.atoms(path) {
            for keyword in ["enum", "const", "x-extensible-enum"] {
                if let Some(list) = self.get(at, keyword) {
                    found.push((at, keyword, self.list(list)));
                }
            }
        }
        found
    }
}

/// A member's name.
pub(super) fn name(path: &Path) -> Option<&str> {
    match path.segments().last()? {
        crate::spec::Segment::Property(name) => Some(name),
        _ => None,
    }
}

pub(super) const fn bits(kind: Type) -> Types {
    match kind {
        Type::Boolean => Types::BOOLEAN,
        Type::Integer => Types::INTEGER,
        Type::Number => Types::NUMBER,
        Type::String => Types::STRING,
        Type::Array => Types::ARRAY,
        Type::Object => Types::OBJECT,
    }
}
