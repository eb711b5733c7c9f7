//! What is asked, of whom, and what lies on the table.

use super::assurance::Assurance;
use crate::judge::Site;
use crate::policy::files::{Consumers, Request, Signoff, SignoffRules, Team, Waiver, WaiverRules};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the judgement rests on. Rules, registry, and teams are the base's.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Every change that was found, needed or not: captions are held against all of them.
    pub asked: &'a [Asked],
    /// The registry.
    pub consumers: &'a Consumers,
    /// Whose word counts for a consumer.
    pub rules: &'a SignoffRules,
    /// Whose word opens the gate.
    pub waiver_rules: &'a WaiverRules,
    /// Teams by name.
    pub teams: &'a BTreeMap<String, Team>,
    /// Every governed contract, by id.
    pub contracts: &'a BTreeMap<String, Governed>,
    /// The sign-offs of head, and those that head took away.
    pub signoffs: &'a [Presented<Signoff>],
    /// The waivers of head.
    pub waivers: &'a [Presented<Waiver>],
    /// The requests of the base.
    pub requests: &'a [Landed],
    /// Fingerprints that can match nothing any more: on the base their element is gone, or its deprecation cycle differs.
    pub spent: &'a BTreeSet<String>,
    /// The day.
    pub today: Date,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The contract's id.
    pub contract: String,
    /// The rule's id.
    pub rule: String,
    /// Every place it reaches.
    pub sites: Vec<Site>,
    /// Whose word is needed; empty for a change that needs none.
    pub affected: Vec<Affected>,
}

/// A consumer whose word is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Its id.
    pub consumer: String,
    /// The fingerprints of the sites that hurt it; none listed means all of them.
    pub fingerprints: Vec<String>,
}

/// What the policy says about one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Governed {
    /// The team that owns it.
    pub owner: Option<String>,
    /// The principal who answers for it too.
    pub steward: Option<String>,
    /// Whether this run compares it; what is about other contracts is neither used nor unused.
    pub compared: bool,
}

/// A file of head, or one that head took away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented<T> {
    /// Its path from the root of the tree.
    pub file: String,
    /// What it says.
    pub value: T,
    /// How its author is known.
    pub counts: Assurance,
    /// Whether it stands on the base and no longer in head. An acceptance is withdrawn by that; an objection and an
    /// abstention hold until their absence has landed, for else a change could delete what is in its way.
    pub withdrawn: bool,
}

/// A request on the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// The request.
    pub request: Request,
    /// The day it landed.
    pub on: Date,
}
