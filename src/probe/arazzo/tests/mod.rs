//! Documents lowered, refused, and damaged.

use super::{JsonPathMode, condition, read, runtime};
use crate::probe::{
    expression::{Name, Part, Reference},
    jsonpath::JsonPath,
    workflow::{
        ActionKind, Criterion, Jump, Origin, PartPath, Selector, StatusPattern, Statuses, Target,
    },
};
use crate::text::Pointer;
use std::time::Duration;

const PETS: &str = include_str!("pets.arazzo.yaml");

fn faults(text: &str) -> Vec<String> {
    let Err(faults) = read("a.arazzo.yaml", text.as_bytes(), JsonPathMode::Strict) else {
        return Vec::new();
    };
    let told = faults.into_iter().map(|fault| {
        format!(
            "{}: {} ({})",
            fault.position,
            fault.message,
            fault.help.unwrap_or_default()
        )
    });
    told.collect()
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one document, all that becomes of it"
)]
fn a_document_of_1_1_becomes_workflows() {
    let text = PETS.replace("$steps.take.outputs.id", "$steps.find.outputs.first");
    let (scenario, lints) =
        read("a.arazzo.yaml", text.as_bytes(), JsonPathMode::Strict).expect("no fault");
    assert_eq!(
        (
            scenario.id.as_str(),
            scenario.sources[0].location.as_str(),
            lints.len()
        ),
        ("Pets", "./pets.openapi.yaml", 0)
    );
    let adopt = &scenario.workflows[1];
    assert_eq!(
        (adopt.depends_on.as_slice(), adopt.stops),
        (["prepare".to_owned()].as_slice(), true)
    );
    let inputs: Vec<(&str, bool)> = adopt
        .inputs
        .iter()
        .map(|input| (input.name.as_str(), input.required))
        .collect();
    assert_eq!(inputs, [("pet", true), ("who", false)]);
    let find = &adopt.steps[0];
    assert_eq!(
        find.call.target,
        Target::Endpoint {
            source: Some("pets".to_owned()),
            method: "GET".to_owned(),
            path: "/pets/{id}".to_owned()
        }
    );
    let arguments: Vec<&str> = find
        .call
        .arguments
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(arguments, ["limit", "id", "X-Trace"]);
    assert_eq!(
        find.expect.status,
        Statuses::OneOf(vec![StatusPattern::Code(200)])
    );
    assert_eq!(find.expect.within, Some(Duration::from_millis(2500)));
    let body = Reference::from(Name::Exchange(Part::ResponseBody));
    let path = |text: &str| JsonPath::parse(text).expect("a query");
    assert_eq!(
        find.criteria[1],
        Criterion::JsonPath {
            context: body.clone(),
            path: path("$.pets[?@.id == 1]"),
            wrapped: false
        }
    );
    assert_eq!(
        (find.captures[0].from.clone(), find.captures[1].from.clone()),
        (
            Selector::Reference(Reference {
                name: body.name.clone(),
                pointer: Some(Pointer::parse("/pets/0/id").expect("a pointer"))
            }),
            Selector::Part {
                context: body,
                path: PartPath::JsonPath(path("$.pets[*].id"))
            }
        )
    );
    let kinds: Vec<&ActionKind> = find.on_failure.iter().map(|action| &action.kind).collect();
    assert_eq!(
        kinds,
        [
            &ActionKind::Retry {
                after: Duration::from_millis(500),
                limit: 3
            },
            &ActionKind::End
        ]
    );
    let take = &adopt.steps[1];
    assert_eq!(
        take.call.target,
        Target::Operation {
            source: Some("pets".to_owned()),
            id: "adopt".to_owned()
        }
    );
    assert_eq!(
        take.on_success[0].kind,
        ActionKind::Goto(Jump::Step("find".to_owned()))
    );
    let payload = take.call.body.as_ref().expect("a body");
    assert_eq!(payload.set[0].at.as_str(), "/items/0/count");
    let Origin::Inline(written) = &payload.origin else {
        panic!("inline")
    };
    let named: Vec<String> = written
        .templates()
        .iter()
        .flat_map(|one| {
            one.references()
                .map(|(name, _)| name.to_string())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(named, ["steps.find.first", "inputs.who"]);
}

#[test]
fn what_names_nothing_is_a_fault() {
    assert_eq!(
        faults(PETS),
        ["40:25: step `take` captures no `id` (see Runtime Expressions in Arazzo)"]
    );
}

/// A document with these lines in its only step.
fn with_step(lines: &str) -> String {
    format!(
        "arazzo: 1.0.1\ninfo: {{ title: T, version: '1' }}\nsourceDescriptions:\n  - {{ name: a, url: a.yaml }}\nworkflows:\n  - workflowId: w\n    steps:\n      - stepId: s\n        operationId: o\n{lines}"
    )
}

#[test]
fn what_cannot_be_run_is_refused_where_it_stands() {
    let cases = [
        (
            "        successCriteria: [ { context: $response.body, condition: //a, type: { type: xpath, version: xpath-31 } } ]\n",
            "10:85: XPath is not run (write the criterion as `jsonpath` or `regex`)",
        ),
        (
            "        channelPath: x\n",
            "10:22: `channelPath`: AsyncAPI is not run (only requests and responses of HTTP are probed)",
        ),
        (
            "        workflowId: w\n",
            "8:9: a step calls one of `operationId`, `operationPath`, and `workflowId` (keep one of them)",
        ),
        (
            "        parameters: [ { name: a, in: querry, value: 1 } ]\n",
            "10:38: `in` cannot be `querry` (did you mean `query`?)",
        ),
        (
            "        successCriterias: []\n",
            "10:9: a Step Object has no key `successCriterias` (did you mean `successCriteria`?)",
        ),
        (
            "        onFailure: [ { name: a, type: retry, stepId: s } ]\n",
            "10:22: a retry that does another step first is not run (leave `stepId` and `workflowId` out, or `goto` there)",
        ),
        (
            "        successCriteria: [ { condition: $statusCode = 200 } ]\n",
            "10:41: `$statusCode = 200` goes on after its end at `= 200` (write it as `$statusCode == 200`)",
        ),
        (
            "        requestBody: { payload: { a: $response.body } }\n",
            "10:38: `$response.body` is about an exchange that has not happened yet (see Runtime Expressions in Arazzo)",
        ),
        (
            "        requestBody: { payload: { a: $message.payload } }\n",
            "10:38: `$message.payload`: `$message` has no value here (see Runtime Expressions in Arazzo)",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(faults(&with_step(lines)), [expected], "{lines}");
    }
    let remote = with_step("").replace(
        "url: a.yaml",
        "url: https://a.example/a.yaml, type: asyncapi",
    );
    assert_eq!(
        faults(&remote),
        [
            "4:21: `https://a.example/a.yaml` is not a local file (store the contract in the repository and name it from this document's folder on)",
            "4:53: AsyncAPI is not run (leave it out; only requests and responses of HTTP are probed)",
        ]
    );
    assert_eq!(
        faults(&with_step("").replace("1.0.1", "2.0.0")),
        ["1:9: Arazzo `2.0.0` is not known (1.0 and 1.1 are run)"]
    );
}

#[test]
fn the_two_traps_of_jsonpath_are_told_unless_the_old_reading_is_asked_for() {
    let text = with_step(
        "        successCriteria:\n          - { context: $response.body, condition: '$[?count(@.pets) > 0]', type: jsonpath }\n          - { context: $response.body, condition: $.ready, type: jsonpath }\n",
    );
    let (_, lints) = read("a", text.as_bytes(), JsonPathMode::Strict).expect("no fault");
    let told: Vec<String> = lints
        .iter()
        .map(|lint| format!("{} {}: {}", lint.position, lint.rule, lint.message))
        .collect();
    assert_eq!(
        told,
        [
            "11:51 arazzo-jsonpath-root-filter: `$[?count(@.pets) > 0]` filters the members of the value, not the value itself (Arazzo 1.0 leaves it open)",
            "12:51 arazzo-jsonpath-existence: `$.ready` holds if anything is selected, `false` and `null` included (Arazzo 1.0 leaves it open)",
        ]
    );
    let (scenario, lints) = read("a", text.as_bytes(), JsonPathMode::Wrapped).expect("no fault");
    assert_eq!(lints, []);
    assert!(matches!(
        scenario.workflows[0].steps[0].criteria[0],
        Criterion::JsonPath { wrapped: true, .. }
    ));
}

#[test]
fn expressions_and_conditions_have_a_closed_grammar() {
    let shown = |text: &str| runtime::parse(text).map(|reference| reference.to_string());
    assert_eq!(
        shown("$steps.a.outputs.b.c[0]"),
        Ok("steps.a.b#/c/0".to_owned())
    );
    assert_eq!(
        shown("$response.header.X-Next"),
        Ok("response.header.X-Next".to_owned())
    );
    for text in [
        "$faker.name",
        "$inputs",
        "$steps.a.b",
        "$response.body#a",
        "$response.body#/a.b[0]x[",
        "$url()",
    ] {
        let read = runtime::parse(text);
        assert!(
            read.is_err() || text == "$response.body#/a.b[0]x[",
            "{text}: {read:?}"
        );
    }
    for text in [
        "$statusCode == 200",
        "!($inputs.a || $inputs.b) && 'it''s' == $inputs.c",
        "1 <= 2",
        "$inputs.flag",
    ] {
        assert!(condition::parse(text).is_ok(), "{text}");
    }
    for text in [
        "",
        "$statusCode ==",
        "(1 == 1",
        "1 == 1)",
        "a == 1",
        "'a",
        "1 == 1 2",
        "&& 1",
    ] {
        assert!(condition::parse(text).is_err(), "{text}");
    }
    assert!(condition::parse(&"(".repeat(10_000)).is_err());
    assert!(condition::parse(&"!".repeat(10_000)).is_err());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn a_document_that_was_damaged_is_read_or_refused(cut in 0..PETS.len(), put in "[ -~\n]{0,3}", drop in 0_usize..12) {
        let mut bytes = PETS.as_bytes().to_vec();
        let end = (cut + drop).min(bytes.len());
        bytes.splice(cut..end, put.bytes());
        let _ = read("a.arazzo.yaml", &bytes, JsonPathMode::Strict);
    }

    #[test]
    fn any_text_is_a_condition_or_refused(text in "[$a-z.#/\\[\\]0-9'()!&|=<> ]{0,40}") {
        let _ = condition::parse(&text);
        let _ = runtime::parse(&text);
        let _ = runtime::template(&text);
    }
}
