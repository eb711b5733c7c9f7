use super::arrays;
use crate::inclusion::{
    Reason, Record,
    emptiness::{Ask, Outcome},
    number::Rational,
    schema::{Arena, Arrays, Contains, Limit, Node, NodeId},
    types::Types,
    value::Value,
};

mod brute;
mod counted;
mod exact;

/// Answers by trying every value of a small world.
struct World {
    arena: Arena,
    values: Vec<Value>,
    /// Every so many questions of each kind remain open.
    hazy: Option<usize>,
    asked: u64,
    spent: u64,
}

impl World {
    fn of(values: impl IntoIterator<Item = Value>) -> Self {
        Self {
            arena: Arena::default(),
            values: values.into_iter().collect(),
            hazy: None,
            asked: 0,
            spent: 0,
        }
    }

    /// `0`, `1`, `"a"`, and `null`.
    fn small() -> Self {
        Self::of([number(0), number(1), Value::String("a".into()), Value::Null])
    }

    fn belongs(&self, schema: NodeId, value: &Value) -> bool {
        match self.arena.get(schema) {
            Node::Anything => true,
            Node::Values(values) => values.contains(value),
            Node::Record(record) => {
                let above =
                    |limit: &Limit| !matches!(value, Value::Number(number) if *number <= limit.at);
                record.types.meets(type_of(value))
                    && record.numbers.lower.as_ref().is_none_or(above)
            }
            Node::Not(schema) => !self.belongs(*schema, value),
            Node::Nothing => false,
            other => unreachable!("{other:?}"),
        }
    }

    fn holds(&self, record: &Arrays, items: &[Value]) -> bool {
        let length = items.len() as u64;
        let at = |at: usize| record.prefix.get(at).copied().or(record.rest);
        let counted = |contains: &Contains| {
            let count = items
                .iter()
                .filter(|item| self.belongs(contains.schema, item))
                .count() as u64;
            count >= contains.fewest && contains.most.is_none_or(|most| count <= most)
        };
        length >= record.fewest
            && record.most.is_none_or(|most| length <= most)
            && (!record.unique || (1..items.len()).all(|at| !items[..at].contains(&items[at])))
            && items
                .iter()
                .enumerate()
                .all(|(index, item)| at(index).is_none_or(|schema| self.belongs(schema, item)))
            && record.contains.iter().all(counted)
    }
}

impl Ask for World {
    fn arena(&mut self) -> &mut Arena {
        &mut self.arena
    }

    fn ask(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Outcome {
        self.asked += 1;
        let sum = |ids: &[NodeId]| {
            ids.iter()
                .map(|id| {
                    format!("{id:?}").len() * 31
                        + format!("{id:?}").bytes().map(usize::from).sum::<usize>()
                })
                .sum::<usize>()
        };
        if self
            .hazy
            .is_some_and(|every| (sum(positives) + 7 * sum(negatives)) % every == 0)
        {
            return Outcome::Unknown(Reason("hazy".into()));
        }
        let fits = |value: &&Value| {
            positives.iter().all(|id| self.belongs(*id, value))
                && !negatives.iter().any(|id| self.belongs(*id, value))
        };
        let found = self.values.iter().find(fits).cloned();
        // A question about given values is not about the world.
        let given = positives.iter().find_map(|id| match self.arena.get(*id) {
            Node::Values(values) => values.iter().find(fits).cloned(),
            _ => None,
        });
        found.or(given).map_or(Outcome::Empty, Outcome::Model)
    }

    fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        self.spent += steps;
        Ok(())
    }
}

fn type_of(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(_) => Types::NUMBER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

fn number(number: i64) -> Value {
    Value::Number(Rational::from(number))
}

fn contains(schema: NodeId, fewest: u64, most: Option<u64>) -> Contains {
    Contains {
        schema,
        fewest,
        most,
        evaluates: true,
    }
}

fn shown(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Empty => "none".to_string(),
        Outcome::Model(value) => value.to_string(),
        Outcome::Unknown(reason) => format!("unknown: {}", reason.0),
    }
}

fn all(schema: NodeId) -> Arrays {
    Arrays {
        rest: Some(schema),
        ..Arrays::default()
    }
}

fn sized(fewest: u64, most: Option<u64>) -> Arrays {
    Arrays {
        fewest,
        most,
        ..Arrays::default()
    }
}

fn containing(schema: NodeId, fewest: u64, most: Option<u64>) -> Arrays {
    Arrays {
        contains: vec![contains(schema, fewest, most)],
        ..Arrays::default()
    }
}

fn unique() -> Arrays {
    Arrays {
        unique: true,
        ..Arrays::default()
    }
}

fn answer(world: &mut World, positives: &[Arrays], negatives: &[Arrays]) -> String {
    let (all, none) = (
        positives.iter().collect::<Vec<_>>(),
        negatives.iter().collect::<Vec<_>>(),
    );
    shown(&arrays(&all, &none, world))
}
