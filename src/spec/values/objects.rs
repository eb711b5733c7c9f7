//! Keywords about objects.

use super::{
    Key,
    plan::{Plan, RecordPlan},
    read::Reader,
};
use crate::spec::{At, Draft};
use crate::tree::Kind;
use std::{collections::BTreeMap, rc::Rc};

impl Reader<'_, '_> {
    pub(super) fn objects(&mut self) {
        if let Some(count) = self.count("minProperties") {
            self.record.objects.fewest = count;
        }
        self.record.objects.most = self.count("maxProperties");
        if let Some(map) = self.child("properties") {
            self.record.objects.members = self.named("properties", map);
            self.leave_hidden_out();
        }
        // Swagger 2.0 and OpenAPI 3.0 left this keyword of draft 4 out.
        if (self.draft > Draft::D4 || !self.is_api())
            && let Some(map) = self.get("patternProperties")
        {
            self.record.objects.patterns = self.named("patternProperties", map);
        }
        self.record.objects.rest = self.subschema("additionalProperties");
        if self.draft >= Draft::D6 {
            self.record.objects.names = self.subschema("propertyNames");
        }
        self.required();
        self.discriminator();
        if self.draft >= Draft::D2019 {
            self.dependent_required();
            self.dependent_schemas();
        }
        if !self.is_api() {
            self.dependencies();
        }
    }

    fn named(&mut self, keyword: &str, map: At) -> BTreeMap<Rc<str>, Key> {
        if self.kind(map) != Kind::Map {
            self.complain(keyword, map, "a map of schemas");
            return BTreeMap::new();
        }
        let members = self.entries(map);
        members
            .into_iter()
            .map(|(name, at)| (name, self.inside(at)))
            .collect()
    }

    fn entries(&self, map: At) -> Vec<(Rc<str>, At)> {
        let entries = self.context.files.entries(map);
        entries.map(|(name, at)| (name.into(), at)).collect()
    }

    /// What is not on the wire is neither required nor named.
    fn leave_hidden_out(&mut self) {
        let hidden = self.context.places.names(self.key.hidden);
        self.record
            .objects
            .members
            .retain(|name, _| !hidden.contains(name));
    }

    fn required(&mut self) {
        let Some(list) = self.child("required") else {
            return;
        };
        // Draft 3's flag at a member, and every parameter's own.
        if self.is_api() && self.kind(list) == Kind::Bool {
            return;
        }
        let Some(names) = self.names(list) else {
            return self.complain("required", list, "a list of names");
        };
        let hidden = self.context.places.names(self.key.hidden);
        self.record.objects.required = names
            .into_iter()
            .filter(|name| !hidden.contains(name))
            .collect();
    }

    fn names(&self, list: At) -> Option<Vec<Rc<str>>> {
        if self.kind(list) != Kind::Seq {
            return None;
        }
        let files = &self.context.files;
        let names = files.items(list);
        names.map(|at| files.str(at).map(Rc::from)).collect()
    }

    /// OpenAPI's hint which branch an object belongs to: no validator reads it, but it names a member.
    fn discriminator(&mut self) {
        if !self.is_api() {
            return;
        }
        let Some(at) = self.get("discriminator") else {
            return;
        };
        // Swagger 2.0 names the member only.
        let files = &self.context.files;
        let name = files.str(at).or_else(|| files.text(at, "propertyName"));
        let name = name.map(Rc::from);
        self.record.objects.declared.extend(name);
    }

    fn dependent_required(&mut self) {
        let keyword = "dependentRequired";
        let Some(map) = self.get(keyword) else { return };
        if self.kind(map) != Kind::Map {
            return self.complain(keyword, map, "a map of names");
        }
        for (name, list) in self.sorted(map) {
            // What does not travel asks for nothing.
            if !self.context.places.names(self.key.hidden).contains(&name) {
                self.needs_names(keyword, &name, list);
            }
        }
    }

    fn needs_names(&mut self, keyword: &str, name: &Rc<str>, list: At) {
        let Some(names) = self.names(list) else {
            return self.complain(keyword, list, "a list of names");
        };
        let declared = &mut self.record.objects.declared;
        declared.extend(names.iter().cloned());
        let mut needed = RecordPlan::new();
        let hidden = self.context.places.names(self.key.hidden);
        needed.objects.required = names
            .into_iter()
            .filter(|name| !hidden.contains(name))
            .collect();
        self.when_present(name, Plan::Record(Box::new(needed)));
    }

    fn dependent_schemas(&mut self) {
        let keyword = "dependentSchemas";
        let Some(map) = self.get(keyword) else { return };
        if self.kind(map) != Kind::Map {
            return self.complain(keyword, map, "a map of schemas");
        }
        for (name, at) in self.sorted(map) {
            let schema = Plan::Sub(self.branch(at));
            self.when_present(&name, schema);
        }
    }

    /// Until draft 7 one keyword held both kinds; validators read it in later drafts, too.
    fn dependencies(&mut self) {
        let keyword = "dependencies";
        let Some(map) = self.get(keyword) else { return };
        if self.kind(map) != Kind::Map {
            return self.complain(keyword, map, "a map");
        }
        for (name, value) in self.sorted(map) {
            if self.kind(value) == Kind::Seq {
                self.needs_names(keyword, &name, value);
            } else {
                let schema = Plan::Sub(self.branch(value));
                self.when_present(&name, schema);
            }
        }
    }

    /// By name, for the order says nothing.
    fn sorted(&self, map: At) -> Vec<(Rc<str>, At)> {
        let mut entries = self.entries(map);
        entries.sort();
        entries
    }

    /// For objects that have a member.
    fn when_present(&mut self, name: &Rc<str>, then: Plan) {
        self.record.objects.declared.insert(Rc::clone(name));
        let present = Plan::Record(Box::new(RecordPlan::with_member(name)));
        let absent = Plan::Not(Box::new(present.clone()));
        let then = Plan::All(vec![present, then]);
        self.parts.push(Plan::Any(vec![absent, then]));
    }
}
