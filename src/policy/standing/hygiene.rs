//! Files that are spent, unused, expired, or by nobody who may decide.

use super::{
    answer::hurt,
    assurance::Assurance,
    ballot::{Table, is_caption},
    notice::{Notice, NoticeKind},
    paper::{Paper, Says},
    question::{Asked, Question},
    uncounted::Uncounted,
};
use crate::judge::Site;
use crate::policy::{files::SignedChange, signature::Expiry};
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeSet;

/// How many days before its end a sign-off or a key is spoken of.
const SOON: i64 = 14;

/// What is to be said, in order of files and then of what they list.
pub(super) fn hygiene(table: &Table<'_>) -> Vec<Notice> {
    let required = required(&table.question);
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    let mut notices = Vec::new();
    for (paper, worth) in &table.papers {
        let matched: Vec<Matched<'_>> = paper
            .changes
            .iter()
            .filter_map(|change| {
                let (asked, site) = table.sites.get(change.fingerprint.as_str())?;
                Some((change, *asked, *site))
            })
            .collect();
        if !paper.withdrawn {
            notices.extend(captions(paper, &matched));
        }
        let is_required = match paper.says {
            Says::Decides { consumer, .. } => matched
                .iter()
                .any(|(_, _, site)| required.contains(&(consumer, site.fingerprint.as_str()))),
            // Whether a window needs waiving is not known here.
            Says::Waives(_) => !matched.is_empty(),
        };
        notices.extend(file(
            &table.question,
            paper,
            worth.as_ref(),
            &matched,
            is_required,
        ));
        if let Some(notice) = key(&table.question, paper, worth.is_ok() && is_required)
            && keys.insert(paper.approver)
        {
            notices.push(notice);
        }
    }
    notices
}

/// An entry of a file, and the change that it is about.
type Matched<'a> = (&'a SignedChange, &'a Asked, &'a Site);

/// Whose word is needed for which site.
fn required<'a>(question: &Question<'a>) -> BTreeSet<(&'a str, &'a str)> {
    let mut required = BTreeSet::new();
    for asked in question.asked {
        for affected in &asked.affected {
            for site in hurt(asked, affected) {
                required.insert((affected.consumer.as_str(), site.fingerprint.as_str()));
            }
        }
    }
    required
}

fn captions<'a>(
    paper: &'a Paper<'a>,
    matched: &'a [Matched<'a>],
) -> impl Iterator<Item = Notice> + 'a {
    matched
        .iter()
        .filter(|(change, asked, site)| {
            paper.contract == asked.contract && !is_caption(change, asked, site)
        })
        .map(|(change, asked, site)| Notice {
            kind: NoticeKind::SummaryMismatch,
            file: paper.file.to_owned(),
            place: Some(change.place),
            fingerprint: Some(change.fingerprint.clone()),
            element: Some(site.element.clone()),
            message: format!(
                "the {} calls this change {} at {}, and it is {} at {}",
                noun(paper),
                change.rule,
                change.element,
                asked.rule,
                site.element
            ),
            help: Some(
                "write it again with `contract signoff add`, which names changes as they are"
                    .to_owned(),
            ),
        })
}

