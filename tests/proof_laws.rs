//! Laws of what is proved, over generated pairs of schemas: every witness is one for the validator, too, and no value
//! that is drawn from the schemas refutes a verdict that nothing breaks.
//!
//! `CONTRACT_LONG=1 cargo test --release --test proof_laws -- --nocapture` tries many more pairs.

mod pairs;

use contract::{
    diff::{self, Options, Reading},
    inclusion::{self, Prover},
    judge::{self, Finding, Proof, Side, Witness},
    spec::{self, Bundle, Lowering},
    variance::{Direction, Verdict},
};
use pairs::{Edit, Pair, Version, run::run, tolerant, values};
use proptest::prelude::*;
use serde_json::Value;

const READINGS: [Reading; 2] = [Reading::Strict, Reading::Tolerant];

/// Values that try to refute each verdict.
const VALUES: usize = 300;

fn findings(old: &Bundle, new: &Bundle, reading: Reading) -> Vec<Finding> {
    let options = Options {
        reading,
        ..Options::default()
    };
    let (before, after) = (spec::read(old), spec::read(new));
    judge::judge(&diff::compare(&before, &after, options))
}

/// The worst of one direction.
fn overall(findings: &[Finding], direction: Direction) -> Verdict {
    let verdicts = findings.iter().filter_map(|finding| match direction {
        Direction::Input => finding.input,
        Direction::Output => finding.output,
    });
    verdicts.max().unwrap_or(Verdict::Neutral)
}

fn witness(finding: &Finding) -> Option<&Witness> {
    match &finding.proof {
        Proof::Witness(witness) => Some(witness),
        Proof::Equivalent
        | Proof::Compatible
        | Proof::Removed
        | Proof::Rule
        | Proof::Undecided(_) => None,
    }
}

fn sides<'p>(pair: &'p Pair, witness: &Witness) -> (&'p Version, &'p Version) {
    match witness.valid_under {
        Side::Old => (&pair.old, &pair.new),
        Side::New => (&pair.new, &pair.old),
    }
}

fn shown(pair: &Pair) -> String {
    format!(
        "{:?}\nold {}\nnew {}",
        pair.form, pair.old.document, pair.new.document
    )
}

/// Whether an API document lists members where it says no type: that is read as objects, which no validator does.
fn lists_members_without_a_type(pair: &Pair) -> bool {
    fn within(schema: &Value) -> bool {
        match schema {
            Value::Object(members) => {
                (members.contains_key("properties") && !members.contains_key("type"))
                    || members.values().any(within)
            }
            Value::Array(items) => items.iter().any(within),
            _ => false,
        }
    }
    [&pair.old, &pair.new]
        .iter()
        .any(|version| version.bundle.dialect.is_api() && within(&version.document))
}

/// Whether the validators of the whole documents tell the payload apart.
fn is_confirmed(pair: &Pair, witness: &Witness, payload: &Value) -> bool {
    let (valid, invalid) = sides(pair, witness);
    valid.validators.accepts(payload) && !invalid.validators.accepts(payload)
}

/// Whether those of some schema around the edit do; the other version may say the same elsewhere, as where a member that
/// fell to `additionalProperties` is named.
fn is_confirmed_within(pair: &Pair, witness: &Witness, pointer: &str, payload: &Value) -> bool {
    let (valid, invalid) = sides(pair, witness);
    let pointer = pointer
        .replace("/definitions/", "/$defs/")
        .replace("/items/0", "/prefixItems/0")
        .replace("/additionalItems", "/items")
        .replace("/components/schemas/Root", "")
        .replace("/components/schemas/", "/$defs/");
    let parts = |version: &Version, around: bool| -> Vec<Value> {
        let schema = version.validators.schema();
        let places = pairs::places::places(schema).into_iter();
        let holds = |at: &String| pointer == *at || pointer.starts_with(&format!("{at}/"));
        let places = places.filter(|at| !around || holds(at));
        places
            .filter_map(|at| schema.pointer(&at).cloned())
            .collect()
    };
    let told_apart = |valid_around: bool, invalid_around: bool| {
        parts(valid, valid_around).iter().any(|one| {
            valid.validators.part_accepts(one, payload)
                && parts(invalid, invalid_around)
                    .iter()
                    .any(|other| !invalid.validators.part_accepts(other, payload))
        })
    };
    told_apart(true, true)
        || (names_differ(pair) && (told_apart(true, false) || told_apart(false, true)))
}

