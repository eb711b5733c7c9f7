//! Questions with their answers, asked of the prover and of the judge.

use super::common::{self, sets};
use contract::{
    diff::{Flow, Options, Reading},
    inclusion::{Prover, Side},
    judge::{Finding, Proof},
    spec::{Bundle, Draft, Lowering},
    variance::Verdict,
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, fmt::Write};

const DRAFT: Draft = Draft::D2020;

/// More findings than this are counted.
const FEW: usize = 8;

/// What the prover says: `included`, `not` with a witness that the validator confirms, or `open` with the reason.
fn asked(draft: Draft, old: &Json, new: &Json) -> String {
    let bundles = [old, new].map(|schema| sets::schema(schema, draft));
    let mut prover = Prover::default();
    let [small, large] = bundles
        .each_ref()
        .map(|bundle| Lowering::new(bundle, false).node(prover.arena(), bundle.root(), None));
    match prover.included(small, large) {
        Side::Included(_) => "included".to_owned(),
        Side::NotIncluded(value) => {
            assert!(sets::tells_apart(draft, [old, new], &value), "{value}");
            format!("not {}", short(&value.to_string()))
        }
        Side::Unknown { reason, .. } => format!("open: {}", reason.0),
    }
}

/// The findings about a bare schema that consumers write, a line each: rule, verdict, and what the verdict rests on; many
/// are counted.
fn judged(old: &Bundle, new: &Bundle) -> String {
    let options = Options {
        reading: Reading::Strict,
        flow: Flow::Consumer,
        ..Options::default()
    };
    let mut lines = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    common::each(old, new, options, &mut |finding| {
        let (edit, proof) = line(finding);
        let kind = finding.proof.word();
        *counts.entry(format!("{edit} :: {kind}")).or_default() += 1;
        lines.push(format!("{edit} :: {proof}\n"));
    });
    if lines.len() <= FEW {
        return lines.concat();
    }
    let counted = counts.iter();
    let counted: Vec<_> = counted
        .map(|(line, count)| format!("{count} times {line}\n"))
        .collect();
    counted.concat()
}

fn line(finding: &Finding) -> (String, String) {
    let proof = match &finding.proof {
        Proof::Witness(witness) => format!("not {}", short(&witness.payload)),
        Proof::Undecided(reason) => format!("open: {reason}"),
        other => other.word().to_owned(),
    };
    let input = finding.input.map_or("-", Verdict::word);
    (format!("{} {input}", finding.rule.id), proof)
}

/// A long payload by its length.
fn short(text: &str) -> String {
    if text.len() <= 60 {
        return text.to_owned();
    }
    format!("of {} bytes", text.len())
}

/// Questions with their answers; all that differ are shown at once.
#[derive(Default)]
pub(crate) struct Sheet {
    wrong: String,
}

impl Sheet {
    /// Asks whether `old` is included in `new`, and has the edit judged where only consumers write.
    pub(crate) fn ask(&mut self, schemas: [&Json; 2], answer: &str, findings: &[&str]) {
        self.ask_in(DRAFT, schemas, answer, findings);
    }

    pub(crate) fn ask_in(
        &mut self,
        draft: Draft,
        [old, new]: [&Json; 2],
        answer: &str,
        findings: &[&str],
    ) {
        let found = asked(draft, old, new);
        let verdicts = judged(&sets::schema(old, draft), &sets::schema(new, draft));
        let expected = findings.iter().flat_map(|line| [*line, "\n"]);
        let expected: String = expected.collect();
        if found == answer && verdicts == expected {
            return;
        }
        let (old, new) = (short(&old.to_string()), short(&new.to_string()));
        let _ = write!(
            self.wrong,
            "--- {old} -> {new}\nexpected {answer}\n{expected}found {found}\n{verdicts}"
        );
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.wrong.is_empty(), "{}", self.wrong);
        }
    }
}
