//! The table of deprecation steps, row by row: from base, to head, on a day, and what is said.

use contract::policy::files::{Record, Stability, Sunset};
use contract::policy::lifecycle::{Announced, Raised, Step, change, transition};
use contract::spec::Level;
use jiff::civil::Date;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// `since/sunset`, either of which may be a dash.
fn record(text: &str) -> Record {
    let (since, sunset) = text.split_once('/').expect("since/sunset");
    Record {
        since: (since != "-").then(|| day(since)),
        sunset: match sunset {
            "-" => Sunset::Unset,
            sunset => Sunset::On(day(sunset)),
        },
        ..Record::default()
    }
}

/// A side as `stable`, `beta 2026-11-20/2027-02-18`, or `stable! -/-` for what was there before the policy.
fn side(text: &str) -> (Stability, Option<Record>, bool) {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let grandfathered = word.ends_with('!');
    let word = word.trim_end_matches('!');
    let stability = Stability::ALL.into_iter().find(|one| one.word() == word);
    (
        stability.expect("a stability"),
        (!rest.is_empty()).then(|| record(rest)),
        grandfathered,
    )
}

const fn window(stability: Stability) -> u32 {
    match stability {
        Stability::Draft | Stability::Alpha => 0,
        Stability::Beta => 30,
        Stability::Stable => 90,
    }
}

fn steps(base: &str, head: &str) -> Vec<Raised> {
    let (stability, before, grandfathered) = side(base);
    let base = Step {
        stability,
        record: before.as_ref(),
        grandfathered,
    };
    let after = (head != "gone").then(|| side(head));
    let head = after
        .as_ref()
        .map(|(stability, record, grandfathered)| Step {
            stability: *stability,
            record: record.as_ref(),
            grandfathered: *grandfathered,
        });
    let longer = |before: Stability, after: Stability| window(before).max(window(after));
    transition(base, head, day(TODAY), &longer, 7)
}

fn told(raised: &[Raised]) -> String {
    let one = |raised: &Raised| {
        let level = match raised.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
            Level::Off => "off",
        };
        let earliest = raised.earliest.map(|day| format!(" {day}"));
        format!("{level} {}{}", raised.rule, earliest.unwrap_or_default())
    };
    raised.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
#[expect(clippy::too_many_lines, reason = "one row a line")]
fn every_row_of_the_table() {
    const SOON: &str = "stable 2026-11-20/2027-02-18";
    const OVER: &str = "stable 2026-06-01/2026-11-20";
    let table = [
        // Nothing happens.
        ("stable", "stable", ""),
        (SOON, SOON, ""),
        // Active to deprecated.
        ("stable", SOON, ""),
        (
            "stable",
            "stable 2026-11-20/-",
            "error deprecation-without-sunset 2027-02-18",
        ),
        (
            "stable",
            "stable -/-",
            "error deprecation-without-sunset 2027-02-18",
        ),
        (
            "alpha",
            "alpha 2026-11-20/-",
            "note deprecation-without-sunset 2026-11-20",
        ),
        (
            "stable",
            "stable 2026-11-20/2027-02-17",
            "error deprecation-window-too-short 2027-02-18",
        ),
        (
            "beta",
            "beta 2026-11-20/2026-12-19",
            "error deprecation-window-too-short 2026-12-20",
        ),
        ("beta", "beta 2026-11-20/2026-12-20", ""),
        // The future may be announced; the window starts then.
        (
            "stable",
            "stable 2027-01-01/2027-03-31",
            "error deprecation-window-too-short 2027-04-01",
        ),
        ("stable", "stable 2027-01-01/2027-04-01", ""),
        // What head says about the past buys nothing.
        (
            "stable",
            "stable 2026-01-01/2026-11-21",
            "error deprecation-window-too-short 2027-02-18, warning deprecation-backdated",
        ),
        (
            "stable",
            "stable 2026-11-12/2027-02-18",
            "warning deprecation-backdated",
        ),
        ("stable", "stable 2026-11-13/2027-02-18", ""),
        (
            "stable",
            "stable 2027-05-01/2027-04-01",
            "error sunset-before-deprecation, error deprecation-window-too-short 2027-07-30",
        ),
        // Deprecated to deprecated.
        (
            SOON,
            "stable 2026-11-20/2027-02-17",
            "error sunset-moved-earlier",
        ),
        (SOON, "stable 2026-11-20/-", "error sunset-removed"),
        (SOON, "stable 2026-11-20/2027-03-01", "note sunset-extended"),
        (
            SOON,
            "stable 2026-11-19/2027-02-18",
            "error since-rewritten",
        ),
        (SOON, "stable -/2027-02-18", "error since-rewritten"),
        ("stable -/-", "stable 2026-11-20/2027-02-18", ""),
        (
            "stable! -/-",
            "stable! 2024-01-01/2027-02-17",
            "error deprecation-window-too-short 2027-02-18",
        ),
        (SOON, "stable", "note undeprecated"),
        // Stability.
        ("stable", "alpha", "error stability-decreased"),
        ("beta", "stable", ""),
        (
            "beta 2026-11-20/2026-12-20",
            "stable 2026-11-20/2026-12-20",
            "error deprecated-promoted",
        ),
        (
            "stable",
            "beta 2026-11-20/2026-12-20",
            "error stability-decreased, error deprecation-window-too-short 2027-02-18",
        ),
        // Removal.
        (
            "stable",
            "gone",
            "error removed-without-deprecation 2027-02-18",
        ),
        (
            "beta",
            "gone",
            "error removed-without-deprecation 2026-12-20",
        ),
        ("alpha", "gone", "note removed-unstable"),
        (
            "draft 2026-11-20/2027-02-18",
            "gone",
            "note removed-unstable",
        ),
        (SOON, "gone", "error removed-before-sunset 2027-02-18"),
        (
            "stable 2026-11-20/-",
            "gone",
            "error removed-before-sunset 2027-02-18",
        ),
        (
            "stable! -/-",
            "gone",
            "error removed-grandfathered 2027-02-18",
        ),
        (OVER, "gone", "note removed-after-sunset 2026-11-20"),
    ];
    for (base, head, expected) in table {
        assert_eq!(told(&steps(base, head)), expected, "{base} -> {head}");
    }
}

#[test]
fn a_change_is_announced_to_the_digest_and_waits_for_its_day() {
    let (soon, over) = (
        record("2026-11-20/2027-02-18"),
        record("2026-06-01/2026-11-20"),
    );
    let unset = record("2026-06-01/-");
    let announced = |record, matches| Some(Announced { record, matches });
    let table = [
        (None, 90, "error unannounced-breaking-change 2027-02-18"),
        (None, 0, "note changed-unstable"),
        (
            announced(&over, true),
            90,
            "note announced-change 2026-11-20",
        ),
        (
            announced(&over, false),
            90,
            "error unannounced-breaking-change 2027-02-18",
        ),
        (
            announced(&soon, true),
            90,
            "error unannounced-breaking-change 2027-02-18",
        ),
        (
            announced(&unset, true),
            90,
            "error unannounced-breaking-change 2027-02-18",
        ),
    ];
    for (announced, days, expected) in table {
        let raised = change(announced, Stability::Stable, day(TODAY), days);
        assert_eq!(told(&[raised]), expected, "{announced:?} {days}");
    }
}
