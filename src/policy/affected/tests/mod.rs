//! Every effect rule, row by row.

mod hurt;
mod laws;

use super::{Affecting, Kind, Use, affected};
use crate::policy::files::{OperationUsage, Usage};
use crate::variance::Direction;
use std::collections::{BTreeMap, BTreeSet};

const USAGE: &str = r#"
schema: contract.usage/v1
consumer: mobile-app
contract: orders
complete: true
operations:
  - op: "GET /v1/orders/{}"
    sends: {query: [status, cursor], header: [X-Correlation-Id]}
    enums_sent: {status: [OPEN, CLOSED]}
    reads:
      "200": [".id", ".items[].sku", ".total", ".status", ".buyer/**", ".meta{}", "header:ETag"]
      "4xx": [".code"]
    tolerates: {"null": [".total", ".buyer/**"]}
  - op: "POST /v1/orders"
    sends: {body: [".items[].sku", ".kind", ".ship/**"]}
    enums_sent: {".kind": [GIFT]}
    reads: {default: ["/**"]}
    tolerates: {unknown_enum: true, unknown_fields: true}
  - op: "webhook:order.sent"
    reads: {default: [".id", "header:x-signature"]}
  - op: "callback:paid POST {}"
    reads: {default: [".amount"]}
"#;

/// What is read decides about responses. `@` stands for the JSON body of GET.
const RESPONSES: &str = r#"
uses     property-removed      @ > .total
not-used property-removed      @ > .note
uses     type-changed          @ > .items
uses     max-items-raised      @ > .items[]
not-used type-changed          @ > .items[].price
not-used type-changed          @ > .total.currency
uses     property-removed      @ > .buyer.address.street
uses     type-changed          @
uses     type-changed          @ > .status|Open
uses     branch-added          @ > |Refund
uses     not-added             @ > .buyer!not.age
uses     not-added             @ > .items!not
uses     property-removed      @ > |Refund.total
not-used property-removed      @ > |Refund.note
unknown  property-removed      @ > .meta.color
uses     type-changed          @ > .meta{}
unknown  property-removed      @ > .items[0].sku
uses     enum-value-added      @ > .status > enum:"NEW"
not-used enum-value-added      @ > .kind > enum:"NEW"
uses     enum-value-removed    @ > .status > enum:"OPEN"
uses     property-added        @ > .items[].note
uses     property-added        @ > .note
not-used property-added        @ > .other.note
not-used null-allowed          @ > .total
not-used null-allowed          @ > .buyer.name
uses     null-allowed          @ > .id
uses     type-changed          @ > .total
unknown  type-changed          @ > odd
unknown  type-changed          @ > .a > .b
unknown  type-changed          op:GET /v1/orders/{} > resp:200 > media:text/event-stream > item > .a
uses     media-type-removed    op:GET /v1/orders/{} > resp:200 > media:application/json
unknown  link-removed          op:GET /v1/orders/{} > resp:200 > link:next
uses     header-removed        op:GET /v1/orders/{} > resp:200 > header:etag
not-used header-removed        op:GET /v1/orders/{} > resp:200 > header:age
uses     response-removed      op:GET /v1/orders/{} > resp:200
not-used response-removed      op:GET /v1/orders/{} > resp:204
uses     response-removed      op:GET /v1/orders/{} > resp:404
uses     response-removed      op:GET /v1/orders/{} > resp:4XX
uses     response-removed      op:GET /v1/orders/{} > resp:2XX
not-used response-removed      op:GET /v1/orders/{} > resp:5XX
unknown  response-removed      op:GET /v1/orders/{} > resp:default
unknown  response-removed      op:GET /v1/orders/{} > resp:odd
uses     response-added        op:GET /v1/orders/{} > resp:202
uses     property-removed      op:GET /v1/orders/{} > resp:404 > media:application/json > body > .code
not-used property-removed      op:GET /v1/orders/{} > resp:404 > media:application/json > body > .total
uses     property-removed      op:POST /v1/orders > resp:201 > media:application/json > body > .any[].thing
not-used enum-value-added      op:POST /v1/orders > resp:201 > media:application/json > body > .a > enum:"B"
not-used property-added        op:POST /v1/orders > resp:201 > media:application/json > body > .b
uses     branch-added          op:POST /v1/orders > resp:201 > media:application/json > body > |New
"#;

