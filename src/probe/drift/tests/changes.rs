//! Drifts are what an edit of the file would have been.

use super::super::{Change, Drift, Evidence, Key, Shape, Translator, compare};
use super::shapes::{payments, shape_of};
use crate::diff::{self, Options, Reading, labels_of};
use crate::judge;
use crate::probe::{
    check::Verdict,
    fixture,
    workflow::{DriftFields, DriftLevel, DriftRules},
};
use crate::spec::{Contract, read};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn rules() -> DriftRules {
    DriftRules {
        fields: DriftFields::All,
        min_samples: 20,
        ignore: Vec::new(),
        new_enum_value: DriftLevel::Warn,
        presence_drop: 20,
        null_rise: 20,
    }
}

pub(super) type Shapes = BTreeMap<Key, Shape>;

pub(super) fn one(shape: Shape) -> Shapes {
    BTreeMap::from([(shape.of.clone(), shape)])
}

/// The drifts from so many of one body to so many of another.
pub(super) fn drifts(
    contract: &Contract<'_>,
    before: &Shapes,
    after: &Shapes,
    rules: &DriftRules,
) -> Vec<Drift> {
    let found = compare(before, after, rules);
    Translator::new(contract, "pay", Reading::Tolerant, rules).translate(found, before, after)
}

pub(super) fn times(contract: &Contract<'_>, body: &Value, count: usize) -> Shapes {
    one(shape_of(contract, &vec![body.clone(); count]))
}

pub(super) fn body() -> Value {
    json!({ "data": [
        { "id": "a", "amount": 3, "status": "open", "note": "x", "created": "2026-11-20T09:10:11Z" },
    ] })
}

/// What an edit of the file is at the answers of the operation, the worst first.
fn edit(document: &Value, edited: &Value) -> Vec<Change> {
    let (old, new) = (fixture::bundle(document), fixture::bundle(edited));
    let (old, new) = (read(&old), read(&new));
    let options = Options {
        contract: "pay".to_owned(),
        ..Options::default()
    };
    let mut changes: Vec<Change> = judge::judge(&diff::compare(&old, &new, options))
        .iter()
        .filter_map(|finding| {
            let mut sites = finding.sites.spelled();
            let site = sites.find(|site| labels_of(&site.element)[0] == "op:GET /payments")?;
            Some(Change {
                rule: finding.rule.id,
                verdict: finding.output.unwrap_or(finding.verdict),
                element: site.element,
                fingerprint: site.fingerprint,
                message: finding.message.clone(),
                pointer: finding.pointer.clone(),
            })
        })
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.verdict));
    changes
}

/// An edit of a member of a payment.
fn with(change: impl Fn(&mut Value)) -> Value {
    let mut document = payments();
    change(&mut document);
    document
}

