//! What history let through: merges that the gate would have refused.

use super::{
    Version,
    deprecations::counted,
    escape,
    style::{Paint, Style},
    text::{Look, Verbosity},
    wrap::paragraph,
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::fmt::Write;

/// A branch, replayed.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// The last commit.
    pub head: Version,
    /// How many commits were judged.
    pub judged: usize,
    /// How many came before there was anything to judge by.
    pub ungoverned: usize,
    /// The commits that there is something to say about, the oldest first.
    pub commits: Vec<Judged>,
    /// Where a shallow clone ends: a commit, and its day.
    pub cut: Option<(String, Date)>,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its id.
    pub id: String,
    /// The day it was committed, in UTC.
    pub on: Date,
    /// The first line of its message.
    pub subject: String,
    /// Why the gate would have refused it.
    pub refused: Vec<Refused>,
    /// What could not be judged, and why.
    pub unjudged: Vec<String>,
}

/// One reason to refuse a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The rule; `None` for what cannot be read, which no rule is needed for.
    pub rule: Option<&'static str>,
    /// The contract's id.
    pub contract: Option<String>,
    /// The element.
    pub element: Option<String>,
    /// The change.
    pub fingerprint: Option<String>,
    /// One sentence.
    pub message: String,
}

impl Audit {
    /// How many commits the gate would have refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        let refused = self.commits.iter().filter(|it| !it.refused.is_empty());
        refused.count()
    }

    fn unjudged(&self) -> usize {
        let unjudged = self.commits.iter().filter(|it| !it.unjudged.is_empty());
        unjudged.count()
    }
}

/// The audit for people.
#[must_use]
pub fn audit_text(audit: &Audit, look: Look) -> String {
    let page = Page {
        look,
        style: look.style(),
    };
    let mut out = String::new();
    if look.verbosity > Verbosity::Quiet {
        for commit in &audit.commits {
            page.commit(commit, &mut out);
        }
    }
    out.push_str(&page.verdict(audit));
    out
}

struct Page {
    look: Look,
    style: Style,
}

impl Page {
    fn commit(&self, commit: &Judged, out: &mut String) {
        let (paint, word) = if commit.refused.is_empty() {
            (Paint::Warn, "unjudged")
        } else {
            (Paint::Bad, "refused ")
        };
        let _ = writeln!(
            out,
            "{}  {}  {}  {}",
            self.style.paint(paint, word),
            commit.on,
            self.style.paint(Paint::Place, short(&commit.id)),
            self.style
                .paint(Paint::Strong, &self.escape(&commit.subject)),
        );
        for refused in &commit.refused {
            let rule = refused.rule.unwrap_or("unreadable");
            let contract = refused.contract.as_deref().unwrap_or_default();
            let line = format!(
                "  {}  {}",
                self.style.paint(Paint::Place, rule),
                self.escape(contract)
            );
            let _ = writeln!(out, "{}", line.trim_end());
            self.lines(&refused.message, out);
            // A sentence that names the element says it all.
            if let Some(element) = &refused.element
                && !refused.message.contains(element.as_str())
            {
                self.lines(element, out);
            }
        }
        for why in &commit.unjudged {
            let text = format!("not judged: {why}");
            out.push_str(&paragraph("  ", &self.escape(&text), self.look.width));
        }
        out.push('\n');
    }

    fn lines(&self, text: &str, out: &mut String) {
        out.push_str(&paragraph("    ", &self.escape(text), self.look.width));
    }

    fn verdict(&self, audit: &Audit) -> String {
        let refused = audit.refused();
        let mut text = if refused > 0 {
            let line = format!(
                "the gate would have refused {refused} of {}",
                counted(audit.judged, "commit")
            );
            self.style.paint(Paint::Bad, &line)
        } else if audit.judged == 0 {
            "no commit changed a contract or what governs it".to_owned()
        } else {
            let line = format!(
                "the gate would have let {} through",
                match audit.judged {
                    1 => "the one commit".to_owned(),
                    many => format!("all {many} commits"),
                }
            );
            self.style.paint(Paint::Good, &line)
        };
        if audit.unjudged() > 0 {
            let _ = write!(
                text,
                "; in {} not everything could be judged",
                audit.unjudged()
            );
        }
        if audit.ungoverned > 0 {
            let _ = write!(
                text,
                "; {} came before there was a policy",
                audit.ungoverned
            );
        }
        text.push('\n');
        if let Some((id, on)) = &audit.cut {
            let _ = writeln!(
                text,
                "history ends at {} of {on}: this clone is shallow (git fetch --unshallow)",
                short(id)
            );
        }
        text
    }

    fn escape(&self, text: &str) -> String {
        escape::terminal(text, self.look.unicode).into_owned()
    }
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// The audit for other tools.
#[must_use]
pub fn audit_json(audit: &Audit) -> String {
    let commits: Vec<Value> = audit
        .commits
        .iter()
        .map(|commit| {
            let refused: Vec<Value> = commit
                .refused
                .iter()
                .map(|it| {
                    json!({
                        "rule": it.rule,
                        "contract": it.contract,
                        "element": it.element,
                        "fingerprint": it.fingerprint,
                        "message": it.message,
                    })
                })
                .collect();
            json!({
                "commit": commit.id,
                "date": commit.on.to_string(),
                "subject": commit.subject,
                "refused": refused,
                "unjudged": commit.unjudged,
            })
        })
        .collect();
    let value = json!({
        "schema_version": 1,
        "verdict": if audit.refused() == 0 { "pass" } else { "fail" },
        "head": {"label": audit.head.label, "commit": audit.head.commit},
        "judged": audit.judged,
        "ungoverned": audit.ungoverned,
        "commits": commits,
        "history_ends": audit.cut.as_ref().map(|(id, on)| {
            json!({"commit": id, "date": on.to_string()})
        }),
    });
    format!("{}\n", escape::json(&format!("{value:#}")))
}
