//! The payload of a whole place around a value that breaks somewhere inside.

use super::engine::Engine;
use crate::diff::PairId;
use crate::inclusion::{Arena, NodeId, Record, Side as Inclusion, Types, Value};
use crate::judge::finding::{Side, Witness};
use crate::spec::{Ruling, Segment};

/// A member's name where any name does.
const ANY_NAME: &str = "key";

/// What the validator says of a whole payload.
#[derive(Debug)]
pub(in crate::judge) struct Whole {
    pub(in crate::judge) payload: serde_json::Value,
    /// Why the one version rejects it.
    pub(in crate::judge) ruling: Ruling,
}

impl Engine<'_, '_, '_> {
    /// A payload of the pair at a place that holds the witness's value `steps` inside, confirmed by the validator.
    pub(in crate::judge) fn whole(
        &mut self,
        root: PairId,
        steps: &[Segment],
        witness: &Witness,
    ) -> Option<Whole> {
        let Inclusion::NotIncluded(found) = self.around(root, steps, witness)? else {
            return None;
        };
        let payload = serde_json::Value::from(&found);
        let (old, new) = self.rulings(root, &payload)?;
        let (valid, ruling) = match witness.valid_under {
            Side::Old => (old, new),
            Side::New => (new, old),
        };
        (valid.valid && !ruling.valid).then_some(Whole { payload, ruling })
    }

    /// Whether the version that accepts a witness's value accepts it `steps` inside as well; `None` when that is not
    /// decided.
    pub(super) fn carries(
        &mut self,
        pair: PairId,
        steps: &[Segment],
        witness: &Witness,
    ) -> Option<bool> {
        match self.around(pair, steps, witness)? {
            Inclusion::Included(_) => Some(false),
            Inclusion::NotIncluded(_) => Some(true),
            Inclusion::Unknown { .. } => None,
        }
    }

    /// What there is to be sent around a witness's value, `steps` inside, as the values that are not nothing.
    fn around(&mut self, pair: PairId, steps: &[Segment], witness: &Witness) -> Option<Inclusion> {
        let json = serde_json::from_str(&witness.payload).ok()?;
        let value = Value::from_json(&json)?;
        let shell = shell(self.arena(), steps, value)?;
        let (old, new) = self.sides(pair);
        let sender = match witness.valid_under {
            Side::Old => old,
            Side::New => new,
        };
        let asked = self.arena().all(vec![sender, shell]);
        Some(self.included(asked, Arena::NOTHING))
    }
}

/// Values that hold this one at the end of the steps.
fn shell(arena: &mut Arena, steps: &[Segment], value: Value) -> Option<NodeId> {
    let mut node = arena.values([value]);
    for step in steps.iter().rev() {
        node = match step {
            Segment::Property(name) => member(arena, name, node),
            Segment::Additional => member(arena, ANY_NAME, node),
            Segment::Items => item(arena, 0, node),
            Segment::Prefix(index) => item(arena, *index, node),
            Segment::Branch(_) | Segment::Then | Segment::Else | Segment::Dependent(_) => node,
            Segment::Pattern(_)
            | Segment::Contains
            | Segment::Names
            | Segment::Not
            | Segment::If
            | Segment::Content => return None,
        };
    }
    Some(node)
}

fn member(arena: &mut Arena, name: &str, inside: NodeId) -> NodeId {
    let mut record = Record::of(Types::OBJECT);
    record.objects.members.insert(name.into(), inside);
    record.objects.required.insert(name.into());
    arena.record(record)
}

fn item(arena: &mut Arena, index: usize, inside: NodeId) -> NodeId {
    let mut record = Record::of(Types::ARRAY);
    record.arrays.prefix = vec![Arena::ANYTHING; index];
    record.arrays.prefix.push(inside);
    record.arrays.fewest = record.arrays.prefix.len() as u64;
    arena.record(record)
}
