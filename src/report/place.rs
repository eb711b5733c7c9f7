//! Where a finding stands, as people and editors say it.

use crate::judge::{Complaint, Finding, Mark, Side};
use crate::spec::Bundle;
use crate::text::{Position, Source, Span};
use crate::tree::{Kind, NodeId, Tree};

use super::Compared;

/// A container longer than this is not underlined even where it stands on one line; its key is.
const LONG: u32 = 120;

/// A place in a file, and what to underline there: never more than one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Location<'b> {
    /// The file.
    pub(super) source: &'b Source,
    /// Its path below the root.
    pub(super) path: &'b str,
    /// Line and column of the first character.
    pub(super) position: Position,
    /// What to underline.
    pub(super) span: Span,
    /// Whether this stands for a value that goes on below.
    pub(super) tall: bool,
    /// Whether the thing itself is absent, and this is its nearest surviving parent.
    pub(super) absent: bool,
}

impl Location<'_> {
    /// `file:line:column`
    pub(super) fn words(&self) -> String {
        format!("{}:{}", self.source.name(), self.position)
    }
}

/// Where a finding stands in the old version and in the new one.
pub(super) fn of_finding<'b>(
    compared: &Compared<'b>,
    finding: &Finding,
) -> (Option<Location<'b>>, Option<Location<'b>>) {
    let find = |bundle: Option<&'b Bundle>, mark: Option<Mark>| Some(locate(bundle?, mark?));
    (
        find(compared.old, finding.old),
        find(compared.new, finding.new),
    )
}

/// Where a complaint stands.
pub(super) fn of_complaint<'b>(
    compared: &Compared<'b>,
    complaint: &Complaint,
) -> Option<(&'b Source, Position)> {
    let bundle = complained(compared, complaint)?;
    let source = bundle.tree(complaint.file).source();
    Some((source, source.locate(complaint.offset)))
}

/// The same with the file's path below the root.
pub(super) fn path_of_complaint<'b>(
    compared: &Compared<'b>,
    complaint: &Complaint,
) -> Option<(&'b str, Position)> {
    let file = &complained(compared, complaint)?.files[usize::from(complaint.file.0)];
    Some((&file.path, file.tree.source().locate(complaint.offset)))
}

fn complained<'b>(compared: &Compared<'b>, complaint: &Complaint) -> Option<&'b Bundle> {
    match complaint.side {
        Some(Side::Old) => compared.old,
        Some(Side::New) | None => compared.new.or(compared.old),
    }
}

/// A mark as a place to show.
pub(super) fn locate(bundle: &Bundle, mark: Mark) -> Location<'_> {
    let tree = bundle.tree(mark.file);
    let source = tree.source();
    let text = source.text();
    let mut span = Span::new(mark.start, mark.end.max(mark.start));
    let mut position = source.locate(span.start);
    let mut line_end = end_of_line(source, position.line);
    let tall = span.end > line_end;
    // A block of YAML starts below its key, also one of a single line.
    let flow = matches!(text.as_bytes().get(span.start as usize), Some(b'{' | b'['));
    if let Some((key, container)) = key_of(tree, span)
        && (tall || container && (!flow || span.len() > LONG))
    {
        span = key;
        position = source.locate(span.start);
        line_end = end_of_line(source, position.line);
    }
    span.end = span.end.min(line_end).max(span.start);
    Location {
        source,
        path: &bundle.files[usize::from(mark.file.0)].path,
        position,
        span,
        tall,
        absent: mark.absent,
    }
}

fn end_of_line(source: &Source, line: u32) -> u32 {
    let start = source.line_start(line).unwrap_or_default();
    let length = source.line_text(line).map_or(0, str::len);
    start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX))
}

/// The key of the value with this span, and whether the value is a container.
fn key_of(tree: &Tree, wanted: Span) -> Option<(Span, bool)> {
    let mut at = tree.root();
    let mut key = None;
    loop {
        let container = matches!(tree.kind(at), Kind::Map | Kind::Seq);
        if tree.span(at) == wanted {
            return key.map(|key| (key, container));
        }
        let holds = |node: NodeId| tree.span(node).contains(wanted);
        let begins = |node: NodeId| tree.span(node).start <= wanted.start;
        (at, key) = match tree.kind(at) {
            Kind::Map => {
                let mut entries = tree.entries(at);
                // In the order of the text, but for what aliases and merge keys bring.
                let place = first(tree.size(at), |place| {
                    let entry = tree.entries(at).nth(place);
                    entry.is_some_and(|entry| begins(entry.value))
                });
                let likely = place
                    .checked_sub(1)
                    .and_then(|place| entries.clone().nth(place));
                let entry = likely
                    .filter(|entry| holds(entry.value))
                    .or_else(|| entries.find(|entry| holds(entry.value)))?;
                (entry.value, Some(entry.key_span))
            }
            Kind::Seq => {
                let items = tree.items(at);
                let place = items.partition_point(|item| begins(*item));
                let likely = place.checked_sub(1).map(|place| items[place]);
                let item = likely
                    .filter(|item| holds(*item))
                    .or_else(|| items.iter().copied().find(|item| holds(*item)))?;
                (item, None)
            }
            Kind::Null | Kind::Bool | Kind::Number | Kind::String => return None,
        };
    }
}

/// The first place below `count` for which `before` no longer holds.
fn first(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
