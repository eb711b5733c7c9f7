//! Texts, flags, numbers, days, and paths.

use super::{Value, value::cut};
use crate::tree::Kind;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// The longest time that a file can ask for: a century. Dates stay in the calendar when it is added to them.
const LONGEST: u32 = 36_525;

/// Years that people mean. Windows are added to days, so those near the end of the calendar are refused.
const YEARS: RangeInclusive<i16> = 1900..=8900;

impl<'t> Value<'t> {
    /// A text that is not empty, and has no control characters but line breaks and tabs.
    #[must_use]
    pub fn text(self) -> Option<&'t str> {
        let (tree, id) = self.node();
        let Some(text) = tree.str(id) else {
            let help = match tree.scalar_text(id) {
                Some(written) if self.kind() != Kind::Null => {
                    format!("write it in quotes: \"{}\"", cut(written))
                }
                _ => "write one text".to_owned(),
            };
            self.mistyped("a text", help);
            return None;
        };
        if text.trim().is_empty() {
            self.fault(
                format!("{} is empty", self.name()),
                "write the value, or remove the key",
            );
            return None;
        }
        // What reports print may not steer a terminal.
        if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.fault(
                format!("{} has a control character", self.name()),
                "remove it",
            );
            return None;
        }
        Some(text)
    }

    /// A text of one line, without control characters: what stands in names, ids, and addresses.
    #[must_use]
    pub fn line(self) -> Option<&'t str> {
        let text = self.text()?;
        if text.contains(char::is_control) {
            self.fault(
                format!("{} has a line break or a tab", self.name()),
                "write it in one line",
            );
            return None;
        }
        if text.trim() != text {
            self.fault(
                format!("{} starts or ends with a space", self.name()),
                "remove the space",
            );
            return None;
        }
        Some(text)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(self) -> Option<bool> {
        let (tree, id) = self.node();
        let flag = tree.bool(id);
        if flag.is_none() {
            let help = match tree.str(id).map(str::to_ascii_lowercase).as_deref() {
                Some("yes" | "on" | "y" | "true") => "write `true`",
                Some("no" | "off" | "n" | "false") => "write `false`",
                _ => "write `true` or `false`",
            };
            self.mistyped("true or false", help);
        }
        flag
    }

    /// A whole number out of a range.
    #[must_use]
    pub fn whole(self, range: RangeInclusive<u64>) -> Option<u64> {
        let (tree, id) = self.node();
        let Some(written) = tree.number(id) else {
            let quoted = tree.str(id).is_some_and(|text| text.parse::<u64>().is_ok());
            let help = if quoted {
                "write it without quotes"
            } else {
                "write digits"
            };
            self.mistyped("a whole number", help);
            return None;
        };
        let number = written.parse::<u64>().ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            let help = if *most == u64::MAX {
                format!("write a whole number of at least {least}")
            } else {
                format!("write a whole number from {least} to {most}")
            };
            self.fault(format!("{} cannot be {}", self.name(), cut(written)), help);
        }
        number
    }

    /// The same for numbers that have 32 bits.
    #[must_use]
    pub fn count(self, range: RangeInclusive<u32>) -> Option<u32> {
        let wide = u64::from(*range.start())..=u64::from(*range.end());
        self.whole(wide)
            .and_then(|number| u32::try_from(number).ok())
    }

    /// A number of days: `90`, or `90d`.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        let (tree, id) = self.node();
        let written = match self.kind() {
            Kind::Number => tree.number(id),
            Kind::String => tree.str(id),
            Kind::Null | Kind::Bool | Kind::Seq | Kind::Map => {
                self.mistyped("a number of days", "write it as `90` or `90d`");
                return None;
            }
        };
        let written = written.unwrap_or_default();
        let digits = written.strip_suffix('d').unwrap_or(written);
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain {
            self.fault(
                format!(
                    "{} cannot be `{}`: it is a number of days",
                    self.name(),
                    cut(written)
                ),
                "write it as `90` or `90d`",
            );
            return None;
        }
        let days = digits.parse().ok().filter(|days| *days <= LONGEST);
        if days.is_none() {
            self.fault(
                format!("{} is longer than a century", self.name()),
                format!("write at most {LONGEST} days"),
            );
        }
        days
    }

    /// A day of the calendar, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        let (tree, id) = self.node();
        let form = "write a day as \"2026-11-20\"";
        let Some(text) = tree.str(id) else {
            self.mistyped("a day", form);
            return None;
        };
        let shape = |text: &str| {
            text.len() == 10
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                })
        };
        let day = text.get(..10).unwrap_or_default();
        if shape(day) && text[10..].starts_with(['T', 't', ' ']) {
            self.fault(
                format!("{} is a day with a time", self.name()),
                format!("write the day alone: \"{day}\""),
            );
            return None;
        }
        if !shape(text) {
            self.fault(
                format!("{} cannot be `{}`: it is a day", self.name(), cut(text)),
                form,
            );
            return None;
        }
        let number = |from: usize, to: usize| text[from..to].parse::<i16>().unwrap_or_default();
        let small = |from, to| i8::try_from(number(from, to)).unwrap_or_default();
        let date = Date::new(number(0, 4), small(5, 7), small(8, 10)).ok();
        let Some(date) = date else {
            self.fault(
                format!("there is no day {text}"),
                "write a day of the calendar",
            );
            return None;
        };
        if !YEARS.contains(&date.year()) {
            let (first, last) = (YEARS.start(), YEARS.end());
            self.fault(
                format!("{} is too far away", self.name()),
                format!("write a day in the years {first} to {last}"),
            );
            return None;
        }
        Some(date)
    }

    /// A path below the folder that `below` names, with `/` between names; it cannot leave that folder.
    #[must_use]
    pub fn path(self, below: &str) -> Option<&'t str> {
        let text = self.line()?;
        let drive =
            text.as_bytes().get(1) == Some(&b':') && text.as_bytes()[0].is_ascii_alphabetic();
        let (what, help) = if text.contains('\\') {
            ("has a backslash", "write `/` between folders".to_owned())
        } else if text.starts_with('/') || drive || text.starts_with('~') {
            ("is an absolute path", format!("write it from {below} on"))
        } else if text.split('/').any(|name| name == "..") {
            (
                "climbs out by `..`",
                format!("write it from {below} on, without `..`"),
            )
        } else if text.split('/').any(|name| name.is_empty() || name == ".") {
            (
                "has an empty name or a `.` in it",
                format!("write it from {below} on, as `folder/file.yaml`"),
            )
        } else {
            return Some(text);
        };
        self.fault(format!("{} {what}: `{}`", self.name(), cut(text)), help);
        None
    }
}
