//! One change.

use super::{
    super::{
        Compared,
        alert::short,
        escape::html as text,
        words::{self, cut},
    },
    excerpt::figure,
    prose,
};
use crate::judge::{Finding, Proof, Reach};
use crate::policy::{Obligation, Ruling};
use crate::spec::Level;
use crate::variance::{Direction, Verdict};
use std::io::{Result, Write};

/// How much of a message, a note, or a command is shown.
const MESSAGE: usize = 1_000;

/// How much of a payload is shown.
const PAYLOAD: usize = 4_000;

/// How many operations are named.
const NAMED: usize = 20;

/// A change with everything that its card shows.
#[derive(Clone, Debug)]
pub(super) struct Card<'a, 'b> {
    /// The number of the contract.
    pub(super) compared: usize,
    pub(super) finding: (&'a Compared<'b>, &'a Finding),
    pub(super) ruling: Option<&'a Ruling>,
    /// Unique on the page.
    pub(super) id: String,
    /// What the ids of its run begin with.
    pub(super) prefix: String,
    pub(super) fingerprint: String,
    /// Where it belongs: the first of its operations.
    pub(super) operation: String,
}

pub(super) fn write(card: &Card<'_, '_>, out: &mut dyn Write) -> Result<()> {
    let (compared, finding) = card.finding;
    let word = finding.verdict.word();
    let consumers = card.ruling.map_or(&[][..], |ruling| &ruling.affects);
    let consumers = consumers
        .iter()
        .fold(String::new(), |all, one| all + "\n" + one + "\n");
    write!(
        out,
        "<article id=\"{id}\" data-verdict=\"{word}\"{}>\
         <h4><span class=\"tag {word}\">{}</span> <bdi>{}</bdi></h4>\n\
         <p class=\"meta\"><a href=\"#rule-{rule}\"><code>{rule}</code></a>{} · <a href=\"#{id}\"><code>{}</code></a></p>\n",
        if consumers.is_empty() {
            String::new()
        } else {
            format!(" data-consumers=\"{}\"", text(&consumers))
        },
        label(finding, card.ruling),
        prose(&cut(&finding.message, MESSAGE)),
        travels(finding),
        short(&card.fingerprint),
        id = card.id,
        rule = finding.rule.id,
    )?;
    if finding.old.or(finding.new).is_some() {
        writeln!(
            out,
            "<div class=\"sides\">{}{}</div>",
            figure("Before", compared.old, finding.old),
            figure("After", compared.new, finding.new)
        )?;
    }
    proof(&finding.proof, out)?;
    if let Some(ruling) = card.ruling {
        self::ruling(ruling, out)?;
    }
    reach(finding, out)?;
    out.write_all(b"</article>\n")
}

/// The verdict, and what the run makes of it where that is not plain.
fn label(finding: &Finding, ruling: Option<&Ruling>) -> String {
    let lands = ruling.is_some_and(|ruling| ruling.row.is_some() && ruling.authorised);
    let sign = match finding.verdict {
        Verdict::Breaking => "✗",
        Verdict::Undecided => "?",
        Verdict::Risky => "!",
        Verdict::Additive => "+",
        Verdict::Neutral => "=",
    };
    let word = finding.verdict.word();
    if lands && finding.level < Level::Warning {
        return format!("{sign} {word}, may land");
    }
    let usual = match finding.verdict {
        Verdict::Breaking | Verdict::Undecided => Level::Error,
        Verdict::Risky => Level::Warning,
        Verdict::Additive | Verdict::Neutral => Level::Note,
    };
    if finding.level == usual {
        format!("{sign} {word}")
    } else {
        format!("{sign} {word}, {}", finding.level.word())
    }
}

fn travels(finding: &Finding) -> &'static str {
    match finding.reach {
        Reach::None => "",
        Reach::One(Direction::Input) => " · where consumers write",
        Reach::One(Direction::Output) => " · where consumers read",
        Reach::Both => " · where consumers write and read",
    }
}

/// What shows the break, ready to be copied.
fn proof(proof: &Proof, out: &mut dyn Write) -> Result<()> {
    match proof {
        Proof::Witness(witness) => {
            let (message, why) = words::shown(witness);
            writeln!(
                out,
                "<div class=\"witness\"><p>Witness: {}</p><button type=\"button\" class=\"copy\" hidden>Copy</button>\
                 <pre tabindex=\"0\">{}</pre><p>{}</p></div>",
                words::parties(witness),
                text(&cut(message, PAYLOAD)),
                prose(&cut(&why, MESSAGE))
            )
        }
        Proof::Undecided(reason) => {
            writeln!(out, "<p class=\"proof\">Not proved: {}</p>", text(reason))
        }
        Proof::Equivalent => {
            out.write_all(b"<p class=\"proof\">Proved: both versions allow the same values.</p>\n")
        }
        Proof::Compatible => out.write_all(
            b"<p class=\"proof\">Proved: whatever may be sent is still understood.</p>\n",
        ),
        Proof::Removed | Proof::Rule => Ok(()),
    }
}

/// Whom it hurts, and what is left to do.
fn ruling(ruling: &Ruling, out: &mut dyn Write) -> Result<()> {
    if let Some(because) = &ruling.because {
        writeln!(
            out,
            "<p class=\"proof\">Level by the policy: {}</p>",
            text(&cut(because, MESSAGE))
        )?;
    }
    if !ruling.affects.is_empty() {
        writeln!(
            out,
            "<p class=\"proof\">Breaks <b>{}</b></p>",
            text(&cut(&ruling.affects.join(", "), MESSAGE))
        )?;
    }
    if ruling.obligations.is_empty() {
        return Ok(());
    }
    out.write_all(b"<ul class=\"todo\">")?;
    for obligation in &ruling.obligations {
        let Obligation {
            kind,
            who,
            status,
            until,
            note,
            command,
        } = obligation;
        write!(
            out,
            "<li><span class=\"state {status}\">{} {status}</span> {} · <bdi>{}</bdi>",
            if words::is_open(obligation) {
                "✗"
            } else {
                "✓"
            },
            kind.word(),
            text(who),
            status = status.word(),
        )?;
        if let Some(until) = until {
            write!(out, " · {until}")?;
        }
        if let Some(note) = note {
            write!(out, " · <bdi>{}</bdi>", prose(&cut(note, MESSAGE)))?;
        }
        if words::is_open(obligation) {
            write!(out, "<br><code>{}</code>", text(&cut(command, MESSAGE)))?;
        }
    }
    out.write_all(b"</ul>\n")
}

/// Every operation, where there are several.
fn reach(finding: &Finding, out: &mut dyn Write) -> Result<()> {
    let operations = finding.sites.operations();
    let count = operations.len();
    if count < 2 {
        return Ok(());
    }
    write!(
        out,
        "<details><summary>Reaches {count} operations</summary><ul>"
    )?;
    for operation in operations.into_iter().take(NAMED) {
        write!(out, "<li>{}", super::operation(operation))?;
    }
    if count > NAMED {
        write!(out, "<li>and {} more", count - NAMED)?;
    }
    out.write_all(b"</ul></details>\n")
}
