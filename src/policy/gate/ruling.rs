//! One change with everything that it needs: what is done, what is missing, and what to run.

use super::{
    draft::{Draft, Kind},
    ground::Ground,
    subject::Terms,
};
use crate::judge::Finding;
use crate::policy::outcome::{Notice, Obligation, ObligationKind, Ruling, Status};
use crate::policy::standing::{Asked, Standing, Waived, Weight, Word};
use crate::spec::Level;
use jiff::civil::Date;

/// What a ruling rests on.
pub(super) struct Needs<'n> {
    pub(super) ground: &'n Ground<'n>,
    pub(super) terms: &'n Terms,
    pub(super) finding: &'n Finding,
    pub(super) draft: &'n Draft,
    pub(super) asked: &'n Asked,
    pub(super) weight: &'n Weight,
    pub(super) affects: &'n [String],
    pub(super) file: &'n str,
}

/// Rules on one change, and tells what there is to tell besides.
pub(super) fn rule(needs: &Needs<'_>) -> (Ruling, Vec<Notice>) {
    let draft = needs.draft;
    let mut ruling = Ruling {
        row: Some(draft.row),
        affects: needs.affects.to_vec(),
        ..Ruling::default()
    };
    let mut notices = Vec::new();
    if let Waived::Yes { by, kinds, until } = &needs.weight.waived {
        let who: Vec<&str> = by.iter().map(|word| word.approver.as_str()).collect();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        let (who, kinds, day) = (who.join(", "), kinds.join(", "), until.to_string());
        ruling.authorised = true;
        ruling.obligations.push(Obligation {
            kind: ObligationKind::Waiver,
            who: who.clone(),
            status: Status::Met,
            until: Some(*until),
            note: Some(format!("{kinds}, {}", files(by))),
            command: String::from("contract explain change-waived"),
        });
        let holes = [
            ("element", needs.element()),
            ("kind", kinds.as_str()),
            ("by", who.as_str()),
            ("until", day.as_str()),
        ];
        notices.push(needs.notice("change-waived", Level::Warning, &holes));
        return (ruling, notices);
    }
    let window_is_over = needs.window(&mut ruling, &mut notices);
    if !draft.is_free() {
        needs.signoffs(&mut ruling, &mut notices);
    }
    ruling.authorised = window_is_over && (draft.is_free() || needs.weight.is_answered());
    (ruling, notices)
}

