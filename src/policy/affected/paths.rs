//! Whether a declared path, such as `.items[].sku` or `.total/**`, meets the path of an element.

use super::Use;
use crate::diff::steps_of;
use crate::spec::Segment;

/// One step from a value to a value inside it; what says something else about the same value is no step.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A declared member.
    Member(String),
    /// Members by a pattern, or all others.
    Members(Option<String>),
    /// An item at a position.
    Item(usize),
    /// Items.
    Items,
}

/// A place inside a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    parts: Vec<Part>,
    /// Everything beneath is meant, too.
    deep: bool,
    /// The last step leads to a value of its own, and not to another view of the same.
    leads: bool,
    /// The last step is a declared member.
    member: bool,
}

impl Path {
    /// The path of an element, from the labels after its body; an enum value or a mapping is its schema's.
    pub(super) fn of_element(labels: &[&str]) -> Option<Self> {
        match labels {
            [] => Self::read(""),
            [one] if is_value(one) => Self::read(""),
            [path] => Self::read(path),
            [path, value] if is_value(value) => Self::read(path),
            _ => None,
        }
    }

    /// A path as a usage file declares it.
    pub(super) fn declared(text: &str) -> Option<Self> {
        match text.strip_suffix("/**") {
            Some(text) => {
                let path = Self::read(text)?;
                Some(Self { deep: true, ..path })
            }
            None => Self::read(text),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let mut path = Self {
            parts: Vec::new(),
            deep: false,
            leads: false,
            member: false,
        };
        for step in steps_of(text)? {
            let part = match step.segment {
                Segment::Property(name) => Part::Member(name),
                Segment::Pattern(pattern) => Part::Members(Some(pattern)),
                Segment::Additional => Part::Members(None),
                Segment::Items => Part::Items,
                Segment::Prefix(index) => Part::Item(index),
                // They say something about the value that is here already.
                Segment::Branch(_) | Segment::Then | Segment::Else | Segment::Dependent(_) => {
                    path.leads = false;
                    continue;
                }
                // What they hold decides about the value as a whole.
                Segment::Not
                | Segment::If
                | Segment::Contains
                | Segment::Names
                | Segment::Content => {
                    path.leads = false;
                    path.deep = true;
                    return Some(path);
                }
            };
            path.leads = true;
            path.member = matches!(part, Part::Member(_));
            path.parts.push(part);
        }
        Some(path)
    }

    /// The place around one that leads somewhere of its own: whoever reads in there meets what is new.
    pub(super) fn around(&self) -> Self {
        let mut path = self.clone();
        if path.leads {
            path.parts.pop();
        }
        path
    }

    /// Whether the last step is a declared member.
    pub(super) fn is_member(&self) -> bool {
        self.leads && self.member
    }

    /// Whether someone who declares this path uses what stands at `element`: the same place, or below; above only with `/**`.
    pub(super) fn meets(&self, element: &Self) -> Use {
        let mut found = Use::Uses;
        for (mine, other) in self.parts.iter().zip(&element.parts) {
            found = found.min(mine.meets(other));
        }
        let above = self.parts.len() < element.parts.len();
        if above && !self.deep {
            Use::NotUsed
        } else {
            found
        }
    }

    /// Whether this path names `element`, beyond doubt.
    pub(super) fn names(&self, element: &Self) -> bool {
        let reaches = self.parts.len() == element.parts.len()
            || self.deep && self.parts.len() < element.parts.len();
        reaches && self.meets(element) == Use::Uses
    }
}

impl Part {
    fn meets(&self, other: &Self) -> Use {
        match (self, other) {
            (one, other) if one == other => Use::Uses,
            // A declared member may be one of those, and a pattern may match what another does.
            (Self::Member(_) | Self::Members(_), Self::Members(_))
            | (Self::Members(_), Self::Member(_))
            | (Self::Item(_), Self::Items)
            | (Self::Items, Self::Item(_)) => Use::Unknown,
            (
                Self::Member(_) | Self::Members(_) | Self::Item(_) | Self::Items,
                Self::Member(_) | Self::Members(_) | Self::Item(_) | Self::Items,
            ) => Use::NotUsed,
        }
    }
}

/// A label that names a value, and no place.
pub(super) fn is_value(label: &str) -> bool {
    label.starts_with("enum:") || label.starts_with("mapping:")
}
