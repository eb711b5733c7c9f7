//! Texts that match a pattern, drawn from its syntax tree.

use super::random::Random;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts longer than this are not drawn.
const LONGEST: usize = 2_000;

/// Parts of a pattern that are gone through for one text: what is repeated may be nothing.
const MOST_PARTS: usize = 10_000;

/// The syntax tree of a pattern.
pub(super) fn tree(pattern: &str) -> Option<Hir> {
    regex_syntax::ParserBuilder::new()
        .nest_limit(100)
        .build()
        .parse(pattern)
        .ok()
}

/// A text that is likely to match; the caller checks it.
pub(super) fn sample(tree: &Hir, random: &mut Random) -> Option<String> {
    let mut text = String::new();
    let mut parts = MOST_PARTS;
    write(tree, random, &mut text, &mut parts)?;
    Some(text)
}

fn write(tree: &Hir, random: &mut Random, text: &mut String, parts: &mut usize) -> Option<()> {
    *parts = parts.checked_sub(1)?;
    if text.len() > LONGEST {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class, random)?),
        HirKind::Repetition(repetition) => {
            let least = usize::try_from(repetition.min).ok()?;
            let most = repetition
                .max
                .map_or(least + 3, |most| usize::try_from(most).unwrap_or(least));
            let count = match random.below(4) {
                0 => least,
                1 => most.min(least + 1),
                2 => most.min(LONGEST),
                _ => least + random.below((most - least).min(8) + 1),
            };
            for _ in 0..count {
                write(&repetition.sub, random, text, parts)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text, parts)?,
        HirKind::Concat(sequence) => {
            for part in sequence {
                write(part, random, text, parts)?;
            }
        }
        HirKind::Alternation(branches) => write(random.of(branches)?, random, text, parts)?,
    }
    Some(())
}

/// A letter of a class: plain ones mostly, else one at the edge of a range.
fn letter(class: &Class, random: &mut Random) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let ranges: Vec<(char, char)> = class
        .iter()
        .map(|range| (range.start(), range.end()))
        .collect();
    if !random.once_in(8) {
        let plain: Vec<char> = ['a', '0', 'b', 'Z', '1', ' ', '-', '_', 'z', '.']
            .into_iter()
            .filter(|letter| {
                ranges
                    .iter()
                    .any(|(start, end)| start <= letter && letter <= end)
            })
            .collect();
        if let Some(letter) = random.of(&plain) {
            return Some(*letter);
        }
    }
    let (start, end) = *random.of(&ranges)?;
    let offset = u32::try_from(random.below(20)).unwrap_or(0);
    match random.below(3) {
        0 => Some(end),
        1 => Some(start),
        _ => char::from_u32(start as u32 + offset)
            .filter(|letter| *letter <= end)
            .or(Some(start)),
    }
}
