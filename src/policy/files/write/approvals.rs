//! Sign-offs, waivers, and requests.

use super::{Day, Text, texts, yaml};
use crate::policy::files::{FileKind, Request, SignedChange, Signoff, Waiver};
use serde::Serialize;
use serde_yaml::FlowSeq;

impl Signoff {
    /// The file.
    #[must_use]
    pub fn yaml(&self) -> String {
        let Self {
            consumer,
            approver,
            decision,
            contract,
            request,
            changes,
            reason,
            issued,
            expires,
            conditions,
        } = self;
        yaml(&SignoffFile {
            schema: FileKind::Signoff.schema_name(),
            consumer: Text(consumer),
            approver: Text(approver),
            decision: decision.word(),
            contract: Text(contract),
            request: request.as_deref().map(Text),
            changes: changes.iter().map(|change| signed(change, None)).collect(),
            reason: Text(reason),
            issued: Day(*issued),
            expires: Day(*expires),
            conditions: texts(conditions),
        })
    }
}

impl Waiver {
    /// The file.
    #[must_use]
    pub fn yaml(&self) -> String {
        let Self {
            kind,
            approver,
            contract,
            changes,
            reason,
            issued,
            expires,
        } = self;
        yaml(&WaiverFile {
            schema: FileKind::Waiver.schema_name(),
            kind: kind.word(),
            approver: Text(approver),
            contract: Text(contract),
            changes: changes.iter().map(|change| signed(change, None)).collect(),
            reason: Text(reason),
            issued: Day(*issued),
            expires: Day(*expires),
        })
    }
}

impl Request {
    /// The file, to be written under its id.
    #[must_use]
    pub fn yaml(&self) -> String {
        let Self {
            id: _,
            contract,
            issued,
            changes,
        } = self;
        let changes = changes
            .iter()
            .map(|asked| signed(&asked.change, Some(&asked.consumers)));
        yaml(&RequestFile {
            schema: FileKind::Request.schema_name(),
            contract: Text(contract),
            issued: Day(*issued),
            changes: changes.collect(),
        })
    }
}

#[derive(Serialize)]
struct SignoffFile<'a> {
    schema: &'static str,
    consumer: Text<'a>,
    approver: Text<'a>,
    decision: &'static str,
    contract: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Text<'a>>,
    changes: Vec<Change<'a>>,
    reason: Text<'a>,
    issued: Day,
    expires: Day,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct WaiverFile<'a> {
    schema: &'static str,
    kind: &'static str,
    approver: Text<'a>,
    contract: Text<'a>,
    changes: Vec<Change<'a>>,
    reason: Text<'a>,
    issued: Day,
    expires: Day,
}

#[derive(Serialize)]
struct RequestFile<'a> {
    schema: &'static str,
    contract: Text<'a>,
    issued: Day,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    fingerprint: Text<'a>,
    rule: Text<'a>,
    element: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumers: Option<FlowSeq<Vec<Text<'a>>>>,
}

fn signed<'a>(change: &'a SignedChange, consumers: Option<&'a [String]>) -> Change<'a> {
    let SignedChange {
        fingerprint,
        rule,
        element,
        summary,
        place: _,
    } = change;
    Change {
        fingerprint: Text(fingerprint),
        rule: Text(rule),
        element: Text(element),
        summary: summary.as_deref().map(Text),
        consumers: consumers.map(|names| FlowSeq(texts(names))),
    }
}
