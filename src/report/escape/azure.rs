//! For logging commands of Azure Pipelines.

use super::{commands, spelt, steers};

/// The message of a command.
pub(in crate::report) fn azure(text: &str) -> String {
    escaped(text, false)
}

/// A property of a command.
pub(in crate::report) fn azure_property(text: &str) -> String {
    escaped(text, true)
}

/// As the agent unescapes it: it knows no escapes but these.
fn escaped(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '#' if commands(&text[at..]) => out.push_str("\\u{23}"),
            '%' => out.push_str("%AZP25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ';' if property => out.push_str("%3B"),
            ']' if property => out.push_str("%5D"),
            c if steers(c) => spelt(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_stays_one_command() {
        let hostile = "50%;]\n##vso[task.complete]\u{1b}\u{202e}";
        assert_eq!(
            azure(hostile),
            "50%AZP25;]%0A\\u{23}#vso[task.complete]\\u{1b}\\u{202e}"
        );
        assert_eq!(
            azure_property(hostile),
            "50%AZP25%3B%5D%0A\\u{23}#vso[task.complete%5D\\u{1b}\\u{202e}"
        );
    }
}
