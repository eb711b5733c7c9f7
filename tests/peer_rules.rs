//! Everything the strongest peer reports, we report: its ids, each mapped to our rule and place or to a reason why not.

#![allow(clippy::print_stderr, reason = "a skipped test says why")]
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use contract::rules::Rule;
use std::{collections::BTreeSet, fs, path::Path};

struct Row {
    peer: String,
    rule: String,
    place: String,
    reason: String,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer_rules.tsv");
    let text = fs::read_to_string(path).expect("the map is there");
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            Row {
                peer: cells[0].to_owned(),
                rule: cells[1].to_owned(),
                place: cells[2].to_owned(),
                reason: cells[3].to_owned(),
            }
        })
        .collect()
}

#[test]
fn the_map_names_each_of_the_509_ids_once() {
    let ids: BTreeSet<String> = rows().into_iter().map(|row| row.peer).collect();
    assert_eq!(ids.len(), 509);
    assert_eq!(rows().len(), 509);
}

#[test]
fn the_map_points_at_rules_that_exist_or_says_why_not() {
    for row in rows() {
        assert!(
            ["input", "output", "surface"].contains(&row.place.as_str()),
            "{}",
            row.peer
        );
        if row.rule == "-" {
            assert!(
                row.reason.len() > 20,
                "{} has neither rule nor reason",
                row.peer
            );
        } else {
            assert!(
                Rule::find(&row.rule).is_some(),
                "{}: no rule {}",
                row.peer,
                row.rule
            );
            assert!(
                row.reason.is_empty(),
                "{} has a rule and a reason against it",
                row.peer
            );
        }
    }
}

#[test]
fn the_map_is_complete_against_the_peer_s_own_list() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/design/peer-rules.tsv");
    let Ok(text) = fs::read_to_string(&list) else {
        eprintln!("skipped: the peer's own list is not beside this checkout");
        return;
    };
    let theirs: BTreeSet<&str> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .collect();
    let rows = rows();
    let ours: BTreeSet<&str> = rows.iter().map(|row| row.peer.as_str()).collect();
    assert_eq!(ours, theirs);
}
