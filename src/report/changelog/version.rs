//! How far a version has to move, and whether it did.

use crate::variance::Verdict;
use std::{cmp::Ordering, fmt};

/// How far a version moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Not at all.
    #[default]
    None,
    /// For what changes nothing on the wire.
    Patch,
    /// For what is new.
    Minor,
    /// For what breaks.
    Major,
}

impl Step {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// What a change asks for. What is risky is new to somebody, and shows in the number as such.
    #[must_use]
    pub const fn asked(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Breaking | Verdict::Undecided => Self::Major,
            Verdict::Risky | Verdict::Additive => Self::Minor,
            Verdict::Neutral => Self::Patch,
        }
    }
}

/// A semantic version (`SemVer` 2.0.0); a `v` in front is let through, and what is left out at the end is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Semver {
    numbers: [u64; 3],
    /// The identifiers after `-`.
    pre: Vec<String>,
}

impl Semver {
    /// Reads one; `None` for anything else, such as a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (text, build) = match text.split_once('+') {
            Some((text, build)) => (text, Some(build)),
            None => (text, None),
        };
        let (core, pre) = match text.split_once('-') {
            Some((core, pre)) => (core, Some(pre)),
            None => (text, None),
        };
        let mut numbers = [0; 3];
        let mut count = 0;
        for part in core.split('.') {
            *numbers.get_mut(count)? = number(part)?;
            count += 1;
        }
        let suffixes = pre.into_iter().chain(build);
        let mut identifiers = suffixes.flat_map(|suffix| suffix.split('.'));
        let plain = |text: &str| {
            let mut bytes = text.bytes();
            !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        // `2026-01` is a month, not a pre-release.
        let whole = count == 3 || (pre.is_none() && build.is_none());
        if !whole || !identifiers.all(plain) {
            return None;
        }
        let pre = pre.map_or_else(Vec::new, |pre| pre.split('.').map(str::to_owned).collect());
        Some(Self { numbers, pre })
    }

    /// How far it is from this one to a later one; `None` where that one is not later.
    #[must_use]
    pub fn step_to(&self, later: &Self) -> Option<Step> {
        if later.precedence(self) != Ordering::Greater {
            return None;
        }
        let same = |place: usize| self.numbers[place] == later.numbers[place];
        // Before 1.0.0 the second number is what breaks, and the third what is new.
        let early = self.numbers[0] == 0;
        Some(match (same(0), same(1), same(2)) {
            (true, false, _) if !early => Step::Minor,
            (true, true, false) if early => Step::Minor,
            (true, true, false) => Step::Patch,
            // A pre-release promises nothing, so what comes after it may be anything.
            (false, ..) | (true, false, _) | (true, true, true) => Step::Major,
        })
    }

    /// The first version that is as far away as a step asks for.
    #[must_use]
    pub fn next(&self, step: Step) -> Self {
        let [a, b, c] = self.numbers;
        let numbers = match (step, a) {
            (Step::None, _) => return self.clone(),
            (_, _) if !self.pre.is_empty() => [a, b, c],
            (Step::Major, 0) => [0, b.saturating_add(1), 0],
            (Step::Major, _) => [a.saturating_add(1), 0, 0],
            (Step::Minor, 1..) => [a, b.saturating_add(1), 0],
            (Step::Minor | Step::Patch, _) => [a, b, c.saturating_add(1)],
        };
        Self {
            numbers,
            pre: Vec::new(),
        }
    }

    fn precedence(&self, other: &Self) -> Ordering {
        let numbers = self.numbers.cmp(&other.numbers);
        numbers.then_with(|| match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => identifiers(&self.pre, &other.pre),
        })
    }
}

impl fmt::Display for Semver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.numbers;
        write!(out, "{a}.{b}.{c}")?;
        if !self.pre.is_empty() {
            write!(out, "-{}", self.pre.join("."))?;
        }
        Ok(())
    }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text == "0" || !text.starts_with('0');
    (digits && plain).then(|| text.parse().ok()).flatten()
}

/// Numbers by their size and before words, words by their letters, and fewer before more.
fn identifiers(one: &[String], other: &[String]) -> Ordering {
    for (a, b) in one.iter().zip(other) {
        let order = match (number(a), number(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => a.cmp(b),
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    one.len().cmp(&other.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Major, Minor, Patch};

    fn version(text: &str) -> Semver {
        Semver::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn versions_are_read() {
        for (text, same) in [
            ("1.2.3", "1.2.3"),
            ("v2", "2.0.0"),
            ("1.4", "1.4.0"),
            ("1.0.0-rc.1+build.7", "1.0.0-rc.1"),
        ] {
            assert_eq!(version(text).to_string(), same);
        }
        for text in [
            "",
            "v",
            "1.",
            "01.2.3",
            "1.2.3.4",
            "2026-01-31",
            "1.0.0-",
            "1.0.0-a..b",
            "one",
        ] {
            assert_eq!(Semver::parse(text), None, "{text}");
        }
    }

    #[test]
    fn steps_are_told_apart() {
        for (old, new, step) in [
            ("1.2.3", "2.0.0", Some(Major)),
            ("1.2.3", "1.3.0", Some(Minor)),
            ("1.2.3", "1.2.4", Some(Patch)),
            ("1.2.3", "1.2.3", None),
            ("1.2.3", "1.2.2", None),
            ("1.2.3", "1.2.3+b", None),
            ("0.2.3", "0.3.0", Some(Major)),
            ("0.2.3", "0.2.4", Some(Minor)),
            ("2.0.0-rc.2", "2.0.0-rc.10", Some(Major)),
            ("2.0.0-rc.2", "2.0.0", Some(Major)),
            ("2.0.0", "2.0.0-rc.2", None),
            ("2.0.0-1", "2.0.0-a", Some(Major)),
            ("2.0.0-a", "2.0.0-a.1", Some(Major)),
        ] {
            assert_eq!(version(old).step_to(&version(new)), step, "{old} {new}");
        }
    }

    #[test]
    fn the_next_version_is_as_far_as_asked() {
        for text in ["1.2.3", "0.0.7", "0.4.0", "3", "2.0.0-rc.1"] {
            let old = version(text);
            for step in [Patch, Minor, Major] {
                let next = old.next(step);
                let moved = old.step_to(&next);
                assert!(moved >= Some(step), "{text} {step:?} {next} {moved:?}");
            }
        }
        assert_eq!(version("1.2.3").next(Major).to_string(), "2.0.0");
        assert_eq!(version("0.2.3").next(Major).to_string(), "0.3.0");
    }
}
