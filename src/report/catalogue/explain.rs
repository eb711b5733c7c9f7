//! One rule in full: what changed, who is hurt, what to do, and an example.

use super::{
    super::{
        escape,
        style::Paint,
        text::{Look, Shown},
        wrap::paragraph,
    },
    Listing, effect_sentence,
    example::{self, Example},
    family, instead, list, paragraphs, title, travels, verdicts,
};
use crate::diff::Reading;
use crate::rules::{self, Rule};
use crate::variance::{Direction, Verdict};
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;

/// How many suggestions help.
const NEAREST: usize = 5;

/// What there is to know about a rule.
#[must_use]
pub fn explain(rule: &Rule, listing: Listing, look: Look) -> String {
    let example = example::of(rule.id);
    match listing {
        Listing::Text => text(rule, example, look),
        Listing::Markdown => markdown(rule, example),
        Listing::Json => {
            let mut value = list::value(rule);
            let sides = example.map(|one| json!({ "before": one.before, "after": one.after }));
            value["schema_version"] = Value::from(1);
            value["example"] = sides.unwrap_or(Value::Null);
            list::lines(&value)
        }
    }
}

/// The rules that `id` may have meant, the nearest first; none when nothing is near.
#[must_use]
pub fn nearest(id: &str) -> Vec<&'static str> {
    nearest_of(id, rules::all().map(|rule| rule.id))
}

fn nearest_of<'r>(id: &str, all: impl Iterator<Item = &'r str>) -> Vec<&'r str> {
    let id = id.trim().to_lowercase().replace([' ', '_'], "-");
    let mut near: Vec<(usize, &str)> = all
        .filter_map(|rule| {
            let distance = strsim::damerau_levenshtein(&id, rule);
            // A piece of a name is no typing error, and still a good question.
            let piece = id.len() >= 3 && rule.contains(&id);
            (piece || distance <= rule.len().max(id.len()) / 3).then_some((distance, rule))
        })
        .collect();
    near.sort_unstable();
    near.into_iter()
        .take(NEAREST)
        .map(|(_, rule)| rule)
        .collect()
}

