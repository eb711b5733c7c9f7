//! What several answers say together.

use super::{line, lines};
use crate::probe::{
    check::{Answer, Next, Walk, count, created_visible, deleted_gone, mismatch, replay},
    expression::Written,
    fixture::{answered, response},
    jsonpath::JsonPath,
    workflow::{
        Carrier, Idempotency, Ignored, KeyFormat, LinkPlace, Mismatch, PageCheck, PageSize,
        PageStyle, Paginate,
    },
};
use serde_json::{Value, json};

fn path(text: &str) -> JsonPath {
    JsonPath::parse(text).expect("a query")
}

#[test]
fn the_same_key_gives_the_same_object() {
    let rules = Idempotency {
        carrier: Carrier::Header("Idempotency-Key".to_owned()),
        format: KeyFormat::Raw,
        key: Written::Plain(json!("k")),
        id: path("$.id"),
        ignore: vec![
            Ignored::JsonPath(path("$.request_id")),
            Ignored::Header("location".to_owned()),
        ],
        mismatch: None,
        count_check: None,
    };
    let first = response(
        201,
        &[("location", "/1")],
        r#"{"id":"p1","request_id":"a","at":1,"lines":[{"n":1}]}"#,
    );
    let ask = |status: u16, body: &str| {
        lines(&replay(
            &Answer::new(&first),
            &answered("POST", "https://a.example/", status, &[], body),
            &rules,
        ))
    };
    assert_eq!(
        ask(
            200,
            r#"{"id":"p1","request_id":"b","at":1,"lines":[{"n":1}]}"#
        ),
        ["pass idempotency-replay body:/id: the same key gives the same `$.id`"]
    );
    assert_eq!(
        ask(201, r#"{"id":"p1","at":2,"lines":[{"n":2}],"new":1}"#),
        [
            "pass idempotency-replay body:/id: the same key gives the same `$.id`",
            "warn idempotency-result body:/at: differs in the second answer",
            "warn idempotency-result body:/lines/0/n: differs in the second answer",
            // Ignored, but only what is there can be.
            "warn idempotency-result body:/request_id: differs in the second answer",
            "warn idempotency-result body:/new: differs in the second answer",
        ]
    );
    assert_eq!(
        ask(
            201,
            r#"{"id":"p2","at":1,"lines":[{"n":1}],"request_id":0}"#
        ),
        ["fail idempotency-replay body:/id: the same key gives another `$.id`: the key is ignored"]
    );
    assert_eq!(
        ask(409, "{}"),
        ["fail idempotency-replay status: the same key gives 409 the second time, after 201"]
    );
    assert_eq!(
        ask(429, ""),
        [
            "inconclusive idempotency-replay status: the vendor answers 429: it may be too busy, and that says nothing of the contract"
        ]
    );
}

#[test]
fn another_payload_under_the_same_key_is_refused() {
    let rules = Mismatch {
        set: Vec::new(),
        expect: vec![422, 409, 400],
    };
    let ask = |status: u16| {
        line(&mismatch(
            &answered("POST", "https://a.example/", status, &[], ""),
            &rules,
        ))
    };
    assert_eq!(
        ask(422),
        "pass idempotency-mismatch status: another payload under the same key is refused with 422"
    );
    assert_eq!(
        ask(201),
        "fail idempotency-mismatch status: another payload under the same key is taken with 201"
    );
    assert_eq!(
        ask(404),
        "fail idempotency-mismatch status: another payload under the same key gives 404, expected 422 or 409 or 400"
    );
    assert_eq!(
        ask(503),
        "inconclusive idempotency-mismatch status: the vendor answers 503: it may be too busy, and that says nothing of the contract"
    );
}

#[test]
fn objects_are_counted() {
    let ask = |status: u16, body: &str| {
        line(&count(
            &answered("GET", "https://a.example/", status, &[], body),
            &path("$.data[*]"),
            &json!(1),
        ))
    };
    assert_eq!(
        ask(200, r#"{"data":[{}]}"#),
        "pass idempotency-count body:: `$.data[*]` selects 1"
    );
    assert_eq!(
        ask(200, r#"{"data":[{},{}]}"#),
        "fail idempotency-count body:: `$.data[*]` selects 2, expected 1"
    );
    assert_eq!(
        ask(404, ""),
        "inconclusive idempotency-count status: the list is answered with 404"
    );
}

#[test]
fn what_was_created_is_there_and_what_was_deleted_is_not() {
    let created = response(201, &[], r#"{"id":5}"#);
    let ask = |status: u16, body: &str| {
        line(&created_visible(
            &Answer::new(&created),
            &answered("GET", "https://a.example/", status, &[], body),
            &path("$.id"),
        ))
    };
    assert_eq!(
        ask(200, r#"{"id":5.0}"#),
        "pass created-visible status: what was created is there: 200"
    );
    assert_eq!(
        ask(200, r#"{"id":6}"#),
        "fail created-visible body:/id: `$.id` is not the one that was created"
    );
    assert_eq!(
        ask(404, ""),
        "fail created-visible status: what was just created is answered with 404"
    );
    let gone = |status: u16| {
        line(&deleted_gone(&answered(
            "GET",
            "https://a.example/",
            status,
            &[],
            "",
        )))
    };
    assert_eq!(
        gone(410),
        "pass deleted-gone status: what was deleted is gone: 410"
    );
    assert_eq!(
        gone(200),
        "fail deleted-gone status: what was deleted is answered with 200"
    );
    assert!(gone(401).starts_with("inconclusive deleted-gone status: missing auth"));
}

/// A vendor that answers the request parameters with a page.
fn walk(
    rules: &Paginate,
    created: &[&str],
    vendor: impl Fn(&str) -> (Value, Vec<(&'static str, String)>),
) -> Vec<String> {
    let mut walk = Walk::new(rules);
    let start: Vec<String> = walk
        .start()
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let mut url = format!("https://a.example/v1/list?{}", start.join("&"));
    loop {
        let (body, headers) = vendor(&url);
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let exchange = answered("GET", &url, 200, &headers, &body.to_string());
        match walk.page(&exchange) {
            Next::Stop => {
                if walk.wants_again() {
                    walk.again(&exchange);
                }
                break;
            }
            Next::Parameter(name, value) => {
                url = format!("https://a.example/v1/list?{name}={value}");
            }
            Next::Url(next) => url = next,
        }
    }
    let created: Vec<String> = created.iter().map(|id| json!(id).to_string()).collect();
    lines(&walk.finish(&created))
}

fn rules(style: PageStyle) -> Paginate {
    use PageCheck::{Ends, NoDuplicates, NoLoss, PageSize as Size, StableCursor, TotalIfDeclared};
    Paginate {
        style,
        items: path("$.data[*]"),
        id: path("$.id"),
        pages: 5,
        size: None,
        total: None,
        check: vec![
            NoDuplicates,
            NoLoss,
            Size,
            Ends,
            StableCursor,
            TotalIfDeclared,
        ],
    }
}

fn items(ids: &[&str]) -> Vec<Value> {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

fn cursor() -> PageStyle {
    PageStyle::Cursor {
        next: path("$.next"),
        param: "cursor".to_owned(),
    }
}

#[test]
fn a_list_with_cursors_is_walked_to_its_end() {
    let told = walk(&rules(cursor()), &["c"], |url| {
        let body = if url.ends_with("cursor=2") {
            json!({ "data": items(&["c"]), "next": null, "total": 3 })
        } else {
            json!({ "data": items(&["a", "b"]), "next": "2", "total": 3 })
        };
        (body, Vec::new())
    });
    assert_eq!(
        told,
        [
            "pass pagination-stable: the same page has the same items when it is read again",
            "pass pagination-duplicates: 3 items on 2 pages, none twice",
            "pass pagination-loss: all 1 that this run created are on a page",
            "pass pagination-size: no page has more than 2 items",
            "pass pagination-ends: the walk ends after 2 pages",
            "pass pagination-total: `$.total` says 3, and there are as many",
        ]
    );
}

#[test]
fn a_cursor_that_repeats_fails_and_does_not_go_on_for_ever() {
    let told = walk(&rules(cursor()), &["z"], |_| {
        (
            json!({ "data": items(&["a"]), "next": "same" }),
            vec![("x-total-count", "9".to_owned())],
        )
    });
    assert_eq!(
        told[1..],
        [
            "fail pagination-duplicates: 1 items come twice; \"a\" is on pages 1 and 2",
            "skipped pagination-loss: the walk did not come to the last page",
            "pass pagination-size: no page has more than 1 items",
            "fail pagination-ends: page 2 points to a page that was read already",
            "skipped pagination-total: the walk did not come to the last page",
        ]
    );
}

#[test]
fn pages_that_are_too_many_too_large_or_too_few_are_told() {
    let many = walk(
        &Paginate {
            pages: 2,
            check: vec![PageCheck::Ends],
            ..rules(cursor())
        },
        &[],
        |url| {
            (
                json!({ "data": items(&["a"]), "next": format!("{}x", url.len()) }),
                Vec::new(),
            )
        },
    );
    assert_eq!(
        many,
        ["skipped pagination-ends: there are more than 2 pages"]
    );
    let sized = Paginate {
        size: Some(PageSize {
            param: "limit".to_owned(),
            value: 2,
        }),
        check: vec![
            PageCheck::PageSize,
            PageCheck::NoLoss,
            PageCheck::TotalIfDeclared,
        ],
        ..rules(PageStyle::Offset {
            param: "offset".to_owned(),
        })
    };
    let told = walk(&sized, &["x"], |url| {
        assert!(
            url.ends_with("limit=2&offset=0") || url.ends_with("offset=3"),
            "{url}"
        );
        let data = if url.ends_with("=0") {
            items(&["a", "b", "c"])
        } else {
            items(&[])
        };
        (json!({ "data": data, "total": 4 }), Vec::new())
    });
    assert_eq!(
        told,
        [
            "fail pagination-size: page 1 has 3 items, more than 2",
            "fail pagination-loss: \"x\", which this run created, is on no page",
            "fail pagination-total: `$.total` says 4, and there are 3",
        ]
    );
}

#[test]
fn links_are_followed_wherever_they_are() {
    let ends = Paginate {
        check: vec![PageCheck::Ends, PageCheck::NoDuplicates],
        ..rules(PageStyle::Link(LinkPlace::Link))
    };
    let passed = [
        "pass pagination-ends: the walk ends after 2 pages",
        "pass pagination-duplicates: 2 items on 2 pages, none twice",
    ];
    let linked = walk(&ends, &[], |url| match url {
        "https://a.example/v1/other?p=2" => (json!({ "data": items(&["b"]) }), Vec::new()),
        _ => (
            json!({ "data": items(&["a"]) }),
            vec![(
                "Link",
                "</first>; rel=first, <other?p=2>; rel=\"next\"".to_owned(),
            )],
        ),
    });
    assert_eq!(linked, passed);
    let header = Paginate {
        style: PageStyle::Link(LinkPlace::Header("Next-Page".to_owned())),
        ..ends.clone()
    };
    let told = walk(&header, &[], |url| match url {
        "https://a.example/v1/list?_token=t" => (json!({ "data": items(&["b"]) }), Vec::new()),
        _ => (
            json!({ "data": items(&["a"]) }),
            vec![("next-page", "?_token=t".to_owned())],
        ),
    });
    assert_eq!(told, passed);
    let counted = Paginate {
        style: PageStyle::Page {
            param: "page".to_owned(),
            first: 1,
        },
        ..ends
    };
    let told = walk(&counted, &[], |url| {
        (
            json!({ "data": if url.ends_with("=1") { items(&["a", "b"]) } else { items(&[]) } }),
            Vec::new(),
        )
    });
    assert_eq!(told, passed);
}

#[test]
fn an_empty_list_says_nothing_of_pages() {
    let told = walk(&rules(cursor()), &[], |_| {
        (json!({ "data": [] }), Vec::new())
    });
    assert_eq!(
        told[1..],
        ["inconclusive pagination: `$.data[*]` selects no item, so nothing can be said of pages"]
    );
}
