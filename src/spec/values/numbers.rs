//! Keywords about numbers, and counts.

use super::{files::shorten, plan::Plan, read::Reader};
use crate::inclusion::{Types, number::Rational, schema::Limit};
use crate::spec::{At, Draft};
use crate::text::Decimal;
use crate::tree::Kind;

/// The ends of formats that are ranges.
const RANGES: [(&str, i64, i64); 2] = [
    ("int32", i32::MIN as i64, i32::MAX as i64),
    ("int64", i64::MIN, i64::MAX),
];

impl Reader<'_, '_> {
    pub(super) fn numbers(&mut self) {
        self.end("minimum", "exclusiveMinimum", false);
        self.end("maximum", "exclusiveMaximum", true);
        if let Some(at) = self.get("multipleOf")
            && let Some(step) = self.number("multipleOf", at)
        {
            if step > Rational::from(0_i64) {
                self.record.numbers.multiples.push(step);
            } else {
                self.complain("multipleOf", at, "a number above zero");
            }
        }
        if self.is_api() {
            self.range();
        }
    }

    fn range(&mut self) {
        let format = self.text("format");
        let range = RANGES.iter().find(|(name, ..)| Some(*name) == format);
        let Some((_, least, most)) = range else {
            return;
        };
        if self
            .record
            .types
            .meets(Types::NUMBER.without(Types::INTEGER))
        {
            self.record.numbers.multiples.push(Rational::from(1_i64));
        }
        for (at, upper) in [(*least, false), (*most, true)] {
            let limit = Limit {
                at: at.into(),
                exclusive: false,
            };
            self.tighten(limit, upper);
        }
    }

    /// One end of the range, in its plain and its exclusive form.
    fn end(&mut self, plain: &'static str, strict: &'static str, upper: bool) {
        let mut exclusive = false;
        if let Some(at) = self.get(strict) {
            match self.kind(at) {
                // Draft 4 has a flag, later drafts a number; real 3.1 documents still carry the flag.
                Kind::Bool if self.draft == Draft::D4 || self.is_api() => {
                    exclusive = self.flag(strict) == Some(true);
                }
                Kind::Number if self.draft > Draft::D4 || self.is_api() => {
                    if let Some(number) = self.number(strict, at) {
                        let limit = Limit {
                            at: number,
                            exclusive: true,
                        };
                        self.tighten(limit, upper);
                    }
                }
                Kind::Null | Kind::Bool | Kind::Number | Kind::String | Kind::Seq | Kind::Map => {
                    let needed = if self.draft == Draft::D4 {
                        "a boolean"
                    } else {
                        "a number"
                    };
                    self.complain(strict, at, needed);
                }
            }
        }
        if let Some(at) = self.get(plain)
            && let Some(number) = self.number(plain, at)
        {
            let limit = Limit {
                at: number,
                exclusive,
            };
            self.tighten(limit, upper);
        }
    }

    fn tighten(&mut self, limit: Limit, upper: bool) {
        let numbers = &mut self.record.numbers;
        let slot = if upper {
            &mut numbers.upper
        } else {
            &mut numbers.lower
        };
        let tighter = slot.as_ref().is_none_or(|held| {
            let order = limit.at.cmp(&held.at);
            let order = if upper { order } else { order.reverse() };
            order.is_lt() || (order.is_eq() && limit.exclusive && !held.exclusive)
        });
        if tighter {
            *slot = Some(limit);
        }
    }

    /// The number of a keyword; what is none, or too large to be held, leaves the schema undecided.
    fn number(&mut self, keyword: &str, at: At) -> Option<Rational> {
        let Some(text) = self.context.files.tree(at.file).number(at.node) else {
            self.complain(keyword, at, "a number");
            return None;
        };
        let number = Rational::parse(text);
        if number.is_none() {
            let name = format!("`{keyword}` {} is too large a number", shorten(text));
            self.parts.push(Plan::Opaque(name));
        }
        number
    }

    /// The count of a keyword.
    pub(super) fn count(&mut self, keyword: &str) -> Option<u64> {
        let at = self.get(keyword)?;
        let decimal = self.context.files.tree(at.file).decimal(at.node);
        let count = decimal.as_ref().and_then(Decimal::as_u64);
        if count.is_some() {
            return count;
        }
        let is_count = decimal.is_some_and(|number| number.is_integer() && !number.is_negative());
        if is_count && keyword.starts_with("max") {
            // Nothing is that long.
            return None;
        }
        self.complain(keyword, at, "a count");
        None
    }
}
