//! Words that several formats share.

pub(super) use super::text::counted;

use super::{Compared, Look, Report, alert::fingerprint, text};
use crate::judge::{Finding, Proof, Side, Witness};
use crate::policy::{Obligation, ObligationKind, Ruling, Status};
use std::borrow::Cow;

/// The text if it is short, else its start and how much is missing.
pub(super) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = text.len() - end;
    Cow::Owned(format!("{}… ({rest} more bytes)", &text[..end]))
}

/// What people call a contract.
pub(super) fn name<'r>(compared: &'r Compared<'_>) -> &'r str {
    if compared.contract.is_empty() {
        &compared.name
    } else {
        &compared.contract
    }
}

/// The verdict in one sentence, on one line: `blocked: 2 breaking; 3 additive`.
pub(super) fn verdict(report: &Report<'_>) -> String {
    let look = Look {
        width: usize::MAX,
        ..Look::default()
    };
    text::verdict(report, look).trim_end().to_owned()
}

/// `HEAD → working tree`
pub(super) fn versions(report: &Report<'_>) -> String {
    format!("{} → {}", report.base.label, report.head.label)
}

/// What holds of a witness on both sides: who takes it, and who does not.
pub(super) fn parties(witness: &Witness) -> &'static str {
    match witness.valid_under {
        Side::Old => "accepted before, rejected now (both checked)",
        Side::New => "sent now, rejected by readers of the old version (both checked)",
    }
}

/// The message that shows a break, and why it does.
pub(super) fn shown(witness: &Witness) -> (&str, Cow<'_, str>) {
    if let Some(exchange) = &witness.exchange {
        (&exchange.text, Cow::Borrowed(&exchange.why))
    } else {
        let at = match witness.at.as_str() {
            "" => String::new(),
            at => format!(" at {at}"),
        };
        let why = format!("`{}`{at} rejects it", witness.keyword);
        (&witness.payload, Cow::Owned(why))
    }
}

/// Whether something is left to do.
pub(super) fn is_open(obligation: &Obligation) -> bool {
    match obligation.status {
        Status::Met => false,
        Status::Missing | Status::Expired | Status::Objected | Status::Pending => true,
    }
}

/// What to know about a change besides its message, a line each: why it breaks, whom, and what to do.
pub(super) fn remarks(finding: &Finding, ruling: Option<&Ruling>) -> Vec<String> {
    let mut lines = Vec::new();
    match &finding.proof {
        Proof::Witness(witness) => {
            let (_, why) = shown(witness);
            lines.push(format!("witness, {}: {why}", parties(witness)));
        }
        Proof::Undecided(reason) => lines.push(format!("not proved: {reason}")),
        Proof::Equivalent | Proof::Compatible | Proof::Removed | Proof::Rule => {}
    }
    if let Some(ruling) = ruling {
        if !ruling.affects.is_empty() {
            lines.push(format!("breaks {}", ruling.affects.join(", ")));
        }
        for obligation in ruling.obligations.iter().filter(|it| is_open(it)) {
            let Obligation {
                kind, who, note, ..
            } = obligation;
            match (kind, note) {
                (ObligationKind::Signoff, _) => {
                    lines.push(format!("sign-off of {who}: {}", obligation.status.word()));
                }
                (
                    ObligationKind::Window | ObligationKind::Announce | ObligationKind::Waiver,
                    Some(note),
                ) => lines.push(note.clone()),
                (
                    ObligationKind::Window | ObligationKind::Announce | ObligationKind::Waiver,
                    None,
                ) => {}
            }
        }
        if let Some(because) = &ruling.because {
            lines.push(format!("level by the policy: {because}"));
        }
    }
    lines.push(format!("change {}", fingerprint(finding)));
    lines
}
