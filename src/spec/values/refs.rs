//! References of all kinds to the schemas they mean.

use super::{
    Context, Key,
    files::shorten,
    plan::Plan,
    read::Reader,
    scope::{Scope, ScopeId},
};
use crate::spec::{At, Dialect, Draft, FileId, refs::REF_KEYWORDS};

/// What a reference comes down to.
enum Led {
    To(At),
    Nowhere,
    /// Several places, and which one it is depends on more than the schema.
    Astray,
}

impl Context<'_> {
    /// The words of the reference at a node.
    pub(super) fn reference_text(&self, at: At) -> String {
        let text = REF_KEYWORDS
            .into_iter()
            .find_map(|keyword| self.files.text(at, keyword));
        shorten(text.unwrap_or_default())
    }

    /// A name of a reference that no other one has, not even the same reference met on another way.
    fn astray(&mut self, at: At) -> String {
        self.astray += 1;
        format!("{}, case {}", self.files.place(at), self.astray)
    }

    /// In an API document, the name of a schema that is written in another draft than the document's.
    pub(super) fn foreign(&self, at: At) -> Option<String> {
        if !self.files.is_api() || self.files.dialect().draft() != Draft::D2020 {
            return None;
        }
        let own = self.files.declared_draft(at);
        let draft = own.or(self.default_draft)?;
        if draft == Draft::D2020 {
            return None;
        }
        Some(format!(
            "a schema of draft {} at {}",
            draft.word(),
            self.files.place(at)
        ))
    }

    /// The scope of a schema that is read by itself: the resources around it were entered.
    pub(super) fn scope_of(&mut self, at: At) -> ScopeId {
        let none = ScopeId::default();
        if !self.resources.dynamic {
            return none;
        }
        let root = At {
            file: at.file,
            node: self.files.tree(at.file).root(),
        };
        let scope = self.scope_in(none, root);
        self.scope_in(scope, at)
    }

    /// The scope after a step to a schema.
    pub(super) fn scope_in(&mut self, from: ScopeId, to: At) -> ScopeId {
        if !self.resources.dynamic {
            return from;
        }
        match self.resources.owner(&self.files, to) {
            Some(resource) => self.scopes.enter(&self.resources, from, resource),
            None => from,
        }
    }

    /// The draft that a schema is written in.
    pub(super) fn draft_of(&self, at: At) -> Draft {
        let dialect = self.files.dialect();
        if let Dialect::Schema(_) = dialect
            && let Some(resource) = self.resources.owner(&self.files, at)
        {
            return self.resources.get(resource).draft;
        }
        dialect.draft()
    }

    fn lead(&mut self, at: At, scope: ScopeId, keyword: &str, text: &str) -> Led {
        if self.files.is_api() {
            return self.lead_in_api(at, keyword, text);
        }
        let Some(from) = self.resources.owner(&self.files, at) else {
            return Led::Nowhere;
        };
        if keyword == "$recursiveRef" {
            let root = self.resources.get(from);
            return if root.recursive {
                self.scopes.get(scope).map_or(Led::Astray, recursive)
            } else {
                Led::To(root.root)
            };
        }
        let Some(target) = self.resources.resolve(&mut self.files, from, text) else {
            return Led::Nowhere;
        };
        if target.disputed {
            return Led::Astray;
        }
        let Some(name) = &target.dynamic else {
            return Led::To(target.at);
        };
        let Some(scope) = self.scopes.get(scope) else {
            return Led::Astray;
        };
        let outermost = scope.dynamic.get(name).copied().unwrap_or(target.at);
        match keyword {
            "$dynamicRef" => Led::To(outermost),
            // Validators do not agree on whether a plain reference follows the scope, too.
            _ if outermost != target.at => Led::Astray,
            _ => Led::To(target.at),
        }
    }

    fn lead_in_api(&self, at: At, keyword: &str, text: &str) -> Led {
        let bundle = self.files.bundle;
        let Some(target) = bundle.target(at) else {
            return Led::Nowhere;
        };
        // A node has one target; it is that of the first keyword.
        let first = REF_KEYWORDS
            .into_iter()
            .find(|keyword| self.files.get(at, keyword).is_some());
        if first != Some(keyword) {
            return Led::Astray;
        }
        let name = text.split_once('#').map_or("", |(_, name)| name);
        if keyword == "$dynamicRef" && self.dynamic_anchors(name) > 1 {
            return Led::Astray;
        }
        Led::To(target)
    }

    fn dynamic_anchors(&self, name: &str) -> usize {
        let bundle = self.files.bundle;
        let in_file = |file: FileId| {
            let tree = bundle.tree(file);
            let Some(keyword) = tree.sym("$dynamicAnchor") else {
                return 0;
            };
            let anchors = tree.nodes().filter_map(|node| tree.entry_of(node, keyword));
            anchors
                .filter(|entry| tree.str(entry.value) == Some(name))
                .count()
        };
        self.files.all().map(|(file, _)| in_file(file)).sum()
    }
}

/// Implementations stop at the first resource without the anchor, the specification looks on.
fn recursive(scope: &Scope) -> Led {
    match (scope.outermost, scope.unbroken) {
        (Some(outermost), Some(unbroken)) if outermost == unbroken => Led::To(outermost),
        (None, _) => Led::Nowhere,
        (Some(_), _) => Led::Astray,
    }
}

impl Reader<'_, '_> {
    /// What a reference keyword of this schema says, if it has it.
    pub(super) fn reference(&mut self, keyword: &'static str) -> Option<Plan> {
        let at = self.get(keyword)?;
        let Some(text) = self.context.files.str(at).map(str::to_owned) else {
            return Some(self.wrong(keyword, at, "a reference"));
        };
        let shown = shorten(&text);
        let Key { at, scope, .. } = self.key;
        Some(match self.context.lead(at, scope, keyword, &text) {
            Led::To(target) => Plan::Sub(self.part(target)),
            Led::Nowhere => Plan::Opaque(format!("`{keyword}` `{shown}` leads nowhere")),
            Led::Astray => {
                let place = self.context.astray(at);
                Plan::Opaque(format!(
                    "where `{keyword}` `{shown}` leads depends on the way to {place}"
                ))
            }
        })
    }
}
