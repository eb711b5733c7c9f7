//! The catalogue holds together: every rule has its words, its fixture, and its reasons.

#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

use contract::rules::{self, Detect, Rule};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn fixtures() -> Vec<PathBuf> {
    folders("fixtures/rules")
}

fn folders(below: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    let mut folders: Vec<_> = fs::read_dir(root)
        .expect("the folder is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn named(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split("--").next().unwrap_or_default().to_owned()
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(is_kebab(rule.id), "{} is not kebab-case", rule.id);
        assert!(seen.insert(rule.id), "{} stands there twice", rule.id);
        assert!(
            Rule::find(rule.id).is_some_and(|found| std::ptr::eq(found, rule)),
            "{} cannot be found",
            rule.id
        );
        let mut words = rule.id.split('-');
        assert!(
            !words.any(|word| word == "input" || word == "output"),
            "{} names a direction",
            rule.id
        );
    }
}

#[test]
fn exceptions_say_something_new_and_why() {
    for rule in rules::all() {
        for (direction, verdict, reason) in rule.except {
            assert_ne!(
                rule.effect.verdict(*direction),
                *verdict,
                "{}: variance says so already",
                rule.id
            );
            assert!(reason.len() > 20, "{}: a reason is a sentence", rule.id);
            assert!(
                !reason.ends_with('.'),
                "{}: reasons have no full stop",
                rule.id
            );
        }
    }
}

#[test]
fn docs_are_in_form() {
    for rule in rules::all() {
        let mut lines = rule.docs.lines();
        let first = lines.next().unwrap_or_default();
        assert!(
            first.ends_with('.') && first.len() > 15,
            "{}: the first line says what changed, in a sentence",
            rule.id
        );
        assert_eq!(lines.next(), Some(""), "{}: then a blank line", rule.id);
        let rest: Vec<&str> = lines.collect();
        assert!(rest.len() >= 2, "{}: who is hurt, and what to do", rule.id);
        assert!(
            rule.docs.ends_with(".\n") && !rule.docs.ends_with("\n\n"),
            "{}: ends with one sentence and one line break",
            rule.id
        );
        for line in rule.docs.lines() {
            assert!(
                line.chars().count() <= 120 && line.trim() == line,
                "{}: {line}",
                rule.id
            );
        }
    }
}

#[test]
fn messages_are_one_sentence_without_a_full_stop() {
    for rule in rules::all() {
        let message = rule.message;
        assert!(
            !message.is_empty() && !message.ends_with('.') && !message.contains(". "),
            "{}: {message}",
            rule.id
        );
        assert_eq!(
            message.matches('{').count(),
            message.matches('}').count(),
            "{}: {message}",
            rule.id
        );
        let first = message.chars().next().unwrap_or_default();
        // A name keeps its spelling: YAML, OpenAPI.
        let name = message.chars().nth(1).is_some_and(char::is_uppercase);
        assert!(!first.is_uppercase() || name, "{}: {message}", rule.id);
    }
}

#[test]
fn a_rule_has_a_fixture_and_a_fixture_has_a_rule() {
    let folders: BTreeSet<String> = fixtures().iter().map(|folder| named(folder)).collect();
    for rule in rules::all() {
        assert!(
            matches!(rule.detect, Detect::Diagnostic | Detect::Governed)
                || folders.contains(rule.id),
            "fixtures/rules/{} is missing",
            rule.id
        );
    }
    for folder in &folders {
        assert!(
            Rule::find(folder).is_some(),
            "fixtures/rules/{folder} belongs to no rule"
        );
    }
    for folder in fixtures() {
        let plain = folder.with_file_name(named(&folder));
        assert!(plain.is_dir(), "{} has no first case", folder.display());
        let has = |file: &str| folder.join(file).is_file();
        assert!(has("expected.txt"), "{}", folder.display());
        // A contract that came or went has one side.
        let raised =
            Rule::find(&named(&folder)).is_some_and(|rule| matches!(rule.detect, Detect::Raised));
        let both = has("old.yaml") && has("new.yaml");
        let one = has("old.yaml") != has("new.yaml");
        assert!(if raised { one } else { both }, "{}", folder.display());
    }
}

#[test]
fn a_rule_of_governance_has_a_repository_and_a_repository_has_a_rule() {
    let governed = |rule: &&Rule| matches!(rule.detect, Detect::Governed);
    let repositories = folders("fixtures/governance");
    let named: BTreeSet<String> = repositories.iter().map(|folder| named(folder)).collect();
    let rules: BTreeSet<String> = rules::all()
        .filter(governed)
        .map(|rule| rule.id.to_owned())
        .collect();
    assert_eq!(named, rules);
    for folder in repositories {
        for part in ["base", "head", "run.txt", "expected.txt"] {
            assert!(folder.join(part).exists(), "{}/{part}", folder.display());
        }
    }
}

#[test]
fn every_hole_is_filled() {
    // The rule is the third word of a change, and the second of a notice.
    let changes = fixtures().into_iter().map(|folder| (folder, 2));
    let notices = folders("fixtures/governance").into_iter();
    for (folder, word) in changes.chain(notices.map(|folder| (folder, 1))) {
        let expected = fs::read_to_string(folder.join("expected.txt")).expect("readable");
        let id = named(&folder);
        for line in expected.lines() {
            let Some((head, message)) = line.split_once(" :: ") else {
                panic!("{}: {line}", folder.display());
            };
            let rule = head.split(' ').nth(word).and_then(Rule::find);
            for hole in rule.into_iter().flat_map(|rule| holes(rule.message)) {
                assert!(
                    !message.contains(&hole),
                    "{id}: nothing fills {hole} in: {message}"
                );
            }
        }
    }
}

/// `{subject}`, `{new}`, and the like.
fn holes(message: &str) -> Vec<String> {
    message
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| format!("{{{name}}}"))
        .collect()
}
