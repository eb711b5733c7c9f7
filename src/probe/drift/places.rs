//! The places of a body in a contract: what it declares there, whichever branch says so.

use super::path::Path;
use crate::spec::{
    At, Contract, Media, MediaRange, Operation, Response, Schema, SchemaId, Schemas, Segment,
    Status, member_matches,
};
use crate::tree::Kind;
use std::{collections::BTreeSet, rc::Rc};

/// How many schemas may apply to one value.
const SCHEMAS: usize = 128;

/// The schemas that apply to one value, branches included.
pub(super) type Here<'d> = Vec<Rc<Schema<'d>>>;

/// The response of a contract for a status: the code itself, else its class, else `default`.
pub(crate) fn response<'c, 'd>(
    operation: &'c Operation<'d>,
    status: u16,
) -> Option<&'c Response<'d>> {
    let responses = &operation.responses;
    let digit = u8::try_from(status / 100).unwrap_or_default();
    [Status::Code(status), Status::Range(digit), Status::Default]
        .into_iter()
        .find_map(|wanted| responses.iter().find(|one| one.status == wanted))
}

/// The media type that a response declares for a body, the narrowest that covers it.
pub(crate) fn media<'c, 'd>(response: &'c Response<'d>, media: &str) -> Option<&'c Media<'d>> {
    let found = MediaRange::parse(media);
    let covering = response
        .content
        .iter()
        .filter(|one| one.range.without_charset().covers(&found));
    covering.min_by_key(|one| {
        let range = one.range.to_string();
        (range.matches('*').count(), usize::MAX - range.len())
    })
}

/// The operation that an element id names.
pub(super) fn operation<'c, 'd>(
    contract: &'c Contract<'d>,
    elements: &crate::diff::Elements<'_, '_>,
    element: &str,
) -> Option<&'c Operation<'d>> {
    let trail = elements.locate(element);
    let [stop] = trail.stops.as_slice() else {
        return None;
    };
    let mut all = contract.operations().iter();
    all.find(|operation| trail.complete && stop.nodes == [operation.at])
}

/// What a member of an object is.
pub(super) struct Member {
    /// How it is told.
    pub(super) step: Segment,
    /// The schemas that apply to it.
    pub(super) nodes: Vec<At>,
}

/// Everything that applies to a value that these nodes describe.
pub(super) fn here<'d>(schemas: &Schemas<'d>, nodes: &[At]) -> Here<'d> {
    let all = applicable(schemas, nodes).into_iter();
    all.map(|id| schemas.get(id)).collect()
}

/// The nodes with keywords for a value that these nodes describe: those without alternatives first.
pub(super) fn atoms(schemas: &Schemas<'_>, nodes: &[At]) -> Vec<At> {
    let mut all = Vec::new();
    for id in applicable(schemas, nodes) {
        let key = schemas.key_of(id);
        for atom in key.atoms.iter().filter(|atom| !atom.quiet) {
            if !all.contains(&atom.at) {
                all.push(atom.at);
            }
        }
    }
    all
}

fn applicable(schemas: &Schemas<'_>, nodes: &[At]) -> Vec<SchemaId> {
    let mut all = Vec::new();
    let mut open: Vec<SchemaId> = Vec::new();
    if !nodes.is_empty() {
        open.push(schemas.of_nodes(nodes));
    }
    while let Some(id) = open.pop() {
        if all.len() >= SCHEMAS || all.contains(&id) {
            continue;
        }
        let schema = schemas.get(id);
        let branches = schema.groups.iter().flat_map(|group| &group.branches);
        let conditional = schema.conditionals.iter();
        let conditional = conditional.flat_map(|one| [one.then, one.otherwise]);
        let dependent = schema.dependent_schemas.iter();
        open.extend(branches.map(|at| schemas.of_node(*at)));
        open.extend(conditional.flatten().map(|at| schemas.of_node(at)));
        open.extend(dependent.map(|one| schemas.of_nodes(&one.nodes)));
        all.push(id);
    }
    all
}

/// What a member is, by its name in a body; `None` for one that nothing declares.
pub(super) fn member(schemas: &Schemas<'_>, here: &Here<'_>, name: &str) -> Option<Member> {
    let collected = |nodes: BTreeSet<At>, step: Segment| {
        let nodes: Vec<At> = nodes.into_iter().collect();
        (!nodes.is_empty()).then_some(Member { step, nodes })
    };
    let declared = here.iter().filter_map(|schema| schema.property(name));
    let declared = declared.flat_map(|property| property.nodes.iter().copied());
    if let Some(found) = collected(declared.collect(), Segment::Property(name.to_owned())) {
        return Some(found);
    }
    let mut patterns = here.iter().flat_map(|schema| &schema.pattern_properties);
    if let Some(pattern) = patterns.find(|pattern| member_matches(pattern.name, name) == Some(true))
    {
        let step = Segment::Pattern(pattern.name.to_owned());
        return collected(pattern.nodes.iter().copied().collect(), step);
    }
    let rest = here.iter().flat_map(|schema| &schema.rest);
    let rest = rest
        .map(|rest| rest.at)
        .filter(|at| says_something(schemas, *at));
    collected(rest.collect(), Segment::Additional)
}

/// Whether a schema for other members is more than `true` or `{}`.
fn says_something(schemas: &Schemas<'_>, at: At) -> bool {
    let tree = schemas.bundle.tree(at.file);
    tree.kind(at.node) == Kind::Map && tree.size(at.node) > 0
}

/// What an item of a list is.
pub(super) fn item(here: &Here<'_>, index: usize) -> Member {
    let mut step = Segment::Items;
    let mut nodes = BTreeSet::new();
    for schema in here {
        if let Some(prefix) = schema.prefix.get(index) {
            step = Segment::Prefix(index);
            nodes.extend(prefix.iter().copied());
        } else {
            nodes.extend(schema.items.iter().copied());
        }
    }
    Member {
        step,
        nodes: nodes.into_iter().collect(),
    }
}

/// The nodes of a place beneath others, as far as the contract declares it.
pub(super) fn resolve(schemas: &Schemas<'_>, root: &[At], path: &Path) -> Option<Vec<At>> {
    let mut nodes = root.to_vec();
    for step in path.segments() {
        let here = here(schemas, &nodes);
        let found = match step {
            Segment::Property(name) => {
                member(schemas, &here, name).filter(|member| member.step == *step)
            }
            Segment::Pattern(pattern) => {
                let mut all = here.iter().flat_map(|schema| &schema.pattern_properties);
                all.find(|one| one.name == pattern).map(|one| Member {
                    step: step.clone(),
                    nodes: one.nodes.clone(),
                })
            }
            Segment::Additional => {
                let rest = here.iter().flat_map(|schema| &schema.rest);
                Some(Member {
                    step: step.clone(),
                    nodes: rest
                        .map(|rest| rest.at)
                        .filter(|at| says_something(schemas, *at))
                        .collect(),
                })
            }
            Segment::Items => Some(item(&here, usize::MAX)),
            Segment::Prefix(index) => {
                Some(item(&here, *index)).filter(|member| member.step == *step)
            }
            Segment::Contains
            | Segment::Names
            | Segment::Branch(_)
            | Segment::Not
            | Segment::If
            | Segment::Then
            | Segment::Else
            | Segment::Dependent(_)
            | Segment::Content => None,
        };
        nodes = found.map(|member| member.nodes)?;
        if nodes.is_empty() {
            return None;
        }
    }
    Some(nodes)
}
