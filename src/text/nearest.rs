//! The name that was probably meant.

/// The candidate that takes the fewest edits, if they are few for the length of the word.
#[must_use]
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = word.to_lowercase();
    let limit = folded.chars().count() / 3 + 1;
    candidates
        .into_iter()
        .map(|candidate| {
            let whole = candidate.to_lowercase();
            // People cut words short: `int`, `bool`.
            let cut = folded.len() > 2 && whole.starts_with(&folded);
            let edits = if cut { 1 } else { distance(&folded, &whole) };
            (edits, candidate)
        })
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's, with two neighbours swapped as one edit.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut edits = (row[j] + usize::from(a != b))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                edits = edits.min(before[j - 1] + 1);
            }
            next.push(edits);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_was_meant_is_near() {
        let types = ["string", "integer", "number", "boolean", "array", "object"];
        for (word, meant) in [
            ("strng", Some("string")),
            ("Integer", Some("integer")),
            ("nubmer", Some("number")),
            ("int", Some("integer")),
            ("dict", None),
        ] {
            assert_eq!(nearest(word, types), meant, "{word}");
        }
    }
}
