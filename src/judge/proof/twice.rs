//! Members that a schema declares in more than one way: what one of them adds, another one may have allowed as anything.

use super::Settler;
use crate::diff::PairId;
use crate::spec::{Schema, SchemaId, Schemas, Segment, member_matches};
use foldhash::HashSet;

/// Branches within branches whose names are looked at.
const DEEPEST: usize = 4;

/// Names that are held against patterns; where there are more, any may match.
const MOST_MATCHED: usize = 1_000;

/// Names that stand in one part of a schema; all parts apply together.
#[derive(Debug, Default)]
struct Part {
    names: HashSet<String>,
    /// Whether patterns or a rule for the rest declare names that are not listed.
    patterns: bool,
}

/// Members that two parts of a schema declare.
#[derive(Debug, Default)]
struct Twice {
    names: HashSet<String>,
    /// Whether it may be any.
    any: bool,
}

impl Settler<'_, '_, '_> {
    /// Whether something was edited beneath a member that the schema, in one version or the other, declares twice; `edited`
    /// tells it of every schema and all beneath it.
    pub(super) fn is_edited_twice_said(&mut self, pair: PairId, edited: &[bool]) -> bool {
        let graph = &self.comparison.graph;
        let question = graph.pairs[pair.0 as usize].question;
        let mut twice = Twice::default();
        find(&graph.old, question.old, &mut twice);
        find(&graph.new, question.new, &mut twice);
        (twice.any || !twice.names.is_empty()) && self.is_edited_in(pair, &twice, edited, 0)
    }

    fn is_edited_in(&mut self, pair: PairId, twice: &Twice, edited: &[bool], depth: usize) -> bool {
        let graph = &self.comparison.graph;
        let edges = &graph.pairs[pair.0 as usize].edges;
        edges.iter().any(|(segment, inner)| match segment {
            Segment::Property(name) => {
                (twice.any || twice.names.contains(name)) && self.may_narrow(*inner, edited)
            }
            Segment::Pattern(_) | Segment::Additional => {
                twice.any && self.may_narrow(*inner, edited)
            }
            Segment::Branch(_) | Segment::Then | Segment::Else | Segment::Dependent(_) => {
                depth < DEEPEST && self.is_edited_in(*inner, twice, edited, depth + 1)
            }
            Segment::Items
            | Segment::Prefix(_)
            | Segment::Contains
            | Segment::Names
            | Segment::Not
            | Segment::If
            | Segment::Content => false,
        })
    }

    /// Whether a schema is edited so that it is not proved to allow, to the letter, what it allowed: then it may narrow
    /// what stands beside it.
    fn may_narrow(&mut self, pair: PairId, edited: &[bool]) -> bool {
        edited[pair.0 as usize] && !self.engine.is_kept_to_the_letter(pair)
    }
}

/// Adds the members that one version of a schema declares twice.
fn find(schemas: &Schemas<'_>, id: SchemaId, into: &mut Twice) {
    let schema = schemas.get(id);
    let mut beside: Vec<Part> = Vec::new();
    for group in &schema.groups {
        let mut part = Part::default();
        for branch in &group.branches {
            collect(schemas, schemas.of_node(*branch), &mut part, 0);
        }
        beside.push(part);
    }
    for conditional in &schema.conditionals {
        let mut part = Part::default();
        for at in [conditional.then, conditional.otherwise]
            .into_iter()
            .flatten()
        {
            collect(schemas, schemas.of_node(at), &mut part, 0);
        }
        beside.push(part);
    }
    for dependent in &schema.dependent_schemas {
        let mut part = Part::default();
        collect(schemas, schemas.of_nodes(&dependent.nodes), &mut part, 0);
        beside.push(part);
    }
    if beside.is_empty() && schema.pattern_properties.is_empty() {
        return;
    }
    let own = Part {
        names: names(&schema),
        // Patterns stand beside what is named, the rule for the rest does not.
        patterns: !schema.pattern_properties.is_empty(),
    };
    let patterns = schema.pattern_properties.len();
    into.any |= patterns > 1 || (patterns == 1 && own.names.len() > MOST_MATCHED);
    for pattern in &schema.pattern_properties {
        let mut named = own.names.iter();
        into.any = into.any || named.any(|name| member_matches(pattern.name, name) != Some(false));
    }
    beside.push(own);
    for (index, one) in beside.iter().enumerate() {
        for other in &beside[index + 1..] {
            into.names
                .extend(one.names.intersection(&other.names).cloned());
            let has_names = |part: &Part| part.patterns || !part.names.is_empty();
            into.any |= (one.patterns && has_names(other)) || (other.patterns && has_names(one));
        }
    }
}

fn collect(schemas: &Schemas<'_>, id: SchemaId, part: &mut Part, depth: usize) {
    let schema = schemas.get(id);
    part.names.extend(names(&schema));
    let open = schema.rest.iter().any(|rest| !rest.closed);
    part.patterns |= open || !schema.pattern_properties.is_empty();
    if depth < DEEPEST {
        for branch in schema.groups.iter().flat_map(|group| &group.branches) {
            collect(schemas, schemas.of_node(*branch), part, depth + 1);
        }
    }
}

fn names(schema: &Schema<'_>) -> HashSet<String> {
    let named = schema.properties.iter();
    named.map(|property| property.name.to_owned()).collect()
}
