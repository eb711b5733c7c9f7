//! Names, their values, and what is no name.

use super::{Known, Name, Run, Scope, Template, Written};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn scope() -> Scope {
    let now = time("2026-11-20T12:00:00.5Z");
    let inputs = BTreeMap::from([
        ("amount".to_owned(), json!(1250)),
        ("evil".to_owned(), json!("${env.HOME}")),
        ("lines".to_owned(), json!([{ "sku": "a" }])),
    ]);
    let env = BTreeMap::from([("REGION".to_owned(), "eu".to_owned())]);
    let mut scope = Scope::new(Run::new(7, now), now, "refund", inputs, env);
    scope.enter("create", 0, now);
    scope.capture("payment_id", json!("pay_1"));
    scope.enter("next", 0, now);
    scope
}

fn value(text: &str) -> Result<Value, String> {
    let template = Template::parse(text).map_err(|error| error.to_string())?;
    template.value(&scope()).map_err(|error| error.to_string())
}

#[test]
fn a_whole_value_keeps_its_type_and_within_text_it_is_spelt_out() {
    assert_eq!(value("${inputs.amount}"), Ok(json!(1250)));
    assert_eq!(value("${inputs.lines}"), Ok(json!([{ "sku": "a" }])));
    assert_eq!(value("EUR ${inputs.amount}"), Ok(json!("EUR 1250")));
    assert_eq!(value("${inputs.lines}!"), Ok(json!("[{\"sku\":\"a\"}]!")));
    assert_eq!(value("${env.REGION}-${payment_id}"), Ok(json!("eu-pay_1")));
    assert_eq!(value("${steps.create.payment_id}"), Ok(json!("pay_1")));
    assert_eq!(value("${now}"), Ok(json!("2026-11-20T12:00:00Z")));
    assert_eq!(value(""), Ok(json!("")));
}

#[test]
fn a_value_is_never_read_as_an_expression() {
    assert_eq!(value("${inputs.evil}"), Ok(json!("${env.HOME}")));
    assert_eq!(value("x${inputs.evil}"), Ok(json!("x${env.HOME}")));
    assert_eq!(value("$${inputs.amount}"), Ok(json!("${inputs.amount}")));
    assert_eq!(value("$$${inputs.amount}"), Ok(json!("$${inputs.amount}")));
    assert_eq!(value("${inputs.amount}$${uuid}"), Ok(json!("1250${uuid}")));
    assert_eq!(value("$ {x} $x }"), Ok(json!("$ {x} $x }")));
}

