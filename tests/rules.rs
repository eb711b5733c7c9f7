//! Every rule at work: `fixtures/rules/<id>/{old,new}.yaml` gives exactly the findings of `expected.txt`.
//!
//! A fixture that is a bare schema is mounted in a request and in a response, so that one pair shows both directions.
//! A folder with one side only is a contract that came or went.
//! Further cases of a rule stand in folders named `<id>--<case>`; the case `strict` is read exactly as written.
//! `SNAPSHOTS=overwrite cargo test --test rules` writes `expected.txt` anew; read the difference before committing it.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod common;

use contract::{
    diff::{Options, Reading},
    judge::{self, Side},
    spec::Bundle,
    variance::{Direction, Verdict},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn load(folder: &Path, side: &str) -> Option<Bundle> {
    let text = fs::read_to_string(folder.join(format!("{side}.yaml"))).ok()?;
    Some(common::bundle(side, &common::mounted(&text)))
}

fn both(folder: &Path) -> (Bundle, Bundle) {
    let side = |side| load(folder, side).expect("the fixture has both sides");
    (side("old"), side("new"))
}

fn findings(folder: &Path) -> String {
    let (there, side) = match (load(folder, "old"), load(folder, "new")) {
        (Some(old), Some(new)) => return common::findings(&old, &new, options(folder)),
        (Some(old), None) => (old, Side::Old),
        (None, Some(new)) => (new, Side::New),
        (None, None) => panic!("{} has no contract", folder.display()),
    };
    let finding = judge::one_sided(&there, side, "", "orders.yaml");
    common::line(&finding, &finding.sites.first_element())
}

fn name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn options(folder: &Path) -> Options {
    let reading = if name(folder).ends_with("--strict") {
        Reading::Strict
    } else {
        Reading::Tolerant
    };
    Options {
        reading,
        ..Options::default()
    }
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let mut folders: Vec<_> = fs::read_dir(&root)
        .expect("fixtures/rules is there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_fixture_gives_exactly_its_findings() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = String::new();
    for folder in folders() {
        let found = findings(&folder);
        let file = folder.join("expected.txt");
        if overwrite {
            fs::write(&file, &found).expect("writable");
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            let name = name(&folder);
            let _ = write!(wrong, "--- {name}\nexpected\n{expected}found\n{found}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_fixture_s_own_rule_is_among_its_findings() {
    for folder in folders() {
        let name = name(&folder);
        let rule = name.split("--").next().unwrap_or_default();
        let found = findings(&folder);
        let named = found
            .lines()
            .any(|line| line.split(' ').nth(2) == Some(rule));
        assert!(named, "{rule} does not show in {name}:\n{found}");
    }
}

#[test]
fn a_fixture_against_itself_is_silent() {
    for folder in folders() {
        for side in ["old", "new"] {
            let (Some(one), Some(other)) = (load(&folder, side), load(&folder, side)) else {
                continue;
            };
            let (before, after) = (contract::spec::read(&one), contract::spec::read(&other));
            let comparison = contract::diff::compare(&before, &after, options(&folder));
            let found = contract::judge::judge(&comparison);
            assert!(found.is_empty(), "{} {side}: {found:?}", name(&folder));
        }
    }
}

/// The elements where an edit reaches both ways and does nothing but break one of them, and which.
fn one_way(folder: &Path, old: &str, new: &str) -> BTreeMap<String, BTreeSet<Direction>> {
    let (Some(old), Some(new)) = (load(folder, old), load(folder, new)) else {
        return BTreeMap::new();
    };
    let (before, after) = (contract::spec::read(&old), contract::spec::read(&new));
    let comparison = contract::diff::compare(&before, &after, options(folder));
    let mut found: BTreeMap<String, BTreeSet<Direction>> = BTreeMap::new();
    for finding in contract::judge::judge(&comparison) {
        let broken = match (finding.input, finding.output) {
            (Some(Verdict::Breaking), Some(Verdict::Additive)) => Direction::Input,
            (Some(Verdict::Additive), Some(Verdict::Breaking)) => Direction::Output,
            _ => continue,
        };
        let element = finding.sites.first_element();
        found.entry(element).or_default().insert(broken);
    }
    found
}

#[test]
fn turned_round_a_narrowing_is_a_widening() {
    for folder in folders() {
        let (there, back) = (
            one_way(&folder, "old", "new"),
            one_way(&folder, "new", "old"),
        );
        for (element, broken) in there {
            // What the other version tells as a removal or an addition is judged by policy, not by the sets.
            if let Some(other) = back.get(&element) {
                let turned: BTreeSet<_> = other.iter().map(|one| one.flip()).collect();
                assert_eq!(broken, turned, "{}: {element}", name(&folder));
            }
        }
    }
}

#[test]
fn null_is_pointed_at_where_its_own_keyword_says_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    let folder = root.join("null-allowed--keyword");
    let (old, new) = both(&folder);
    let (before, after) = (contract::spec::read(&old), contract::spec::read(&new));
    let comparison = contract::diff::compare(&before, &after, options(&folder));
    let places: Vec<_> = contract::judge::judge(&comparison)
        .into_iter()
        .map(|finding| {
            let absent = finding.old.map(|mark| mark.absent);
            (finding.pointer, absent)
        })
        .collect();
    let keyword = |member: &str| format!("/components/schemas/Note/properties/{member}/nullable");
    // The old side of `text` has no keyword to show: its schema stands in.
    assert_eq!(
        places,
        [
            (keyword("text"), Some(true)),
            (keyword("author"), Some(false)),
        ]
    );
}

#[test]
fn what_a_side_lacks_stands_in_the_nearest_parent_it_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules");
    for name in ["parameter-removed", "operation-removed", "response-added"] {
        let folder = root.join(name);
        let (old, new) = both(&folder);
        let (before, after) = (contract::spec::read(&old), contract::spec::read(&new));
        let comparison = contract::diff::compare(&before, &after, options(&folder));
        let findings = contract::judge::judge(&comparison);
        let finding = findings.iter().find(|finding| finding.rule.id == name);
        let finding = finding.expect("the rule's own finding");
        let (here, there) = if name.ends_with("removed") {
            (finding.old, finding.new)
        } else {
            (finding.new, finding.old)
        };
        assert!(here.is_some_and(|mark| !mark.absent), "{name}");
        // The whole document would say nothing.
        let parent = there.expect("a parent");
        assert!(parent.absent && parent.start > 0, "{name}");
    }
}
