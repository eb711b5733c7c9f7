//! One schema node, keyword by keyword.

use super::{
    Context, Key,
    plan::{Plan, RecordPlan},
};
use crate::inclusion::{Types, schema::WRITTEN_WHOLE};
use crate::spec::{At, Dialect, Draft, refs::REF_KEYWORDS, schemas};
use crate::tree::{Kind, Sym};
use crate::variance::Direction;
use std::rc::Rc;

/// A schema being read.
pub(super) struct Reader<'c, 'd> {
    pub(super) context: &'c mut Context<'d>,
    pub(super) key: Key,
    /// The draft whose keywords it uses.
    pub(super) draft: Draft,
    /// Its keywords; asked for by name many times, and mostly in vain.
    keywords: Vec<(Sym, At)>,
    pub(super) record: RecordPlan,
    /// What stands beside the record.
    pub(super) parts: Vec<Plan>,
}

impl<'c, 'd> Reader<'c, 'd> {
    pub(super) fn new(context: &'c mut Context<'d>, key: Key) -> Self {
        let draft = context.draft_of(key.at);
        let Key { at, .. } = key;
        let entries = context.files.tree(at.file).entries(at.node);
        let keywords = entries.map(|entry| {
            let node = entry.value;
            (entry.key, At { node, ..at })
        });
        Self {
            keywords: keywords.collect(),
            context,
            key,
            draft,
            record: RecordPlan::new(),
            parts: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> Plan {
        let at = self.key.at;
        let tree = self.context.files.tree(at.file);
        match tree.kind(at.node) {
            Kind::Map => {}
            Kind::Bool => {
                return match tree.bool(at.node) {
                    Some(false) => Plan::Nothing,
                    Some(true) | None => Plan::Anything,
                };
            }
            // `items:` with nothing behind it is common where YAML is written by hand.
            Kind::Null if self.is_api() => return Plan::Anything,
            Kind::Null | Kind::Number | Kind::String | Kind::Seq => {
                let shown = self.context.files.quote(at);
                return Plan::Opaque(format!("{shown} is no schema"));
            }
        }
        if let Some(name) = self.context.foreign(at) {
            return Plan::Opaque(name);
        }
        if self.draft < Draft::D2019
            && let Some(target) = self.alias()
        {
            return target;
        }
        self.types();
        self.numbers();
        self.strings();
        self.arrays();
        self.objects();
        self.references();
        self.constants();
        self.choices();
        self.finish()
    }

    fn finish(mut self) -> Plan {
        let record = std::mem::replace(&mut self.record, RecordPlan::new());
        let record = (!record.is_silent()).then(|| Plan::Record(Box::new(record)));
        let others = std::mem::take(&mut self.parts);
        let base = Plan::All(record.into_iter().chain(others).collect());
        if self.draft < Draft::D2019 {
            return base;
        }
        let members = self.subschema("unevaluatedProperties");
        let items = self.subschema("unevaluatedItems");
        if members.is_none() && items.is_none() {
            return base;
        }
        Plan::Unevaluated {
            base: Box::new(base),
            members,
            items,
        }
    }

    /// What a reference says that nothing counts beside.
    fn alias(&mut self) -> Option<Plan> {
        let keywords = if self.is_api() {
            REF_KEYWORDS.as_slice()
        } else {
            &["$ref"]
        };
        keywords.iter().find_map(|keyword| self.reference(keyword))
    }

    fn references(&mut self) {
        let keywords: &[&'static str] = match self.draft {
            Draft::D4 | Draft::D6 | Draft::D7 => return,
            // In an API document `$recursiveRef` leads where it always led, whatever the draft.
            _ if self.is_api() => &REF_KEYWORDS,
            Draft::D2019 => &["$ref", "$recursiveRef"],
            Draft::D2020 => &["$ref", "$dynamicRef"],
        };
        for keyword in keywords {
            let target = self.reference(keyword);
            // A schema that is itself and more is what the rest of it says.
            let target = target.filter(|plan| !matches!(plan, Plan::Sub(key) if *key == self.key));
            self.parts.extend(target);
        }
    }

    pub(super) fn is_api(&self) -> bool {
        self.context.files.is_api()
    }

    pub(super) fn get(&self, keyword: &str) -> Option<At> {
        let tree = self.context.files.tree(self.key.at.file);
        let mut keywords = self.keywords.iter();
        let found = keywords.find(|(key, _)| tree.key(*key) == keyword);
        found.map(|(_, value)| *value)
    }

    /// The string of a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<&str> {
        self.context.files.str(self.get(keyword)?)
    }

    /// The boolean of a keyword.
    pub(super) fn flag(&self, keyword: &str) -> Option<bool> {
        let at = self.get(keyword)?;
        self.context.files.tree(at.file).bool(at.node)
    }

    /// A list or map that API documents may keep elsewhere.
    pub(super) fn child(&self, keyword: &str) -> Option<At> {
        let at = self.get(keyword)?;
        if self.is_api() {
            self.context.files.bundle.follow(at)
        } else {
            Some(at)
        }
    }

    pub(super) fn kind(&self, at: At) -> Kind {
        self.context.files.kind(at)
    }

    pub(super) fn items(&self, at: At) -> Vec<At> {
        self.context.files.items(at).collect()
    }

    /// The key of a schema for a value inside.
    pub(super) fn inside(&mut self, at: At) -> Key {
        let scope = self.context.scope_in(self.key.scope, at);
        self.context.value(at, scope, self.key.direction)
    }

    /// The key of a schema that always applies to the same value.
    pub(super) fn part(&mut self, at: At) -> Key {
        let scope = self.context.scope_in(self.key.scope, at);
        self.context.part(self.key, at, scope)
    }

    /// The key of a schema that may apply to the same value.
    pub(super) fn branch(&mut self, at: At) -> Key {
        let scope = self.context.scope_in(self.key.scope, at);
        self.context.branch(self.key, at, scope)
    }

    /// The key of a schema that is asked whether it holds for the same value: all members count there.
    pub(super) fn asked(&mut self, at: At) -> Key {
        let scope = self.context.scope_in(self.key.scope, at);
        self.context.value(at, scope, None)
    }

    /// The schema of a keyword for values inside.
    pub(super) fn subschema(&mut self, keyword: &str) -> Option<Key> {
        let at = self.get(keyword)?;
        Some(self.inside(at))
    }

    /// A keyword with a value that it cannot have: no validator reads such a schema, and two that are equally wrong
    /// mean the same.
    pub(super) fn wrong(&self, keyword: &str, at: At, needed: &str) -> Plan {
        let shown = self.context.files.quote(at);
        Plan::Opaque(format!("`{keyword}` is not {needed} but {shown}"))
    }

    pub(super) fn complain(&mut self, keyword: &str, at: At, needed: &str) {
        let plan = self.wrong(keyword, at, needed);
        self.parts.push(plan);
    }

    fn types(&mut self) {
        if let Some(at) = self.get("type") {
            match self.named_types(at) {
                Some(types) => self.record.types = types,
                None => return self.complain("type", at, "a type"),
            }
            let nullable = self.context.files.dialect().nullable();
            if nullable.is_some_and(|keyword| self.flag(keyword) == Some(true)) {
                self.record.types = self.record.types.or(Types::NULL);
            }
        } else if self.is_api() && !self.key.typed && self.has_members() {
            // Real OpenAPI documents leave `type: object` out wherever they list members.
            self.record.types = Types::OBJECT;
        }
    }

    fn has_members(&self) -> bool {
        let map = self.child("properties");
        map.is_some_and(|map| self.context.files.tree(map.file).size(map.node) > 0)
    }

    /// The types that a `type` names, and what draft 4 thinks of integers.
    fn named_types(&mut self, at: At) -> Option<Types> {
        let list = match self.kind(at) {
            Kind::String => vec![at],
            Kind::Seq => self.items(at),
            Kind::Null | Kind::Bool | Kind::Number | Kind::Map => return None,
        };
        let mut types = Types::NONE;
        for name in &list {
            let name = self.context.files.str(*name)?;
            let known = name != "file" || self.context.files.dialect() == Dialect::Swagger2;
            types = types.or(Types::named(name).filter(|_| known)?);
        }
        if self.draft == Draft::D4
            && !self.is_api()
            && types.holds(Types::INTEGER)
            && !types.holds(Types::NUMBER)
        {
            let whole = Plan::Opaque(WRITTEN_WHOLE.to_owned());
            self.parts.push(if types == Types::INTEGER {
                whole
            } else {
                // It is a matter of numbers only.
                let mut others = RecordPlan::new();
                others.types = Types::ALL.without(Types::NUMBER);
                Plan::Any(vec![Plan::Record(Box::new(others)), whole])
            });
        }
        (!list.is_empty()).then_some(types)
    }
}

impl Context<'_> {
    /// The object that Swagger 2.0's `formData` parameters make.
    pub(super) fn form(&mut self, key: &schemas::Key, direction: Option<Direction>) -> Plan {
        let mut record = RecordPlan::new();
        record.types = Types::OBJECT;
        for atom in &key.atoms {
            let Some(name) = self.files.text(atom.at, "name").map(Rc::from) else {
                continue;
            };
            if self.files.flag(atom.at, "required") == Some(true) {
                record.objects.required.insert(Rc::clone(&name));
            }
            let member = self.outside(atom.at, direction);
            record.objects.members.insert(name, member);
        }
        Plan::Record(Box::new(record))
    }
}