/// The first thing to be said about the file as a whole.
fn file(
    question: &Question<'_>,
    paper: &Paper<'_>,
    worth: Result<&Date, &Uncounted>,
    matched: &[Matched<'_>],
    is_required: bool,
) -> Option<Notice> {
    let noun = noun(paper);
    let say = |kind, message: String, help: &str| {
        Some(Notice {
            kind,
            file: paper.file.to_owned(),
            place: None,
            fingerprint: matched
                .first()
                .map(|(change, _, _)| change.fingerprint.clone()),
            element: matched.first().map(|(_, _, site)| site.element.clone()),
            message,
            help: (!help.is_empty()).then(|| help.to_owned()),
        })
    };
    if paper.withdrawn {
        return (worth.is_ok() && is_required).then_some(()).and_then(|()| {
            let word = if paper.objects() { "objection" } else { "abstention" };
            say(
                NoticeKind::Withdrawn,
                format!("the {word} of {} is taken away, and holds until that has landed", paper.approver),
                "let an approver of the same consumer accept, or land the removal in a change of its own",
            )
        });
    }
    let is_spent = |change: &SignedChange| question.spent.contains(&change.fingerprint);
    if matched.is_empty() && paper.changes.iter().all(is_spent) {
        return say(
            NoticeKind::Spent,
            format!("the {noun} is spent: what it allows has happened"),
            PRUNE,
        );
    }
    if let Err(why) = worth {
        let kind = kind(why, paper.says)?;
        return say(kind, format!("the {noun} {why}"), &help(why, paper));
    }
    let foreign = matched
        .iter()
        .find(|(_, asked, _)| asked.contract != paper.contract);
    if let Some((_, asked, _)) = foreign {
        let why = Uncounted::WrongContract {
            contract: paper.contract.to_owned(),
            other: Some(asked.contract.clone()),
        };
        return say(
            NoticeKind::WrongContract,
            format!("the {noun} {why}"),
            &help(&why, paper),
        );
    }
    if matched.is_empty() {
        let is_compared = question
            .contracts
            .get(paper.contract)
            .is_some_and(|governed| governed.compared);
        return is_compared.then_some(()).and_then(|()| {
            say(
                match paper.says {
                    Says::Decides { .. } => NoticeKind::Unused,
                    Says::Waives(_) => NoticeKind::WaiverUnused,
                },
                format!("the {noun} matches no change of {}", paper.contract),
                PRUNE,
            )
        });
    }
    if let (Says::Decides { consumer, .. }, false) = (paper.says, is_required) {
        return say(
            NoticeKind::NotRequired,
            format!("nobody asked {consumer} about this change"),
            "",
        );
    }
    is_soon(question, paper.expires)
        .then_some(())
        .and_then(|()| {
            say(
                NoticeKind::Expiring,
                format!("the {noun} counts until {}", paper.expires),
                "land the change by then, or let it be issued again",
            )
        })
}

const PRUNE: &str = "remove it with `contract signoff prune`";

fn key(question: &Question<'_>, paper: &Paper<'_>, is_used: bool) -> Option<Notice> {
    let Assurance::Signed {
        principal,
        until: Expiry::On(day),
    } = paper.counts
    else {
        return None;
    };
    (is_used && is_soon(question, *day)).then(|| Notice {
        kind: NoticeKind::KeyExpiring,
        file: paper.file.to_owned(),
        place: None,
        fingerprint: None,
        element: None,
        message: format!(
            "the key of {principal} is valid until {day}, and what it signed counts no longer"
        ),
        help: Some("renew it in .contract/allowed_signers before that day".to_owned()),
    })
}

fn is_soon(question: &Question<'_>, day: Date) -> bool {
    let soon = question.today.checked_add(SOON.days()).unwrap_or(Date::MAX);
    day <= soon
}

const fn noun(paper: &Paper<'_>) -> &'static str {
    match paper.says {
        Says::Decides { .. } => "sign-off",
        Says::Waives(_) => "waiver",
    }
}

const fn kind(why: &Uncounted, says: Says<'_>) -> Option<NoticeKind> {
    let is_final = matches!(
        why,
        Uncounted::Withdrawn | Uncounted::FalseCaption | Uncounted::Expired { .. }
    );
    if matches!(says, Says::Waives(_)) && !is_final {
        return Some(NoticeKind::WaiverRefused);
    }
    Some(match why {
        // To take an approval back is nobody's fault.
        Uncounted::Withdrawn => return None,
        Uncounted::FalseCaption => NoticeKind::SummaryMismatch,
        Uncounted::Expired { .. } => NoticeKind::Expired,
        Uncounted::UnknownConsumer { .. } => NoticeKind::UnknownConsumer,
        Uncounted::Misplaced { .. } => NoticeKind::Misplaced,
        Uncounted::WrongContract { .. } => NoticeKind::WrongContract,
        Uncounted::NotApprover { .. } | Uncounted::NoTeam => NoticeKind::NotApprover,
        Uncounted::Unsigned { .. } | Uncounted::SignedByOther { .. } => NoticeKind::Unsigned,
        Uncounted::TooLong { .. } => NoticeKind::TooLong,
        Uncounted::OwnWord { .. } | Uncounted::Kind | Uncounted::Future { .. } => {
            NoticeKind::NotCounted
        }
    })
}

fn help(why: &Uncounted, paper: &Paper<'_>) -> String {
    match why {
        Uncounted::Withdrawn | Uncounted::FalseCaption => String::new(),
        Uncounted::UnknownConsumer { .. } => {
            "correct the id, or add the consumer to .contract/consumers.yaml and land that first"
                .to_owned()
        }
        Uncounted::Misplaced { consumer } => format!("move it to .contract/signoffs/{consumer}/"),
        Uncounted::WrongContract {
            other: Some(other), ..
        } => format!("name the contract {other}"),
        Uncounted::WrongContract { other: None, .. } => {
            "name a contract of .contract/contract.yaml".to_owned()
        }
        Uncounted::NotApprover { of, .. } => match paper.says {
            Says::Decides { .. } => {
                format!("let an approver of {of} decide, or land a new approver first")
            }
            Says::Waives(_) => format!("let a principal of the team {of} decide"),
        },
        Uncounted::NoTeam => {
            "name the team in .contract/contract.yaml, and land that first".to_owned()
        }
        Uncounted::Unsigned { .. } => match paper.counts {
            Assurance::Refused { help, .. } => help.clone(),
            Assurance::Signed { .. } | Assurance::OnBase | Assurance::Codeowners { .. } => {
                String::new()
            }
        },
        Uncounted::SignedByOther { approver, .. } => format!("let {approver} sign it"),
        Uncounted::OwnWord { .. } => "let somebody else of the consumer decide".to_owned(),
        Uncounted::Kind => "give it a kind that the policy lists".to_owned(),
        Uncounted::Future { .. } => "write the day on which it was decided".to_owned(),
        Uncounted::TooLong { most, .. } => {
            format!("let it expire {most} days after it was issued, or sooner")
        }
        Uncounted::Expired { .. } => {
            "let it be issued again, or remove it with `contract signoff prune`".to_owned()
        }
    }
}
