//! The state machine: which steps from the base's record to head's are lawful on a day. One pure function.
//!
//! Its induction: the base was lawful when it landed, so only the step has to be. It never looks at history, and never at
//! what head says about the past.

use crate::policy::files::{Record, Stability, Sunset};
use crate::spec::Level;
use jiff::{ToSpan, civil::Date};

/// What one side says about an element of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'r> {
    /// What is promised about it.
    pub stability: Stability,
    /// Its record, when it is deprecated.
    pub record: Option<&'r Record>,
    /// Whether the record was there before there was a policy.
    pub grandfathered: bool,
}

/// A row of the table that applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// The rule's id.
    pub rule: &'static str,
    /// How loud it is.
    pub level: Level,
    /// What fills the holes of the rule's sentence.
    pub holes: Vec<(&'static str, String)>,
    /// The first day on which the step is lawful, where one is.
    pub earliest: Option<Date>,
}

/// An announced change of the ledger, as far as it concerns a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced<'r> {
    /// The record on the base.
    pub record: &'r Record,
    /// Whether its digest is that of head.
    pub matches: bool,
}

/// The steps an element took from base to head, worst first; `head` is `None` for what is gone.
///
/// `window` is the number of days between announcement and removal for the stability before and after; callers take the longer
/// one. `tolerance` is how many days `since` may lie in the past.
#[must_use]
pub fn transition(
    base: Step<'_>,
    head: Option<Step<'_>>,
    today: Date,
    window: &dyn Fn(Stability, Stability) -> u32,
    tolerance: u32,
) -> Vec<Raised> {
    let Some(head) = head else {
        let days = window(base.stability, base.stability);
        return vec![removal(base, today, days)];
    };
    let mut raised = Vec::new();
    let days = window(base.stability, head.stability);
    if head.stability < base.stability {
        raised.push(Raised {
            rule: "stability-decreased",
            level: Level::Error,
            holes: vec![
                ("before", base.stability.word().to_owned()),
                ("after", head.stability.word().to_owned()),
            ],
            earliest: None,
        });
    }
    match (base.record, head.record) {
        (None, None) => {}
        (None, Some(after)) => announced(after, today, days, tolerance, &mut raised),
        (Some(before), None) => raised.push(Raised {
            rule: "undeprecated",
            level: Level::Note,
            holes: vec![("sunset", spelt(before.sunset))],
            earliest: None,
        }),
        (Some(before), Some(after)) => {
            if head.stability > base.stability {
                raised.push(Raised {
                    rule: "deprecated-promoted",
                    level: Level::Error,
                    holes: vec![
                        ("before", base.stability.word().to_owned()),
                        ("after", head.stability.word().to_owned()),
                    ],
                    earliest: None,
                });
            }
            moved(before, after, today, days, &mut raised);
        }
    }
    raised.sort_by_key(|one| std::cmp::Reverse(one.level));
    raised
}

/// The element is gone.
fn removal(base: Step<'_>, today: Date, days: u32) -> Raised {
    if days == 0 {
        return Raised {
            rule: "removed-unstable",
            level: Level::Note,
            holes: vec![("stability", base.stability.word().to_owned())],
            earliest: None,
        };
    }
    let error = |rule, holes, earliest| Raised {
        rule,
        level: Level::Error,
        holes,
        earliest: Some(earliest),
    };
    let lawful = plus(today, days);
    match base.record.map(|record| record.sunset) {
        None => error(
            "removed-without-deprecation",
            vec![("earliest", lawful.to_string()), ("days", days.to_string())],
            lawful,
        ),
        Some(Sunset::Unset) if base.grandfathered => error(
            "removed-grandfathered",
            vec![("earliest", lawful.to_string())],
            lawful,
        ),
        Some(Sunset::Unset) => error(
            "removed-before-sunset",
            vec![
                ("sunset", "no day yet".to_owned()),
                ("left", format!("at least {days}")),
            ],
            lawful,
        ),
        Some(Sunset::On(sunset)) if today < sunset => error(
            "removed-before-sunset",
            vec![
                ("sunset", sunset.to_string()),
                ("left", days_between(today, sunset).to_string()),
            ],
            sunset,
        ),
        Some(Sunset::On(sunset)) => Raised {
            rule: "removed-after-sunset",
            level: Level::Note,
            holes: vec![("sunset", sunset.to_string())],
            earliest: Some(sunset),
        },
    }
}

