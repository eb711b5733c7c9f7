//! The text of the files that `init` writes.

use crate::policy::files::{FileKind, Ledger};
use std::fmt::Write;

/// The gate's workflow, which the README shows as well.
const WORKFLOW: &str = include_str!("../../../examples/workflows/pull-request.yml");

/// What stands in it for the action.
const ACTION: &str = "OWNER/contract@0000000000000000000000000000000000000000 # replace OWNER, and the revision with one you reviewed";

/// What keeps signed bytes as they were signed.
pub(super) const ATTRIBUTES: [&str; 2] =
    [".contract/signoffs/** -text", ".contract/waivers/** -text"];

/// A contract as the policy names it.
pub(super) struct Named<'n> {
    pub(super) id: &'n str,
    pub(super) path: &'n str,
}

/// What a starter adds to the policy.
pub(super) struct Starter {
    /// Where its probes may ask.
    pub(super) environments: &'static str,
}

/// The gate's workflow; without an action it has a placeholder that no runner takes for one.
pub(super) fn workflow(action: Option<&str>) -> String {
    action.map_or_else(
        || WORKFLOW.to_owned(),
        |action| WORKFLOW.replace(ACTION, action),
    )
}

/// The comment that tells editors the schema of a file.
fn schema(kind: FileKind) -> String {
    format!(
        "# yaml-language-server: $schema=schemas/{}.json\n",
        kind.word()
    )
}

/// `.contract/contract.yaml`; without contracts it governs whatever is found.
pub(super) fn policy(contracts: &[Named<'_>], starter: Option<&Starter>) -> String {
    let mut text = schema(FileKind::Policy);
    text.push_str(
        "\
# What may change in the contracts of this repository, and who has to agree first.
# `contract check` reads this file from the base: a change here counts once it has landed.
# `contract config` prints every setting, and where it comes from.
schema: contract.policy/v1

# To begin with, the gate can warn instead of refuse, until a day:
# mode: warn
# until: \"2027-01-31\"

# What `contract check` compares with when --base is not given:
# base: origin/main

# Who answers for contracts. Principals are names in .contract/allowed_signers.
teams:
  owners:
    contact: owners@example.com
    principals: []

",
    );
    if contracts.is_empty() {
        text.push_str(
            "\
# The governed contracts. Without this key, every contract that is found is governed.
# contracts:
#   - id: orders
#     path: contracts/orders/openapi.yaml
#     owner: owners
",
        );
    } else {
        text.push_str("# The governed contracts; ids stand in sign-offs, and should not change.\ncontracts:\n");
    }
    for (index, Named { id, path }) in contracts.iter().enumerate() {
        let say = |comment: &'static str| if index == 0 { comment } else { "" };
        let _ = write!(
            text,
            "  - id: {}\n    path: {}\n    owner: owners\n    audience: internal{}\n    closed: false{}\n    stability: stable{}\n",
            word(id),
            word(path),
            say("  # internal, partner, or public"),
            say("  # true: every consumer is in consumers.yaml"),
            say("  # draft, alpha, beta, or stable"),
        );
    }
    text.push_str(
        "
# Days between an announcement and the removal, by stability; these are the defaults.
# windows:
#   draft: 0
#   alpha: 0
#   beta: 30
#   stable: 90
#   version: 180
#   audience_factor: {public: 2}

# What a deprecation has to say.
# deprecation:
#   require_replacement: true
#   require_guide: [stable]
#   backdate_tolerance: 7d
#   overdue_after: 30d

# When a sign-off counts: signed, base-or-signed, or codeowners.
# signoff:
#   trust: base-or-signed
#   max_age: 180d

# Who may open the gate in an emergency.
# waivers:
#   approvers: {team: owners, count: 1}
#   max_age: 30d

# Times in which nothing is removed.
# freeze:
#   - {from: \"2026-12-15\", to: \"2027-01-05\", why: holiday peak}
",
    );
    text.push_str(starter.map_or("", |starter| starter.environments));
    text
}

/// `.contract/consumers.yaml`
pub(super) fn consumers() -> String {
    let mut text = schema(FileKind::Consumers);
    text.push_str(
        "\
# Who uses which contract, and who answers for each consumer. A break needs the word of those it hurts.
# `contract consumer add` adds one; an entry looks like this:
#
#   - id: mobile-app
#     tier: critical                 # critical, standard, or best-effort
#     contact: mobile-team@example.com
#     approvers: [dana@mobile]       # principals of .contract/allowed_signers
#     uses:
#       - contract: orders
#         usage: usage/mobile-app.orders.yaml   # what it uses of it; without this, everything
schema: contract.consumers/v1
consumers: []
",
    );
    text
}

/// `.contract/deprecations.yaml`
pub(super) fn ledger(ledger: &Ledger) -> String {
    let mut text = schema(FileKind::Deprecations);
    text.push_str(
        "\
# Deprecations that contracts cannot carry themselves, and announced changes.
# Grandfathered records were deprecated before there was a policy: they stay until each is given a `sunset`.
",
    );
    if ledger.list.is_empty() {
        let name = FileKind::Deprecations.schema_name();
        let _ = write!(text, "schema: {name}\ndeprecations: []\n");
    } else {
        text.push_str(&ledger.yaml());
    }
    text
}

/// A text as YAML: plain where that is safe, else in double quotes.
fn word(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::files::{Consumers, Policy};

    #[test]
    fn the_workflow_names_its_action() {
        let action = "acme/contract@0123456789abcdef0123456789abcdef01234567";
        let named = workflow(Some(action));
        assert!(named.contains(&format!("        uses: {action}\n")));
        assert_eq!(named.replace(action, ACTION), workflow(None));
    }

    #[test]
    fn what_is_written_can_be_read() {
        let named = [
            Named {
                id: "orders",
                path: "contracts/orders/openapi.yaml",
            },
            Named {
                id: "on",
                path: "my \"api\": #1.yaml",
            },
        ];
        let text = policy(&named, None);
        let read = Policy::read("contract.yaml", text.as_bytes()).expect("a policy");
        let ids: Vec<_> = read.contracts.iter().flatten().collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[1].id.as_deref(), Some("on"));
        assert!(ids[1].governs("my \"api\": #1.yaml"));
        let empty = Policy::read("contract.yaml", policy(&[], None).as_bytes()).expect("a policy");
        assert_eq!(empty.contracts, None);
        let registry = Consumers::read("consumers.yaml", consumers().as_bytes());
        assert_eq!(registry, Ok(Consumers::default()));
        let none = ledger(&Ledger::default());
        assert_eq!(
            Ledger::read("deprecations.yaml", none.as_bytes()),
            Ok(Ledger::default())
        );
    }
}