/// Whether a schema of one version may leave to `additionalProperties` or to a pattern what the other one names.
fn names_differ(pair: &Pair) -> bool {
    let text = shown(pair);
    text.contains("additionalProperties") || text.contains("patternProperties")
}

#[test]
fn every_witness_is_one_for_the_validator() {
    run(150, |recipe, counts| {
        let pair = recipe.pair(Edit::Any);
        if lists_members_without_a_type(&pair) {
            return Ok(());
        }
        for reading in READINGS {
            for finding in findings(&pair.old.bundle, &pair.new.bundle, reading) {
                counts.add(&format!(
                    "{} {}",
                    finding.verdict.word(),
                    finding.proof.word()
                ));
                let Some(witness) = witness(&finding) else {
                    continue;
                };
                let payload = serde_json::from_str(&witness.payload).expect("JSON");
                let exchange = witness
                    .exchange
                    .as_ref()
                    .filter(|exchange| exchange.part.is_none());
                if let Some(body) = exchange.and_then(|exchange| exchange.body.as_ref()) {
                    counts.add("witness: a whole body");
                    prop_assert!(
                        is_confirmed(&pair, witness, body),
                        "{} {witness:?}\n{}",
                        finding.rule.id,
                        shown(&pair)
                    );
                } else if is_confirmed(&pair, witness, &payload) {
                    counts.add("witness: whole");
                } else if is_confirmed_within(&pair, witness, &finding.pointer, &payload) {
                    counts.add("witness: within");
                } else {
                    counts.add("witness: elsewhere");
                    // Schemas of several nodes have no pointer of their own, and branches one in each version.
                    let spread = ["allOf", "$ref", "anyOf", "oneOf"]
                        .iter()
                        .any(|word| shown(&pair).contains(word));
                    prop_assert!(
                        spread,
                        "{} at {} {witness:?}\n{}",
                        finding.rule.id,
                        finding.pointer,
                        shown(&pair)
                    );
                }
            }
        }
        Ok(())
    });
}

/// What the prover says of both documents as they are written.
fn asked(small: &Version, large: &Version, direction: Direction) -> inclusion::Side {
    let mut prover = Prover::default();
    let mut lowered = |version: &Version| {
        Lowering::new(&version.bundle, false).node(
            prover.arena(),
            version.root(),
            version.bundle.dialect.is_api().then_some(direction),
        )
    };
    let (small, large) = (lowered(small), lowered(large));
    prover.included(small, large)
}

#[test]
fn the_whole_and_its_parts_agree() {
    run(150, |recipe, counts| {
        let pair = recipe.pair(Edit::Any);
        if lists_members_without_a_type(&pair) {
            return Ok(());
        }
        let found = findings(&pair.old.bundle, &pair.new.bundle, Reading::Strict);
        for direction in Direction::ALL {
            let (writer, reader) = match direction {
                Direction::Input => (&pair.old, &pair.new),
                Direction::Output => (&pair.new, &pair.old),
            };
            let answer = asked(writer, reader, direction);
            let verdict = overall(&found, direction);
            let word = verdict.word();
            match answer {
                inclusion::Side::Included(_) => counts.add(&format!("proved, {word}")),
                inclusion::Side::Unknown { .. } => counts.add(&format!("unknown, {word}")),
                inclusion::Side::NotIncluded(value) => {
                    counts.add(&format!("refuted, {word}"));
                    let value = Value::from(&value);
                    prop_assert!(
                        writer.validators.accepts(&value) && !reader.validators.accepts(&value),
                        "{direction:?}: {value} shows nothing\n{}",
                        shown(&pair)
                    );
                    prop_assert!(
                        verdict > Verdict::Additive,
                        "{direction:?} {word} but {value}\n{}\n{}",
                        shown(&pair),
                        told(&found)
                    );
                }
            }
        }
        Ok(())
    });
}

/// Findings, a line each.
fn told(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|one| {
        format!(
            "{} at {}: {:?} {:?} {:?}\n",
            one.rule.id, one.pointer, one.input, one.output, one.proof
        )
    });
    lines.collect::<Vec<_>>().concat()
}

/// Whether a value shows that a direction is not safe, by the reading's definition.
fn refutes(pair: &Pair, reading: Reading, direction: Direction, value: &Value) -> bool {
    let (writer, reader) = match direction {
        Direction::Input => (&pair.old.validators, &pair.new.validators),
        Direction::Output => (&pair.new.validators, &pair.old.validators),
    };
    if !writer.accepts(value) || reader.accepts(value) {
        return false;
    }
    match (reading, direction) {
        (Reading::Strict, _) => true,
        (Reading::Tolerant, Direction::Input) => tolerant::is_declared(writer, value),
        (Reading::Tolerant, Direction::Output) => {
            tolerant::is_declared(writer, value) && tolerant::is_unreadable(reader, value)
        }
    }
}

