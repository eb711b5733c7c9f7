//! `contract.usage/v1`: what a consumer declares to use of one contract.

use super::{
    Fault, FileKind, Place,
    open::{choice, contract_id, dated, kebab, line, not_before, read, twice},
};
use crate::tree::fields::{Value, cut};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What one consumer uses of one contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Who.
    pub consumer: String,
    /// Of what.
    pub contract: String,
    /// How it is known.
    pub source: UsageSource,
    /// Whether what is not listed is not used.
    pub complete: bool,
    /// When it was seen, for sources that see.
    pub collected: Option<Collected>,
    /// What it uses, in the order of the file.
    pub operations: Vec<OperationUsage>,
}

/// How usage is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UsageSource {
    /// The consumer says so.
    #[default]
    Declared,
}

/// How long was looked, and at how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collected {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Requests seen.
    pub requests: u64,
}

/// What is used of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationUsage {
    /// The operation with parameters by position, without `op:`: `GET /v1/orders/{}`; else the label of a webhook, a callback, or a
    /// bare schema: `webhook:order.sent`.
    pub operation: String,
    /// Parameters that are sent, by place (`query`, `header`, `path`, `cookie`), and members of the body (`body`: `.items[].sku`).
    pub sends: BTreeMap<String, BTreeSet<String>>,
    /// Enum values that are sent, by parameter or member.
    pub enums_sent: BTreeMap<String, BTreeSet<String>>,
    /// Members that are read, by status or class (`200`, `4xx`, `default`); `/**` at the end reads everything beneath. Headers are
    /// `header:NAME`. Where nothing answers with a status, as for webhooks and schemas, any key will do.
    pub reads: BTreeMap<String, BTreeSet<String>>,
    /// What it copes with.
    pub tolerates: Tolerates,
    /// Where it stands.
    pub place: Place,
}

/// What new things a consumer copes with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tolerates {
    /// Values that an enum did not have.
    pub unknown_enum: bool,
    /// Members that were not declared.
    pub unknown_fields: bool,
    /// Members that may become null.
    pub null: BTreeSet<String>,
}

impl Usage {
    /// Reads a usage file; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Usage, |fields| {
            let consumer = fields.required("consumer").and_then(kebab);
            let contract = fields.required("contract").and_then(contract_id);
            let source = fields.optional("source").and_then(source);
            let complete = fields.optional("complete").and_then(Value::flag);
            let collected = fields.optional("collected").and_then(collected);
            let operations = fields.required("operations").and_then(operations);
            Some(Self {
                consumer: consumer?,
                contract: contract?,
                source: source.unwrap_or_default(),
                complete: complete.unwrap_or_default(),
                collected,
                operations: operations?,
            })
        })
    }
}

fn source(value: Value<'_>) -> Option<UsageSource> {
    let (tree, id) = value.node();
    let later = ["pact", "har", "access-log"];
    if let Some(name) = tree.str(id).filter(|text| later.contains(text)) {
        value.fault(
            format!("usage from the source `{name}` is not supported yet"),
            "write what is used by hand, as `source: declared`",
        );
        return None;
    }
    choice(value, UsageSource::ALL, UsageSource::word)
}

fn collected(value: Value<'_>) -> Option<Collected> {
    let mut fields = value.fields("`collected`")?;
    let from = fields.required("from").and_then(Value::date);
    let to = fields.required("to").and_then(dated);
    let requests = fields.required("requests");
    let requests = requests.and_then(|value| value.whole(0..=u64::MAX));
    fields.finish();
    not_before(from, to, "from");
    Some(Collected {
        from: from?,
        to: to?.1,
        requests: requests?,
    })
}

