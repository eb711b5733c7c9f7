//! Every fault with its place, its words, and what to do.

use super::{Fault, Form, Value};
use jiff::civil::{Date, date};

/// One of everything that this reader reads.
#[derive(Debug, PartialEq, Eq)]
struct Parcel {
    id: String,
    size: Size,
    weight: Option<u64>,
    stacked: bool,
    sent: Option<Date>,
    keep: Option<u32>,
    label: Option<String>,
    tags: Vec<String>,
    boxes: Vec<String>,
    owners: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Small,
    Large,
}

fn parcel(root: Value<'_>) -> Option<Parcel> {
    let mut fields = root.fields("a parcel")?;
    let id = fields.required("id").and_then(Value::line);
    let size = fields
        .required("size")
        .and_then(|value| value.choice(&[("small", Size::Small), ("large", Size::Large)]));
    let weight = fields
        .optional("weight")
        .and_then(|value| value.whole(1..=500));
    let stacked = fields.optional("stacked").and_then(Value::flag);
    let sent = fields.optional("sent").and_then(Value::date);
    let keep = fields.optional("keep").and_then(Value::days);
    let label = fields
        .optional("label")
        .and_then(|value| value.path("the yard"));
    let tags = fields.optional("tags").and_then(Value::texts);
    let boxes = fields.optional("boxes").and_then(|value| {
        value.each(|item| {
            let mut fields = item.fields("a box")?;
            let id = fields.required("id").and_then(Value::text);
            fields.finish();
            id.map(str::to_owned)
        })
    });
    let owners = fields.optional("owners").and_then(Value::entries);
    let owners = owners.unwrap_or_default().into_iter();
    let owners = owners.filter_map(|(key, value)| Some((key.text.into(), value.text()?.into())));
    let owners = owners.collect();
    fields.finish();
    Some(Parcel {
        id: id?.to_owned(),
        size: size?,
        weight,
        stacked: stacked.unwrap_or_default(),
        sent,
        keep,
        label: label.map(str::to_owned),
        tags: tags.unwrap_or_default(),
        boxes: boxes.unwrap_or_default(),
        owners,
    })
}

/// The faults of a text as people see them.
fn faults(name: &str, text: &[u8]) -> Vec<String> {
    let Err(faults) = Form::read(name, text, parcel) else {
        return Vec::new();
    };
    let told = faults.into_iter().map(|fault| {
        let Fault {
            position,
            message,
            help,
        } = fault;
        format!("{position} {message} | {}", help.as_deref().unwrap_or("-"))
    });
    told.collect()
}

#[test]
fn a_file_without_faults_is_read_in_yaml_and_json() {
    let yaml = "id: a b\nsize: large\nweight: 12\nstacked: true\nsent: 2026-11-20\nkeep: 90d\nlabel: x/y.yaml\ntags: [one, two]\nboxes:\n- id: first\n- {id: second}\nowners: {a: b}\n";
    let json = r#"{"id": "a b", "size": "large", "weight": 12, "stacked": true, "sent": "2026-11-20", "keep": 90,
        "label": "x/y.yaml", "tags": ["one", "two"], "boxes": [{"id": "first"}, {"id": "second"}], "owners": {"a": "b"}}"#;
    let expected = Parcel {
        id: "a b".into(),
        size: Size::Large,
        weight: Some(12),
        stacked: true,
        sent: Some(date(2026, 11, 20)),
        keep: Some(90),
        label: Some("x/y.yaml".into()),
        tags: vec!["one".into(), "two".into()],
        boxes: vec!["first".into(), "second".into()],
        owners: vec![("a".into(), "b".into())],
    };
    assert_eq!(
        Form::read("p.yaml", yaml.as_bytes(), parcel).as_ref(),
        Ok(&expected)
    );
    assert_eq!(
        Form::read("p.json", json.as_bytes(), parcel).as_ref(),
        Ok(&expected)
    );
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_file() {
    let text = "sise: small\nweight: 501\nstacked: no\nsent: 2026-02-30\nkeep: 3 months\nlabel: ../x\ntags: [a, b, a, 1]\nboxes:\n- ident: 1\n- second\nowners:\n  a: []\n  b:\n";
    assert_eq!(
        faults("p.yaml", text.as_bytes()),
        [
            "1:1 a parcel has no key `sise` | did you mean `size`?",
            "1:1 a parcel needs the key `id` | add `id:` with its value",
            "1:1 a parcel needs the key `size` | add `size:` with its value",
            "2:9 `weight` cannot be 501 | write a whole number from 1 to 500",
            "3:10 `stacked` has to be true or false, not a string | write `false`",
            "4:7 there is no day 2026-02-30 | write a day of the calendar",
            "5:7 `keep` cannot be `3 months`: it is a number of days | write it as `90` or `90d`",
            "6:8 `label` climbs out by `..`: `../x` | write it from the yard on, without `..`",
            "7:14 an item of `tags` is there twice: `a` | remove one of the two",
            "7:17 an item of `tags` has to be a text, not a number | write it in quotes: \"1\"",
            "9:3 a box has no key `ident` | the only key is `id`",
            "9:3 a box needs the key `id` | add `id:` with its value",
            "10:3 an item of `boxes` has to be a mapping, not a string | write it as `key: value` lines",
            "12:6 `a` has to be a text, not a list | write one text",
            "13:5 `b` has no value; it has to be a text | write the value, or remove the key",
        ]
    );
}

