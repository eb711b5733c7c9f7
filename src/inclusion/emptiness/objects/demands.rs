//! What breaks one negative schema.

use super::{
    super::{
        super::{
            Reason,
            schema::{Arena, NodeId, Objects},
            value::Value,
        },
        Ask, Outcome,
    },
    base::{Base, applying},
    names::{Class, Which, classes},
};
use std::rc::Rc;

/// One way to break a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// This member is not there.
    Missing(Rc<str>),
    /// There are no more members than this.
    AtMost(u64),
    /// There are no fewer members than this.
    AtLeast(u64),
    /// This member is there, with a value outside of this.
    Member { name: Rc<str>, not: Option<NodeId> },
    /// A member of this class of names is there, with a value outside of this.
    Other {
        class: Rc<Class>,
        not: Option<NodeId>,
    },
}

/// The demands of a schema, without those that the positive schemas rule out at once.
pub(super) fn of(
    base: &mut Base<'_>,
    negative: &Objects,
    ask: &mut dyn Ask,
) -> Result<Vec<Demand>, Reason> {
    let mut demands = Vec::new();
    let missing = negative
        .required
        .iter()
        .filter(|name| !base.required.contains(*name));
    demands.extend(missing.cloned().map(Demand::Missing));
    let least = base.fewest.max(base.required.len() as u64);
    if negative.fewest > least {
        demands.push(Demand::AtMost(negative.fewest - 1));
    }
    spelled_members(base, negative, ask, &mut demands)?;
    other_members(base, negative, ask, &mut demands)?;
    if let Some(most) = negative.most
        && base.most.is_none_or(|have| have > most)
    {
        demands.push(Demand::AtLeast(most.saturating_add(1)));
    }
    Ok(demands)
}

/// Whether a value of `within` may be outside of `schema`, as far as ids tell.
fn may_leave(within: &[NodeId], schema: NodeId) -> bool {
    schema != Arena::ANYTHING && !within.contains(&schema) && !within.contains(&Arena::NOTHING)
}

fn spelled_members(
    base: &mut Base<'_>,
    negative: &Objects,
    ask: &mut dyn Ask,
    demands: &mut Vec<Demand>,
) -> Result<(), Reason> {
    let only_members =
        negative.patterns.is_empty() && negative.rest.is_none() && negative.names.is_none();
    let names: Vec<Rc<str>> = if only_members {
        negative.members.keys().cloned().collect()
    } else {
        base.spelled.iter().cloned().collect()
    };
    ask.spend(names.len() as u64 / 64)?;
    let mut schemas = Vec::new();
    for name in names {
        schemas.clear();
        applying(negative, &name, ask, &mut schemas)?;
        if schemas.is_empty() && negative.names.is_none() {
            continue;
        }
        let within = base.value(&name, ask)?;
        schemas.sort_unstable();
        schemas.dedup();
        let outside = schemas.iter().filter(|schema| may_leave(&within, **schema));
        demands.extend(outside.map(|schema| Demand::Member {
            name: Rc::clone(&name),
            not: Some(*schema),
        }));
        if !within.contains(&Arena::NOTHING) && misnamed(negative, &name, ask)? {
            demands.push(Demand::Member { name, not: None });
        }
    }
    Ok(())
}

/// Whether a schema does not allow a name.
fn misnamed(negative: &Objects, name: &Rc<str>, ask: &mut dyn Ask) -> Result<bool, Reason> {
    let Some(names) = negative.names else {
        return Ok(false);
    };
    let name = ask.arena().values([Value::String(Rc::clone(name))]);
    match ask.ask(&[name], &[names]) {
        Outcome::Empty => Ok(false),
        Outcome::Model(_) => Ok(true),
        Outcome::Unknown(reason) => Err(reason),
    }
}

fn other_members(
    base: &mut Base<'_>,
    negative: &Objects,
    ask: &mut dyn Ask,
    demands: &mut Vec<Demand>,
) -> Result<(), Reason> {
    let by_pattern = negative.patterns.iter().map(|(pattern, schema)| {
        let which = Which {
            matching: vec![pattern],
            ..Which::default()
        };
        (which, Some(*schema))
    });
    let by_rest = negative.rest.map(|rest| {
        let which = Which {
            avoiding: negative
                .patterns
                .iter()
                .map(|(pattern, _)| pattern)
                .collect(),
            ..Which::default()
        };
        (which, Some(rest))
    });
    let by_name = negative.names.map(|names| {
        let which = Which {
            failing: Some(names),
            ..Which::default()
        };
        (which, None)
    });
    for (which, not) in by_pattern.chain(by_rest).chain(by_name) {
        if not == Some(Arena::ANYTHING) || which.failing == Some(Arena::ANYTHING) {
            continue;
        }
        let wanted = |values: &[NodeId]| not.is_none_or(|schema| may_leave(values, schema));
        let classes = classes(base, &which, &wanted, ask)?;
        demands.extend(
            classes
                .into_iter()
                .map(|class| Demand::Other { class, not }),
        );
    }
    Ok(())
}