const PAYMENT: &str = "/components/schemas/Payment";

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn every_drift_is_the_edit_of_the_file_that_it_amounts_to() {
    let member = |name: &str, value: Option<Value>| {
        let mut body = body();
        let payment = body["data"][0].as_object_mut().unwrap();
        match value {
            Some(value) => payment.insert(name.to_owned(), value),
            None => payment.remove(name),
        };
        body
    };
    let at = |pointer: &str| format!("{PAYMENT}/properties/{pointer}");
    let table: Vec<(Value, Value, &str, Verdict)> = vec![
        (
            member("amount", None),
            with(|document| {
                let payment = document.pointer_mut(PAYMENT).unwrap();
                payment["properties"]
                    .as_object_mut()
                    .unwrap()
                    .remove("amount");
                payment["required"] = json!(["id"]);
            }),
            "property-removed",
            Verdict::Fail,
        ),
        (
            member("note", None),
            with(|document| {
                let payment = document.pointer_mut(PAYMENT).unwrap();
                payment["properties"]
                    .as_object_mut()
                    .unwrap()
                    .remove("note");
            }),
            "property-removed",
            Verdict::Fail,
        ),
        (
            member("fee", Some(json!(1))),
            with(|document| {
                let payment = document.pointer_mut(PAYMENT).unwrap();
                payment["properties"]["fee"] = json!({ "type": "integer" });
            }),
            "property-added",
            Verdict::Drift,
        ),
        (
            member("amount", Some(json!("3"))),
            with(|document| *document.pointer_mut(&at("amount/type")).unwrap() = json!("string")),
            "type-changed",
            Verdict::Fail,
        ),
        (
            member("amount", Some(json!(3.5))),
            with(|document| *document.pointer_mut(&at("amount/type")).unwrap() = json!("number")),
            "type-widened",
            Verdict::Fail,
        ),
        (
            member("created", Some(json!("2026-11-20"))),
            with(|document| *document.pointer_mut(&at("created/format")).unwrap() = json!("date")),
            "format-changed",
            Verdict::Fail,
        ),
        (
            member("amount", Some(Value::Null)),
            with(|document| {
                *document.pointer_mut(&at("amount/type")).unwrap() = json!(["integer", "null"]);
            }),
            "null-allowed",
            Verdict::Fail,
        ),
        (
            member("status", Some(json!("lost"))),
            with(|document| {
                *document.pointer_mut(&at("status/enum")).unwrap() =
                    json!(["open", "paid", "lost"]);
            }),
            "enum-value-added",
            Verdict::Fail,
        ),
    ];
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let rules = DriftRules {
        new_enum_value: DriftLevel::Fail,
        ..rules()
    };
    for (after, edited, rule, verdict) in table {
        let (old, new) = (times(&contract, &body(), 30), times(&contract, &after, 30));
        let found = drifts(&contract, &old, &new, &rules);
        let loud: Vec<&Drift> = found
            .iter()
            .filter(|drift| drift.verdict != Verdict::Pass)
            .collect();
        let [drift] = loud.as_slice() else {
            panic!("{rule}: {found:#?}");
        };
        let expected = edit(&payments(), &edited);
        assert_eq!(drift.changes, expected, "{rule}");
        assert_eq!(expected[0].rule, rule);
        assert_eq!(
            (drift.verdict, drift.evidence),
            (verdict, Evidence::Strong),
            "{rule}"
        );
    }
}

#[test]
fn a_member_that_thins_out_need_not_be_there() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let thin = |name: &str, of: usize| {
        let mut without = body();
        without["data"][0].as_object_mut().unwrap().remove(name);
        let mut bodies = vec![body(); 40 - of];
        bodies.extend(vec![without; of]);
        one(shape_of(&contract, &bodies))
    };
    let before = times(&contract, &body(), 40);
    let found = drifts(&contract, &before, &thin("amount", 20), &rules());
    let optional = with(|document| {
        document.pointer_mut(PAYMENT).unwrap()["required"] = json!(["id"]);
    });
    let expected = edit(&payments(), &optional);
    assert_eq!(expected[0].rule, "property-became-optional");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].verdict, &found[0].changes),
        (Verdict::Fail, &expected)
    );
    assert_eq!(
        found[0].message(),
        "`.data[].amount` is there in 20 of 40 (50 %), before in 40 of 40 (100 %)"
    );
    // What was optional all along was promised by nobody but itself.
    let found = drifts(&contract, &before, &thin("note", 20), &rules());
    assert_eq!((found.len(), found[0].verdict), (1, Verdict::Drift));
    assert_eq!(found[0].changes[0].rule, "property-became-optional");
    assert!(found[0].allowed);
    // 7 of 40 are less than 20 points.
    assert_eq!(drifts(&contract, &before, &thin("note", 7), &rules()), []);
}

#[test]
fn few_samples_warn_and_many_fail() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let mut without = body();
    without["data"][0].as_object_mut().unwrap().remove("amount");
    let judged = |before: usize, after: usize| {
        let (before, after) = (
            times(&contract, &body(), before),
            times(&contract, &without, after),
        );
        let found = drifts(&contract, &before, &after, &rules());
        assert_eq!(found.len(), 1);
        (
            found[0].verdict,
            found[0].changes[0].rule,
            found[0].message(),
        )
    };
    assert_eq!(
        judged(1, 1),
        (
            Verdict::Warn,
            "property-removed",
            "`.data[].amount` is gone: there in 0 of 1, before in 1 of 1".to_owned()
        )
    );
    assert_eq!(judged(20, 19).0, Verdict::Warn);
    assert_eq!(judged(20, 20).0, Verdict::Fail);
    // Its id is no matter of figures.
    let id = |count: usize| {
        let (before, after) = (
            times(&contract, &body(), count),
            times(&contract, &without, count),
        );
        drifts(&contract, &before, &after, &rules())[0].id()
    };
    assert_eq!(id(1), id(25));
}
