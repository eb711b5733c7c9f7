//! What a walk has shown.

use super::{End, Walk};
use crate::probe::check::{Check, Verdict};
use crate::text::Decimal;

impl Walk<'_> {
    pub(super) fn duplicates(&self) -> Check {
        let id = "pagination-duplicates";
        match self.twice.first() {
            None => Check::pass(
                id,
                format!(
                    "{} items on {} pages, none twice",
                    self.items(),
                    self.pages.len()
                ),
            ),
            Some((item, first, second)) => {
                let twice = match self.twice.len() {
                    1 => "1 item comes twice".to_owned(),
                    count => format!("{count} items come twice"),
                };
                let message = if first == second {
                    format!("{twice}; {item} is on page {first} both times")
                } else {
                    format!("{twice}; {item} is on pages {first} and {second}")
                };
                Check::fail(id, message)
            }
        }
    }

    pub(super) fn loss(&self, created: &[String]) -> Check {
        let id = "pagination-loss";
        if self.end != End::Last {
            return Check::new(
                id,
                Verdict::Skipped,
                "the walk did not come to the last page",
            );
        }
        if created.is_empty() {
            return Check::new(
                id,
                Verdict::Skipped,
                "this run has put nothing into the list",
            );
        }
        let lost = created
            .iter()
            .find(|item| !self.first_on.contains_key(*item));
        match lost {
            None => Check::pass(
                id,
                format!("all {} that this run created are on a page", created.len()),
            ),
            Some(item) => Check::fail(id, format!("{item}, which this run created, is on no page")),
        }
    }

    pub(super) fn sizes(&self) -> Check {
        let id = "pagination-size";
        let counts: Vec<usize> = self.pages.iter().map(Vec::len).collect();
        let first = counts.first().copied().unwrap_or_default();
        let most = self
            .rules
            .size
            .as_ref()
            .map_or(first, |size| size.value as usize);
        let large = counts.iter().position(|count| *count > most);
        if let Some(page) = large {
            let message = format!(
                "page {} has {} items, more than {most}",
                page + 1,
                counts[page]
            );
            return Check::fail(id, message).expected(most).found(counts[page]);
        }
        let full = counts.len().saturating_sub(1);
        let short = counts.iter().take(full).position(|count| *count < most);
        match short {
            None => Check::pass(id, format!("no page has more than {most} items")),
            Some(page) => {
                let message = format!(
                    "page {} has {} items and is not the last; pages have {most}",
                    page + 1,
                    counts[page]
                );
                Check::new(id, Verdict::Warn, message)
            }
        }
    }

    pub(super) fn ends(&self) -> Check {
        let id = "pagination-ends";
        match &self.end {
            End::Last => Check::pass(
                id,
                format!("the walk ends after {} pages", self.pages.len()),
            ),
            End::Circle(cursor) => {
                let message = format!(
                    "page {} points to a page that was read already",
                    self.pages.len()
                );
                Check::fail(id, message).found(cursor.as_str())
            }
            End::Limit | End::Open => {
                let message = format!("there are more than {} pages", self.pages.len());
                Check::new(id, Verdict::Skipped, message)
            }
            End::Broken => Check::new(id, Verdict::Skipped, "a page could not be read"),
        }
    }

    pub(super) fn totals(&self) -> Check {
        let id = "pagination-total";
        let Some((place, total)) = &self.total else {
            return Check::new(
                id,
                Verdict::Skipped,
                "the list does not say how many items it has",
            );
        };
        if self.end != End::Last {
            return Check::new(
                id,
                Verdict::Skipped,
                "the walk did not come to the last page",
            );
        }
        let items = self.items();
        let is_equal = Decimal::parse(&total.to_string()) == Some(Decimal::from(items as u64));
        let check = if is_equal {
            Check::pass(id, format!("`{place}` says {total}, and there are as many"))
        } else {
            Check::fail(id, format!("`{place}` says {total}, and there are {items}"))
        };
        check.expected(total.clone()).found(items)
    }
}
