//! Laws of reading that hold for every document.

use contract::{
    text::{Decimal, Source},
    tree::{Kind, NodeId, Syntax, Tree, parse, parse_bytes, parse_bytes_beside},
};
use proptest::prelude::*;
use serde_json::Value;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z\"\\\\\n\t/~ä😀:#{}\\[\\], -]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 200, 40, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..30).prop_map(Value::from),
            prop::collection::btree_map("[a-z~/\"\\\\ä😀]{0,4}", inner, 0..40)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Two objects that have most of their members in common, some of them in another place.
fn versions() -> impl Strategy<Value = (Value, Value)> {
    let member = (
        "[a-z\"\\\\ä]{0,2}",
        value(),
        prop::option::weighted(0.3, value()),
    );
    let members = prop::collection::vec((member, any::<[bool; 2]>()), 0..8);
    (members, any::<bool>()).prop_map(|(members, inside)| {
        let (mut older, mut newer) = (serde_json::Map::new(), serde_json::Map::new());
        for ((key, value, change), [before, after]) in members {
            if before || after {
                older.insert(key.clone(), value.clone());
            }
            if after || !before {
                newer.insert(key, change.unwrap_or(value));
            }
        }
        let around = |map| {
            let value = Value::Object(map);
            if inside {
                serde_json::json!({ "paths": value })
            } else {
                value
            }
        };
        (around(older), around(newer))
    })
}

fn read(text: &str, syntax: Syntax) -> Tree {
    parse(Source::new("a", text), syntax)
        .unwrap_or_else(|error| panic!("{}: {error}\n{text}", error.position))
}

