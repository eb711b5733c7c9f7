//! One more thing between brackets or braces, in JSON or YAML.

use super::{Put, end, indent, starts_line, write};
use crate::tree::{Entry, NodeId, Syntax, Tree};

/// An entry behind the first `place` entries of a map.
pub(super) fn entry(
    tree: &Tree,
    map: NodeId,
    (own, place): (&[Entry], usize),
    (other, entry): (&Tree, Entry),
) -> Option<Put> {
    let text = tree.source().text();
    let starts: Vec<usize> = own.iter().map(|it| it.key_span.start as usize).collect();
    let ends = own.iter().map(|it| end(tree, *it));
    let ends = ends.collect::<Option<Vec<usize>>>()?;
    let layout = Layout::of(tree, map, &starts);
    let colon = own.first().map(|first| {
        let gap = &text[first.key_span.end as usize..tree.span(first.value).start as usize];
        if gap.contains('\n') { ": " } else { gap }
    });
    let colon = colon.unwrap_or(": ");
    let new = write::entry_inline(tree.syntax(), (other, entry), colon, &layout);
    Some(put(tree, map, (&starts, &ends), place, &new, &layout))
}

/// An item behind the first `place` items of a sequence.
pub(super) fn item(tree: &Tree, seq: NodeId, place: usize, (other, item): (&Tree, NodeId)) -> Put {
    let spans = tree.items(seq).iter().map(|item| tree.span(*item));
    let (starts, ends): (Vec<usize>, Vec<usize>) = spans
        .map(|span| (span.start as usize, span.end as usize))
        .unzip();
    let layout = Layout::of(tree, seq, &starts);
    let new = write::value_inline(tree.syntax(), (other, item), &layout);
    put(tree, seq, (&starts, &ends), place, &new, &layout)
}

/// How a container and what is new in it are laid out.
pub(super) struct Layout<'t> {
    /// What stands before each child on a line of its own; `None` where all share a line.
    pub(super) indent: Option<String>,
    /// One step of indentation.
    pub(super) unit: &'t str,
}

impl<'t> Layout<'t> {
    fn of(tree: &'t Tree, container: NodeId, starts: &[usize]) -> Self {
        let text = tree.source().text();
        let start = tree.span(container).start as usize;
        // What the outermost entries stand behind is one step.
        let top = super::own(tree, tree.root());
        let top = top.first().map(|first| first.key_span.start as usize);
        let unit = top.filter(|at| starts_line(text, *at));
        let unit = unit.map_or("", |at| indent(text, at));
        let is_json = tree.syntax() == Syntax::Json;
        let indent = match starts.first() {
            Some(first) => starts_line(text, *first).then(|| indent(text, *first).to_owned()),
            None => (is_json && !unit.is_empty()).then(|| format!("{}{unit}", indent(text, start))),
        };
        Self { indent, unit }
    }
}

fn put(
    tree: &Tree,
    container: NodeId,
    (starts, ends): (&[usize], &[usize]),
    place: usize,
    new: &str,
    layout: &Layout<'_>,
) -> Put {
    let text = tree.source().text();
    // What stands side by side without a blank stays so.
    let is_tight = starts.get(1).is_some_and(|at| text[..*at].ends_with(','));
    let gap = match &layout.indent {
        Some(indent) => format!("\n{indent}"),
        None if is_tight => String::new(),
        None => " ".to_owned(),
    };
    if let Some(next) = starts.get(place) {
        return (*next, *next, format!("{new},{gap}"));
    }
    if let Some(last) = ends.last() {
        return (*last, *last, format!(",{gap}{new}"));
    }
    let span = tree.span(container);
    let (start, end) = (span.start as usize + 1, span.end as usize - 1);
    let around = layout.indent.as_ref().map_or_else(String::new, |_| {
        let outer = indent(text, span.start as usize);
        format!("\n{outer}")
    });
    let new = match &layout.indent {
        Some(indent) => format!("\n{indent}{new}{around}"),
        None => new.to_owned(),
    };
    (start, end, new)
}