/// What is sent decides about requests. `?` stands for GET, `!` for the JSON body of POST.
const REQUESTS: &str = r#"
uses     parameter-removed     ? > param:query:status
not-used parameter-removed     ? > param:query:limit
uses     parameter-removed     ? > header:x-correlation-id
not-used parameter-removed     ? > header:x-other
not-used parameter-removed     ? > param:cookie:status
unknown  parameter-removed     ? > param:querystring:q
unknown  parameter-removed     ? > param:odd
uses     type-changed          ? > param:path:0
uses     max-length-lowered    ? > param:query:cursor
not-used max-length-lowered    ? > param:query:limit
uses     parameter-required-added    ? > param:query:region
uses     parameter-became-required   ? > param:query:limit
uses     default-changed             ? > param:query:limit
uses     request-body-required-added ? > req
uses     property-required-added     ! > .region
uses     property-became-required    ! > .region
uses     default-removed             ! > .region
uses     header-added                op:POST /v1/orders > req:media:multipart/form-data > encoding:photo > header:x-sum
uses     enum-value-removed    ? > param:query:status > enum:"OPEN"
not-used enum-value-removed    ? > param:query:status > enum:"LOST"
uses     enum-value-removed    ? > param:query:status > [] > enum:"OPEN"
uses     enum-value-removed    ? > param:query:status > .deep > enum:"LOST"
uses     enum-value-removed    ? > param:query:cursor > enum:"A"
not-used enum-value-removed    ? > param:query:limit > enum:1
uses     enum-value-removed    ! > .kind > enum:"GIFT"
not-used enum-value-removed    ! > .kind > enum:"SALE"
uses     enum-value-removed    ! > .ship.by > enum:"AIR"
not-used enum-value-removed    ! > .other > enum:"AIR"
uses     property-removed      ! > .items[].sku
not-used property-removed      ! > .items[].note
uses     max-items-lowered     ! > .items
uses     property-removed      ! > .ship.to.street
uses     additional-properties-closed !
uses     dependent-required-added     ! > ?coupon
uses     discriminator-mapping-removed ! > mapping:"x"
uses     media-type-removed    op:POST /v1/orders > req:media:application/json
not-used media-type-removed    ? > req:media:application/json
uses     request-body-removed  op:POST /v1/orders > req
not-used request-body-removed  ? > req
uses     encoding-style-changed op:POST /v1/orders > req:media:multipart/form-data > encoding:kind
not-used encoding-style-changed op:POST /v1/orders > req:media:multipart/form-data > encoding:photo
unknown  type-changed          op:POST /v1/orders > req:media:application/jsonl > item > .a
not-used type-changed          ? > req:media:application/jsonl > item > .a
"#;

/// What all callers meet, and what no operation is asked for.
const OTHERS: &str = r"
uses     operation-removed     op:GET /v1/orders/{}
uses     operation-removed     op:GET /v1/orders/{id}
uses     security-added        op:GET /v1/orders/{}
not-used operation-removed     op:DELETE /v1/orders/{}
not-used property-removed      op:GET /v2/orders/{} > resp:200 > media:application/json > body > .id
unknown  type-changed          op:GET /v1/orders/{} > odd:thing
uses     oauth-scope-removed   security:auth > flow:implicit > scope:read
uses     server-removed        server:https://api.example.com/v1
uses     server-base-path-changed contract
uses     contract-removed      contract:orders
uses     contract-removed      version:orders@v1
unknown  unused-component-removed component:schemas:Order
uses     webhook-removed       webhook:order.sent
unknown  webhook-removed       webhook:order.lost
uses     request-body-removed  webhook:order.sent > req
uses     media-type-removed    webhook:order.sent > req:media:application/json
uses     property-removed      webhook:order.sent > req:media:application/json > body > .id
not-used property-removed      webhook:order.sent > req:media:application/json > body > .x
unknown  encoding-removed      webhook:order.sent > req:media:application/json > encoding:x
uses     parameter-removed     webhook:order.sent > header:x-signature
not-used parameter-removed     webhook:order.sent > header:x-other
unknown  response-removed      webhook:order.sent > resp:200
uses     callback-removed      op:POST /v1/orders > callback:paid POST {}
uses     property-removed      op:POST /v1/orders > callback:paid POST {} > req:media:application/json > body > .amount
unknown  callback-removed      op:POST /v1/orders > callback:lost POST {}
not-used callback-removed      op:PUT /v1/orders > callback:paid POST {}
unknown  schema-changed        schema:order > .total
unknown  type-changed          something else
unknown  type-changed          op
";