/// Lines with numbers, flags, and days.
const NUMBERS: &[(&str, &str)] = &[
    (
        "weight: 0",
        "3:9 `weight` cannot be 0 | write a whole number from 1 to 500",
    ),
    (
        "weight: -1",
        "3:9 `weight` cannot be -1 | write a whole number from 1 to 500",
    ),
    (
        "weight: 1.5",
        "3:9 `weight` cannot be 1.5 | write a whole number from 1 to 500",
    ),
    (
        "weight: 1e2",
        "3:9 `weight` cannot be 1e2 | write a whole number from 1 to 500",
    ),
    (
        "weight: '7'",
        "3:9 `weight` has to be a whole number, not a string | write it without quotes",
    ),
    (
        "weight: many",
        "3:9 `weight` has to be a whole number, not a string | write digits",
    ),
    (
        "weight:",
        "3:8 `weight` has no value | write the value, or remove the key",
    ),
    (
        "stacked: On",
        "3:10 `stacked` has to be true or false, not a string | write `true`",
    ),
    (
        "stacked: 1",
        "3:10 `stacked` has to be true or false, not a number | write `true` or `false`",
    ),
    (
        "sent: 2026-11-20T10:00:00Z",
        "3:7 `sent` is a day with a time | write the day alone: \"2026-11-20\"",
    ),
    (
        "sent: '2026-11-20 10:00'",
        "3:7 `sent` is a day with a time | write the day alone: \"2026-11-20\"",
    ),
    (
        "sent: 20.11.2026",
        "3:7 `sent` cannot be `20.11.2026`: it is a day | write a day as \"2026-11-20\"",
    ),
    (
        "sent: 20261120",
        "3:7 `sent` has to be a day, not a number | write a day as \"2026-11-20\"",
    ),
    (
        "sent: 2026-1-2",
        "3:7 `sent` cannot be `2026-1-2`: it is a day | write a day as \"2026-11-20\"",
    ),
    (
        "sent: ２０２６-11-20",
        "3:7 `sent` cannot be `２０２６-11-20`: it is a day | write a day as \"2026-11-20\"",
    ),
    (
        "sent: '9999-12-31'",
        "3:7 `sent` is too far away | write a day in the years 1900 to 8900",
    ),
    (
        "keep: 90.5",
        "3:7 `keep` cannot be `90.5`: it is a number of days | write it as `90` or `90d`",
    ),
    (
        "keep: d",
        "3:7 `keep` cannot be `d`: it is a number of days | write it as `90` or `90d`",
    ),
    (
        "keep: -1d",
        "3:7 `keep` cannot be `-1d`: it is a number of days | write it as `90` or `90d`",
    ),
    (
        "keep: 36526",
        "3:7 `keep` is longer than a century | write at most 36525 days",
    ),
    (
        "keep: 99999999999d",
        "3:7 `keep` is longer than a century | write at most 36525 days",
    ),
    (
        "keep: [1]",
        "3:7 `keep` has to be a number of days, not a list | write it as `90` or `90d`",
    ),
];

