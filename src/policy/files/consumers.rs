//! `.contract/consumers.yaml` (`contract.consumers/v1`): who uses which contract.

use super::{
    Fault, FileKind, Place,
    open::{choice, contract_id, kebab, line, lines, read, twice},
};
use crate::tree::fields::Value;
use std::collections::BTreeMap;

/// The registry, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consumers {
    /// Every consumer; ids are unique.
    pub list: Vec<Consumer>,
}

/// One consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// Its id, in kebab case; the folder of its sign-offs.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// How much depends on it.
    pub tier: Tier,
    /// What it is.
    pub kind: ConsumerKind,
    /// How to reach its people.
    pub contact: Option<String>,
    /// The principals of `allowed_signers` who answer for it.
    pub approvers: Vec<String>,
    /// How many of them have to accept.
    pub quorum: u32,
    /// The life-span of a deprecation that it consented to, in days; lengthens a window, never shortens it.
    pub min_window: Option<u32>,
    /// What it uses.
    pub uses: Vec<Use>,
    /// Where it stands.
    pub place: Place,
}

/// How much depends on a consumer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Everything.
    Critical,
    /// As usual.
    #[default]
    Standard,
    /// Silence is consent.
    BestEffort,
}

/// What a consumer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerKind {
    /// A part of the organisation.
    #[default]
    Internal,
    /// A partner.
    Partner,
    /// Anyone.
    Public,
}

/// One contract that a consumer uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The contract's id.
    pub contract: String,
    /// A usage file, below `.contract/`; without one everything is used.
    pub usage: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Consumers {
    /// Reads `.contract/consumers.yaml`; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Consumers, |fields| {
            let mut places: BTreeMap<String, Place> = BTreeMap::new();
            let list = fields.required("consumers")?.each(|item| {
                let consumer = consumer(item)?;
                match places.get(&consumer.id) {
                    Some(first) => {
                        twice(item, &format!("the consumer `{}`", consumer.id), *first);
                    }
                    None => drop(places.insert(consumer.id.clone(), consumer.place)),
                }
                Some(consumer)
            })?;
            Some(Self { list })
        })
    }

    /// The consumer with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Consumer> {
        self.list.iter().find(|consumer| consumer.id == id)
    }
}

fn consumer(item: Value<'_>) -> Option<Consumer> {
    let mut fields = item.fields("a consumer")?;
    let id = fields.required("id").and_then(kebab);
    let name = fields.optional("name").and_then(line);
    let tier = fields.optional("tier");
    let tier = tier.and_then(|value| choice(value, Tier::ALL, Tier::word));
    let kind = fields.optional("kind");
    let kind = kind.and_then(|value| choice(value, ConsumerKind::ALL, ConsumerKind::word));
    let contact = fields.optional("contact").and_then(line);
    let approvers = fields.required("approvers");
    let people = approvers.and_then(lines);
    let quorum = fields.optional("quorum");
    let votes = quorum.and_then(|value| value.count(1..=100)).unwrap_or(1);
    if let (Some(value), Some(people)) = (approvers, &people)
        && people.len() < votes as usize
    {
        quorum.unwrap_or(value).fault(
            format!(
                "its quorum is {votes}, and it has {} approvers",
                people.len()
            ),
            "add approvers, or lower `quorum`",
        );
    }
    let min_window = fields.optional("min_window").and_then(Value::days);
    let uses = fields.required("uses").and_then(uses);
    let place = fields.position().into();
    fields.finish();
    Some(Consumer {
        id: id?,
        name,
        tier: tier.unwrap_or_default(),
        kind: kind.unwrap_or_default(),
        contact,
        approvers: people?,
        quorum: votes,
        min_window,
        uses: uses?,
        place,
    })
}

fn uses(value: Value<'_>) -> Option<Vec<Use>> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    value.each(|item| {
        let mut fields = item.fields("a used contract")?;
        let contract = fields.required("contract").and_then(contract_id);
        let usage = fields
            .optional("usage")
            .and_then(|value| value.path("`.contract`"));
        let place = fields.position().into();
        fields.finish();
        let contract = contract?;
        match places.get(&contract) {
            Some(first) => twice(item, &format!("the contract `{contract}`"), *first),
            None => drop(places.insert(contract.clone(), place)),
        }
        let usage = usage.map(str::to_owned);
        Some(Use {
            contract,
            usage,
            place,
        })
    })
}
