//! For workflow commands of GitHub Actions.

use super::{commands, spelt, steers};

/// The message of a command.
pub(in crate::report) fn workflow(text: &str) -> String {
    escaped(text, false)
}

/// A property of a command.
pub(in crate::report) fn workflow_property(text: &str) -> String {
    escaped(text, true)
}

/// As the runner unescapes it; what is left would steer a terminal that shows the log.
fn escaped(text: &str, property: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            // Of another runner, or of an older one.
            '#' if commands(&text[at..]) => out.push_str("\\u{23}"),
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
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
        let hostile = "50%:,\r\n::error::x\u{1b}\u{202e}##[x]";
        assert_eq!(
            workflow(hostile),
            "50%25:,%0D%0A::error::x\\u{1b}\\u{202e}\\u{23}#[x]"
        );
        assert_eq!(
            workflow_property(hostile),
            "50%25%3A%2C%0D%0A%3A%3Aerror%3A%3Ax\\u{1b}\\u{202e}\\u{23}#[x]"
        );
    }
}