/// Values drawn from both schemas.
fn drawn(pair: &Pair, seed: u64) -> Vec<Value> {
    let (old, new) = (pair.old.validators.schema(), pair.new.validators.schema());
    let pool = values::Pool::of([old, new]);
    let mut dice = values::Dice::new(seed);
    (0..VALUES)
        .map(|index| {
            let root = if index % 2 == 0 { old } else { new };
            let mut drawer = values::Drawer {
                pool: &pool,
                dice: &mut dice,
                root,
            };
            drawer.value()
        })
        .collect()
}

#[test]
fn no_value_refutes_that_nothing_breaks() {
    run(150, |recipe, counts| {
        let pair = recipe.pair(Edit::Any);
        if lists_members_without_a_type(&pair) {
            return Ok(());
        }
        let values = drawn(&pair, recipe.seed);
        for reading in READINGS {
            let found = findings(&pair.old.bundle, &pair.new.bundle, reading);
            for direction in Direction::ALL {
                let verdict = overall(&found, direction);
                let refuting = values
                    .iter()
                    .find(|value| refutes(&pair, reading, direction, value));
                let what = if refuting.is_some() {
                    "refutable"
                } else {
                    "not refuted"
                };
                let (reading, verdict_word) = (reading.word(), verdict.word());
                counts.add(&format!("{reading} {verdict_word}, {what}"));
                if verdict <= Verdict::Additive {
                    prop_assert!(
                        refuting.is_none(),
                        "{reading} {direction:?} {verdict_word} but {}\n{}\n{}",
                        refuting.unwrap_or(&Value::Null),
                        shown(&pair),
                        told(&found)
                    );
                }
            }
        }
        Ok(())
    });
}

#[test]
fn other_words_for_the_same_values_have_no_witness() {
    run(100, |recipe, counts| {
        let pair = recipe.pair(Edit::Words);
        for reading in READINGS {
            let same = findings(&pair.old.bundle, &pair.old.bundle, reading);
            prop_assert!(same.is_empty(), "{same:?}\n{}", shown(&pair));
            let found = findings(&pair.old.bundle, &pair.new.bundle, reading);
            let shows = found.iter().any(|finding| witness(finding).is_some());
            let verdict = found.iter().map(|finding| finding.verdict).max();
            let word = verdict.unwrap_or(Verdict::Neutral).word();
            counts.add(&format!(
                "{} {word}, {}",
                reading.word(),
                if shows { "a witness" } else { "none" }
            ));
            // What a branch loses another one may keep, and edits inside branches are asked about by themselves.
            if is_branchless(&pair.old.document) {
                prop_assert!(!shows, "{}\n{}", told(&found), shown(&pair));
            }
        }
        Ok(())
    });
}

/// Whether values are valid for one reason only.
fn is_branchless(document: &Value) -> bool {
    let text = document.to_string();
    let words = [
        "anyOf",
        "oneOf",
        "not",
        "if",
        "dependentSchemas",
        "contains",
    ];
    !words
        .iter()
        .any(|word| text.contains(&format!("\"{word}\"")))
}

/// Whether values are lost in one direction: yes, no, or not known.
fn lost(findings: &[Finding], direction: Direction) -> Option<bool> {
    match overall(findings, direction) {
        Verdict::Breaking => Some(true),
        Verdict::Undecided => None,
        Verdict::Risky | Verdict::Additive | Verdict::Neutral => Some(false),
    }
}

#[test]
fn what_is_lost_one_way_is_gained_the_other() {
    run(120, |recipe, counts| {
        let pair = recipe.pair(Edit::Any);
        let there = findings(&pair.old.bundle, &pair.new.bundle, Reading::Strict);
        let back = findings(&pair.new.bundle, &pair.old.bundle, Reading::Strict);
        for direction in Direction::ALL {
            let (one, other) = (lost(&there, direction), lost(&back, direction.flip()));
            counts.add(match (one, other) {
                (None, None) => "both undecided",
                (None, _) | (_, None) => "one undecided",
                _ => "decided",
            });
            prop_assert!(
                one.is_none() || other.is_none() || one == other,
                "{direction:?} {one:?} {other:?}\n{}\n{}\n{}",
                shown(&pair),
                told(&there),
                told(&back)
            );
        }
        Ok(())
    });
}
