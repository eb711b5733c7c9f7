//! Keywords that combine schemas.

use super::{plan::Plan, read::Reader};
use crate::spec::{At, Draft};
use crate::tree::Kind;

impl Reader<'_, '_> {
    pub(super) fn choices(&mut self) {
        for at in self.schemas("allOf") {
            let part = Plan::Sub(self.part(at));
            self.parts.push(part);
        }
        let group: [(_, fn(_) -> _); 2] = [("anyOf", Plan::Any), ("oneOf", Plan::One)];
        for (keyword, choice) in group {
            let branches = self.schemas(keyword);
            if !branches.is_empty() {
                let branches = branches.into_iter();
                let branches = branches.map(|at| Plan::Sub(self.branch(at))).collect();
                self.parts.push(choice(branches));
            }
        }
        if let Some(at) = self.get("not") {
            let key = self.asked(at);
            self.parts.push(Plan::Not(Box::new(Plan::Sub(key))));
        }
        if self.draft >= Draft::D7
            && let Some(at) = self.get("if")
        {
            self.conditional(at);
        }
    }

    fn schemas(&mut self, keyword: &'static str) -> Vec<At> {
        let Some(list) = self.get(keyword) else {
            return Vec::new();
        };
        let items = self.items(list);
        // Empty lists are found in real API documents, where they say nothing.
        if self.kind(list) != Kind::Seq || (items.is_empty() && !self.is_api()) {
            self.complain(keyword, list, "a list of schemas");
        }
        items
    }

    fn conditional(&mut self, when: At) {
        let (then, otherwise) = (self.get("then"), self.get("else"));
        // Alone it asks for nothing; what it names counts as evaluated from 2019-09 on.
        if then.is_none() && otherwise.is_none() && self.draft < Draft::D2019 {
            return;
        }
        let when = Plan::Sub(self.asked(when));
        let not = Plan::Not(Box::new(when.clone()));
        let mut branch = |holds: Plan, then: Option<At>| match then {
            Some(at) => Plan::All(vec![holds, Plan::Sub(self.branch(at))]),
            None => holds,
        };
        let branches = vec![branch(when, then), branch(not, otherwise)];
        self.parts.push(Plan::Any(branches));
    }
}
