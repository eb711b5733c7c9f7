//! The state machine of deprecation: its table, and the claim that no sequence of lawful steps removes anything early.

#![allow(
    clippy::disallowed_methods,
    reason = "a test asks whether it may run long"
)]

use contract::policy::files::{Record, Stability, Sunset};
use contract::policy::lifecycle::{Raised, Step, transition};
use jiff::{ToSpan, civil::Date};

fn day(number: i64) -> Date {
    Date::constant(2026, 1, 1)
        .checked_add(number.days())
        .expect("within the calendar")
}

const fn days(stability: Stability) -> u32 {
    match stability {
        Stability::Draft | Stability::Alpha => 0,
        Stability::Beta => 30,
        Stability::Stable => 90,
    }
}

/// What one of the table's rules guards against, taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Without {
    Nothing,
    /// A row.
    Rule(&'static str),
    /// `sunset >= since + window` instead of counting from today.
    Today,
    /// The window of head alone; consumers sign off stability decreases.
    Longer,
    /// Nothing, and consumers sign off stability decreases.
    Refusals,
}

/// Numbers that look random and are the same each time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        let length = u64::try_from(list.len()).expect("short");
        list[usize::try_from(self.next() % length).expect("short")]
    }

    /// True so many times of a hundred.
    fn percent(&mut self, chance: u64) -> bool {
        self.next() % 100 < chance
    }
}

#[derive(Clone, Debug)]
struct State {
    stability: Stability,
    record: Option<Record>,
}

impl State {
    fn step(&self) -> Step<'_> {
        Step {
            stability: self.stability,
            record: self.record.as_ref(),
            grandfathered: false,
        }
    }
}

/// How one sequence of pull requests ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Alive,
    Removed,
    TooEarly,
}

/// An attacker proposes arbitrary records every few days; what the gate refuses does not land.
fn sequence(seed: u64, without: Without) -> End {
    let mut random = Random(seed);
    let mut base = State {
        stability: random.of(&[Stability::Stable, Stability::Stable, Stability::Beta]),
        record: None,
    };
    // The first day of this spell on the base, the latest sunset published in it, and the most that was promised.
    let (mut spell, mut latest, mut promised) = (None, None, base.stability);
    let mut today = 0i64;
    while today < 500 {
        today += random.of(&[0, 0, 1, 1, 3, 10, 40]);
        let head = propose(&mut random, &base, today);
        let raised = judged(&base, head.as_ref(), day(today), without);
        let signed_off = matches!(without, Without::Longer | Without::Refusals)
            && head
                .as_ref()
                .is_some_and(|head| head.stability >= Stability::Beta);
        let refused = raised.iter().any(|one| {
            let forgiven = signed_off && one.rule == "stability-decreased";
            one.level == contract::spec::Level::Error && !forgiven
        });
        if refused {
            continue;
        }
        let Some(head) = head else {
            let window = i64::from(days(promised));
            let early = window > 0
                && (spell.is_none_or(|start: i64| today - start < window)
                    || latest.is_some_and(|sunset| day(today) < sunset));
            return if early { End::TooEarly } else { End::Removed };
        };
        match &head.record {
            None => (spell, latest, promised) = (None, None, head.stability),
            Some(record) => {
                spell = spell.filter(|_| base.record.is_some()).or(Some(today));
                if let Sunset::On(sunset) = record.sunset {
                    latest = latest.max(Some(sunset));
                }
                promised = promised.max(head.stability);
            }
        }
        base = head;
    }
    End::Alive
}

fn propose(random: &mut Random, base: &State, today: i64) -> Option<State> {
    if random.percent(15) {
        return None;
    }
    let stability = if random.percent(30) {
        random.of(&Stability::ALL)
    } else {
        base.stability
    };
    let mut record = None;
    if random.percent(75) {
        let kept = base.record.clone().filter(|_| random.percent(60));
        let mut proposed = kept.unwrap_or_else(|| Record {
            since: Some(day(today - random.of(&[0, 0, 30, 200, 400, -20]))),
            sunset: Sunset::On(day(today + random.of(&[-5, 0, 1, 30, 89, 90, 91, 100, 180]))),
            ..Record::default()
        });
        if random.percent(30)
            && let Sunset::On(sunset) = proposed.sunset
        {
            let moved = random.of(&[-100i64, -30, -1, 1, 30]);
            proposed.sunset = Sunset::On(sunset.checked_add(moved.days()).expect("near"));
        }
        if random.percent(5) {
            proposed.sunset = Sunset::Unset;
        }
        record = Some(proposed);
    }
    Some(State { stability, record })
}

/// What the table says, without one of its guards.
fn judged(base: &State, head: Option<&State>, today: Date, without: Without) -> Vec<Raised> {
    let longer = |before: Stability, after: Stability| days(before).max(days(after));
    let shorter = |_: Stability, after: Stability| days(after);
    let window: &dyn Fn(Stability, Stability) -> u32 = match without {
        Without::Longer => &shorter,
        Without::Nothing | Without::Rule(_) | Without::Today | Without::Refusals => &longer,
    };
    let since = head.and_then(|head| head.record.as_ref()?.since);
    let from = match (without, since) {
        (Without::Today, Some(since)) if head.is_some() && base.record.is_none() => {
            since.min(today)
        }
        _ => today,
    };
    let mut raised = transition(base.step(), head.map(State::step), from, window, 7);
    if let Without::Rule(rule) = without {
        raised.retain(|one| one.rule != rule);
    }
    raised
}

fn too_early(sequences: u64, without: Without) -> (u64, u64) {
    let mut ends = (0, 0);
    for seed in 0..sequences {
        match sequence(seed, without) {
            End::Alive => {}
            End::Removed => ends.0 += 1,
            End::TooEarly => ends.1 += 1,
        }
    }
    ends
}

#[test]
fn nothing_is_removed_before_its_window_whatever_is_proposed() {
    let sequences = if std::env::var("CONTRACT_LONG").is_ok() {
        300_000
    } else {
        println!("20,000 sequences; CONTRACT_LONG=1 tries 300,000");
        20_000
    };
    let (removed, early) = too_early(sequences, Without::Nothing);
    assert_eq!(early, 0, "of {removed} removals");
    assert!(
        removed > sequences / 10,
        "attackers get somewhere: {removed}"
    );
    let (removed, early) = too_early(sequences, Without::Refusals);
    assert_eq!(early, 0, "of {removed} removals, decreases signed off");
}

#[test]
fn each_guard_of_the_table_is_needed() {
    for without in [
        Without::Rule("deprecated-promoted"),
        Without::Rule("stability-decreased"),
        Without::Rule("sunset-moved-earlier"),
        Without::Today,
        Without::Longer,
    ] {
        let (_, early) = too_early(5_000, without);
        assert!(early > 0, "{without:?}");
    }
}