/// Lines with texts, lists, and what is not allowed at all.
const TEXTS: &[(&str, &str)] = &[
    (
        "label: /etc/passwd",
        "3:8 `label` is an absolute path: `/etc/passwd` | write it from the yard on",
    ),
    (
        "label: C:/x",
        "3:8 `label` is an absolute path: `C:/x` | write it from the yard on",
    ),
    (
        "label: ~/x",
        "3:8 `label` is an absolute path: `~/x` | write it from the yard on",
    ),
    (
        "label: a\\b",
        "3:8 `label` has a backslash: `a\\b` | write `/` between folders",
    ),
    (
        "label: a/../../b",
        "3:8 `label` climbs out by `..`: `a/../../b` | write it from the yard on, without `..`",
    ),
    (
        "label: a//b",
        "3:8 `label` has an empty name or a `.` in it: `a//b` | write it from the yard on, as `folder/file.yaml`",
    ),
    (
        "label: \"a\\0b\"",
        "3:8 `label` has a control character | remove it",
    ),
    (
        "label: ' a'",
        "3:8 `label` starts or ends with a space | remove the space",
    ),
    (
        "tags: one",
        "3:7 `tags` has to be a list, not a string | write each item on a line of its own after `- `, or all in `[…]`",
    ),
    (
        "tags: ['  ']",
        "3:8 an item of `tags` is empty | write the value, or remove the key",
    ),
    (
        "owners: [a]",
        "3:9 `owners` has to be a mapping, not a list | write it as `key: value` lines",
    ),
    (
        "zzzzzzzz: 1",
        "3:1 a parcel has no key `zzzzzzzz` | the keys are `id`, `size`, `weight`, `stacked`, `sent`, `keep`, `label`, `tags`, `boxes`, and `owners`",
    ),
    (
        "<<: {weight: 1}",
        "3:1 a parcel has no key `<<` | the keys are `id`, `size`, `weight`, `stacked`, `sent`, `keep`, `label`, `tags`, `boxes`, and `owners`",
    ),
    (
        "weight: &w 12",
        "3:9 the anchor `&w` is not allowed here | remove it; values are written out in this file",
    ),
    (
        "tags: !!seq [a]",
        "3:7 the tag `!!seq` is not allowed here | remove it, or write the value in quotes if the `!` is part of it",
    ),
    (
        "tags: [!mine a]",
        "3:8 the tag `!mine` is not allowed here | remove it, or write the value in quotes if the `!` is part of it",
    ),
    (
        "id: b",
        "3:1 duplicate key `id` (the first one is here, at 1:1) | remove or rename one of the two; readers disagree on which one counts",
    ),
];

#[test]
fn each_value_that_is_not_what_it_should_be_is_told() {
    for (line, fault) in [NUMBERS, TEXTS].concat() {
        let text = format!("id: a\nsize: small\n{line}\n");
        assert_eq!(faults("p.yaml", text.as_bytes()), [fault], "{line}");
    }
    assert_eq!(
        faults("p.yaml", b"id: a\nsize: smal\n"),
        ["2:7 `size` cannot be `smal` | did you mean `small`?"]
    );
    assert_eq!(
        faults("p.yaml", b"id: a\nsize: huge-ish\n"),
        ["2:7 `size` cannot be `huge-ish` | write `small` or `large`"]
    );
    assert_eq!(
        faults("p.yaml", b"id: a\nsize: 4\n"),
        ["2:7 `size` has to be a word, not a number | write one of `small` or `large`"]
    );
}

#[test]
fn a_file_that_is_no_such_file_is_told() {
    let cases: [(&[u8], &str); 9] = [
        (
            b"",
            "1:1 the file is empty | write what it is for into it, or remove the file",
        ),
        (
            b" \n\n",
            "1:1 the file is empty | write what it is for into it, or remove the file",
        ),
        (
            b"# id: a\n",
            "1:1 the file holds only comments, and no document | write what it is for into it, or remove the file",
        ),
        (
            b"- id: a\n",
            "1:1 the file has to be a mapping, not a list | write it as `key: value` lines",
        ),
        (
            b"null\n",
            "1:1 the file has no value; it has to be a mapping | write the value, or remove the key",
        ),
        (
            b"id: a\nsize: small\n---\nid: b\nsize: small\n",
            "3:1 a second document starts here (the first one starts here, at 1:1) | this file is one document; split the file at the `---`",
        ),
        (
            b"\xEF\xBB\xBFid: a\nsize: small\n",
            "1:1 the file starts with a byte order mark | save it as UTF-8 without one",
        ),
        (
            b"id: \xFF\n",
            "1:5 the file is not UTF-8: the byte 0xFF starts no character here | save it as UTF-8; if it is Latin-1, `iconv -f LATIN1 -t UTF-8` converts it",
        ),
        (
            b"id: a\nsize: 'small\n",
            "3:1 the file ends inside a quoted text | close the quote; if the file looks cut off, fetch or generate it again",
        ),
    ];
    for (text, fault) in cases {
        assert_eq!(
            faults("p.yaml", text),
            [fault],
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn what_aliases_would_multiply_is_not_read() {
    let text = b"id: &i a\nsize: *i\nzzzzzzzzz: 1\n";
    assert_eq!(
        faults("p.yaml", text),
        [
            "1:5 the anchor `&i` is not allowed here | remove it; values are written out in this file",
            "2:7 the alias `*i` is not allowed here | write the value out, or in quotes if the `*` is part of it",
        ]
    );
}
