//! What several families ask of a document: words that changed, flags that turned, nodes that moved.

use crate::rules::{Content, Hit, Hits, View};
use crate::spec::{At, Bundle, Dialect};

/// Records the keywords of two nodes that read differently, all in one hit.
pub(super) fn reworded<T>(
    view: &View<'_, '_, '_, T>,
    (old, new): (At, At),
    keywords: &[&str],
    hits: &mut Hits,
) {
    let (before, after) = (view.old_bundle(), view.new_bundle());
    let changed: Vec<(&str, Option<At>, Option<At>)> = keywords
        .iter()
        .map(|keyword| (*keyword, before.get(old, keyword), after.get(new, keyword)))
        .filter(|(_, old, new)| !equal(view, *old, *new))
        .collect();
    let Some((_, old, new)) = changed.first() else {
        return;
    };
    let names: Vec<&str> = changed.iter().map(|(keyword, ..)| *keyword).collect();
    let hit = if changed.len() == 1 {
        Hit::nodes(*old, *new)
    } else {
        let old_sides = changed.iter().map(|(keyword, old, _)| (*keyword, *old));
        let new_sides = changed.iter().map(|(keyword, _, new)| (*keyword, *new));
        Hit::at(*old, *new)
            .before(gathered(before, old_sides))
            .after(gathered(after, new_sides))
    };
    hits.push(hit.hole("what", names.join(" and ")));
}

/// Whether two optional nodes hold the same value.
pub(super) fn equal<T>(view: &View<'_, '_, '_, T>, old: Option<At>, new: Option<At>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => {
            let (before, after) = (
                view.old_bundle().tree(old.file),
                view.new_bundle().tree(new.file),
            );
            before.same(old.node, after, new.node)
        }
        _ => false,
    }
}

fn gathered<'k>(bundle: &Bundle, parts: impl Iterator<Item = (&'k str, Option<At>)>) -> Content {
    let mut text = String::from("{");
    for (keyword, at) in parts {
        let Some(at) = at else { continue };
        if text.len() > 1 {
            text.push(',');
        }
        text.push('"');
        text.push_str(keyword);
        text.push_str("\":");
        let mut value = String::new();
        match bundle.tree(at.file).write_json(at.node, &mut value) {
            Ok(()) => text.push_str(&value),
            Err(_) => text.push_str("null"),
        }
    }
    text.push('}');
    Content::Json(text)
}

/// A hit on a keyword, or on what carries it where neither side spells it out.
pub(super) fn keyword<T>(view: &View<'_, '_, '_, T>, (old, new): (At, At), keyword: &str) -> Hit {
    let nodes = (
        view.old_bundle().get(old, keyword),
        view.new_bundle().get(new, keyword),
    );
    match nodes {
        (None, None) => Hit::at(Some(old), Some(new)),
        (old, new) => Hit::nodes(old, new),
    }
}

/// Whether either side is Swagger 2.0, whose parameters and headers are schemas themselves.
pub(super) fn is_swagger<T>(view: &View<'_, '_, '_, T>) -> bool {
    [view.old_bundle(), view.new_bundle()]
        .iter()
        .any(|bundle| bundle.dialect == Dialect::Swagger2)
}
