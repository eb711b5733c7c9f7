//! Consumers, and deprecation records.

use super::{Day, Text, texts, yaml};
use crate::policy::files::{
    Consumer, Consumers, FileKind, Kind, Ledger, LedgerRecord, Record, Replacement, Sunset, Use,
};
use serde::{Serialize, Serializer};
use serde_yaml::FlowSeq;

impl Consumers {
    /// The file.
    #[must_use]
    pub fn yaml(&self) -> String {
        let Self { list } = self;
        yaml(&ConsumersFile {
            schema: FileKind::Consumers.schema_name(),
            consumers: list.iter().map(ConsumerItem::of).collect(),
        })
    }
}

impl Consumer {
    /// The consumer as one item of a list, from its dash on.
    #[must_use]
    pub fn yaml(&self) -> String {
        yaml(&[ConsumerItem::of(self)])
    }
}

impl Ledger {
    /// The file.
    #[must_use]
    pub fn yaml(&self) -> String {
        let Self { list } = self;
        yaml(&LedgerFile {
            schema: FileKind::Deprecations.schema_name(),
            deprecations: list.iter().map(RecordItem::of).collect(),
        })
    }
}

impl LedgerRecord {
    /// The record as one item of a list, from its dash on.
    #[must_use]
    pub fn yaml(&self) -> String {
        yaml(&[RecordItem::of(self)])
    }
}

#[derive(Serialize)]
struct ConsumersFile<'a> {
    schema: &'static str,
    consumers: Vec<ConsumerItem<'a>>,
}

/// A consumer as files have it.
#[derive(Serialize)]
pub(in crate::policy::files) struct ConsumerItem<'a> {
    id: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<'a>>,
    tier: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Text<'a>>,
    approvers: FlowSeq<Vec<Text<'a>>>,
    quorum: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_window: Option<u32>,
    uses: Vec<UseItem<'a>>,
}

#[derive(Serialize)]
struct UseItem<'a> {
    contract: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Text<'a>>,
}

impl<'a> ConsumerItem<'a> {
    pub(in crate::policy::files) fn of(consumer: &'a Consumer) -> Self {
        let Consumer {
            id,
            name,
            tier,
            kind,
            contact,
            approvers,
            quorum,
            min_window,
            uses,
            place: _,
        } = consumer;
        Self {
            id: Text(id),
            name: name.as_deref().map(Text),
            tier: tier.word(),
            kind: kind.word(),
            contact: contact.as_deref().map(Text),
            approvers: FlowSeq(texts(approvers)),
            quorum: *quorum,
            min_window: *min_window,
            uses: uses.iter().map(used_contract).collect(),
        }
    }
}

fn used_contract(used: &Use) -> UseItem<'_> {
    let Use {
        contract,
        usage,
        place: _,
    } = used;
    UseItem {
        contract: Text(contract),
        usage: usage.as_deref().map(Text),
    }
}

#[derive(Serialize)]
struct LedgerFile<'a> {
    schema: &'static str,
    deprecations: Vec<RecordItem<'a>>,
}

/// A record as ledgers have it.
#[derive(Serialize)]
pub(in crate::policy::files) struct RecordItem<'a> {
    contract: Text<'a>,
    element: Text<'a>,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Day>,
    sunset: SunsetText,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guide: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Text<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    grandfathered: bool,
}

/// A day, or `unset`.
struct SunsetText(Sunset);

impl Serialize for SunsetText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Sunset::Unset => "unset".serialize(serializer),
            Sunset::On(date) => Day(date).serialize(serializer),
        }
    }
}

impl<'a> RecordItem<'a> {
    pub(in crate::policy::files) fn of(record: &'a LedgerRecord) -> Self {
        let LedgerRecord {
            contract,
            element,
            kind,
            record,
            grandfathered,
            place: _,
        } = record;
        let Record {
            since,
            sunset,
            replacement,
            guide,
            reason,
        } = record;
        let (kind, after) = match kind {
            Kind::Removal => ("removal", None),
            Kind::Change { after } => ("change", Some(Text(after))),
        };
        Self {
            contract: Text(contract),
            element: Text(element),
            kind,
            after,
            since: since.map(Day),
            sunset: SunsetText(*sunset),
            replacement: replacement.as_ref().map(|replacement| match replacement {
                Replacement::Nothing => Text("none"),
                Replacement::Element(element) => Text(element),
            }),
            guide: guide.as_deref().map(Text),
            reason: reason.as_deref().map(Text),
            grandfathered: *grandfathered,
        }
    }
}