fn operations(value: Value<'_>) -> Option<Vec<OperationUsage>> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    value.each(|item| {
        let mut fields = item.fields("an operation")?;
        let operation = fields.required("op").and_then(operation);
        let sends = fields.optional("sends").and_then(sends);
        let enums_sent = fields
            .optional("enums_sent")
            .and_then(|value| sets(value, line));
        let reads = fields.optional("reads").and_then(reads);
        let tolerates = fields.optional("tolerates").and_then(tolerates);
        let place = fields.position().into();
        fields.finish();
        let operation = operation?;
        match places.get(&operation) {
            Some(first) => twice(item, &format!("the operation `{operation}`"), *first),
            None => drop(places.insert(operation.clone(), place)),
        }
        Some(OperationUsage {
            operation,
            sends: sends.unwrap_or_default(),
            enums_sent: enums_sent.unwrap_or_default(),
            reads: reads.unwrap_or_default(),
            tolerates: tolerates.unwrap_or_default(),
            place,
        })
    })
}

fn operation(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    let request = text.split_once(' ').is_some_and(|(method, path)| {
        !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_uppercase())
            && path.starts_with('/')
    });
    let named = ["webhook:", "callback:", "schema:"];
    if !request && !named.iter().any(|kind| text.starts_with(kind)) {
        value.fault(
            format!("{} cannot be `{}`", value.name(), cut(text)),
            "write it as `GET /v1/orders/{}`, `webhook:NAME`, or `schema:NAME`, as element ids begin",
        );
        return None;
    }
    Some(text.to_owned())
}

fn sends(value: Value<'_>) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let mut fields = value.fields("`sends`")?;
    let mut sends = BTreeMap::new();
    for place in ["query", "header", "path", "cookie"] {
        let names = fields.optional(place).and_then(|value| {
            value.distinct(|item| {
                let name = line(item)?;
                // Headers have no case (RFC 9110, section 5.1); element ids have the small letters.
                Some(if place == "header" {
                    name.to_lowercase()
                } else {
                    name
                })
            })
        });
        if let Some(names) = names {
            sends.insert(place.to_owned(), names.into_iter().collect());
        }
    }
    if let Some(members) = fields
        .optional("body")
        .and_then(|value| value.distinct(member))
    {
        sends.insert("body".to_owned(), members.into_iter().collect());
    }
    fields.finish();
    Some(sends)
}

fn reads(value: Value<'_>) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let mut reads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (key, value) in value.entries()? {
        let class = matches!(key.text.as_bytes(), [b'1'..=b'5', b'x' | b'X', b'x' | b'X']);
        let code = matches!(key.text.as_bytes(), [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9']);
        if !class && !code && key.text != "default" {
            key.fault(
                format!("there is no status `{}`", cut(key.text)),
                "write a status, a class, or `default`: `\"200\"`, `4xx`",
            );
        }
        let members = value.distinct(|item| {
            let text = item.line()?;
            match text.strip_prefix("header:") {
                Some(name) => Some(format!("header:{}", name.to_lowercase())),
                None => member(item),
            }
        });
        let members = members.unwrap_or_default();
        reads
            .entry(key.text.to_lowercase())
            .or_default()
            .extend(members);
    }
    Some(reads)
}

/// A member as element ids spell it after `body > `.
fn member(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if !text.starts_with(['.', '[', '{', '|', '/']) {
        value.fault(
            format!("{} cannot be `{}`", value.name(), cut(text)),
            "write members as `.items[].sku`, all beneath as `.items/**`",
        );
        return None;
    }
    Some(text.to_owned())
}

/// Sets of texts by free keys.
fn sets(
    value: Value<'_>,
    read: impl Fn(Value<'_>) -> Option<String>,
) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let entries = value.entries()?.into_iter();
    let sets = entries.filter_map(|(key, value)| {
        let set = value.distinct(&read)?;
        Some((key.text.to_owned(), set.into_iter().collect()))
    });
    Some(sets.collect())
}

fn tolerates(value: Value<'_>) -> Option<Tolerates> {
    let mut fields = value.fields("`tolerates`")?;
    let unknown_enum = fields.optional("unknown_enum").and_then(Value::flag);
    let unknown_fields = fields.optional("unknown_fields").and_then(Value::flag);
    let null = fields
        .optional("null")
        .and_then(|value| value.distinct(member));
    fields.finish();
    Some(Tolerates {
        unknown_enum: unknown_enum.unwrap_or_default(),
        unknown_fields: unknown_fields.unwrap_or_default(),
        null: null.unwrap_or_default().into_iter().collect(),
    })
}
