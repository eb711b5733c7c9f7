//! What a verdict rests on, told.

use super::{
    Verbosity,
    block::{Blocks, SHORT},
    notes::Notes,
};
use crate::judge::{Proof, Side, Witness};

impl Blocks<'_> {
    pub(super) fn proof(&self, notes: &mut Notes, proof: &Proof, reading: &str) {
        let (word, text) = match proof {
            Proof::Undecided(reason) => ("not proved", self.escape(reason)),
            Proof::Witness(witness) => {
                self.witness(notes, witness);
                return;
            }
            Proof::Equivalent => ("proved", "both versions allow the same values".to_owned()),
            Proof::Compatible => (
                "proved",
                "whatever may be sent is still understood".to_owned(),
            ),
            Proof::Removed => ("proof", "removed: a declared element is gone".to_owned()),
            Proof::Rule => ("proof", "rule".to_owned()),
        };
        notes.add(word, &format!("{text} ({reading} reading)"));
    }

    /// The payload, and what rejects it.
    fn witness(&self, notes: &mut Notes, witness: &Witness) {
        let (accepted, rejected) = match witness.valid_under {
            Side::Old => ("accepted before", "rejected now"),
            Side::New => ("sent now", "rejected by readers of the old version"),
        };
        notes.add(
            "witness",
            &format!("{accepted}, {rejected} (both checked):"),
        );
        let Some(exchange) = &witness.exchange else {
            notes.more(&self.escape(&shortened(&witness.payload, self.look.verbosity)));
            let at = match witness.at.as_str() {
                "" => String::new(),
                at => format!(" at {at}"),
            };
            notes.more(&self.escape(&format!("`{}`{at} rejects it", witness.keyword)));
            return;
        };
        for line in exchange.text.lines() {
            notes.more(&self.escape(&shortened(line, self.look.verbosity)));
        }
        notes.more(&self.escape(&exchange.why));
    }
}

/// A payload that leaves room for the next finding; `-v` shows it whole.
fn shortened(payload: &str, verbosity: Verbosity) -> String {
    if verbosity >= Verbosity::Verbose || payload.chars().count() <= SHORT {
        return payload.to_owned();
    }
    let start: String = payload.chars().take(SHORT).collect();
    format!("{start}… (-v shows all of it)")
}
