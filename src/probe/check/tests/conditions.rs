//! Conditions of Arazzo.

use super::sayings::{path, scope};
use crate::probe::{
    check::{Answer, criterion},
    expression::{Name, Part, Reference, Seen},
    fixture::response,
    workflow::{Comparison, Criterion, Operand, Simple},
};
use serde_json::{Value, json};

#[test]
fn conditions_of_arazzo_compare_without_case_and_coerce_numbers() {
    let mut scope = scope();
    scope.see(Seen {
        status: 200,
        response_body: Some(json!({ "name": "Rex", "count": "5", "pets": [1] })),
        ..Seen::default()
    });
    let response = response(200, &[], "");
    let answer = Answer::new(&response);
    let status = || Operand::Reference(Name::Exchange(Part::Status).into());
    let body = |name: &str| {
        Operand::Reference(Reference {
            name: Name::Exchange(Part::ResponseBody),
            pointer: Some(crate::text::Pointer::root().child(name)),
        })
    };
    let literal = |value: Value| Operand::Literal(value);
    let ask = |condition: Simple| {
        criterion(
            &Criterion::Simple {
                text: String::new(),
                condition,
            },
            &answer,
            &scope,
        )
        .verdict
            == crate::probe::check::Verdict::Pass
    };
    let compare = |left, comparison, right| Simple::Compare(left, comparison, right);
    assert!(ask(compare(
        status(),
        Comparison::Equal,
        literal(json!(200))
    )));
    assert!(ask(compare(
        status(),
        Comparison::Equal,
        literal(json!("200"))
    )));
    assert!(ask(compare(
        body("name"),
        Comparison::Equal,
        literal(json!("REX"))
    )));
    assert!(ask(compare(
        body("count"),
        Comparison::Greater,
        literal(json!(4.5))
    )));
    assert!(!ask(compare(
        body("name"),
        Comparison::Less,
        literal(json!(4))
    )));
    // What has no value makes neither a condition nor its negation true.
    assert!(!ask(Simple::Truth(body("gone"))));
    assert!(!ask(Simple::Not(Box::new(Simple::Truth(body("gone"))))));
    let either = |one, other| {
        Simple::Or(
            Box::new(Simple::Truth(body(one))),
            Box::new(Simple::Truth(body(other))),
        )
    };
    assert_eq!(
        (ask(either("pets", "gone")), ask(either("name", "pets"))),
        (true, true)
    );
    assert_eq!(
        (ask(either("gone", "pets")), ask(either("gone", "gone"))),
        (false, false)
    );
    let whole = || Reference::from(Name::Exchange(Part::ResponseBody));
    let select = |text: &str, wrapped: bool| {
        criterion(
            &Criterion::JsonPath {
                context: whole(),
                path: path(text),
                wrapped,
            },
            &answer,
            &scope,
        )
        .verdict
            == crate::probe::check::Verdict::Pass
    };
    // The specification's own example: no member of the root has `pets`, so strictly it selects nothing.
    assert_eq!(
        (
            select("$[?count(@.pets) > 0]", false),
            select("$[?count(@.pets) > 0]", true)
        ),
        (false, true)
    );
    assert_eq!(
        (select("$.name", false), select("$.name", true)),
        (true, false)
    );
}
