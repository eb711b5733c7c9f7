//! A walk through the pages of a list: none twice, none lost, none too large, and an end.

mod link;
mod told;

pub(crate) use link::{links, resolve};

use super::{Answer, Check, Place, Verdict, evidence};
use crate::probe::{
    exchange::Exchange,
    jsonpath::{JsonPath, Selected},
    workflow::{LinkPlace, PageCheck, PageStyle, Paginate, Statuses},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Where lists say how many items there are.
const TOTALS: [&str; 4] = ["$.total", "$.total_count", "$.totalCount", "$.meta.total"];
/// Likewise in headers.
const TOTAL_HEADERS: [&str; 3] = ["x-total-count", "total-records", "total-objects"];

/// What to ask for next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    Stop,
    /// The same with this query parameter.
    Parameter(String, String),
    /// This URL, absolute.
    Url(String),
}

/// How a walk came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// It goes on.
    Open,
    /// The last page was read.
    Last,
    /// As many pages were read as the step allows.
    Limit,
    /// The same page was pointed to twice.
    Circle(String),
    /// A page could not be read.
    Broken,
}

/// A walk as it goes.
#[derive(Clone, Debug)]
pub struct Walk<'r> {
    rules: &'r Paginate,
    /// The ids of each page.
    pages: Vec<Vec<String>>,
    first_on: BTreeMap<String, usize>,
    twice: Vec<(String, usize, usize)>,
    asked: BTreeSet<String>,
    total: Option<(String, Value)>,
    end: End,
    checks: Vec<Check>,
}

impl<'r> Walk<'r> {
    /// Before the first page.
    #[must_use]
    pub fn new(rules: &'r Paginate) -> Self {
        Self {
            rules,
            pages: Vec::new(),
            first_on: BTreeMap::new(),
            twice: Vec::new(),
            asked: BTreeSet::new(),
            total: None,
            end: End::Open,
            checks: Vec::new(),
        }
    }

    /// What the first request needs beside what the step says.
    #[must_use]
    pub fn start(&self) -> Vec<(String, String)> {
        let mut parameters = Vec::new();
        if let Some(size) = &self.rules.size {
            parameters.push((size.param.clone(), size.value.to_string()));
        }
        match &self.rules.style {
            PageStyle::Page { param, first } => parameters.push((param.clone(), first.to_string())),
            PageStyle::Offset { param } => parameters.push((param.clone(), "0".to_owned())),
            PageStyle::Cursor { .. } | PageStyle::Link(_) => {}
        }
        parameters
    }

    /// Reads a page.
    pub fn page(&mut self, exchange: &Exchange) -> Next {
        let response = match evidence(exchange, &Statuses::Success) {
            Ok(response) => response,
            Err(check) => {
                return self.broken(Check {
                    id: "pagination",
                    ..*check
                });
            }
        };
        if !(200..300).contains(&response.status) {
            let number = self.pages.len() + 1;
            let message = format!("page {number} is answered with {}", response.status);
            let check = Check::fail("pagination", message).at(Place::Status);
            return self.broken(check.found(response.status));
        }
        let answer = Answer::new(response);
        let ids = self.ids(&answer);
        self.note(&ids);
        if self.total.is_none() {
            self.total = self.declared_total(&answer);
        }
        let count = ids.len();
        self.pages.push(ids);
        let next = self.next(&answer, count, &exchange.request.url);
        let key = match &next {
            Next::Stop => {
                self.end = End::Last;
                return Next::Stop;
            }
            Next::Parameter(_, value) => value.clone(),
            Next::Url(url) => url.clone(),
        };
        if !self.asked.insert(key.clone()) {
            self.end = End::Circle(key);
            return Next::Stop;
        }
        if self.pages.len() >= usize::try_from(self.rules.pages).unwrap_or(usize::MAX) {
            self.end = End::Limit;
            return Next::Stop;
        }
        next
    }

    /// The page that was read last, read again.
    pub fn again(&mut self, exchange: &Exchange) {
        let id = "pagination-stable";
        let read = match evidence(exchange, &Statuses::Success) {
            Ok(response) => self.ids(&Answer::new(response)),
            Err(check) => return self.checks.push(Check { id, ..*check }),
        };
        let before = self.pages.last();
        let check = if before == Some(&read) {
            Check::pass(id, "the same page has the same items when it is read again")
        } else if matches!(self.rules.style, PageStyle::Cursor { .. }) {
            Check::fail(
                id,
                "the same cursor gives other items when it is read again",
            )
        } else {
            // Pages that are counted move when others write.
            let message = "the same page has other items when it is read again";
            Check::new(id, Verdict::Warn, message)
        };
        self.checks.push(check);
    }

