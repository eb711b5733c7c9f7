//! Which branch of `anyOf` or `oneOf` succeeds which.

use super::{
    graph::{Graph, Question},
    same::Sameness,
    subtypes::Subtypes,
};
use crate::spec::{At, Bundle, Discriminator, Schema, SchemaId, Schemas, Types};
use std::collections::BTreeSet;

/// Two branches that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedBranch {
    /// The old branch, or the whole old schema.
    pub old: SchemaId,
    /// The new branch, or the whole new schema.
    pub new: SchemaId,
    /// What its step in an element id is called.
    pub label: String,
}

/// A branch without a counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LooseBranch {
    /// The branch.
    pub id: SchemaId,
    /// Its node.
    pub at: At,
    /// What its step in an element id is called.
    pub label: String,
}

/// One `anyOf` or `oneOf` and its counterpart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchPairs {
    /// The old keyword's value; `None` when the old schema stands whole against the new branches.
    pub old: Option<At>,
    /// The new keyword's value; `None` when the new schema stands whole against the old branches.
    pub new: Option<At>,
    /// Branches that belong together.
    pub matched: Vec<MatchedBranch>,
    /// Old branches without a successor.
    pub removed: Vec<LooseBranch>,
    /// New branches without a predecessor.
    pub added: Vec<LooseBranch>,
    /// Whether exactly one branch had to hold, before and after.
    pub exclusive: (bool, bool),
    /// Whether the branches of both sides keep values apart, so that `anyOf` and `oneOf` say the same.
    pub disjoint: bool,
}

struct Branch<'d> {
    id: SchemaId,
    at: At,
    label: String,
    name: Option<&'d str>,
    title: Option<&'d str>,
    constants: BTreeSet<(String, String)>,
    types: Types,
    properties: BTreeSet<&'d str>,
}

/// Pairs the branches of two schemas. The second value says that one side stands whole against the other's branches.
pub(super) fn pair_up<'d>(
    graph: &Graph<'d>,
    same: &Sameness<'d>,
    question: Question,
    old: &Schema<'d>,
    new: &Schema<'d>,
) -> (Vec<BranchPairs>, bool) {
    let compare = Compare { graph, same };
    match (old.groups.as_slice(), new.groups.as_slice()) {
        ([], []) => (Vec::new(), false),
        ([], [group]) if stands_alone(new) && has_shape(old) => {
            let mut whole = Compare::whole(&graph.old, question.old, old);
            let mut branches =
                Compare::branches(&graph.new, &group.branches, new.discriminator.as_ref());
            set_null_aside(&graph.old, &mut whole, old, &mut branches);
            let whole = vec![whole];
            let mut pairs = compare.match_up(&whole, &branches);
            pairs.new = Some(group.at);
            pairs.exclusive = (group.exclusive, group.exclusive);
            // Nothing in the list resembles the old schema: then it is a plain change.
            let wrapped = pairs.removed.is_empty();
            if wrapped {
                (vec![pairs], true)
            } else {
                (Vec::new(), false)
            }
        }
        ([group], []) if stands_alone(old) && has_shape(new) => {
            let mut whole = Compare::whole(&graph.new, question.new, new);
            let mut branches =
                Compare::branches(&graph.old, &group.branches, old.discriminator.as_ref());
            set_null_aside(&graph.new, &mut whole, new, &mut branches);
            let whole = vec![whole];
            let mut pairs = compare.match_up(&branches, &whole);
            pairs.old = Some(group.at);
            pairs.exclusive = (group.exclusive, group.exclusive);
            let wrapped = pairs.added.is_empty();
            if wrapped {
                (vec![pairs], true)
            } else {
                (Vec::new(), false)
            }
        }
        (old_groups, new_groups) => {
            let pairs = old_groups
                .iter()
                .zip(new_groups)
                .map(|(old_group, new_group)| {
                    let before = Compare::branches(
                        &graph.old,
                        &old_group.branches,
                        old.discriminator.as_ref(),
                    );
                    let after = Compare::branches(
                        &graph.new,
                        &new_group.branches,
                        new.discriminator.as_ref(),
                    );
                    let mut pairs = compare.match_up(&before, &after);
                    pairs.old = Some(old_group.at);
                    pairs.new = Some(new_group.at);
                    pairs.exclusive = (old_group.exclusive, new_group.exclusive);
                    pairs.disjoint = disjoint(&before) && disjoint(&after);
                    pairs
                })
                .collect();
            (pairs, false)
        }
    }
}