fn usage() -> Usage {
    Usage::read("usage.yaml", USAGE.as_bytes()).expect("a usage file")
}

fn change<'a>(rule: &'static str, element: &'a str) -> Affecting<'a> {
    Affecting {
        element,
        rule,
        kind: Kind::of(rule),
        direction: None,
    }
}

/// The word of each row beside the word that is found, for rows that differ.
fn wrong(usage: &Usage, rows: &'static str) -> Vec<(&'static str, Use)> {
    const BODY: &str = "op:GET /v1/orders/{} > resp:200 > media:application/json > body";
    const SENT: &str = "op:POST /v1/orders > req:media:application/json > body";
    let mut wrong = Vec::new();
    for row in rows.lines().filter(|row| !row.is_empty()) {
        let (expected, rest) = row.split_once(' ').expect("a word");
        let (rule, element) = rest.trim_start().split_once(' ').expect("a rule");
        let element = element.trim_start();
        let element = match element.split_at(1) {
            ("@", rest) => format!("{BODY}{rest}"),
            ("!", rest) => format!("{SENT}{rest}"),
            ("?", rest) => format!("op:GET /v1/orders/{{}}{rest}"),
            _ => element.to_owned(),
        };
        let found = affected(Some(usage), &change(rule, &element));
        if found.word().replace(' ', "-") != expected {
            wrong.push((row, found));
        }
    }
    wrong
}

#[test]
fn what_is_read_decides_about_responses() {
    assert_eq!(wrong(&usage(), RESPONSES), []);
}

#[test]
fn what_is_sent_decides_about_requests() {
    assert_eq!(wrong(&usage(), REQUESTS), []);
}

#[test]
fn callers_meet_what_is_about_all_operations() {
    assert_eq!(wrong(&usage(), OTHERS), []);
    let idle = Usage {
        operations: Vec::new(),
        ..usage()
    };
    assert_eq!(wrong(&idle, "not-used server-removed server:/v1"), []);
    assert_eq!(
        affected(Some(&idle), &change("type-changed", "")),
        Use::Unknown
    );
}

#[test]
fn what_is_not_complete_proves_nothing() {
    const ROWS: &str = "
uses    operation-removed op:GET /v1/orders/{}
unknown operation-removed op:DELETE /v1/orders/{}
unknown parameter-removed ? > param:query:limit
unknown null-allowed      @ > .total
";
    let usage = Usage {
        complete: false,
        ..usage()
    };
    assert_eq!(wrong(&usage, ROWS), []);
}

#[test]
fn a_bare_schema_is_read_or_written() {
    let usage = Usage {
        operations: vec![OperationUsage {
            operation: "schema:order".to_owned(),
            reads: set("default", &[".total"]),
            sends: set("body", &[".note"]),
            ..OperationUsage::default()
        }],
        ..usage()
    };
    for (direction, element, expected) in [
        (Some(Direction::Output), "schema:order > .total", Use::Uses),
        (
            Some(Direction::Output),
            "schema:order > .note",
            Use::NotUsed,
        ),
        (
            Some(Direction::Input),
            "schema:order > .total",
            Use::NotUsed,
        ),
        (Some(Direction::Input), "schema:order > .note", Use::Uses),
        (None, "schema:order > .total", Use::Uses),
        (None, "schema:order > .other", Use::NotUsed),
        (None, "schema:order", Use::Uses),
        (None, "schema:bill > .total", Use::Unknown),
    ] {
        let change = Affecting {
            direction,
            ..change("type-changed", element)
        };
        assert_eq!(affected(Some(&usage), &change), expected, "{element}");
    }
}

#[test]
fn rules_say_what_they_do_to_their_element() {
    for (rule, kind) in [
        ("property-removed", Kind::Removed),
        ("enum-value-added", Kind::Added),
        ("parameter-became-required", Kind::Added),
        ("max-items-added", Kind::Changed),
        ("type-changed", Kind::Changed),
    ] {
        assert_eq!(Kind::of(rule), kind, "{rule}");
    }
    for rule in Kind::ADDED {
        assert!(crate::rules::Rule::find(rule).is_some(), "{rule}");
    }
}

fn set(key: &str, values: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    BTreeMap::from([(key.to_owned(), values)])
}
