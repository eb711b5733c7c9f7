//! The edit of a contract that a drift amounts to.

use super::{
    declare::{bits, name},
    edits::Edits,
    scene::Scene,
    synth,
};
use crate::probe::drift::{
    drifts::What,
    field::Type,
    path::Path,
    shape::{Key, Shape},
};
use crate::spec::{At, Types};
use serde_json::{Value, json};
use std::collections::BTreeSet;

impl Scene<'_, '_> {
    /// What the vendor has done, as an edit of the contract's files.
    pub(super) fn edit(&self, of: &Key, what: &What, new: &Shape) -> Edits {
        let mut edits = Edits::default();
        match what {
            What::FieldGone { path, .. } => self.remove_member(&mut edits, path),
            What::FieldNew { path, .. } => {
                if let Some((around, step)) = path.parent() {
                    let schema = synth::schema(new, path, self.dialect());
                    self.declare(&mut edits, &around, step, schema);
                }
            }
            What::TypeChanged {
                path,
                before,
                after,
            } => self.change_type(&mut edits, path, before, after),
            What::FormatChanged { path, after, .. } => {
                for at in self.atoms(path) {
                    if self.get(at, "format").is_some() {
                        match after.keyword() {
                            Some(word) => edits.put(at, "format", word.into()),
                            None => edits.remove(at, "format"),
                        }
                    }
                }
            }
            What::PresenceDrop { path, .. } => self.release(&mut edits, path),
            What::NullRise { path, .. } => self.allow_null(&mut edits, path),
            What::ValueNew { path, value, .. } => self.allow_value(&mut edits, path, value),
            What::StatusNew => self.declare_response(&mut edits, of, new),
            What::MediaNew => self.declare_media(&mut edits, of, new),
            What::HeaderGone { name, .. } => {
                if let Some((map, key)) = self.header(name) {
                    edits.remove(map, &key);
                }
            }
            What::HeaderNew { name, .. } => {
                if let Some(response) = self.response {
                    let header = synth::header(self.dialect());
                    self.put_within(&mut edits, response.at, "headers", name, header);
                }
            }
            What::ValueUnseen { .. } | What::Slower { .. } => {}
        }
        edits
    }

    /// The map of headers, and the key of one as it is written there.
    fn header(&self, name: &str) -> Option<(At, String)> {
        let map = self.contract.bundle.child(self.response?.at, "headers")?;
        let mut entries = self.contract.bundle.entries(map);
        let (key, _) = entries.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        Some((map, key.to_owned()))
    }

    fn remove_member(&self, edits: &mut Edits, path: &Path) {
        let (Some((around, _)), Some(name)) = (path.parent(), name(path)) else {
            return;
        };
        for at in self.atoms(&around) {
            if let Some(properties) = self.get(at, "properties")
                && self.get(properties, name).is_some()
            {
                edits.remove(properties, name);
            }
        }
        self.release(edits, path);
    }

    /// A member that need not be there any more.
    fn release(&self, edits: &mut Edits, path: &Path) {
        let (Some((around, _)), Some(name)) = (path.parent(), name(path)) else {
            return;
        };
        let name = Value::from(name);
        for at in self.atoms(&around) {
            let Some(required) = self.get(at, "required") else {
                continue;
            };
            let mut names = self.list(required);
            if !names.contains(&name) {
                continue;
            }
            names.retain(|one| *one != name);
            if names.is_empty() {
                edits.remove(at, "required");
            } else {
                edits.put(at, "required", Value::Array(names));
            }
        }
    }

    fn change_type(
        &self,
        edits: &mut Edits,
        path: &Path,
        before: &BTreeSet<Type>,
        after: &BTreeSet<Type>,
    ) {
        let all = |kinds: &BTreeSet<Type>| {
            let kinds = kinds.iter().map(|kind| bits(*kind));
            kinds.fold(Types::NONE, Types::or)
        };
        let (before, after) = (all(before), all(after));
        for at in self.atoms(path) {
            let Some(said) = self.get(at, "type") else {
                continue;
            };
            let words = self.list(said);
            let declared = words.iter().filter_map(|word| Types::named(word.as_str()?));
            let declared = declared.fold(Types::NONE, Types::or);
            // Where no value is of an old type any more, the old type is gone.
            let kept = if before.meets(after) {
                declared
            } else {
                declared.without(before)
            };
            let types = kept.or(after).names();
            let types = types.into_iter().map(Value::from).collect();
            if let Some(said) = synth::said(types) {
                edits.put(at, "type", said);
            }
        }
    }

    fn allow_null(&self, edits: &mut Edits, path: &Path) {
        for at in self.atoms(path) {
            let Some(said) = self.get(at, "type") else {
                continue;
            };
            if let Some(keyword) = synth::null_keyword(self.dialect()) {
                edits.put(at, keyword, Value::Bool(true));
            } else {
                let mut types = self.list(said);
                types.push("null".into());
                edits.put(at, "type", Value::Array(types));
            }
            if let Some(values) = self.get(at, "enum") {
                let mut values = self.list(values);
                values.push(Value::Null);
                edits.put(at, "enum", Value::Array(values));
            }
        }
    }

    fn allow_value(&self, edits: &mut Edits, path: &Path, value: &str) {
        let Ok(value) = serde_json::from_str::<Value>(value) else {
            return;
        };
        for (at, keyword, mut list) in self.enums(path) {
            if list.contains(&value) {
                continue;
            }
            list.push(value.clone());
            if keyword == "const" {
                edits.remove(at, keyword);
                edits.put(at, "enum", json!(list));
            } else {
                edits.put(at, keyword, json!(list));
            }
        }
    }
}
