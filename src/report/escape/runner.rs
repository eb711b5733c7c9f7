//! For the commands that runners of pipelines obey where a line of a log holds one.

use super::commands;
use crate::text::{spell, steers};

/// What a runner unescapes in its own commands; it knows no escapes but these.
#[derive(Debug)]
pub(in crate::report) struct Runner {
    percent: &'static str,
    /// What would end a property, and how it is written there.
    ends: [(char, &'static str); 2],
}

/// Workflow commands of GitHub Actions.
pub(in crate::report) const GITHUB: Runner = Runner {
    percent: "%25",
    ends: [(':', "%3A"), (',', "%2C")],
};

/// Logging commands of Azure Pipelines.
pub(in crate::report) const AZURE: Runner = Runner {
    percent: "%AZP25",
    ends: [(';', "%3B"), (']', "%5D")],
};

impl Runner {
    /// The message of a command.
    pub(in crate::report) fn message(&self, text: &str) -> String {
        self.escaped(text, &[])
    }

    /// A property of a command.
    pub(in crate::report) fn property(&self, text: &str) -> String {
        self.escaped(text, &self.ends)
    }

    fn escaped(&self, text: &str, ends: &[(char, &str)]) -> String {
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let end = ends.iter().find(|(end, _)| *end == c);
            match c {
                // Of another runner, or of an older one.
                '#' if commands(&text[at..]) => out.push_str("\\u{23}"),
                '%' => out.push_str(self.percent),
                '\r' => out.push_str("%0D"),
                '\n' => out.push_str("%0A"),
                // What is left would steer a terminal that shows the log.
                c if steers(c) => spell(c, &mut out),
                c => match end {
                    Some((_, written)) => out.push_str(written),
                    None => out.push(c),
                },
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_of_github_stays_one_command() {
        let hostile = "50%:,\r\n::error::x\u{1b}\u{202e}##[x]";
        assert_eq!(
            GITHUB.message(hostile),
            "50%25:,%0D%0A::error::x\\u{1b}\\u{202e}\\u{23}#[x]"
        );
        assert_eq!(
            GITHUB.property(hostile),
            "50%25%3A%2C%0D%0A%3A%3Aerror%3A%3Ax\\u{1b}\\u{202e}\\u{23}#[x]"
        );
    }

    #[test]
    fn a_command_of_azure_stays_one_command() {
        let hostile = "50%;]\n##vso[task.complete]\u{1b}\u{202e}";
        assert_eq!(
            AZURE.message(hostile),
            "50%AZP25;]%0A\\u{23}#vso[task.complete]\\u{1b}\\u{202e}"
        );
        assert_eq!(
            AZURE.property(hostile),
            "50%AZP25%3B%5D%0A\\u{23}#vso[task.complete%5D\\u{1b}\\u{202e}"
        );
    }
}
