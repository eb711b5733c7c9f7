//! A sign-off or a waiver, as far as they are alike, and whether it counts at all.

use super::{
    assurance::Assurance,
    question::{Presented, Question},
    uncounted::Uncounted,
};
use crate::policy::{
    files::{Consumer, Decision, SignedChange, Signoff, Waiver, WaiverKind},
    signature::Expiry,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The base's registry by id.
pub(super) type Known<'a> = BTreeMap<&'a str, &'a Consumer>;

/// A sign-off or a waiver.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper<'a> {
    pub(super) file: &'a str,
    pub(super) says: Says<'a>,
    pub(super) contract: &'a str,
    pub(super) approver: &'a str,
    pub(super) changes: &'a [SignedChange],
    pub(super) reason: &'a str,
    pub(super) issued: Date,
    pub(super) expires: Date,
    pub(super) counts: &'a Assurance,
    pub(super) withdrawn: bool,
}

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says<'a> {
    /// A consumer's word.
    Decides {
        consumer: &'a str,
        decision: Decision,
    },
    /// The word of those who waive.
    Waives(WaiverKind),
}

impl<'a> Paper<'a> {
    pub(super) fn of_signoff(presented: &'a Presented<Signoff>) -> Self {
        let value = &presented.value;
        Self {
            file: &presented.file,
            says: Says::Decides {
                consumer: &value.consumer,
                decision: value.decision,
            },
            contract: &value.contract,
            approver: &value.approver,
            changes: &value.changes,
            reason: &value.reason,
            issued: value.issued,
            expires: value.expires,
            counts: &presented.counts,
            withdrawn: presented.withdrawn,
        }
    }

    pub(super) fn of_waiver(presented: &'a Presented<Waiver>) -> Self {
        let value = &presented.value;
        Self {
            file: &presented.file,
            says: Says::Waives(value.kind),
            contract: &value.contract,
            approver: &value.approver,
            changes: &value.changes,
            reason: &value.reason,
            issued: value.issued,
            expires: value.expires,
            counts: &presented.counts,
            withdrawn: presented.withdrawn,
        }
    }

    pub(super) fn consumer(&self) -> Option<&'a str> {
        match self.says {
            Says::Decides { consumer, .. } => Some(consumer),
            Says::Waives(_) => None,
        }
    }

    /// What was decided; who waives, accepts.
    pub(super) fn decision(&self) -> Decision {
        match self.says {
            Says::Decides { decision, .. } => decision,
            Says::Waives(_) => Decision::Accept,
        }
    }

    /// An objection stands in the way. So limits on approval do not void it.
    pub(super) fn objects(&self) -> bool {
        self.decision() == Decision::Object
    }

    /// Whether it lets a change go ahead.
    pub(super) fn accepts(&self) -> bool {
        self.decision() == Decision::Accept
    }

    /// The last day on which it counts, by its own date and by its key.
    pub(super) fn until(&self) -> Date {
        match self.counts {
            Assurance::Signed {
                until: Expiry::On(day),
                ..
            } => self.expires.min(*day),
            Assurance::Signed {
                until: Expiry::Never,
                ..
            }
            | Assurance::OnBase
            | Assurance::Codeowners { .. }
            | Assurance::Refused { .. } => self.expires,
        }
    }

    /// The last day on which it counts, where it counts today. That it expired is the last thing looked at.
    pub(super) fn worth(
        &self,
        question: &Question<'_>,
        known: &Known<'_>,
    ) -> Result<Date, Uncounted> {
        if self.withdrawn && self.accepts() {
            return Err(Uncounted::Withdrawn);
        }
        let most = match self.says {
            Says::Decides { consumer, .. } => self.is_of(consumer, question, known)?,
            Says::Waives(kind) => self.may_waive(kind, question)?,
        };
        match self.counts {
            Assurance::Refused { why, .. } => return Err(Uncounted::Unsigned { why: why.clone() }),
            Assurance::Signed { principal, .. } if principal != self.approver => {
                return Err(Uncounted::SignedByOther {
                    approver: self.approver.to_owned(),
                    principal: principal.clone(),
                });
            }
            Assurance::Signed { .. } | Assurance::OnBase | Assurance::Codeowners { .. } => {}
        }
        if self.issued > question.today {
            return Err(Uncounted::Future {
                issued: self.issued,
            });
        }
        let days = (self.expires - self.issued).get_days();
        if !self.objects() && i64::from(days) > i64::from(most) {
            return Err(Uncounted::TooLong { days, most });
        }
        let until = self.until();
        if until < question.today {
            return Err(Uncounted::Expired { on: until });
        }
        Ok(until)
    }

    /// Whether it may speak for the consumer; how many days it may last.
    fn is_of(
        &self,
        consumer: &str,
        question: &Question<'_>,
        known: &Known<'_>,
    ) -> Result<u32, Uncounted> {
        let owned = || consumer.to_owned();
        let known = known
            .get(consumer)
            .ok_or_else(|| Uncounted::UnknownConsumer { consumer: owned() })?;
        let folder = self
            .file
            .strip_prefix(".contract/signoffs/")
            .and_then(|rest| rest.split_once('/'));
        if folder.is_none_or(|(folder, _)| folder != consumer) {
            return Err(Uncounted::Misplaced { consumer: owned() });
        }
        let governed = self.governed(question)?;
        if !known.approvers.iter().any(|name| name == self.approver) {
            return Err(Uncounted::NotApprover {
                approver: self.approver.to_owned(),
                of: owned(),
            });
        }
        let owner = governed.owner.as_deref();
        let answers_for_contract = governed.steward.as_deref() == Some(self.approver)
            || owner
                .and_then(|owner| question.teams.get(owner))
                .is_some_and(|team| team.principals.iter().any(|name| name == self.approver));
        if answers_for_contract
            && !question.rules.allow_self_approval
            && owner != Some(consumer)
            && !self.objects()
        {
            return Err(Uncounted::OwnWord {
                approver: self.approver.to_owned(),
            });
        }
        Ok(question.rules.max_age)
    }

    /// Whether it may waive; how many days it may last.
    fn may_waive(&self, kind: WaiverKind, question: &Question<'_>) -> Result<u32, Uncounted> {
        let rules = question.waiver_rules;
        self.governed(question)?;
        let name = rules.team.as_deref().ok_or(Uncounted::NoTeam)?;
        let is_member = question
            .teams
            .get(name)
            .is_some_and(|team| team.principals.iter().any(|one| one == self.approver));
        if !is_member {
            return Err(Uncounted::NotApprover {
                approver: self.approver.to_owned(),
                of: name.to_owned(),
            });
        }
        if !rules.kinds.contains(&kind) {
            return Err(Uncounted::Kind);
        }
        Ok(rules.max_age)
    }

    fn governed<'q>(
        &self,
        question: &Question<'q>,
    ) -> Result<&'q super::question::Governed, Uncounted> {
        question
            .contracts
            .get(self.contract)
            .ok_or_else(|| Uncounted::WrongContract {
                contract: self.contract.to_owned(),
                other: None,
            })
    }
}
