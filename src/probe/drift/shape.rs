//! What the answers of one operation, status, and media type look like, added up; neither bodies nor personal data.

use super::{
    field::{Field, Type, Values, add},
    latency::Histogram,
    path::Path,
    wilson::Rate,
};
use crate::spec::Segment;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// How many members a contract does not declare are told apart in one object.
pub const CROWD: usize = 64;

/// What a shape is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The contract's id.
    pub contract: String,
    /// The operation's element id.
    pub operation: String,
    /// The HTTP status.
    pub status: u16,
    /// The media type of the answer, without parameters; `None` where there is no body.
    pub media: Option<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} > resp:{}", self.operation, self.status)?;
        match &self.media {
            Some(media) => write!(f, " > media:{media}"),
            None => Ok(()),
        }
    }
}

/// What answers look like, added up.
///
/// [`and`](Self::and) is associative and commutative, so shapes of runs make shapes of weeks in any order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Of what.
    pub of: Key,
    /// How many answers.
    pub samples: u64,
    /// How many of them were read to their end as JSON.
    #[serde(default)]
    pub bodies: u64,
    /// How many answers by the digest of the contract of that day.
    #[serde(default)]
    pub contracts: BTreeMap<String, u64>,
    /// What headers with a version in their name said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub versions: BTreeMap<String, Values>,
    /// How many answers had each header, by its name in lower case.
    #[serde(default)]
    pub headers: BTreeMap<String, u64>,
    /// How long they took.
    #[serde(default)]
    pub latency: Histogram,
    /// Places that the contract declares.
    #[serde(default)]
    pub declared: BTreeMap<Path, Field>,
    /// Places that it does not, by the innermost declared place around them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub undeclared: BTreeMap<Path, Beyond>,
}

impl Shape {
    /// No answer yet.
    #[must_use]
    pub const fn empty(of: Key) -> Self {
        Self {
            of,
            samples: 0,
            bodies: 0,
            contracts: BTreeMap::new(),
            versions: BTreeMap::new(),
            headers: BTreeMap::new(),
            latency: Histogram::new(),
            declared: BTreeMap::new(),
            undeclared: BTreeMap::new(),
        }
    }

    /// Both together; the other one is of the same.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let Self {
            of: _,
            samples,
            bodies,
            contracts,
            versions,
            headers,
            latency,
            declared,
            undeclared,
        } = other;
        self.samples = self.samples.saturating_add(samples);
        self.bodies = self.bodies.saturating_add(bodies);
        add(&mut self.contracts, contracts);
        for (name, values) in versions {
            let all = self.versions.remove(&name).unwrap_or_default();
            self.versions.insert(name, all.and(values));
        }
        add(&mut self.headers, headers);
        self.latency = self.latency.and(latency);
        join(&mut self.declared, declared);
        for (around, beyond) in undeclared {
            let sum = self.undeclared.remove(&around).unwrap_or_default();
            self.undeclared.insert(around, sum.and(beyond));
        }
        self
    }

    /// What is counted at a place.
    #[must_use]
    pub fn field(&self, path: &Path) -> Option<Field> {
        let beyond = self.beyond(path);
        let undeclared = beyond.filter_map(|(beyond, rest)| beyond.fields.get(&rest));
        let all = self.declared.get(path).into_iter().chain(undeclared);
        all.cloned().reduce(Field::and)
    }

    /// What is around a place and not declared, with the way from there.
    fn beyond(&self, path: &Path) -> impl Iterator<Item = (&Beyond, Path)> {
        path.splits().filter_map(|(around, rest)| {
            let beyond = self.undeclared.get(around)?;
            Some((beyond, rest))
        })
    }

    /// All places, the outer before the inner.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<Path> {
        let beyond = self.undeclared.iter().flat_map(|(around, beyond)| {
            let rests = beyond.fields.keys();
            rests.map(|rest| around.join(rest))
        });
        self.declared.keys().cloned().chain(beyond).collect()
    }

    /// How often there was something around a place that it could have been in.
    #[must_use]
    pub fn parents(&self, path: &Path) -> u64 {
        let Some((parent, step)) = path.parent() else {
            return self.bodies;
        };
        let kind = match step {
            Segment::Items | Segment::Prefix(_) => Type::Array,
            _ => Type::Object,
        };
        self.field(&parent).map_or(0, |parent| parent.of_type(kind))
    }

    /// How often a member was there.
    #[must_use]
    pub fn presence(&self, path: &Path) -> Rate {
        let seen = self.field(path).map_or(0, |field| field.seen);
        Rate::new(seen, self.parents(path))
    }

    /// How often a header was there.
    #[must_use]
    pub fn header(&self, name: &str) -> Rate {
        let seen = self.headers.get(name).copied().unwrap_or_default();
        Rate::new(seen, self.samples)
    }

    /// Whether a place is not told apart from others any more, because there are too many of them.
    #[must_use]
    pub fn is_lost(&self, path: &Path) -> bool {
        self.beyond(path)
            .any(|(beyond, rest)| beyond.is_lost(&rest))
    }
}

/// What a contract does not declare beneath a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beyond {
    /// The places, from there.
    pub fields: BTreeMap<Path, Field>,
    /// Objects with so many members that their names are data.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub crowded: BTreeSet<Path>,
}

impl Beyond {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let Self { fields, crowded } = other;
        join(&mut self.fields, fields);
        self.crowded.extend(crowded);
        self.settle();
        self
    }

    /// Takes names out that are data: they are too many.
    pub(super) fn settle(&mut self) {
        let mut members: BTreeMap<Path, usize> = BTreeMap::new();
        for path in self.fields.keys() {
            if let Some((parent, Segment::Property(_))) = path.parent() {
                *members.entry(parent).or_default() += 1;
            }
        }
        let crowds = members.into_iter().filter(|(_, count)| *count > CROWD);
        self.crowded.extend(crowds.map(|(parent, _)| parent));
        let lost = |path: &Path| self.is_lost(path);
        let (fields, crowded): (Vec<Path>, Vec<Path>) = (
            self.fields
                .keys()
                .filter(|path| lost(path))
                .cloned()
                .collect(),
            self.crowded
                .iter()
                .filter(|path| lost(path))
                .cloned()
                .collect(),
        );
        for path in fields {
            self.fields.remove(&path);
        }
        for path in crowded {
            self.crowded.remove(&path);
        }
    }

    fn is_lost(&self, path: &Path) -> bool {
        let steps = path.segments();
        (0..steps.len()).any(|length| {
            let crowded = || self.crowded.contains(&steps[..length]);
            matches!(steps[length], Segment::Property(_)) && crowded()
        })
    }
}

fn join(all: &mut BTreeMap<Path, Field>, more: BTreeMap<Path, Field>) {
    for (path, field) in more {
        let sum = all.remove(&path).unwrap_or_default();
        all.insert(path, sum.and(field));
    }
}

/// Adds a shape to shapes.
pub fn gather(all: &mut BTreeMap<Key, Shape>, shape: Shape) {
    let sum = match all.remove(&shape.of) {
        Some(sum) => sum.and(shape),
        None => shape,
    };
    all.insert(sum.of.clone(), sum);
}
