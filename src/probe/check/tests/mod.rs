//! Checks told as one line each: `verdict id at: message`.

mod conditions;
mod contracts;
mod lifecycles;
mod sayings;
mod several;
mod usages;
mod walks;

use super::Check;

fn lines(checks: &[Check]) -> Vec<String> {
    checks.iter().map(line).collect()
}

fn line(check: &Check) -> String {
    let verdict = serde_json::to_value(check.verdict).expect("a word");
    let place = check
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!(" {place}"));
    format!(
        "{} {}{place}: {}",
        verdict.as_str().expect("a word"),
        check.id,
        check.message
    )
}