#[test]
fn only_names_are_expressions() {
    let refused = |text: &str| {
        let error = Template::parse(text).expect_err("refused");
        (error.at, error.message, error.help.unwrap_or_default())
    };
    let cases = [
        (
            "ab ${uuid",
            (
                3,
                "`${` is not closed",
                "write `$${` for the characters themselves",
            ),
        ),
        (
            "${uuid()}",
            (
                0,
                "`${uuid()}` holds `(`, and an expression is a name and nothing else",
                "write `$${` for the characters themselves",
            ),
        ),
        (
            "${${uuid}}",
            (
                0,
                "`${${uuid}` holds `$`, and an expression is a name and nothing else",
                "write `$${` for the characters themselves",
            ),
        ),
        (
            "${run.ib}",
            (
                0,
                "`${run.ib}` is not a name",
                "write `${run.id}` or `${run.ref}`",
            ),
        ),
        (
            "${steps.a}",
            (
                0,
                "`${steps.a}` is not a name",
                "write `${steps.STEP.CAPTURE}`",
            ),
        ),
        (
            "${input.amount}",
            (
                0,
                "`${input.amount}` starts with no known word",
                "did you mean `inputs`?",
            ),
        ),
        (
            "${}",
            (
                0,
                "`${}` is not a name",
                "names start with one of `inputs`, `env`, `run`, `uuid`, `now`, `steps`",
            ),
        ),
    ];
    for (text, (at, message, help)) in cases {
        assert_eq!(
            refused(text),
            (at, message.to_owned(), help.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_uuid_is_one_per_step_and_the_same_in_the_next_run_of_the_same_seed() {
    let both = Template::parse("${uuid} ${uuid} ${run.ref}").expect("names");
    let mut one = scope();
    let text = both.text(&one).expect("values");
    assert_eq!(both.text(&scope()).as_deref(), Ok(text.as_str()));
    let parts: Vec<&str> = text.split(' ').collect();
    assert_eq!(parts[0], parts[1]);
    assert_eq!(parts[2], format!("{}-{}", one.run().id, parts[0]));
    assert_eq!((parts[0].len(), &parts[0][14..15]), (36, "4"));
    one.enter("another", 0, time("2026-11-20T12:00:00Z"));
    let other = both.text(&one).expect("values");
    assert_ne!(other, text);
    one.enter("another", 1, time("2026-11-20T12:00:00Z"));
    assert_ne!(both.text(&one).expect("values"), other);
    assert_eq!(
        Run::new(7, time("2026-11-20T12:00:00Z")),
        Run::new(7, time("2026-11-20T12:00:00Z"))
    );
    assert!(one.run().id.starts_with("cp-20261120-"));
}

#[test]
fn the_id_of_a_later_run_is_greater() {
    let ids = [
        "2026-11-19T23:59:59Z",
        "2026-11-20T00:00:00Z",
        "2026-11-20T09:59:59Z",
        "2026-11-20T10:00:00.5Z",
        "2026-11-20T23:59:59Z",
    ]
    .map(|at| Run::new(0, time(at)).id);
    assert!(ids.is_sorted(), "{ids:?}");
    let lengths = ids.each_ref().map(String::len);
    assert_eq!(lengths, ["cp-20261120-20a6db81f3a".len(); 5]);
}

#[test]
fn names_without_a_value_are_found_before_anything_is_sent() {
    let set = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    let known = Known {
        inputs: set(&["amount"]),
        env: Some(set(&["REGION"])),
        steps: BTreeMap::from([("create".to_owned(), set(&["payment_id"]))]),
        ..Known::default()
    };
    let checked = |text: &str| {
        let template = Template::parse(text).expect("names");
        known
            .check(&template)
            .map_err(|error| (error.at, error.message, error.help.unwrap_or_default()))
    };
    assert_eq!(
        checked("${inputs.amount}${env.REGION}${payment_id}${steps.create.payment_id}${uuid}"),
        Ok(())
    );
    let cases = [
        (
            "x ${inputs.amuont}",
            (
                2,
                "`amuont` is not an input",
                "did you mean `inputs.amount`?",
            ),
        ),
        (
            "${env.HOME}",
            (0, "the environment does not allow the variable `HOME`", ""),
        ),
        (
            "${steps.creat.payment_id}",
            (
                0,
                "no earlier step is called `creat`",
                "did you mean `steps.create.payment_id`?",
            ),
        ),
        (
            "${steps.create.paymentid}",
            (
                0,
                "step `create` captures no `paymentid`",
                "did you mean `steps.create.payment_id`?",
            ),
        ),
        (
            "${payment}",
            (
                0,
                "no earlier step captures `payment`",
                "did you mean `payment_id`?",
            ),
        ),
        (
            "${amount}",
            (
                0,
                "no earlier step captures `amount`",
                "did you mean `inputs.amount`?",
            ),
        ),
        (
            "${uid}",
            (0, "no earlier step captures `uid`", "did you mean `uuid`?"),
        ),
    ];
    for (text, (at, message, help)) in cases {
        assert_eq!(
            checked(text),
            Err((at, message.to_owned(), help.to_owned())),
            "{text}"
        );
    }
}

#[test]
fn what_has_no_value_yet_is_shown_by_its_name() {
    let written = Written::Object(vec![
        (
            "id".to_owned(),
            Written::Text(Template::parse("${later}").expect("a name")),
        ),
        (
            "amount".to_owned(),
            Written::Text(Template::of(Name::Input("amount".to_owned()))),
        ),
        ("${uuid}".to_owned(), Written::Plain(json!("${uuid}"))),
    ]);
    assert_eq!(
        written.shown(&scope()),
        json!({ "id": "${later}", "amount": 1250, "${uuid}": "${uuid}" })
    );
    let error = written.value(&scope()).expect_err("not captured");
    assert_eq!(
        error.to_string(),
        "`later` has no value: no step captured it"
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_refused_or_read_and_escaping_gives_it_back(text in "[\\$\\{\\}a-z.]{0,24}") {
        let _ = Template::parse(&text);
        let escaped = text.replace("${", "$${");
        // A `$` before `${` would swallow the escape.
        if !text.contains("$${") {
            let read = Template::parse(&escaped).map(|template| template.as_plain().map(str::to_owned));
            proptest::prop_assert_eq!(read, Ok(Some(text)));
        }
    }
}
