//! Walks through the pages of lists.

use super::lines;
use crate::probe::{
    check::{Next, Walk},
    fixture::answered,
    jsonpath::JsonPath,
    workflow::{LinkPlace, PageCheck, PageSize, PageStyle, Paginate},
};
use serde_json::{Value, json};

fn path(text: &str) -> JsonPath {
    JsonPath::parse(text).expect("a query")
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
            "fail pagination-duplicates: 1 item comes twice; \"a\" is on pages 1 and 2",
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

proptest::proptest! {
    #[test]
    fn any_link_and_any_url_are_resolved_to_something_absolute(value in "[<>;,=\"a-z /?#:.]{0,40}", base in "https://[a-z.]{1,9}[/?#a-z]{0,9}") {
        for (_, target) in crate::probe::check::links(&value) {
            proptest::prop_assert!(crate::probe::check::resolve(&base, &target).contains("://"));
        }
    }
}
