//! The catalogue as SARIF's rules.

use super::super::{
    Listing, Look,
    catalogue::{self, explain},
    json::string,
};
use crate::rules::{self, Rule};
use crate::variance::Verdict;
use std::io::{Result, Write};

/// Every rule, whether it was hit or not: their numbers do not depend on what was found.
pub(super) fn write(out: &mut dyn Write) -> Result<()> {
    for (number, rule) in rules::all().enumerate() {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        let level = level(rule);
        let problem = match level {
            "error" => "error",
            "warning" => "warning",
            _ => "recommendation",
        };
        let title = catalogue::title(rule);
        let rest = catalogue::paragraphs(rule).join("\n\n");
        write!(
            out,
            "{{\"id\":\"{}\",\"shortDescription\":{{\"text\":{}}},\"fullDescription\":{{\"text\":{}}},\
             \"help\":{{\"text\":{},\"markdown\":{}}},\"defaultConfiguration\":{{\"level\":\"{level}\"}},\
             \"properties\":{{\"tags\":[\"contract\",{}],\"problem.severity\":\"{problem}\"}}}}",
            rule.id,
            string(title),
            string(if rest.is_empty() { title } else { &rest }),
            string(rule.docs.trim_end()),
            string(&explain(rule, Listing::Markdown, Look::default())),
            string(&catalogue::family(rule.detect).to_lowercase()),
        )?;
    }
    Ok(())
}

/// The level of a rule's worst verdict.
fn level(rule: &Rule) -> &'static str {
    let worst = catalogue::verdicts(rule, crate::diff::Reading::default())
        .and_then(|both| both.into_iter().map(|(_, verdict)| verdict).max());
    match worst {
        Some(Verdict::Breaking | Verdict::Undecided) => "error",
        Some(Verdict::Risky) | None => "warning",
        Some(Verdict::Additive | Verdict::Neutral) => "note",
    }
}
