use super::super::{
    Budget, Proof, Prover, Side,
    evaluate::Evaluator,
    schema::Node,
    value::Value,
    written::{value, written},
};
use serde_json::{Value as Json, json};

fn ask(small: &Json, large: &Json) -> Side {
    let mut prover = Prover::new(Budget::default());
    let small = written(prover.arena(), small);
    let large = written(prover.arena(), large);
    prover.included(small, large)
}

pub(super) fn holds(small: &Json, large: &Json) {
    let side = ask(small, large);
    assert!(
        matches!(side, Side::Included(Proof::Same | Proof::Empty)),
        "{small} in {large}: {side:?}"
    );
}

pub(super) fn fails(small: &Json, large: &Json) -> Value {
    match ask(small, large) {
        Side::NotIncluded(value) => value,
        side => panic!("{small} in {large}: {side:?}"),
    }
}

pub(super) fn equal(left: &Json, right: &Json) {
    holds(left, right);
    holds(right, left);
}

#[test]
fn one_schema_is_included_in_itself() {
    let schema = json!({"type": "object", "properties": {"a": {"$ref": "#"}}});
    let mut prover = Prover::default();
    let id = written(prover.arena(), &schema);
    assert_eq!(prover.included(id, id), Side::Included(Proof::Same));
}

#[test]
fn recursive_schemas_written_twice_are_equal() {
    let list = json!({"type": "object", "required": ["v"],
        "properties": {"v": {"type": "boolean"}, "next": {"$ref": "#"}}});
    equal(&list, &list.clone());
    let unrolled = json!({"$ref": "#/$defs/a", "$defs": {
        "a": {"type": "object", "required": ["v"],
            "properties": {"v": {"type": "boolean"}, "next": {"$ref": "#/$defs/b"}}},
        "b": {"type": "object", "required": ["v"],
            "properties": {"v": {"type": "boolean"}, "next": {"$ref": "#/$defs/a"}}}}});
    equal(&list, &unrolled);
}

#[test]
fn a_difference_behind_a_recursion_is_found() {
    let old = json!({"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": ["null", "boolean"]}}});
    let new =
        json!({"type": "object", "properties": {"next": {"$ref": "#"}, "v": {"type": "null"}}});
    holds(&new, &old);
    fails(&old, &new);
}

#[test]
fn what_rests_on_an_open_question_does_not_stay() {
    // The second branch fails only behind the first one's question, which is open when it is met first.
    let old = json!({"$ref": "#/$defs/a", "$defs": {
        "a": {"type": "object", "properties": {"b": {"$ref": "#/$defs/b"}, "x": {"type": ["null", "boolean"]}}},
        "b": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}}}});
    let new = json!({"$ref": "#/$defs/a", "$defs": {
        "a": {"type": "object", "properties": {"b": {"$ref": "#/$defs/b"}, "x": {"type": "null"}}},
        "b": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}}}});
    let mut prover = Prover::default();
    let (small, large) = (written(prover.arena(), &old), written(prover.arena(), &new));
    assert!(matches!(
        prover.included(small, large),
        Side::NotIncluded(_)
    ));
    let at = |prover: &mut Prover, root, name: &str| {
        let id = prover.arena().follow(root);
        let Node::Record(record) = prover.arena().get(id) else {
            panic!("a record")
        };
        record.objects.members[name]
    };
    let (small, large) = (at(&mut prover, small, "b"), at(&mut prover, large, "b"));
    assert!(matches!(
        prover.included(small, large),
        Side::NotIncluded(_)
    ));
}

#[test]
fn a_schema_without_a_finite_value_is_in_every_other() {
    holds(
        &json!({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}}),
        &json!(false),
    );
    holds(
        &json!({"type": "array", "minItems": 1, "items": {"$ref": "#"}}),
        &json!({"type": "null"}),
    );
}

#[test]
fn a_schema_that_is_nothing_but_itself_is_not_decided() {
    for endless in [
        json!({"$ref": "#"}),
        json!({"not": {"$ref": "#"}}),
        json!({"allOf": [{"$ref": "#"}, {"type": "null"}]}),
        json!({"anyOf": [{"$ref": "#"}, {"type": "null"}]}),
    ] {
        assert!(matches!(
            ask(&endless, &json!({"type": "boolean"})),
            Side::Unknown { .. } | Side::NotIncluded(_)
        ));
        assert!(matches!(
            ask(&json!({"type": "boolean"}), &endless),
            Side::Unknown { .. } | Side::NotIncluded(_)
        ));
    }
}