/// A direction, its verdict, and why that is not the verdict of the strict reading.
type Row = (Direction, Verdict, Option<(Verdict, &'static str)>);

fn rows(rule: &Rule) -> Vec<Row> {
    let Some(tolerant) = verdicts(rule, Reading::Tolerant) else {
        return Vec::new();
    };
    tolerant
        .into_iter()
        .map(|(direction, verdict)| {
            let except = rule.except.iter().find(|(at, ..)| *at == direction);
            let strict = rule.verdict(rule.effect, direction, Reading::Strict);
            let reason = except.map(|(.., reason)| (strict, *reason));
            (direction, verdict, reason)
        })
        .collect()
}

fn text(rule: &Rule, example: Option<Example>, look: Look) -> String {
    let style = look.style();
    let heading = |out: &mut String, words: &str| {
        let _ = write!(out, "\n{}\n", style.paint(Paint::Strong, words));
    };
    let plain = |text: &str| escape::terminal(text, look.unicode).into_owned();
    let mut out = style.paint(Paint::Place, rule.id);
    let _ = writeln!(out, "  ({})\n", family(rule.detect).to_lowercase());
    out.push_str(&paragraph("", &plain(title(rule)), look.width));
    for text in paragraphs(rule) {
        out.push('\n');
        out.push_str(&paragraph("", &plain(&text), look.width));
    }
    heading(&mut out, "verdict");
    let rows = rows(rule);
    if rows.is_empty() {
        out.push_str(&paragraph("  ", instead(rule.detect), look.width));
    } else {
        out.push_str(&paragraph("  ", effect_sentence(rule.effect), look.width));
    }
    for (direction, verdict, reason) in rows {
        let paint = match verdict {
            Verdict::Breaking | Verdict::Undecided => Paint::Bad,
            Verdict::Risky => Paint::Warn,
            Verdict::Additive | Verdict::Neutral => Paint::Good,
        };
        let word = style.paint(paint, verdict.word());
        let _ = writeln!(out, "  {:<30} {word}", travels(direction));
        if let Some((strict, reason)) = reason {
            let text = format!("because {reason}; {} in the strict reading", strict.word());
            out.push_str(&paragraph("      ", &plain(&text), look.width));
        }
    }
    if let Some(example) = example {
        heading(&mut out, "example");
        let shown = Shown {
            style,
            columns: look.width,
            indent: 2,
            most: None,
        };
        for (tag, line) in edited(example) {
            out.push_str(&shown.signed(tag, &line));
            out.push('\n');
        }
    }
    out
}

fn markdown(rule: &Rule, example: Option<Example>) -> String {
    let mut out = format!("# {}\n\n{}\n", rule.id, rule.docs.trim_end());
    let rows = rows(rule);
    if rows.is_empty() {
        let _ = write!(out, "\n## Verdict\n\n{}\n", instead(rule.detect));
    } else {
        let _ = write!(
            out,
            "\n## Verdict\n\n{}\n\n| where | verdict | strict reading |\n|---|---|---|\n",
            effect_sentence(rule.effect)
        );
        for (direction, verdict, reason) in &rows {
            let strict = reason.map_or(*verdict, |(strict, _)| strict);
            let (verdict, strict) = (verdict.word(), strict.word());
            let _ = writeln!(out, "| {} | {verdict} | {strict} |", travels(*direction));
        }
        for (direction, verdict, reason) in &rows {
            if let Some((_, reason)) = reason {
                let (place, word) = (travels(*direction), verdict.word());
                let _ = write!(out, "\nIt is {word} {place} because {reason}.\n");
            }
        }
    }
    if let Some(example) = example {
        out.push_str("\n## Example\n\n```diff\n");
        for (tag, line) in edited(example) {
            let sign = match tag {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let _ = writeln!(out, "{sign} {line}");
        }
        out.push_str("```\n");
    }
    out
}

/// The example as an edit of the old version.
fn edited(example: Example) -> Vec<(ChangeTag, String)> {
    let diff = TextDiff::from_lines(
        example.before.unwrap_or_default(),
        example.after.unwrap_or_default(),
    );
    diff.iter_all_changes()
        .map(|change| (change.tag(), change.value().trim_end().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Detect;
    use crate::variance::Effect;

    #[test]
    fn a_rule_misspelt_is_found() {
        let all = [
            "maximum-lowered",
            "maximum-raised",
            "enum-value-removed",
            "operation-removed",
        ];
        let near = |id: &str| nearest_of(id, all.into_iter());
        assert_eq!(near("maximum-lowerd"), ["maximum-lowered"]);
        assert_eq!(near("Enum value removed"), ["enum-value-removed"]);
        assert_eq!(near("maximum"), ["maximum-raised", "maximum-lowered"]);
        assert_eq!(near("zzz"), [""; 0]);
    }

    static MAXIMUM: Rule = Rule {
        id: "maximum-raised",
        effect: Effect::Widens,
        except: &[(
            Direction::Output,
            Verdict::Risky,
            "most readers store numbers wider than any limit",
        )],
        message: "{subject} allows at most {new}, up from {old}",
        docs: "\
The largest allowed number became larger.

A consumer that stores the number where only the old ones fit fails on a larger one.
Keep the limit for what consumers read.
",
        detect: Detect::Document(|_, _| {}),
    };

    const EXAMPLE: Example = Example {
        before: Some("type: integer\nmaximum: 10\n"),
        after: Some("type: integer\nmaximum: 20\n"),
    };

    #[test]
    fn a_rule_is_explained() {
        let expected = "\
maximum-raised  (documents)

The largest allowed number became larger.

A consumer that stores the number where only the old ones fit fails on a larger
one. Keep the limit for what consumers read.

verdict
  More values are allowed than before.
  where consumers write (input)  additive
  where consumers read (output)  risky
      because most readers store numbers wider than any limit; breaking in the
      strict reading

example
    type: integer
  - maximum: 10
  + maximum: 20
";
        assert_eq!(text(&MAXIMUM, Some(EXAMPLE), Look::default()), expected);
        let markdown = markdown(&MAXIMUM, Some(EXAMPLE));
        assert!(markdown.contains("| where consumers read (output) | risky | breaking |"));
        assert!(markdown.contains("```diff\n  type: integer\n- maximum: 10\n+ maximum: 20\n```"));
        let json = explain(&MAXIMUM, Listing::Json, Look::default());
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["verdict"]["output"], "risky");
        assert_eq!(json["verdict_strict"]["output"], "breaking");
    }
}
