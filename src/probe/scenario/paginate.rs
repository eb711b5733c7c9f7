//! How a step walks through all pages.

use super::words;
use crate::probe::{
    jsonpath::JsonPath,
    workflow::{LinkPlace, PageCheck, PageSize, PageStyle, Paginate},
};
use crate::tree::fields::{Fields, Value};

/// The words of `style`.
#[derive(Clone, Copy)]
enum Style {
    Cursor,
    Link,
    Page,
    Offset,
}

const STYLES: [(&str, Style); 4] = [
    ("cursor", Style::Cursor),
    ("link", Style::Link),
    ("page", Style::Page),
    ("offset", Style::Offset),
];

const CHECKS: [(&str, PageCheck); 6] = [
    ("no_duplicates", PageCheck::NoDuplicates),
    ("no_loss", PageCheck::NoLoss),
    ("page_size", PageCheck::PageSize),
    ("ends", PageCheck::Ends),
    ("stable_cursor", PageCheck::StableCursor),
    ("total_if_declared", PageCheck::TotalIfDeclared),
];

pub(super) fn paginate(value: Value<'_>) -> Option<Paginate> {
    let mut fields = value.fields("a walk through pages")?;
    let style = fields
        .required("style")
        .and_then(|value| value.choice(&STYLES));
    let items = fields.required("items").and_then(words::jsonpath);
    let id = match fields.optional("id") {
        Some(value) => words::jsonpath(value),
        None => JsonPath::parse("$.id").ok(),
    };
    let style = style.and_then(|style| page_style(style, &mut fields));
    let pages = fields
        .optional("pages")
        .and_then(|value| value.count(1..=1_000));
    let size = match fields.optional("size") {
        Some(value) => Some(size(value)?),
        None => None,
    };
    let total = fields.optional("total").and_then(words::jsonpath);
    let check = fields
        .optional("check")
        .and_then(|value| value.distinct(|item| item.choice(&CHECKS)));
    fields.finish();
    Some(Paginate {
        style: style?,
        items: items?,
        id: id?,
        pages: pages.unwrap_or(100),
        size,
        total,
        check: check.unwrap_or_else(|| vec![PageCheck::NoDuplicates, PageCheck::Ends]),
    })
}

fn page_style(style: Style, fields: &mut Fields<'_>) -> Option<PageStyle> {
    let name = |value: Option<Value<'_>>| value.and_then(Value::line).map(str::to_owned);
    Some(match style {
        Style::Cursor => {
            let next = fields.required("next").and_then(words::jsonpath);
            let param = name(fields.required("param"));
            PageStyle::Cursor {
                next: next?,
                param: param?,
            }
        }
        Style::Link => PageStyle::Link(match fields.optional("next") {
            None => LinkPlace::Link,
            Some(value) => match value.text()?.strip_prefix("header:") {
                Some(name) => LinkPlace::Header(name.to_owned()),
                None => LinkPlace::Body(words::jsonpath(value)?),
            },
        }),
        Style::Page => {
            let param = name(fields.required("param"));
            let first = fields
                .optional("first")
                .and_then(|value| value.whole(0..=1_000_000));
            PageStyle::Page {
                param: param?,
                first: first.unwrap_or(1),
            }
        }
        Style::Offset => PageStyle::Offset {
            param: name(fields.required("param"))?,
        },
    })
}

fn size(value: Value<'_>) -> Option<PageSize> {
    let mut fields = value.fields("a page size")?;
    let param = fields.required("param").and_then(Value::line);
    let size = fields
        .required("value")
        .and_then(|value| value.count(1..=10_000));
    fields.finish();
    Some(PageSize {
        param: param?.to_owned(),
        value: size?,
    })
}
