//! `contract.usage/v1`: what a consumer declares to use of one contract.

use super::common::Place;
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
    /// The operation with parameters by position, without `op:`: `GET /v1/orders/{}`.
    pub operation: String,
    /// Parameters that are sent, by place (`query`, `header`, `path`, `cookie`), and members of the body (`body`: `.items[].sku`).
    pub sends: BTreeMap<String, BTreeSet<String>>,
    /// Enum values that are sent, by parameter or member.
    pub enums_sent: BTreeMap<String, BTreeSet<String>>,
    /// Members that are read, by status or class (`200`, `4xx`, `default`); `/**` at the end reads everything beneath. Headers are
    /// `header:NAME`.
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
