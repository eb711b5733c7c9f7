//! What has to be true over several requests.

use super::{Assertion, Call, Setting};
use crate::probe::{
    expression::Written,
    jsonpath::{JsonPath, Singular},
};
use std::time::Duration;

/// The same request twice has one effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Idempotency {
    /// How the key travels.
    pub carrier: Carrier,
    /// How it is written.
    pub format: KeyFormat,
    /// The key.
    pub key: Written,
    /// What tells one object from another.
    pub id: JsonPath,
    /// What may differ in the second answer.
    pub ignore: Vec<Ignored>,
    /// The same key with another payload is refused.
    pub mismatch: Option<Mismatch>,
    /// There is one object and not two.
    pub count_check: Option<CountCheck>,
}

/// How an idempotency key travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In a header.
    Header(String),
    /// In the body.
    Body(Singular),
}

/// How an idempotency key is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyFormat {
    /// As it is.
    #[default]
    Raw,
    /// As a string of structured fields (RFC 9651 section 3.3.3), in quotes.
    SfString,
}

/// A part of an answer that may differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// Of the body.
    JsonPath(JsonPath),
    /// A header.
    Header(String),
}

/// The same key with another payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Mismatch {
    /// What is changed in the body.
    pub set: Vec<Setting>,
    /// Statuses that refuse it.
    pub expect: Vec<u16>,
}

/// How many objects there are.
#[derive(Clone, Debug, PartialEq)]
pub struct CountCheck {
    /// The request that lists them.
    pub call: Call,
    /// What is counted.
    pub path: JsonPath,
    /// How many there have to be.
    pub equals: Written,
}

/// To ask again until something is so; this is no retry, every answer counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    /// Until this is so; without it, until the status is not 202.
    pub until: Option<Assertion>,
    /// How long to wait between two requests.
    pub every: Duration,
    /// How long to go on.
    pub max: Duration,
    /// Whether to ask where a 202 points to (`Location`, `Operation-Location`, `Link`) instead of here.
    pub follow: bool,
}

/// How long a safe request may take, over several samples.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Latency {
    /// How many requests are measured.
    pub samples: u32,
    /// How many are sent before.
    pub warmup: u32,
    /// Half of them are not slower.
    pub p50: Option<Duration>,
    /// 95 of 100 are not slower.
    pub p95: Option<Duration>,
    /// 99 of 100 are not slower.
    pub p99: Option<Duration>,
    /// None is slower.
    pub max: Option<Duration>,
    /// By how many per cent it may be slower than the baseline.
    pub over_baseline: Option<u32>,
}

/// To walk through all pages of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Paginate {
    /// How the next page is found.
    pub style: PageStyle,
    /// The items of a page.
    pub items: JsonPath,
    /// What tells one item from another, within the item.
    pub id: JsonPath,
    /// How many pages are read at most.
    pub pages: u32,
    /// How many items a page may have.
    pub size: Option<PageSize>,
    /// Where the answer says how many items there are.
    pub total: Option<JsonPath>,
    /// What is checked.
    pub check: Vec<PageCheck>,
}

/// How the next page is found.
#[derive(Clone, Debug, PartialEq)]
pub enum PageStyle {
    /// The answer has a cursor that goes into a parameter.
    Cursor {
        /// Where the cursor is; null, empty, or missing on the last page.
        next: JsonPath,
        /// Where it goes.
        param: String,
    },
    /// The answer has the URL of the next page: in a `Link` header with `rel=next`, in another header, or in the body.
    Link(LinkPlace),
    /// The parameter counts pages.
    Page {
        /// The parameter.
        param: String,
        /// The first page.
        first: u64,
    },
    /// The parameter counts items.
    Offset {
        /// The parameter.
        param: String,
    },
}

/// Where the URL of the next page is.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkPlace {
    /// `Link: <…>; rel="next"` (RFC 8288).
    Link,
    /// Another header.
    Header(String),
    /// In the body.
    Body(JsonPath),
}

/// How many items a page may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The parameter.
    pub param: String,
    /// Its value.
    pub value: u32,
}

/// What is checked of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageCheck {
    /// No item twice.
    NoDuplicates,
    /// What this run created is found, where the walk ends.
    NoLoss,
    /// No page larger than asked, and none but the last smaller.
    PageSize,
    /// The walk ends.
    Ends,
    /// The first page, read again, is the same.
    StableCursor,
    /// As many items as the answer says there are.
    TotalIfDeclared,
}
