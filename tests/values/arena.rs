//! Equal schemas are one node, and whatever is big or recursive ends.

use super::{bare, component, corpus, load, show};
use contract::{
    inclusion::{Arena, NodeId},
    spec::{At, Bundle, Draft, Lowering, Schemas},
    variance::Direction,
};

#[test]
fn an_interned_schema_is_its_nodes_together() {
    let text = "openapi: 3.0.3\ninfo: {}\ncomponents:\n  schemas:\n    N: {oneOf: [{$ref: '#/components/schemas/T'}, {type: 'null'}], title: n}\n    \
                T: {allOf: [{type: string}], maxLength: 3}\n";
    let bundle = load(&[("api.yaml", text)], None);
    let schemas = Schemas::new(&bundle);
    let at = component(&bundle, &["components", "schemas", "N"]);
    let key = schemas.key_of(schemas.of_node(at));
    let mut arena = Arena::default();
    let mut lowering = Lowering::new(&bundle, false);
    let id = lowering.key(&mut arena, &key, None);
    assert_eq!(show(&arena, id), "((any[longest 3] & string) | null)");
}

fn twice(bundle: &Bundle, arena: &mut Arena, at: At) -> (NodeId, NodeId) {
    let mut lower = || Lowering::new(bundle, false).node(arena, at, None);
    (lower(), lower())
}

#[test]
fn equal_schemas_are_one_node() {
    let text = r##"{"properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"items": {}}}}"##;
    let bundle = load(&[("schema.json", text)], Some(Draft::D2020));
    let mut arena = Arena::default();
    let (one, other) = twice(&bundle, &mut arena, bundle.root());
    assert_eq!(one, other);
}

#[test]
fn long_chains_and_deep_nests_end() {
    let count = 20_000;
    let defs: Vec<String> = (0..count)
        .map(|n| {
            format!(
                r##""d{n}": {{"allOf": [{{"$ref": "#/$defs/d{}"}}]}}"##,
                n + 1
            )
        })
        .collect();
    let chain = format!(
        r##"{{"$ref": "#/$defs/d0", "$defs": {{{}, "d{count}": {{"type": "null"}}}}}}"##,
        defs.join(",")
    );
    assert_eq!(bare(Draft::D2020, &chain), "null");
    let deep = format!(
        "{}{{\"type\": \"null\"}}{}",
        r#"{"properties": {"a": "#.repeat(200),
        "}}".repeat(200)
    );
    assert!(bare(Draft::D2020, &deep).ends_with(&format!("null{}", "}".repeat(200))));
}

#[test]
fn as_many_ways_as_there_are_orders_end() {
    let count = 14;
    let resource = |n: usize| {
        let others: Vec<String> = (0..count)
            .map(|other| format!(r#""p{other}": {{"$ref": "r{other}"}}"#))
            .collect();
        let anchor =
            r##""$defs": {"x": {"$dynamicAnchor": "NAME"}}, "items": {"$dynamicRef": "#NAME"}"##;
        let anchor = anchor.replace("NAME", &format!("n{n}"));
        format!(
            r#""r{n}": {{"$id": "r{n}", "properties": {{{}}}, {anchor}}}"#,
            others.join(",")
        )
    };
    let all: Vec<String> = (0..count).map(resource).collect();
    let text = format!(
        r#"{{"$id": "http://x.example/", "$ref": "r0", "$defs": {{{}}}}}"#,
        all.join(",")
    );
    let bundle = load(&[("schema.json", &text)], Some(Draft::D2020));
    let mut arena = Arena::default();
    Lowering::new(&bundle, false).node(&mut arena, bundle.root(), None);
    assert!(arena.len() < 200_000, "{}", arena.len());
}

#[test]
fn twins_are_taken_over() {
    let old = load(
        &[(
            "schema.json",
            r##"{"items": {"$ref": "#"}, "minItems": 1}"##,
        )],
        Some(Draft::D2020),
    );
    let new = load(
        &[(
            "schema.json",
            r##"{"properties": {"a": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"items": {"$ref": "#/$defs/n"}, "minItems": 1}}}"##,
        )],
        Some(Draft::D2020),
    );
    let mut arena = Arena::default();
    let root = Lowering::new(&old, false).node(&mut arena, old.root(), None);
    let same = component(&new, &["$defs", "n"]);
    let twin = |at: At| (at == same).then_some(root);
    let projection = contract::spec::Projection {
        direction: None,
        twin: Some(&twin),
    };
    let mut lowering = Lowering::new(&new, false);
    let id = lowering.node(&mut arena, new.root(), projection);
    assert_eq!(lowering.known(same, None), Some(root));
    assert_eq!(show(&arena, id), "any{a: @1 = any[*: @1, fewest 1]}");
}

#[test]
fn every_schema_of_the_corpus_lowers() {
    for path in corpus::documents() {
        let bundle = corpus::load(&path);
        let contract = contract::spec::read(&bundle);
        let roots = corpus::roots(&contract);
        let (mut arena, mut lowered) = (Arena::default(), Vec::new());
        for direction in [None, Some(Direction::Input), Some(Direction::Output)] {
            let (mut one, mut other) =
                (Lowering::new(&bundle, false), Lowering::new(&bundle, false));
            for at in &roots {
                let id = one.node(&mut arena, *at, direction);
                let again = other.node(&mut arena, *at, direction);
                lowered.push(id);
                assert!(
                    id == again || corpus::is_recursive(&arena, id),
                    "{}",
                    bundle.describe(*at)
                );
            }
        }
        corpus::report(&path, &arena, &lowered);
    }
}