    /// Whether the last page has to be read again.
    #[must_use]
    pub fn wants_again(&self) -> bool {
        self.rules.check.contains(&PageCheck::StableCursor) && !self.pages.is_empty()
    }

    /// What the walk has shown. `created` are the ids of what this run has put into the list.
    #[must_use]
    pub fn finish(mut self, created: &[String]) -> Vec<Check> {
        if self.end == End::Broken && self.pages.is_empty() {
            return self.checks;
        }
        let mut checks = std::mem::take(&mut self.checks);
        if self.items() == 0 {
            let message = format!(
                "`{}` selects no item, so nothing can be said of pages",
                self.rules.items
            );
            checks.push(Check::new("pagination", Verdict::Inconclusive, message));
            return checks;
        }
        for check in &self.rules.check {
            match check {
                PageCheck::NoDuplicates => checks.push(self.duplicates()),
                PageCheck::NoLoss => checks.push(self.loss(created)),
                PageCheck::PageSize => checks.push(self.sizes()),
                PageCheck::Ends => checks.push(self.ends()),
                PageCheck::TotalIfDeclared => checks.push(self.totals()),
                // Told when the page was read again.
                PageCheck::StableCursor => {}
            }
        }
        checks
    }

    fn items(&self) -> usize {
        self.pages.iter().map(Vec::len).sum()
    }

    fn broken(&mut self, check: Check) -> Next {
        self.end = End::Broken;
        self.checks.push(check);
        Next::Stop
    }

    fn ids(&mut self, answer: &Answer<'_>) -> Vec<String> {
        let items = answer
            .body
            .as_ref()
            .map(|body| self.rules.items.select(body));
        let mut ids = Vec::new();
        for item in items.unwrap_or_default() {
            if let Selected::One(found) = self.rules.id.one(item.value) {
                ids.push(found.value.to_string());
            } else {
                let message = format!("`{}` does not select one id of an item", self.rules.id);
                let check = Check::fail("pagination-id", message).at(Place::Body(item.at));
                if !self.checks.iter().any(|one| one.id == check.id) {
                    self.checks.push(check);
                }
                ids.push(item.value.to_string());
            }
        }
        ids
    }

    fn note(&mut self, ids: &[String]) {
        let page = self.pages.len() + 1;
        for id in ids {
            match self.first_on.get(id) {
                Some(first) => self.twice.push((id.clone(), *first, page)),
                None => {
                    self.first_on.insert(id.clone(), page);
                }
            }
        }
    }

    fn next(&self, answer: &Answer<'_>, count: usize, url: &str) -> Next {
        let body = answer.body.as_ref();
        let text = |path: &JsonPath| match body.map(|body| path.one(body)) {
            Some(Selected::One(found)) => match found.value {
                Value::String(text) if !text.is_empty() => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            },
            _ => None,
        };
        // A page that is not full is the last one.
        let size = self.rules.size.as_ref().map(|size| size.value as usize);
        let is_last = count == 0 || size.is_some_and(|size| count < size);
        match &self.rules.style {
            PageStyle::Cursor { next, param } => match text(next) {
                Some(cursor) => Next::Parameter(param.clone(), cursor),
                None => Next::Stop,
            },
            PageStyle::Link(place) => {
                let target = match place {
                    LinkPlace::Link => link::next(answer.response),
                    LinkPlace::Header(name) => answer.response.header(name).map(str::to_owned),
                    LinkPlace::Body(path) => text(path),
                };
                match target.filter(|target| !target.trim().is_empty()) {
                    Some(target) => Next::Url(resolve(url, target.trim())),
                    None => Next::Stop,
                }
            }
            PageStyle::Page { .. } | PageStyle::Offset { .. } if is_last => Next::Stop,
            PageStyle::Page { param, first } => {
                let number = first + self.pages.len() as u64;
                Next::Parameter(param.clone(), number.to_string())
            }
            PageStyle::Offset { param } => Next::Parameter(param.clone(), self.items().to_string()),
        }
    }

    fn declared_total(&self, answer: &Answer<'_>) -> Option<(String, Value)> {
        let body = answer.body.as_ref()?;
        let at = |path: &JsonPath| match path.one(body) {
            Selected::One(found) if found.value.is_number() => {
                Some((path.to_string(), found.value.clone()))
            }
            _ => None,
        };
        if let Some(path) = &self.rules.total {
            return at(path);
        }
        let in_body = TOTALS
            .iter()
            .find_map(|text| at(&JsonPath::parse(text).ok()?));
        in_body.or_else(|| {
            TOTAL_HEADERS.iter().find_map(|name| {
                let value = answer.response.header(name)?;
                let number: u64 = value.trim().parse().ok()?;
                Some(((*name).to_owned(), Value::from(number)))
            })
        })
    }
}
