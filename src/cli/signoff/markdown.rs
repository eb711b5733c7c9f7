//! The message for each consumer that is asked, in Markdown.

use super::{
    Change, Here,
    show::{brief, cut},
};
use crate::cli::excerpt::escaped;
use crate::policy::files::{Consumer, Consumers};
use std::{collections::BTreeMap, fmt::Write};

/// How much of a content a cell shows.
const CELL: usize = 60;

/// One section per consumer and contract; `requests` are their ids by contract.
pub(super) fn page(
    here: &Here,
    registry: &Consumers,
    open: &[Change],
    requests: &BTreeMap<String, String>,
    base: Option<&str>,
) -> String {
    let mut sections: BTreeMap<(&str, &str), Vec<Change>> = BTreeMap::new();
    for change in open {
        for asked in &change.asked {
            let key = (asked.consumer.as_str(), change.contract.as_str());
            let list = sections.entry(key).or_default();
            list.extend(change.of(&asked.consumer));
        }
    }
    let mut page = String::new();
    for ((id, contract), changes) in sections {
        let Some(consumer) = registry.get(id) else {
            continue;
        };
        if !page.is_empty() {
            page.push('\n');
        }
        let request = requests.get(contract).map(String::as_str);
        section(&mut page, here, consumer, contract, &changes);
        commands(&mut page, consumer, &changes, base, request);
    }
    page
}

fn section(
    page: &mut String,
    here: &Here,
    consumer: &Consumer,
    contract: &str,
    changes: &[Change],
) {
    let name = consumer.name.as_deref().unwrap_or(&consumer.id);
    let _ = writeln!(
        page,
        "## {}: your word on {}\n",
        prose(name),
        prose(contract)
    );
    let what = match changes.len() {
        1 => "1 change".to_owned(),
        many => format!("{many} changes"),
    };
    let who: Vec<String> = consumer.approvers.iter().map(|one| prose(one)).collect();
    let who = match (who.as_slice(), consumer.quorum) {
        ([one], _) => one.clone(),
        (_, 1) => format!("one of {}", who.join(", ")),
        (_, many) => format!("{many} of {}", who.join(", ")),
    };
    let contact = consumer.contact.as_deref();
    let contact = contact.map_or_else(String::new, |contact| format!(" ({})", prose(contact)));
    let _ = writeln!(
        page,
        "{what} of {} against {} would hurt {}{contact}. Nothing of it lands before {who} agrees.\n",
        prose(contract),
        prose(&here.sides.base_version.label),
        prose(&consumer.id),
    );
    page.push_str("| change | what | before | after | when | so far |\n");
    page.push_str("|---|---|---|---|---|---|\n");
    for change in changes {
        let so_far = change.asked.first().and_then(|asked| {
            let obligation = asked.obligation.as_ref()?;
            Some(match &obligation.note {
                Some(note) => format!("{}: {note}", obligation.status.word()),
                None => obligation.status.word().to_owned(),
            })
        });
        let content = |json: &Option<String>| match json {
            Some(json) => code(&cut(json, CELL)),
            None => "nothing".to_owned(),
        };
        let (before, after) = brief(change);
        let places = match change.sites.len() {
            1 => String::new(),
            many => format!(" ({many} places)"),
        };
        let _ = writeln!(
            page,
            "| {} | {}<br>{}{places} | {} | {} | {} | {} |",
            code(change.short()),
            prose(&change.message),
            code(change.element()),
            content(&before),
            content(&after),
            prose(
                change
                    .window
                    .as_deref()
                    .unwrap_or("as soon as it is agreed")
            ),
            prose(so_far.as_deref().unwrap_or("")),
        );
    }
}

/// What to run, in a block.
fn commands(
    page: &mut String,
    consumer: &Consumer,
    changes: &[Change],
    base: Option<&str>,
    request: Option<&str>,
) {
    let mut rest = String::new();
    if let Some(base) = base {
        let _ = write!(rest, " --base {}", word(base));
    }
    let _ = write!(rest, " --consumer {}", word(&consumer.id));
    if let [_, _, ..] = consumer.approvers.as_slice() {
        rest.push_str(" --approver YOU");
    }
    for change in changes {
        let _ = write!(rest, " --change {}", change.short());
    }
    if let Some(request) = request {
        let _ = write!(rest, " --request {}", word(request));
    }
    rest.push_str(" --reason \"...\" --sign KEY");
    let _ = writeln!(
        page,
        "\nTo agree:\n\n    contract signoff add{rest}\n\nTo refuse:\n\n    contract signoff object{rest}"
    );
}

/// Text that Markdown shows as it is.
fn prose(text: &str) -> String {
    let mut out = String::new();
    for letter in escaped(text).chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '[' | ']' | '`' | '\\' | '#' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

/// Code in a cell.
fn code(text: &str) -> String {
    let text = escaped(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("{fence}{text}{fence}")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// A word of a command line that a shell leaves alone.
fn word(text: &str) -> String {
    let text = escaped(text);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@^~+=,".contains(c);
    if text.chars().all(plain) && !text.is_empty() && !text.starts_with('~') {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_cell_or_a_command() {
        assert_eq!(
            prose("a|b <i>*x* `y`\n"),
            "a\\|b &lt;i>\\*x\\* \\`y\\`\\\\n"
        );
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a``b`"), "``` a``b` ```");
        assert_eq!(word("origin/main"), "origin/main");
        assert_eq!(word("a b'; rm -r x"), "'a b'\\''; rm -r x'");
    }
}
