//! Sets of characters.

/// Where the code points that are no characters begin and end.
const SURROGATES: (u32, u32) = (0xD800, 0xDFFF);

/// Characters that a reader recognises at once, best first; models are spelt with these where they can be.
const FAMILIAR: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@ ,;+*#%&=?!$'\"()[]{}<>|~^`\\éßñя中あ€😀\n\t\r";

/// A set of characters: sorted ranges of code points that do not touch, without surrogates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Class(Box<[(u32, u32)]>);

impl Class {
    /// Characters from any ranges; an upside-down range is empty.
    pub(super) fn of(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut parts: Vec<(u32, u32)> = Vec::new();
        for (from, to) in ranges {
            // A range may reach over the surrogates or into them: what is left of it on both sides counts.
            parts.push((from, to.min(SURROGATES.0 - 1)));
            parts.push((from.max(SURROGATES.1 + 1), to.min(char::MAX as u32)));
        }
        parts.retain(|(from, to)| from <= to);
        parts.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(parts.len());
        for (from, to) in parts {
            match joined.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self(joined.into())
    }

    /// One character.
    pub(super) fn one(character: char) -> Self {
        Self::of([(character as u32, character as u32)])
    }

    /// Every character.
    pub(super) fn any() -> Self {
        Self::of([(0, char::MAX as u32)])
    }

    /// `\d`.
    pub(super) fn digits() -> Self {
        Self::of([('0' as u32, '9' as u32)])
    }

    /// `\w`: ECMA-262, without the `i` flag.
    pub(super) fn word() -> Self {
        Self::of(
            [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')].map(|(a, z)| (a as u32, z as u32)),
        )
    }

    /// `\s`: ECMA-262 white space and line terminators.
    pub(super) fn space() -> Self {
        Self::of([
            (0x09, 0x0D),
            (0x20, 0x20),
            (0xA0, 0xA0),
            (0x1680, 0x1680),
            (0x2000, 0x200A),
            (0x2028, 0x2029),
            (0x202F, 0x202F),
            (0x205F, 0x205F),
            (0x3000, 0x3000),
            (0xFEFF, 0xFEFF),
        ])
    }

    /// What `.` leaves out: ECMA-262 line terminators.
    pub(super) fn line_ends() -> Self {
        Self::of([(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)])
    }

    /// The ranges.
    pub(super) fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Whether there is no character in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a character belongs to it.
    pub(super) fn contains(&self, character: char) -> bool {
        let at = character as u32;
        let index = self.0.partition_point(|(_, to)| *to < at);
        self.0.get(index).is_some_and(|(from, _)| *from <= at)
    }

    /// Characters of both sets.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(&&(a, b)), Some(&&(c, d))) = (left.peek(), right.peek()) {
            if a.max(c) <= b.min(d) {
                both.push((a.max(c), b.min(d)));
            }
            if b < d {
                left.next();
            } else {
                right.next();
            }
        }
        Self::of(both)
    }

    /// Every other character.
    pub(super) fn not(&self) -> Self {
        let mut gaps = Vec::with_capacity(self.0.len() + 1);
        let mut next = 0;
        for (from, to) in &self.0 {
            if next < *from {
                gaps.push((next, from - 1));
            }
            next = to + 1;
        }
        gaps.push((next, char::MAX as u32));
        Self::of(gaps)
    }

    /// The character of it that people recognise best, and how well: less is better. `None` where it is empty.
    pub(super) fn best(&self) -> Option<(usize, char)> {
        if let Some(found) = FAMILIAR
            .chars()
            .enumerate()
            .find(|(_, c)| self.contains(*c))
        {
            return Some(found);
        }
        let firsts = || self.0.iter().filter_map(|(from, _)| char::from_u32(*from));
        let pick = firsts()
            .find(|c| c.is_alphanumeric())
            .or_else(|| firsts().find(|c| !c.is_control()))
            .or_else(|| firsts().next())?;
        Some((FAMILIAR.len() + pick as usize, pick))
    }
}

/// Characters that no class of `classes` tells apart are one part; the best character of each part, best first.
pub(super) fn samples<'a>(classes: impl IntoIterator<Item = &'a Class>) -> Vec<char> {
    let mut parts = vec![Class::any()];
    for class in classes {
        let mut finer = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            let inside = part.and(class);
            if inside.is_empty() || inside == part {
                finer.push(part);
                continue;
            }
            finer.push(part.and(&class.not()));
            finer.push(inside);
        }
        parts = finer;
    }
    let mut best: Vec<(usize, char)> = parts.iter().filter_map(Class::best).collect();
    best.sort_unstable();
    best.into_iter().map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complement_leaves_out_surrogates() {
        assert_eq!(Class::any().ranges(), [(0, 0xD7FF), (0xE000, 0x0010_FFFF)]);
        assert!(Class::any().not().is_empty());
        assert_eq!(Class::of([]).not(), Class::any());
        assert_eq!(Class::word().not().not(), Class::word());
        assert!(Class::of([(0xD83D, 0xDE00)]).is_empty());
    }

    #[test]
    fn ranges_join() {
        assert_eq!(
            Class::of([(5, 9), (1, 4), (20, 10), (30, 30)]).ranges(),
            [(1, 9), (30, 30)]
        );
        assert_eq!(
            Class::of([(1, 10)])
                .and(&Class::of([(3, 4), (8, 20)]))
                .ranges(),
            [(3, 4), (8, 10)]
        );
    }

    #[test]
    fn samples_are_familiar() {
        assert_eq!(samples([&Class::digits(), &Class::word()]), ['a', '0', '-']);
        assert_eq!(samples([&Class::line_ends().not()]), ['a', '\n']);
        assert_eq!(
            Class::of([(0x80, 0x0010_FFFF)]).best().map(|b| b.1),
            Some('é')
        );
    }
}
