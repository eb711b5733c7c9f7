//! Sign-offs, waivers, and the requests for them (`contract.signoff/v1`, `contract.waiver/v1`, `contract.request/v1`).

use super::{common::Place, policy::WaiverKind};
use jiff::civil::Date;

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