fn ids(tree: &Tree) -> impl Iterator<Item = NodeId> {
    (0..u32::try_from(tree.len()).expect("small")).map(NodeId::from_index)
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in value()) {
        let compact = value.to_string();
        let pretty = serde_json::to_string_pretty(&value).expect("values can be written");
        let tree = read(&compact, Syntax::Json);
        let again = tree.to_json(tree.root());
        prop_assert_eq!(again.as_ref(), Ok(&value));
        let mut written = String::new();
        prop_assert!(tree.write_json(tree.root(), &mut written).is_ok());
        prop_assert_eq!(&written, &compact);
        let other = read(&pretty, Syntax::Json);
        prop_assert_eq!(tree.hash(tree.root()), other.hash(other.root()));
        prop_assert!(tree.same(tree.root(), &other, other.root()));
    }

    #[test]
    fn every_node_is_found_by_its_pointer_and_lies_in_its_subtree(value in value()) {
        let tree = read(&value.to_string(), Syntax::Json);
        for id in ids(&tree) {
            let pointer = tree.pointer(id);
            prop_assert_eq!(tree.at_pointer(tree.root(), &pointer), Some(id));
            prop_assert!(value.pointer(pointer.as_str()).is_some());
            let range = tree.subtree(id).expect("JSON has no aliases");
            prop_assert_eq!(u64::from(range.end - range.start), tree.weight(id));
            for inside in range {
                prop_assert!(tree.span(id).contains(tree.span(NodeId::from_index(inside))));
            }
            for child in tree.children(id) {
                prop_assert!(child < id);
            }
            for entry in tree.entries(id) {
                prop_assert_eq!(tree.get(id, tree.key(entry.key)), Some(entry.value));
            }
            prop_assert_eq!(tree.get(id, "no such key"), None);
        }
    }

    #[test]
    fn what_is_read_beside_an_older_version_is_what_is_read_alone(
        (older, newer) in versions(), (wide, wider) in any::<(bool, bool)>(),
    ) {
        let text = |value: &Value, wide: bool| {
            let text = if wide { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
            text.expect("values can be written").into_bytes()
        };
        let older = parse_bytes("old.json", text(&older, wide)).expect("well-formed");
        let alone = parse_bytes("new.json", text(&newer, wider)).expect("well-formed");
        let beside = parse_bytes_beside("new.json", text(&newer, wider), Some(&older)).expect("well-formed");
        prop_assert_eq!(alone.len(), beside.len());
        prop_assert_eq!(alone.root(), beside.root());
        for id in ids(&alone) {
            prop_assert_eq!(alone.kind(id), beside.kind(id));
            prop_assert_eq!(alone.span(id), beside.span(id));
            prop_assert_eq!(alone.hash(id), beside.hash(id));
            prop_assert_eq!(alone.items(id), beside.items(id));
            prop_assert_eq!((alone.str(id), alone.bool(id), alone.number(id)), (beside.str(id), beside.bool(id), beside.number(id)));
            prop_assert_eq!(alone.size(id), beside.size(id));
            for (one, other) in alone.entries(id).zip(beside.entries(id)) {
                prop_assert_eq!((one.value, one.key_span), (other.value, other.key_span));
                prop_assert_eq!(alone.key(one.key), beside.key(other.key));
                prop_assert_eq!(beside.get(id, beside.key(other.key)), Some(other.value));
            }
        }
    }

    #[test]
    fn values_that_differ_are_not_the_same(one in value(), other in value()) {
        let (left, right) = (read(&one.to_string(), Syntax::Json), read(&other.to_string(), Syntax::Json));
        let same = left.same(left.root(), &right, right.root());
        // Values tell 1 from 1.0, and 0.0 from -0.0; contracts do not.
        prop_assert!(same || one != other);
        if left.kind(left.root()) != Kind::Number && one == other {
            prop_assert!(same);
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "[\\[\\]{}:,\"'&*!|>#%@?<~ \n\t\r0-9a-c.\\-_äx\u{feff}\\\\]{0,60}") {
        for syntax in [Syntax::Json, Syntax::Yaml] {
            if let Ok(tree) = parse(Source::new("a", text.clone()), syntax) {
                for id in ids(&tree) {
                    let _ = tree.pointer(id);
                    let span = tree.span(id);
                    prop_assert!(span.start <= span.end && tree.source().text().get(span.start as usize..span.end as usize).is_some());
                }
            }
        }
    }

    #[test]
    fn decimals_are_ordered_as_scaled_integers_are(
        one in any::<i64>(), left in -9_i64..=9, other in any::<i64>(), right in -9_i64..=9,
    ) {
        let scaled = |digits: i64, exponent: i64| i128::from(digits) * 10_i128.pow(u32::try_from(exponent + 9).expect("at most 18"));
        let decimal = |digits: i64, exponent: i64| Decimal::parse(&format!("{digits}e{exponent}")).expect("a number");
        let order = scaled(one, left).cmp(&scaled(other, right));
        prop_assert_eq!(decimal(one, left).cmp(&decimal(other, right)), order);
        let near = decimal(one, left).cmp(&decimal(one.saturating_add(1), left));
        prop_assert_eq!(near, one.cmp(&one.saturating_add(1)));
    }

    #[test]
    fn decimals_divide_as_scaled_integers_do(
        one in any::<i64>(), left in -3_i64..=3, other in -50_i64..50, right in -3_i64..=3,
    ) {
        let scaled = |digits: i64, exponent: i64| i128::from(digits) * 10_i128.pow(u32::try_from(exponent + 3).expect("at most 6"));
        let decimal = |digits: i64, exponent: i64| Decimal::parse(&format!("{digits}e{exponent}")).expect("a number");
        let (number, step) = (scaled(one, left), scaled(other, right));
        let multiple = if step == 0 { number == 0 } else { number % step == 0 };
        prop_assert_eq!(decimal(one, left).is_multiple_of(&decimal(other, right)), Some(multiple));
    }

    #[test]
    fn decimals_come_back_from_their_text(digits in "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e-?[0-9]{1,3})?") {
        let decimal = Decimal::parse(&digits).expect("a number");
        prop_assert_eq!(Decimal::parse(&decimal.to_string()), Some(decimal));
    }
}
