//! What is wrong with the documents themselves: a warning when it was so before, an error when head brings it.

use super::finding::{Complaint, Side};
use crate::spec::{Bundle, Diagnostic, Level};
use std::collections::HashMap;

/// Joins the diagnostics of both sides.
#[must_use]
pub fn complaints(old: &Bundle, new: &Bundle) -> Vec<Complaint> {
    // The same words about a file of the same path are the same complaint, wherever the line has moved to.
    let key = |bundle: &Bundle, diagnostic: &Diagnostic| {
        let path = bundle.files[usize::from(diagnostic.file.0)].path.clone();
        let path = if diagnostic.file.0 == 0 {
            String::new()
        } else {
            path
        };
        (diagnostic.rule, path, diagnostic.message.clone())
    };
    let mut before: HashMap<_, usize> = HashMap::new();
    for diagnostic in &old.diagnostics {
        *before.entry(key(old, diagnostic)).or_default() += 1;
    }
    let mut found = Vec::new();
    for diagnostic in &new.diagnostics {
        let known = before
            .get_mut(&key(new, diagnostic))
            .filter(|count| **count > 0);
        let side = if let Some(count) = known {
            *count -= 1;
            None
        } else {
            Some(Side::New)
        };
        found.push(complaint(diagnostic, side));
    }
    for diagnostic in &old.diagnostics {
        if let Some(count) = before
            .get_mut(&key(old, diagnostic))
            .filter(|count| **count > 0)
        {
            *count -= 1;
            found.push(complaint(diagnostic, Some(Side::Old)));
        }
    }
    found.sort_by(|a, b| {
        b.level
            .cmp(&a.level)
            .then_with(|| {
                (a.side == Some(Side::Old), a.file, a.offset).cmp(&(
                    b.side == Some(Side::Old),
                    b.file,
                    b.offset,
                ))
            })
            .then_with(|| (a.rule, &a.message).cmp(&(b.rule, &b.message)))
    });
    found
}

/// What is wrong with a document that the other side lacks.
#[must_use]
pub fn complaints_of(bundle: &Bundle, side: Side) -> Vec<Complaint> {
    bundle
        .diagnostics
        .iter()
        .map(|diagnostic| complaint(diagnostic, Some(side)))
        .collect()
}

fn complaint(diagnostic: &Diagnostic, side: Option<Side>) -> Complaint {
    let level = if side == Some(Side::New) {
        diagnostic.level
    } else {
        diagnostic.level.min(Level::Warning)
    };
    Complaint {
        rule: diagnostic.rule,
        level,
        side,
        message: diagnostic.message.clone(),
        file: diagnostic.file,
        offset: diagnostic.offset,
    }
}
