//! Parameters in their style.

use super::{
    super::{Exchange, Kind, Part, Payload, Scene, exchange},
    api, bundle, operation, ruling,
};
use crate::judge::Side;
use crate::spec::read;
use serde_json::{Value, json};

/// The text of a request that carries a value in the first parameter.
fn sent(path: &str, parameters: &Value, value: &Value) -> Exchange {
    let bundle = bundle(&api(path, "get", &json!({ "parameters": parameters })));
    let contract = read(&bundle);
    let operation = operation(&contract);
    let scene = Scene {
        contract: &contract,
        operation,
        part: Part::Parameter(&operation.parameters[0]),
    };
    let maximum = ruling("maximum", "", None);
    exchange(&scene, Payload::Whole(value), Side::Old, &maximum)
}

#[test]
fn a_query_parameter_is_written_in_its_style() {
    let list = json!(["a b", "c,d", "é"]);
    let object = json!({ "r": 100, "g": "x&y" });
    let of = |style: Option<&str>, explode: Option<bool>, reserved: bool, value: &Value| {
        let mut parameter = json!({ "name": "q", "in": "query", "schema": {} });
        if let Some(style) = style {
            parameter["style"] = style.into();
        }
        if let Some(explode) = explode {
            parameter["explode"] = explode.into();
        }
        parameter["allowReserved"] = reserved.into();
        sent("/orders", &json!([parameter]), value).text
    };
    let form = Some("form");
    for (style, explode, reserved, value, expected) in [
        (None, None, false, json!(500), "q=500"),
        (
            None,
            None,
            false,
            json!("a/b?c=d&e f%"),
            "q=a%2Fb%3Fc%3Dd%26e%20f%25",
        ),
        (
            None,
            None,
            true,
            json!("a/b?c=d&e f%"),
            "q=a/b?c=d%26e%20f%25",
        ),
        (None, None, false, json!("\r\n"), "q=%0D%0A"),
        (None, None, false, json!(""), "q="),
        (None, None, false, json!(true), "q=true"),
        (None, None, false, json!([]), "q="),
        (
            None,
            None,
            false,
            json!([{ "a": 1 }]),
            "q=%7B%22a%22%3A1%7D",
        ),
        (
            form,
            Some(true),
            false,
            list.clone(),
            "q=a%20b&q=c%2Cd&q=%C3%A9",
        ),
        (
            form,
            Some(false),
            false,
            list.clone(),
            "q=a%20b,c%2Cd,%C3%A9",
        ),
        (form, Some(true), false, object.clone(), "g=x%26y&r=100"),
        (form, Some(false), false, object.clone(), "q=g,x%26y,r,100"),
        (
            Some("spaceDelimited"),
            None,
            false,
            list.clone(),
            "q=a%20b%20c%2Cd%20%C3%A9",
        ),
        (Some("pipeDelimited"), None, false, json!([1, 2]), "q=1%7C2"),
        (
            Some("pipeDelimited"),
            Some(true),
            false,
            json!([1, 2]),
            "q=1&q=2",
        ),
        (
            Some("deepObject"),
            Some(true),
            false,
            object,
            "q%5Bg%5D=x%26y&q%5Br%5D=100",
        ),
        (
            Some("deepObject"),
            Some(true),
            false,
            json!({ "a": { "b": [1, 2] } }),
            "q%5Ba%5D%5Bb%5D=1&q%5Ba%5D%5Bb%5D=2",
        ),
    ] {
        let expected = format!("GET /v1/orders?{expected}");
        assert_eq!(of(style, explode, reserved, &value), expected);
    }
}

