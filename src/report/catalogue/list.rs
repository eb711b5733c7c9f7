//! Every rule on a line or two.

use super::{Listing, effect_word, family, title, verdicts};
use crate::diff::Reading;
use crate::rules::{self, Rule};
use crate::variance::{Direction, Verdict};
use serde_json::{Value, json};
use std::fmt::Write;

use super::super::{escape, style::Paint, text::Look, wrap::paragraph};

/// The catalogue: every rule, by family.
#[must_use]
pub fn rules(listing: Listing, look: Look) -> String {
    let all: Vec<&'static Rule> = rules::all().collect();
    match listing {
        Listing::Text => text(&all, look),
        Listing::Markdown => markdown(&all),
        Listing::Json => {
            let rules: Vec<Value> = all.iter().map(|rule| value(rule)).collect();
            lines(&json!({ "schema_version": 1, "rules": rules }))
        }
    }
}

/// A value with its lines indented.
pub(super) fn lines(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The families in the order their first rules come.
fn families(all: &[&'static Rule]) -> Vec<(&'static str, Vec<&'static Rule>)> {
    let mut families: Vec<(&str, Vec<&Rule>)> = Vec::new();
    for rule in all {
        let name = family(rule.detect);
        match families.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rules)) => rules.push(rule),
            None => families.push((name, vec![rule])),
        }
    }
    families
}

fn text(all: &[&'static Rule], look: Look) -> String {
    let style = look.style();
    let mut out = String::new();
    for (name, rules) in families(all) {
        let heading = style.paint(Paint::Strong, name);
        let _ = writeln!(out, "{heading} ({})", rules.len());
        for rule in rules {
            let id = style.paint(Paint::Place, rule.id);
            match meaning(rule) {
                Some(meaning) => drop(writeln!(out, "  {id}  {meaning}")),
                None => drop(writeln!(out, "  {id}")),
            }
            out.push_str(&paragraph(
                "      ",
                &escape::terminal(title(rule), look.unicode),
                look.width,
            ));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{} rules; contract explain RULE tells more", all.len());
    out
}

/// The verdicts of a rule in a few words; `None` for what is no edit.
fn meaning(rule: &Rule) -> Option<String> {
    let [(_, input), (_, output)] = verdicts(rule, Reading::Tolerant)?;
    Some(if input == output {
        input.word().to_owned()
    } else {
        format!("input {}, output {}", input.word(), output.word())
    })
}

fn markdown(all: &[&'static Rule]) -> String {
    let mut out = String::from("# Rules\n");
    for (name, rules) in families(all) {
        let _ = write!(out, "\n## {name}\n\n");
        // A family has verdicts, or has none.
        let judged = rules
            .first()
            .is_some_and(|rule| verdicts(rule, Reading::Tolerant).is_some());
        out.push_str(if judged {
            "| rule | input | output | what changed |\n|---|---|---|---|\n"
        } else {
            "| rule | what is told |\n|---|---|\n"
        });
        for rule in rules {
            let (id, title) = (rule.id, title(rule).replace('|', "\\|"));
            let _ = match verdicts(rule, Reading::Tolerant) {
                Some([(_, input), (_, output)]) => writeln!(
                    out,
                    "| `{id}` | {} | {} | {title} |",
                    input.word(),
                    output.word()
                ),
                None => writeln!(out, "| `{id}` | {title} |"),
            };
        }
    }
    out
}

/// A rule as JSON.
pub(super) fn value(rule: &Rule) -> Value {
    let of = |reading: Reading| {
        verdicts(rule, reading).map(
            |[(_, input), (_, output)]| json!({ "input": input.word(), "output": output.word() }),
        )
    };
    let exceptions: Vec<Value> = rule
        .except
        .iter()
        .map(|(direction, verdict, reason): &(Direction, Verdict, &str)| {
            json!({ "direction": direction.word(), "verdict": verdict.word(), "reason": reason })
        })
        .collect();
    json!({
        "id": rule.id,
        "family": family(rule.detect),
        "title": title(rule),
        "effect": effect_word(rule.effect),
        "message": rule.message,
        "docs": rule.docs,
        "verdict": of(Reading::Tolerant),
        "verdict_strict": of(Reading::Strict),
        "exceptions": exceptions,
    })
}