#[test]
fn what_is_not_known_decides_only_what_does_not_need_it() {
    let opaque = json!({"type": "object", "properties": {"a": {"opaque": "x"}}});
    holds(&opaque, &json!({"type": "object"}));
    equal(
        &opaque,
        &json!({"properties": {"a": {"opaque": "x"}}, "type": "object", "allOf": [true, {"type": "object"}]}),
    );
    let Side::Unknown { candidate, .. } = ask(&json!({"type": "object"}), &opaque) else {
        panic!("not decided")
    };
    assert!(
        candidate.is_some_and(
            |value| matches!(value, Value::Object(members) if members.contains_key("a"))
        )
    );
    assert!(matches!(
        ask(&opaque, &json!({"properties": {"a": {"opaque": "y"}}})),
        Side::Unknown { .. }
    ));
}

#[test]
fn spellings_of_one_set_are_equal() {
    equal(&json!({"enum": ["a"]}), &json!({"const": "a"}));
    equal(
        &json!({"enum": ["a", "b"]}),
        &json!({"not": {"not": {"enum": ["b", "a"]}}}),
    );
    equal(
        &json!({"oneOf": [{"type": "string"}, {"type": "null"}]}),
        &json!({"anyOf": [{"type": "null"}, {"type": "string"}]}),
    );
    equal(
        &json!({"oneOf": [
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}, "x": {"type": "null"}}},
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "b"}}}]}),
        &json!({"anyOf": [
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "b"}}},
            {"type": "object", "required": ["k"], "properties": {"k": {"enum": ["a"]}, "x": {"type": "null"}}}]}),
    );
    equal(
        &json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}),
        &json!({"anyOf": [{"allOf": [{"required": ["a"]}, {"required": ["b"]}]},
            {"allOf": [{"not": {"required": ["a"]}}, {"required": ["c"]}]}]}),
    );
    equal(
        &json!({"properties": {"a": {"type": "null"}}, "required": ["a"]}),
        &json!({"allOf": [{"properties": {"a": {"type": "null"}}, "required": ["a"]}]}),
    );
    equal(
        &json!({"allOf": [{"properties": {"a": {"type": "null"}}}, {"properties": {"b": {"type": "null"}}}]}),
        &json!({"allOf": [{"$ref": "#/$defs/x"}, true], "$defs": {
            "x": {"properties": {"b": {"type": "null"}, "a": {"type": "null"}}}}}),
    );
}

#[test]
fn a_member_that_is_forbidden_is_one_that_is_not_required() {
    equal(
        &json!({"type": "object", "not": {"required": ["a"]}}),
        &json!({"type": "object", "properties": {"a": false}}),
    );
    equal(
        &json!({"dependentRequired": {"a": ["b"]}}),
        &json!({"anyOf": [{"properties": {"a": false}}, {"required": ["a", "b"]}, {"required": ["b"]}]}),
    );
    let pairs = |last: usize| -> Vec<_> {
        let either = |at| {
            json!({"anyOf": [{"required": [format!("a{at}")], "type": "object"},
            {"required": [format!("b{at}")], "type": "object"}]})
        };
        (0..last).map(either).collect()
    };
    holds(
        &json!({"allOf": pairs(14)}),
        &json!({"not": {"allOf": [{"not": {"required": ["a13"]}}, {"not": {"required": ["b13"]}}]}}),
    );
}

#[test]
fn a_name_that_is_listed_does_not_fail_the_list() {
    let any = json!({"type": "object", "minProperties": 1});
    let value = fails(
        &any,
        &json!({"minProperties": 1, "propertyNames": {"enum": ["a", "b"]}}),
    );
    let Value::Object(members) = value else {
        panic!("an object")
    };
    assert!(members.keys().all(|name| !["a", "b"].contains(&&**name)));
}