impl Needs<'_> {
    fn element(&self) -> &str {
        &self.draft.element
    }

    fn notice(&self, rule: &'static str, level: Level, holes: &[(&str, &str)]) -> Notice {
        let mut notice = Notice::new(rule, level, holes).about(&self.terms.id, self.element());
        notice.fingerprint = self
            .asked
            .sites
            .first()
            .map(|site| site.fingerprint.clone());
        notice.file = Some(self.file.to_owned());
        notice
    }

    /// What the owner has to do, and whether it is done.
    fn window(&self, ruling: &mut Ruling, notices: &mut Vec<Notice>) -> bool {
        let draft = self.draft;
        let Some(kind) = draft.duty() else {
            return true;
        };
        let raised = &draft.raised;
        let mut holes = vec![("element", self.element())];
        holes.extend(
            raised
                .holes
                .iter()
                .map(|(hole, value)| (*hole, value.as_str())),
        );
        notices.push(self.notice(raised.rule, raised.level, &holes));
        let over = raised.level < Level::Error;
        let pending = draft
            .row
            .sunset
            .is_some_and(|sunset| self.ground.today < sunset);
        if !draft.is_free() {
            ruling.obligations.push(Obligation {
                kind,
                who: self.owner(),
                status: match (over, pending) {
                    (true, _) => Status::Met,
                    (false, true) => Status::Pending,
                    (false, false) => Status::Missing,
                },
                until: raised.earliest,
                note: Some(self.advice(over, pending)),
                command: format!("contract explain {}", raised.rule),
            });
        }
        if let Some(freeze) = &draft.frozen {
            let (from, to) = (freeze.from.to_string(), freeze.to.to_string());
            let why = freeze.why.as_deref().unwrap_or("no reason given");
            let holes = [
                ("element", self.element()),
                ("from", from.as_str()),
                ("to", to.as_str()),
                ("why", why),
            ];
            notices.push(self.notice("removal-in-freeze", Level::Error, &holes));
            ruling.obligations.push(Obligation {
                kind,
                who: self.owner(),
                status: Status::Pending,
                until: freeze.to.tomorrow().ok(),
                note: Some(format!("nothing is removed from {from} to {to}: {why}")),
                command: String::from("contract explain removal-in-freeze"),
            });
            return false;
        }
        over
    }

    fn owner(&self) -> String {
        self.terms
            .owner
            .clone()
            .unwrap_or_else(|| "the owner".to_owned())
    }

    /// What to do about the window, in a sentence.
    fn advice(&self, over: bool, pending: bool) -> String {
        let draft = self.draft;
        let day = |date: Option<Date>| {
            date.map_or_else(|| "its sunset".to_owned(), |day| day.to_string())
        };
        let (sunset, earliest) = (day(draft.row.sunset), day(draft.raised.earliest));
        match (draft.kind, over, pending) {
            (Kind::Removed, true, _) => format!("its sunset was {sunset}"),
            (Kind::Removed, false, true) => format!("keep it until {sunset}, and remove it then"),
            (Kind::Removed, false, false) => format!(
                "keep it, and deprecate it with a sunset of {earliest} or later ({} days)",
                draft.row.days
            ),
            (Kind::Added | Kind::Changed | Kind::Promise, true, _) => {
                format!("it was announced for {sunset}")
            }
            (Kind::Added | Kind::Changed | Kind::Promise, false, true) => {
                format!("keep it as it is until {sunset}, the day it was announced for")
            }
            (Kind::Added | Kind::Changed | Kind::Promise, false, false) => {
                let after = self
                    .finding
                    .sites
                    .after()
                    .unwrap_or("the digest of what is to come");
                format!(
                    "add something new beside it and deprecate the old, or announce it in .contract/deprecations.yaml \
                     (kind: change, after: {after}) for {earliest} or later"
                )
            }
        }
    }

    fn signoffs(&self, ruling: &mut Ruling, notices: &mut Vec<Notice>) {
        for answer in &self.weight.answers {
            let status = status(&answer.standing);
            let who = answer.consumer.clone();
            if answer.standing.settles() {
                ruling.obligations.push(Obligation {
                    kind: ObligationKind::Signoff,
                    command: self.command(&who),
                    who,
                    status,
                    until: answer.standing.until(),
                    note: note(&answer.standing),
                });
                continue;
            }
            let holes = [("element", self.element()), ("who", who.as_str())];
            let notice = match &answer.standing {
                Standing::Objected { by, reason, .. } => {
                    let mut holes = holes.to_vec();
                    holes.extend([("by", by.as_str()), ("reason", reason.as_str())]);
                    self.notice("signoff-objected", Level::Error, &holes)
                }
                Standing::Accepted { .. }
                | Standing::Abstained { .. }
                | Standing::Lapsed { .. }
                | Standing::Lazy { .. }
                | Standing::Expired { .. }
                | Standing::NotCounted { .. }
                | Standing::Missing { .. } => self.notice("signoff-missing", Level::Error, &holes),
            };
            let (command, note) = match &answer.standing {
                // Deprecating it begins a cycle of its own, for which an approval of today is worth nothing.
                Standing::Missing { have: 0, .. } if self.is_undeprecated() => (
                    format!("contract explain {}", self.draft.raised.rule),
                    Some("to be asked once it is deprecated".to_owned()),
                ),
                standing => (self.command(&who), note(standing)),
            };
            notices.push(notice.help(command.clone()));
            ruling.obligations.push(Obligation {
                kind: ObligationKind::Signoff,
                command,
                who,
                status,
                until: until(&answer.standing),
                note,
            });
        }
    }

    /// Whether what is gone was never deprecated, and has to be.
    fn is_undeprecated(&self) -> bool {
        let Draft {
            kind, raised, row, ..
        } = self.draft;
        *kind == Kind::Removed && row.since.is_none() && raised.level >= Level::Error
    }

    /// What the approver of a consumer runs.
    fn command(&self, consumer: &str) -> String {
        let change = self
            .asked
            .sites
            .first()
            .map_or("", |site| &site.fingerprint);
        let change = change.get(.."cf1:".len() + 12).unwrap_or(change);
        {
            let base = self
                .ground
                .base
                .map_or_else(String::new, |base| format!(" --base {base}"));
            format!(
                "contract signoff add{base} --consumer {consumer} --change {change} --reason \"...\" --sign KEY"
            )
        }
    }
}

fn status(standing: &Standing) -> Status {
    match standing {
        Standing::Accepted { .. } | Standing::Lapsed { .. } => Status::Met,
        Standing::Abstained { settles, .. } if *settles => Status::Met,
        Standing::Lazy { .. } => Status::Pending,
        Standing::Objected { .. } => Status::Objected,
        Standing::Expired { .. } => Status::Expired,
        Standing::Abstained { .. } | Standing::NotCounted { .. } | Standing::Missing { .. } => {
            Status::Missing
        }
    }
}

/// The day an open answer is about.
fn until(standing: &Standing) -> Option<Date> {
    match standing {
        Standing::Lazy { until, .. } => Some(*until),
        Standing::Expired { on } => Some(*on),
        Standing::Accepted { .. }
        | Standing::Abstained { .. }
        | Standing::Lapsed { .. }
        | Standing::Objected { .. }
        | Standing::NotCounted { .. }
        | Standing::Missing { .. } => None,
    }
}

/// What people should know about an answer.
fn note(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Accepted { by, until } => Some(format!("{}, until {until}", names(by))),
        Standing::Abstained { by, .. } => Some(format!("{} abstained", names(by))),
        Standing::Lapsed { asked } => Some(format!("no answer since {asked}: abstained")),
        Standing::Lazy { asked, until } => Some(format!(
            "asked on {asked}; silence is an abstention from {until} on"
        )),
        Standing::Objected { by, reason, .. } => Some(format!("{by}: {reason}")),
        Standing::Expired { on } => Some(format!("it counted until {on}")),
        Standing::NotCounted { files, .. } => {
            let set: Vec<String> = files
                .iter()
                .map(|one| format!("{} {}", one.file, one.why))
                .collect();
            Some(set.join("; "))
        }
        Standing::Missing { have, need, .. } if *have > 0 => Some(format!("{have} of {need}")),
        Standing::Missing { .. } => None,
    }
}

fn names(by: &[Word]) -> String {
    let names: Vec<&str> = by.iter().map(|word| word.approver.as_str()).collect();
    names.join(", ")
}

fn files(by: &[Word]) -> String {
    let files: Vec<&str> = by.iter().map(|word| word.file.as_str()).collect();
    files.join(", ")
}
