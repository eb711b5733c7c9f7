//! The sections of Keep a Changelog.

use crate::rules::Rule;
use crate::variance::Effect;

/// A section, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Section {
    Added,
    Changed,
    Deprecated,
    Removed,
    Security,
}

impl Section {
    pub(super) const ALL: [Self; 5] = [
        Self::Added,
        Self::Changed,
        Self::Deprecated,
        Self::Removed,
        Self::Security,
    ];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Security => "Security",
        }
    }

    /// Where a change of this rule is told.
    pub(super) fn of(rule: &Rule) -> Self {
        if rule.id.starts_with("security-") || rule.id.starts_with("oauth-") {
            Self::Security
        } else if rule.id == "deprecated-marked" || rule.id.ends_with("-deprecated") {
            Self::Deprecated
        } else if rule.effect == Effect::Removes || GONE.contains(&rule.id) {
            Self::Removed
        } else if rule.effect == Effect::Adds || COME.contains(&rule.id) {
            Self::Added
        } else {
            Self::Changed
        }
    }
}

/// Rules about things that go, whatever that does to the set of values.
const GONE: [&str; 6] = [
    "branch-removed",
    "enum-value-removed",
    "extensible-enum-value-removed",
    "path-parameter-removed",
    "server-removed",
    "unused-component-removed",
];

/// Rules about things that come.
const COME: [&str; 4] = [
    "branch-added",
    "enum-value-added",
    "path-parameter-added",
    "response-added",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_is_named_exists() {
        for id in GONE.iter().chain(&COME) {
            assert!(Rule::find(id).is_some(), "{id}");
        }
    }

    #[test]
    fn rules_go_where_people_look() {
        for (id, section) in [
            ("operation-added", Section::Added),
            ("enum-value-added", Section::Added),
            ("maximum-added", Section::Changed),
            ("operation-deprecated", Section::Deprecated),
            ("operation-undeprecated", Section::Changed),
            ("deprecated-marked", Section::Deprecated),
            ("property-removed", Section::Removed),
            ("contract-removed", Section::Removed),
            ("enum-value-removed", Section::Removed),
            ("oauth-scope-removed", Section::Security),
            ("security-added", Section::Security),
        ] {
            let rule = Rule::find(id).unwrap_or_else(|| panic!("{id}"));
            assert_eq!(Section::of(rule), section, "{id}");
        }
    }
}