#[test]
fn closed_objects_are_kept_apart_by_what_they_require() {
    let branch = |at: usize, kind: &str| {
        json!({"type": "object", "required": [format!("k{at}")],
        "properties": {format!("k{at}"): {"type": kind}}, "additionalProperties": false})
    };
    let branches: Vec<_> = (0..200).map(|at| branch(at, "integer")).collect();
    equal(&json!({"oneOf": branches}), &json!({"anyOf": branches}));
    let mut wider = branches.clone();
    wider[100] = branch(100, "number");
    holds(&json!({"oneOf": branches}), &json!({"oneOf": wider}));
    fails(&json!({"oneOf": wider}), &json!({"oneOf": branches}));
}

#[test]
fn compatible_changes_are_included() {
    holds(
        &json!({"enum": [1, 2, 3]}),
        &json!({"type": "integer", "minimum": 1, "maximum": 3}),
    );
    equal(
        &json!({"type": "integer", "minimum": 1, "maximum": 3}),
        &json!({"enum": [1, 2, 3]}),
    );
    holds(
        &json!({"type": "string", "pattern": "^a+$"}),
        &json!({"type": "string", "pattern": "^[ab]+$"}),
    );
    holds(
        &json!({"type": "string", "pattern": ".+"}),
        &json!({"type": "string", "minLength": 1}),
    );
    holds(
        &json!({"type": "number", "multipleOf": 0.3}),
        &json!({"type": "number", "multipleOf": 0.1}),
    );
    holds(
        &json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        &json!({"type": "object", "additionalProperties": {"type": "number"}}),
    );
}

#[test]
fn breaking_changes_have_a_value() {
    let broken = [
        (
            json!({"type": "object", "properties": {"a": true}}),
            json!({"type": "object", "properties": {"a": true}, "additionalProperties": false}),
        ),
        (
            json!({"type": "integer"}),
            json!({"type": "integer", "multipleOf": 2}),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "uniqueItems": true}),
        ),
        (
            json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
            json!({"if": {"required": ["a"]}, "then": {"required": ["b", "c"]}}),
        ),
        (
            json!({"not": {"enum": ["a"]}}),
            json!({"not": {"enum": ["a", "b"]}}),
        ),
        (
            json!({"dependentRequired": {"a": ["b"]}}),
            json!({"dependentRequired": {"a": ["b", "c"]}}),
        ),
        (
            json!({"type": "object", "additionalProperties": {"type": "number"}}),
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"anyOf": [{"type": "string"}]}),
        ),
        (
            json!({"type": "string", "pattern": "^[ab]+$"}),
            json!({"type": "string", "pattern": "^a+$"}),
        ),
        (
            json!({"contains": {"type": "null"}, "type": "array"}),
            json!({"contains": {"type": "null"}, "minContains": 2, "type": "array"}),
        ),
    ];
    for (old, new) in broken {
        fails(&old, &new);
        holds(&new, &old);
    }
    let line = fails(
        &json!({"type": "string", "minLength": 1}),
        &json!({"type": "string", "pattern": ".+"}),
    );
    assert_eq!(line, value(&json!("\n")));
}

#[test]
fn bounds_that_leave_nothing_are_in_everything() {
    holds(
        &json!({"type": "integer", "minimum": 3, "maximum": 2}),
        &json!(false),
    );
    holds(
        &json!(true),
        &json!({"not": {"type": "integer", "minimum": 3, "maximum": 2}}),
    );
    holds(
        &json!({"type": "object", "minProperties": 2, "maxProperties": 1}),
        &json!(false),
    );
    fails(&json!(true), &json!(false));
    equal(
        &json!({"type": ["null", "boolean", "number", "string", "array", "object"]}),
        &json!(true),
    );
}

#[test]
fn witnesses_hold_to_the_question() {
    let small = json!({"type": "object", "required": ["id"], "minProperties": 3,
        "properties": {"id": {"type": "integer", "minimum": 5}, "tag": {"enum": ["x", "y"]}}});
    let large = json!({"properties": {"tag": {"const": "x"}}});
    let mut prover = Prover::default();
    let (small, large) = (
        written(prover.arena(), &small),
        written(prover.arena(), &large),
    );
    let Side::NotIncluded(value) = prover.included(small, large) else {
        panic!("a value")
    };
    let mut languages = super::Languages::default();
    let mut evaluator = Evaluator::new(&prover.arena, &mut languages);
    assert_eq!(evaluator.holds(small, &value), Some(true));
    assert_eq!(evaluator.holds(large, &value), Some(false));
}