/// The element becomes deprecated.
fn announced(after: &Record, today: Date, days: u32, tolerance: u32, raised: &mut Vec<Raised>) {
    let start = after.since.map_or(today, |since| since.max(today));
    let earliest = plus(start, days);
    match after.sunset {
        Sunset::Unset => raised.push(Raised {
            rule: "deprecation-without-sunset",
            level: if days > 0 { Level::Error } else { Level::Note },
            holes: vec![("earliest", earliest.to_string())],
            earliest: Some(earliest),
        }),
        Sunset::On(sunset) => {
            if let Some(since) = after.since.filter(|since| sunset < *since) {
                raised.push(reversed(since, sunset));
            }
            if sunset < earliest {
                raised.push(too_short(sunset, earliest, days));
            }
        }
    }
    if let Some(since) = after.since
        && plus(since, tolerance) < today
    {
        raised.push(Raised {
            rule: "deprecation-backdated",
            level: Level::Warning,
            holes: vec![
                ("since", since.to_string()),
                ("today", today.to_string()),
                ("days", tolerance.to_string()),
            ],
            earliest: None,
        });
    }
}

/// The record changed.
fn moved(before: &Record, after: &Record, today: Date, days: u32, raised: &mut Vec<Raised>) {
    // What never had a date may be given one.
    if let Some(since) = before.since
        && after.since != Some(since)
    {
        let now = after.since.map(|since| since.to_string());
        raised.push(Raised {
            rule: "since-rewritten",
            level: Level::Error,
            holes: vec![
                ("before", since.to_string()),
                ("after", now.unwrap_or_else(|| "no day".to_owned())),
            ],
            earliest: None,
        });
    }
    match (before.sunset, after.sunset) {
        (Sunset::On(before), Sunset::Unset) => raised.push(Raised {
            rule: "sunset-removed",
            level: Level::Error,
            holes: vec![("before", before.to_string())],
            earliest: None,
        }),
        (Sunset::Unset, Sunset::On(sunset)) => {
            let start = after.since.map_or(today, |since| since.max(today));
            let earliest = plus(start, days);
            if let Some(since) = after.since.filter(|since| sunset < *since) {
                raised.push(reversed(since, sunset));
            }
            if sunset < earliest {
                raised.push(too_short(sunset, earliest, days));
            }
        }
        (Sunset::On(before), Sunset::On(after)) if after < before => raised.push(Raised {
            rule: "sunset-moved-earlier",
            level: Level::Error,
            holes: vec![("before", before.to_string()), ("after", after.to_string())],
            earliest: None,
        }),
        (Sunset::On(before), Sunset::On(after)) if after > before => raised.push(Raised {
            rule: "sunset-extended",
            level: Level::Note,
            holes: vec![("before", before.to_string()), ("after", after.to_string())],
            earliest: None,
        }),
        (Sunset::Unset, Sunset::Unset) | (Sunset::On(_), Sunset::On(_)) => {}
    }
}

fn reversed(since: Date, sunset: Date) -> Raised {
    Raised {
        rule: "sunset-before-deprecation",
        level: Level::Error,
        holes: vec![("since", since.to_string()), ("sunset", sunset.to_string())],
        earliest: None,
    }
}

fn too_short(sunset: Date, earliest: Date, days: u32) -> Raised {
    Raised {
        rule: "deprecation-window-too-short",
        level: Level::Error,
        holes: vec![
            ("sunset", sunset.to_string()),
            ("earliest", earliest.to_string()),
            ("days", days.to_string()),
        ],
        earliest: Some(earliest),
    }
}

/// A breaking change that removes nothing: lawful when it was announced, to the digest, and its day has come.
#[must_use]
pub fn change(
    announced: Option<Announced<'_>>,
    stability: Stability,
    today: Date,
    days: u32,
) -> Raised {
    if days == 0 {
        return Raised {
            rule: "changed-unstable",
            level: Level::Note,
            holes: vec![("stability", stability.word().to_owned())],
            earliest: None,
        };
    }
    let lawful = plus(today, days);
    let refused = |why: &str, earliest: Date| Raised {
        rule: "unannounced-breaking-change",
        level: Level::Error,
        holes: vec![("why", why.to_owned()), ("earliest", earliest.to_string())],
        earliest: Some(earliest),
    };
    match announced {
        None => refused("was not announced", lawful),
        Some(Announced { matches: false, .. }) => {
            refused("is not the one that was announced", lawful)
        }
        Some(Announced { record, .. }) => match record.sunset {
            Sunset::On(sunset) if today >= sunset => Raised {
                rule: "announced-change",
                level: Level::Note,
                holes: vec![("sunset", sunset.to_string())],
                earliest: Some(sunset),
            },
            Sunset::On(sunset) => refused("comes before its announced day", sunset),
            Sunset::Unset => refused("was announced without a day", lawful),
        },
    }
}

/// So many days later; the last day of the calendar when there is none.
pub(crate) fn plus(date: Date, days: u32) -> Date {
    date.checked_add(i64::from(days).days())
        .unwrap_or(Date::MAX)
}

/// Whole days from one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

fn spelt(sunset: Sunset) -> String {
    match sunset {
        Sunset::Unset => "no day".to_owned(),
        Sunset::On(day) => day.to_string(),
    }
}