/// `X` or `null` against `X`, `Y`, or `null`: what both allow is no branch of its own.
fn set_null_aside<'d>(
    schemas: &Schemas<'d>,
    whole: &mut Branch<'d>,
    schema: &Schema<'d>,
    branches: &mut Vec<Branch<'d>>,
) {
    let said = branches.len();
    if schema.or_null {
        branches.retain(|branch| branch.types != Types::NULL);
    }
    if branches.len() < said {
        whole.id = schemas.without_null(whole.id);
    }
}

/// Whether the one group is all the schema says, but for the types of its branches.
fn stands_alone(schema: &Schema<'_>) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.values.is_empty()
        && schema.items.is_empty()
        && schema.rest.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.nots.is_empty()
        && schema.conditionals.is_empty()
        && schema.patterns.is_empty()
        && schema.lower.is_none()
        && schema.upper.is_none()
        && schema.counts.is_empty()
}

/// Whether the schema says anything a branch could be recognised by.
fn has_shape(schema: &Schema<'_>) -> bool {
    schema.types != Types::ALL || !schema.values.is_empty() || !schema.properties.is_empty()
}

/// Whether no value can meet two of the branches, as far as types and constant members tell.
fn disjoint(branches: &[Branch<'_>]) -> bool {
    branches.iter().enumerate().all(|(index, one)| {
        branches[index + 1..].iter().all(|other| {
            let apart = one
                .constants
                .iter()
                .any(|(name, value)| other.constants.iter().any(|(n, v)| n == name && v != value));
            apart || !one.types.meets(other.types)
        })
    })
}

/// The branches of a schema and the subtypes of its discriminator, by the label that element ids give them.
pub(super) fn labelled(schemas: &Schemas<'_>, id: SchemaId) -> Vec<(String, SchemaId)> {
    let schema = schemas.get(id);
    let groups = schema.groups.iter().flat_map(|group| {
        Compare::branches(schemas, &group.branches, schema.discriminator.as_ref())
    });
    let branches = groups.map(|branch| (branch.label, branch.id));
    let subtypes = Subtypes::find(schemas.bundle);
    let subtypes = subtypes.of_schema(schemas, id).iter();
    let subtypes = subtypes.map(|(value, at)| ((*value).to_owned(), schemas.of_node(*at)));
    branches.chain(subtypes).collect()
}

/// Whether two branches belong together, by one way of telling.
type Kinship<'k, 'd> = &'k dyn Fn(&Branch<'d>, &Branch<'d>) -> bool;

struct Compare<'g, 'd> {
    graph: &'g Graph<'d>,
    same: &'g Sameness<'d>,
}

impl<'d> Compare<'_, 'd> {
    fn branches(
        schemas: &Schemas<'d>,
        list: &[At],
        discriminator: Option<&Discriminator<'d>>,
    ) -> Vec<Branch<'d>> {
        list.iter()
            .enumerate()
            .map(|(index, at)| Self::branch(schemas, *at, index, discriminator))
            .collect()
    }

    fn branch(
        schemas: &Schemas<'d>,
        at: At,
        index: usize,
        discriminator: Option<&Discriminator<'d>>,
    ) -> Branch<'d> {
        let id = schemas.of_node(at);
        let mut branch = Self::whole(schemas, id, &schemas.get(id));
        branch.at = at;
        let reference = schemas.bundle.text(at, "$ref");
        branch.name = reference.and_then(|text| text.rsplit('/').next());
        let value = discriminator.and_then(|discriminator| {
            let mapped = discriminator.mapping.iter().find(|(_, (target, _))| {
                Some(*target) == reference || Some(*target) == branch.name
            });
            mapped.map(|(value, _)| *value).or_else(|| {
                let constant = branch
                    .constants
                    .iter()
                    .find(|(name, _)| name == discriminator.property);
                // Without a mapping and a constant the component's name is the value (OpenAPI 3.1 section 4.8.25).
                if constant.is_none() {
                    branch.name
                } else {
                    None
                }
            })
        });
        let constant = discriminator
            .and_then(|discriminator| {
                branch
                    .constants
                    .iter()
                    .find(|(name, _)| name == discriminator.property)
            })
            .map(|(_, value)| value.trim_matches('"').to_owned());
        branch.label = value
            .map(str::to_owned)
            .or(constant)
            .or_else(|| branch.title.map(str::to_owned))
            .unwrap_or_else(|| index.to_string());
        branch
    }

    fn whole(schemas: &Schemas<'d>, id: SchemaId, schema: &Schema<'d>) -> Branch<'d> {
        let bundle: &'d Bundle = schemas.bundle;
        let constants = schema
            .properties
            .iter()
            .filter_map(|property| {
                let [node] = property.nodes.as_slice() else {
                    return None;
                };
                let node = bundle.follow(*node)?;
                let value = bundle.get(node, "const").or_else(|| {
                    let list = bundle.get(node, "enum")?;
                    let mut values = bundle.items(list);
                    values.next().filter(|_| values.next().is_none())
                })?;
                let mut text = String::new();
                bundle
                    .tree(value.file)
                    .write_json(value.node, &mut text)
                    .ok()?;
                Some((property.name.to_owned(), text))
            })
            .collect();
        let title = schema
            .docs
            .iter()
            .find(|(keyword, _)| *keyword == "title")
            .and_then(|(_, at)| bundle.tree(at.file).str(at.node));
        Branch {
            id,
            at: schema.at,
            label: String::new(),
            name: None,
            title,
            constants,
            types: schema.types,
            properties: schema
                .properties
                .iter()
                .map(|property| property.name)
                .collect(),
        }
    }

    /// The surest kinship first: the same text, the same component, the same constant, the same title, then likeness.
    fn match_up(&self, old: &[Branch<'d>], new: &[Branch<'d>]) -> BranchPairs {
        let mut successor: Vec<Option<usize>> = vec![None; old.len()];
        let mut taken = vec![false; new.len()];
        let kinships: [Kinship<'_, 'd>; 6] = [
            &|a, b| {
                self.same
                    .schemas((&self.graph.old, a.id), (&self.graph.new, b.id))
            },
            &|a, b| a.name.is_some() && a.name == b.name,
            &|a, b| !a.constants.is_empty() && a.constants == b.constants,
            &|a, b| a.title.is_some() && a.title == b.title && a.types.meets(b.types),
            &|a, b| likeness(a, b) >= 500,
            &|a, b| {
                a.properties.is_empty()
                    && b.properties.is_empty()
                    && beside_null(a.types) == beside_null(b.types)
                    && a.types != Types::ALL
            },
        ];
        for kin in kinships {
            for (index, branch) in old.iter().enumerate() {
                if successor[index].is_some() {
                    continue;
                }
                let best = (0..new.len())
                    .filter(|candidate| !taken[*candidate] && kin(branch, &new[*candidate]))
                    .max_by_key(|candidate| {
                        (
                            likeness(branch, &new[*candidate]),
                            std::cmp::Reverse(*candidate),
                        )
                    });
                if let Some(best) = best {
                    taken[best] = true;
                    successor[index] = Some(best);
                }
            }
        }
        let loose = |branch: &Branch<'d>| LooseBranch {
            id: branch.id,
            at: branch.at,
            label: branch.label.clone(),
        };
        let mut pairs = BranchPairs::default();
        for (branch, successor) in old.iter().zip(&successor) {
            match successor {
                Some(index) => pairs.matched.push(MatchedBranch {
                    old: branch.id,
                    new: new[*index].id,
                    label: if branch.label.is_empty() {
                        new[*index].label.clone()
                    } else {
                        branch.label.clone()
                    },
                }),
                None => pairs.removed.push(loose(branch)),
            }
        }
        pairs.added = new
            .iter()
            .zip(&taken)
            .filter(|(_, taken)| !**taken)
            .map(|(branch, _)| loose(branch))
            .collect();
        pairs
    }
}

/// The types that tell a branch: a string that may be null is still the string.
fn beside_null(types: Types) -> Types {
    if types == Types::NULL {
        types
    } else {
        types.without(Types::NULL)
    }
}

/// How much two branches have in common, in thousandths: shared members, for objects of the same type.
fn likeness(one: &Branch<'_>, other: &Branch<'_>) -> usize {
    if !one.types.meets(other.types) || one.properties.is_empty() || other.properties.is_empty() {
        return 0;
    }
    let conflict = one
        .constants
        .iter()
        .any(|(name, value)| other.constants.iter().any(|(n, v)| n == name && v != value));
    if conflict {
        return 0;
    }
    let shared = one.properties.intersection(&other.properties).count();
    let all = one.properties.union(&other.properties).count();
    shared * 1000 / all
}
