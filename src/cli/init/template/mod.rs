//! Starters: contracts that have what a contract needs, and what goes with them.

mod openapi;
mod ordered;
mod schemas;

use super::{
    text::Starter,
    write::{Done, POLICY},
};
use crate::cli::{args::Template, failure::Failure};
use crate::text::Source;
use crate::tree::{self, Syntax};
use ordered::Ordered;
use std::fmt::Write as _;

/// Where the starter of an API lies.
pub(super) const API: &str = "contracts/orders/openapi.yaml";

/// What the policy calls it.
pub(super) const ID: &str = "orders";

/// Where the starter of an event lies.
const EVENT: &str = "contracts/order-placed/schema.json";

const SCENARIO: &str = ".contract/probes/orders.probe.yaml";

/// The files of a template, but for those of `init`, in the order in which they are told.
pub(super) fn files(template: Template) -> Result<Vec<(&'static str, String)>, Failure> {
    Ok(match template {
        Template::JsonSchema => vec![(EVENT, include_str!("order-placed.json").to_owned())],
        Template::Openapi | Template::GovernedRepo => vec![
            (API, api()?),
            (SCENARIO, include_str!("orders.probe.yaml").to_owned()),
        ],
    })
}

/// What the policy has to hold for it.
pub(super) fn starter(template: Template) -> Option<Starter> {
    match template {
        Template::JsonSchema => None,
        Template::Openapi | Template::GovernedRepo => Some(Starter {
            environments: include_str!("environments.yaml"),
        }),
    }
}

fn api() -> Result<String, Failure> {
    let unwritable = |error: String| {
        Failure::incomplete(format!("the starter contract cannot be written: {error}"))
    };
    let json = serde_json::to_string(&openapi::openapi());
    let json = json.map_err(|error| unwritable(error.to_string()))?;
    let tree = tree::parse(Source::new(API, json), Syntax::Json);
    let tree = tree.map_err(|error| unwritable(error.to_string()))?;
    let yaml = serde_yaml::to_string(&Ordered(&tree, tree.root()));
    let yaml = yaml.map_err(|error| unwritable(error.to_string()))?;
    Ok(format!("{}{yaml}", include_str!("head.txt")))
}

/// What was done, and which commands come next.
pub(super) fn said(template: Template, done: &[Done], in_repository: bool) -> String {
    let mut text = String::new();
    for one in done {
        let _ = writeln!(text, "{one}");
    }
    if done.iter().all(|one| one.changed().is_none()) {
        return text;
    }
    text.push_str("\nnext\n");
    let start = if in_repository { "" } else { "git init && " };
    let mut line = |words: &str| {
        text.push_str("  ");
        text.push_str(words);
        text.push('\n');
    };
    line(&format!(
        "{start}git add --all && git commit -m \"Start with a contract\""
    ));
    line("contract check");
    match template {
        Template::JsonSchema => {}
        Template::Openapi | Template::GovernedRepo => line("contract probe plan"),
    }
    let has_policy = done.iter().any(|one| one.changed() == Some(POLICY));
    if template != Template::JsonSchema && !has_policy {
        line(&format!(
            "add the environment `sandbox` to {POLICY}, which was there already"
        ));
    }
    match template {
        Template::JsonSchema | Template::Openapi => {}
        Template::GovernedRepo => {
            line(&format!("name your teams and their people in {POLICY}"));
            line(
                "name the repository and a revision of the action in .github/workflows/contract.yml, which runs nothing before",
            );
            line("give .contract/ an owner in CODEOWNERS, and make the check required");
        }
    }
    text
}
