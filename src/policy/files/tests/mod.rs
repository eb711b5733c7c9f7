//! Each kind of file: what a whole one means, and every fault with its place, its words, and what to do.

mod consumers;
mod deprecations;
mod policy;
mod policy_faults;
mod signoff;
mod usage;
mod write;

use super::*;
use proptest::prelude::*;

/// A file of each kind that says all that its kind can say.
pub(in crate::policy) const fn example(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Policy => include_str!("../../../../fixtures/governance/policy.yaml"),
        FileKind::Consumers => include_str!("../../../../fixtures/governance/consumers.yaml"),
        FileKind::Usage => include_str!("../../../../fixtures/governance/usage.yaml"),
        FileKind::Deprecations => {
            include_str!("../../../../fixtures/governance/deprecations.yaml")
        }
        FileKind::Signoff => include_str!("../../../../fixtures/governance/signoff.yaml"),
        FileKind::Waiver => include_str!("../../../../fixtures/governance/waiver.yaml"),
        FileKind::Request => include_str!("../../../../fixtures/governance/request.yaml"),
        FileKind::Baseline => include_str!("../../../../fixtures/governance/baseline.yaml"),
    }
}

/// The faults of a text as people see them.
pub(super) fn faults(kind: FileKind, text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let faults = match kind {
        FileKind::Policy => Policy::read("f.yaml", bytes).err(),
        FileKind::Consumers => Consumers::read("f.yaml", bytes).err(),
        FileKind::Usage => Usage::read("f.yaml", bytes).err(),
        FileKind::Deprecations => Ledger::read("f.yaml", bytes).err(),
        FileKind::Signoff => Signoff::read("f.yaml", bytes).err(),
        FileKind::Waiver => Waiver::read("f.yaml", bytes).err(),
        FileKind::Request => Request::read("f.yaml", bytes).err(),
        FileKind::Baseline => Baseline::read("f.yaml", bytes).err(),
    };
    let told = faults.unwrap_or_default().into_iter().map(|fault| {
        let Fault {
            file,
            place,
            message,
            help,
        } = fault;
        assert_eq!(file, "f.yaml");
        let Place { line, column } = place.expect("all of these are located");
        format!(
            "{line}:{column} {message} | {}",
            help.as_deref().unwrap_or("-")
        )
    });
    told.collect()
}

/// The example of a kind with one edit has exactly these faults.
pub(super) fn edited(kind: FileKind, table: &[(&str, &str, &[&str])]) {
    for (old, new, expected) in table {
        let text = example(kind);
        assert_eq!(text.matches(old).count(), 1, "{old} is there once");
        let text = text.replace(old, new);
        assert_eq!(faults(kind, &text), *expected, "{old} -> {new}");
    }
}

#[test]
fn every_kind_refuses_what_no_kind_allows() {
    for kind in FileKind::ALL {
        let text = example(kind);
        assert_eq!(faults(kind, text), [""; 0], "{}", kind.word());
        let name = kind.schema_name();
        let what = kind.article();
        let told = |text: &str| faults(kind, text);
        assert_eq!(
            told(&text.replace(name, &name.replace("v1", "v2")))[0]
                .split_once(' ')
                .expect("a place")
                .1,
            format!(
                "`{}` is a version that this program does not know | it reads `{name}`; a newer program may read more",
                name.replace("v1", "v2")
            )
        );
        assert_eq!(
            told("consumer: a\n"),
            [format!(
                "1:1 {what} needs the key `schema` | add `schema:` with its value"
            )]
        );
        assert_eq!(
            told("[]\n"),
            ["1:1 the file has to be a mapping, not a list | write it as `key: value` lines"]
        );
    }
}

#[test]
fn every_kind_is_plain_yaml() {
    for kind in FileKind::ALL {
        let (text, name, what) = (example(kind), kind.schema_name(), kind.article());
        let told = |text: &str| faults(kind, text);
        let lines = text.lines().count();
        // A comment is above the first key of the policy.
        let first = 1 + u32::from(kind == FileKind::Policy);
        assert_eq!(
            told(&format!("{text}Schema: 1\n")),
            [format!(
                "{}:1 {what} has no key `Schema` | did you mean `schema`?",
                lines + 1
            )]
        );
        assert_eq!(
            told(&format!("{text}schema: {name}\n")),
            [format!(
                "{}:1 duplicate key `schema` (the first one is here, at {first}:1) | remove or rename one of the two; readers disagree on which one counts",
                lines + 1
            )]
        );
        assert_eq!(
            told(&text.replace(name, &format!("&a !!str {name}"))),
            [
                format!(
                    "{first}:9 the anchor `&a` is not allowed here | remove it; values are written out in this file"
                ),
                format!(
                    "{first}:12 the tag `!!str` is not allowed here | remove it, or write the value in quotes if the `!` is part of it"
                ),
            ]
        );
        assert_eq!(
            told(&format!("\u{feff}{text}")),
            ["1:1 the file starts with a byte order mark | save it as UTF-8 without one"]
        );
        assert_eq!(
            told(&format!("{text}x: 'y\n")),
            [format!(
                "{}:1 the file ends inside a quoted text | close the quote; if the file looks cut off, fetch or generate it again",
                lines + 2
            )]
        );
        assert_eq!(
            told(&format!("{text}x:\n\ty: 1\n")),
            [format!(
                "{}:2 a tab where YAML wants spaces | YAML is indented by spaces only; replace the tab",
                lines + 2
            )]
        );
        assert_eq!(
            told(&format!("{text}---\n"))[0]
                .split_once(' ')
                .expect("a place")
                .1,
            format!(
                "a second document starts here (the first one starts here, at {first}:1) | this file is one document; split the file at the `---`"
            )
        );
    }
}

#[test]
fn a_file_of_another_kind_is_told() {
    assert_eq!(
        faults(FileKind::Policy, example(FileKind::Signoff)),
        [
            "1:9 this file says that it is a sign-off, not a policy | write `schema: contract.policy/v1`, or move the file to where its kind belongs"
        ]
    );
    assert_eq!(
        faults(FileKind::Policy, "schema: contract.polcy/v1\n"),
        ["1:9 `schema` cannot be `contract.polcy/v1` | did you mean `contract.policy/v1`?"]
    );
    assert_eq!(
        faults(FileKind::Policy, "schema: 1\n"),
        ["1:9 `schema` has to be a text, not a number | write it in quotes: \"1\""]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_a_reader_panic(
        kind in prop::sample::select(FileKind::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..40,
        put in prop_oneof![
            "[ \n\t:#&*!|>'\"\\[\\]{},%@`-]{0,4}",
            prop::sample::select(vec!["&a ", "*a", "!t ", "!!str ", "<<: ", "- ", "---\n", "\u{feff}", "é", "2026-11-20", "null", "[]", "{}"])
                .prop_map(str::to_owned),
        ],
    ) {
        let text = example(kind);
        let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let start = boundary(at.index(text.len()));
        let end = boundary((start + cut).min(text.len()));
        let text = format!("{}{put}{}", &text[..start], &text[end..]);
        // Each fault is in the text, and says what to do.
        let lines = text.lines().count() + 1;
        for fault in faults(kind, &text) {
            let (line, rest) = fault.split_once(':').expect("a place");
            prop_assert!(line.parse::<usize>().is_ok_and(|line| (1..=lines).contains(&line)), "{}", fault);
            prop_assert!(!rest.ends_with("| -"), "{}", fault);
        }
    }
}