#[test]
fn a_path_parameter_is_written_in_its_style() {
    let of = |style: &str, explode: bool, value: &Value| {
        let parameter = json!({ "name": "id", "in": "path", "required": true, "style": style, "explode": explode, "schema": {} });
        sent("/orders/{id}/{other}", &json!([parameter]), value).path
    };
    let (list, object) = (json!([3, "4/5"]), json!({ "r": 1, "g": 2 }));
    for (style, explode, value, expected) in [
        ("simple", false, json!("a b"), "a%20b"),
        ("simple", false, list.clone(), "3,4%2F5"),
        ("simple", false, object.clone(), "g,2,r,1"),
        ("simple", true, object.clone(), "g=2,r=1"),
        ("label", false, list.clone(), ".3,4%2F5"),
        ("label", true, list.clone(), ".3.4%2F5"),
        ("label", true, object.clone(), ".g=2.r=1"),
        ("matrix", false, json!(""), ";id"),
        ("matrix", false, json!(7), ";id=7"),
        ("matrix", false, list.clone(), ";id=3,4%2F5"),
        ("matrix", true, list, ";id=3;id=4%2F5"),
        ("matrix", false, object.clone(), ";id=g,2,r,1"),
        ("matrix", true, object, ";g=2;r=1"),
    ] {
        let expected = format!("/v1/orders/{expected}/{{other}}");
        assert_eq!(of(style, explode, &value), expected, "{style} {explode}");
    }
}

#[test]
fn headers_and_cookies_are_lines_of_their_own() {
    let header = json!([{ "name": "X-Trace", "in": "header", "schema": {} }]);
    let text = |value| sent("/o", &header, &value).text;
    assert_eq!(text(json!([1, "a b"])), "GET /v1/o\nx-trace: 1,a b");
    assert_eq!(text(json!({ "a": 1 })), "GET /v1/o\nx-trace: a,1");
    // A value may not start a header of its own, nor steer the terminal.
    assert_eq!(
        text(json!("a\r\nset-cookie: b\u{1b}[31m\u{202e}")),
        "GET /v1/o\nx-trace: a\\r\\nset-cookie: b\\u{1b}[31m\\u{202e}"
    );
    let cookie = json!([{ "name": "sid", "in": "cookie", "schema": {} }]);
    let text = |value| sent("/o", &cookie, &value).text;
    assert_eq!(text(json!("a;b")), "GET /v1/o\ncookie: sid=a%3Bb");
    assert_eq!(text(json!([1, 2])), "GET /v1/o\ncookie: sid=1&sid=2");
    let own = json!([{ "name": "sid", "in": "cookie", "style": "cookie", "schema": {} }]);
    assert_eq!(
        sent("/o", &own, &json!([1, 2])).text,
        "GET /v1/o\ncookie: sid=1; sid=2"
    );
}

#[test]
fn what_else_a_request_needs_is_a_placeholder() {
    let parameters = json!([
        { "name": "limit", "in": "query", "schema": {} },
        { "name": "the region", "in": "query", "required": true, "schema": {} },
        { "name": "page", "in": "query", "schema": {} },
        { "name": "X-Tenant", "in": "header", "required": true, "schema": {} },
        { "name": "sid", "in": "cookie", "required": true, "schema": {} }
    ]);
    let found = sent("/orders", &parameters, &json!(500));
    assert_eq!(
        found.text,
        "GET /v1/orders?limit=500&the%20region={the%20region}\ncookie: sid={sid}\nx-tenant: {x-tenant}"
    );
    assert_eq!(found.kind, Kind::Request);
    assert_eq!(
        found.path,
        "/v1/orders?limit=500&the%20region={the%20region}"
    );
    assert_eq!(found.why, "`maximum` of query parameter `limit`");
    assert_eq!(
        found.told(),
        "the old version accepts this request; the new version rejects it: `maximum` of query parameter `limit`"
    );
    let content = json!([{ "name": "filter", "in": "query", "content": { "application/json": { "schema": {} } } }]);
    let found = sent("/orders", &content, &json!({ "a": [1] }));
    assert_eq!(found.text, "GET /v1/orders?filter=%7B%22a%22%3A%5B1%5D%7D");
}
