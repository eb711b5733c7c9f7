//! Sign-offs, waivers, and the requests for them (`contract.signoff/v1`, `contract.waiver/v1`, `contract.request/v1`).

use super::{
    Fault, FileKind, Place, WaiverKind,
    open::{choice, contract_id, dated, hexadecimal, kebab, line, not_before, read, text, twice},
};
use crate::tree::fields::{Fields, Value};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The word of one approver for one consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signoff {
    /// The consumer.
    pub consumer: String,
    /// The principal who decides.
    pub approver: String,
    /// What was decided.
    pub decision: Decision,
    /// The contract.
    pub contract: String,
    /// The request that it answers.
    pub request: Option<String>,
    /// About what; never empty.
    pub changes: Vec<SignedChange>,
    /// Why.
    pub reason: String,
    /// The day it was decided.
    pub issued: Date,
    /// The last day on which it counts.
    pub expires: Date,
    /// Free text that is told with it.
    pub conditions: Vec<String>,
}

/// What an approver decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Go ahead.
    Accept,
    /// Not like this: blocks, whatever others say.
    Object,
    /// Neither.
    Abstain,
}

/// One change that is decided about; the fingerprint binds, the rest is for people and has to be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedChange {
    /// `cf1:` and 40 hexadecimal digits.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// The element id.
    pub element: String,
    /// What people call the change.
    pub summary: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// The word of the governance team: these changes may land without window or sign-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Why such a thing is right.
    pub kind: WaiverKind,
    /// The principal who decides.
    pub approver: String,
    /// The contract.
    pub contract: String,
    /// What for; never empty.
    pub changes: Vec<SignedChange>,
    /// Why.
    pub reason: String,
    /// The day it was decided.
    pub issued: Date,
    /// The last day on which it counts.
    pub expires: Date,
}

/// A question to consumers: `.contract/requests/<id>.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id, the stem of the file: `sr-2026-11-20-orders`.
    pub id: String,
    /// The contract.
    pub contract: String,
    /// The day it was asked.
    pub issued: Date,
    /// What about, and who is asked.
    pub changes: Vec<RequestedChange>,
}

/// One change that consumers are asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedChange {
    /// The change.
    pub change: SignedChange,
    /// The consumers who are asked.
    pub consumers: Vec<String>,
}

impl Signoff {
    /// Reads a sign-off; `file` is what faults call it. Its folder is not looked at.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Signoff, |fields| {
            let consumer = fields.required("consumer").and_then(kebab);
            let decision = fields.required("decision");
            let decision = decision.and_then(|value| choice(value, Decision::ALL, Decision::word));
            let request = fields.optional("request").and_then(line);
            let conditions = fields
                .optional("conditions")
                .and_then(|value| value.each(text));
            let word = word(fields)?;
            Some(Self {
                consumer: consumer?,
                approver: word.approver,
                decision: decision?,
                contract: word.contract,
                request,
                changes: word.changes,
                reason: word.reason,
                issued: word.issued,
                expires: word.expires,
                conditions: conditions.unwrap_or_default(),
            })
        })
    }
}

impl Waiver {
    /// Reads a waiver; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Waiver, |fields| {
            let kind = fields.required("kind");
            let kind = kind.and_then(|value| choice(value, WaiverKind::ALL, WaiverKind::word));
            let word = word(fields)?;
            Some(Self {
                kind: kind?,
                approver: word.approver,
                contract: word.contract,
                changes: word.changes,
                reason: word.reason,
                issued: word.issued,
                expires: word.expires,
            })
        })
    }
}

impl Request {
    /// Reads a request; its id is the stem of `file`.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let name = file.rsplit('/').next().unwrap_or_default();
        let id = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        read(file, bytes, FileKind::Request, |fields| {
            let contract = fields.required("contract").and_then(contract_id);
            let issued = fields.required("issued").and_then(Value::date);
            let changes = fields.required("changes").and_then(|value| {
                changes(value, |change, fields| {
                    let consumers = fields.required("consumers");
                    let consumers = consumers.and_then(|value| value.distinct(kebab));
                    Some(RequestedChange {
                        change: change?,
                        consumers: consumers?,
                    })
                })
            });
            Some(Self {
                id: id.to_owned(),
                contract: contract?,
                issued: issued?,
                changes: changes?,
            })
        })
    }
}

/// What sign-offs and waivers share.
struct Word {
    approver: String,
    contract: String,
    changes: Vec<SignedChange>,
    reason: String,
    issued: Date,
    expires: Date,
}

fn word(fields: &mut Fields<'_>) -> Option<Word> {
    let approver = fields.required("approver").and_then(line);
    let contract = fields.required("contract").and_then(contract_id);
    let changes = fields.required("changes");
    let changes = changes.and_then(signed_changes);
    let reason = fields.required("reason").and_then(text);
    let issued = fields.required("issued").and_then(Value::date);
    let expires = fields.required("expires").and_then(dated);
    not_before(issued, expires, "issued");
    Some(Word {
        approver: approver?,
        contract: contract?,
        changes: changes?,
        reason: reason?,
        issued: issued?,
        expires: expires?.1,
    })
}

fn signed_changes(value: Value<'_>) -> Option<Vec<SignedChange>> {
    changes(value, |change, _| change)
}

/// A list of changes that is not empty and names none twice; `also` reads what stands beside a change.
fn changes<T>(
    value: Value<'_>,
    also: impl Fn(Option<SignedChange>, &mut Fields<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    if value.items()?.is_empty() {
        value.fault("`changes` is empty", "name one change at least");
    }
    value.each(|item| {
        let mut fields = item.fields("a change")?;
        let fingerprint = fields.required("fingerprint");
        let fingerprint = fingerprint.and_then(|value| hexadecimal(value, "cf1:", 40));
        let rule = fields.required("rule").and_then(line);
        let element = fields.required("element").and_then(line);
        let summary = fields.optional("summary").and_then(text);
        let place = fields.position().into();
        if let Some(fingerprint) = &fingerprint {
            match places.get(fingerprint) {
                Some(first) => twice(item, &format!("the change `{fingerprint}`"), *first),
                None => drop(places.insert(fingerprint.clone(), place)),
            }
        }
        let change = fingerprint.zip(rule).zip(element);
        let change = change.map(|((fingerprint, rule), element)| SignedChange {
            fingerprint,
            rule,
            element,
            summary,
            place,
        });
        let read = also(change, &mut fields);
        fields.finish();
        read
    })
}
