//! What holds of any bodies.

use super::super::compare;
use super::changes::{body, drifts, one, rules, times};
use super::shapes::{bodies, payments, shape_of};
use crate::probe::{
    fixture,
    jsonpath::JsonPath,
    workflow::{DriftFields, DriftRules},
};
use crate::spec::read;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn what_a_scenario_ignores_is_not_told() {
    let bundle = fixture::bundle(&payments());
    let contract = read(&bundle);
    let mut other = body();
    other["data"][0] = json!({ "id": 1 });
    let (before, after) = (times(&contract, &body(), 25), times(&contract, &other, 25));
    let paths = |ignore: &[&str], fields: DriftFields| -> Vec<String> {
        let rules = DriftRules {
            ignore: ignore
                .iter()
                .map(|text| JsonPath::parse(text).unwrap())
                .collect(),
            fields,
            ..rules()
        };
        let found = compare(&before, &after, &rules).into_iter();
        found
            .map(|drift| drift.what.path().unwrap().to_string())
            .collect()
    };
    let all = [
        ".data[].amount",
        ".data[].created",
        ".data[].note",
        ".data[].status",
        ".data[].id",
    ];
    assert_eq!(paths(&[], DriftFields::All), all);
    assert_eq!(
        paths(&["$.data[*].created", "$..note"], DriftFields::Declared),
        [all[0], all[3], all[4]]
    );
    assert_eq!(paths(&["$.data"], DriftFields::All), [""; 0]);
    assert_eq!(paths(&[], DriftFields::Off), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn nothing_drifts_from_itself(bodies in bodies()) {
        let bundle = fixture::bundle(&payments());
        let contract = read(&bundle);
        let shapes = one(shape_of(&contract, &bodies));
        prop_assert_eq!(compare(&shapes, &shapes, &rules()), []);
        let more = one(shapes.values().next().unwrap().clone().and(shapes.values().next().unwrap().clone()));
        prop_assert_eq!(compare(&shapes, &more, &rules()), []);
        prop_assert_eq!(compare(&more, &shapes, &rules()), []);
    }

    #[test]
    fn whatever_drifts_is_told_without_a_panic(before in bodies(), after in bodies()) {
        let bundle = fixture::bundle(&payments());
        let contract = read(&bundle);
        let shapes = |bodies: &[Value]| {
            let many: Vec<Value> = bodies.iter().cycle().take(60).cloned().collect();
            one(shape_of(&contract, &many))
        };
        let (before, after) = (shapes(&before), shapes(&after));
        for drift in drifts(&contract, &before, &after, &rules()) {
            // Whatever the contract does not allow is a change of it, if a value of it is known.
            let hashed = drift.message().contains("a value that is not kept");
            prop_assert!(drift.allowed || hashed || !drift.changes.is_empty(), "{:#?}", drift);
        }
    }
}
