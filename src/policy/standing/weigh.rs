//! All changes, all consumers, all papers.

use super::{
    answer::answer,
    ballot::Table,
    hygiene::hygiene,
    lapse::Asking,
    notice::Notice,
    outcome::{Answer, Waived},
    question::Question,
    uncounted::Uncounted,
    waiver::waived,
};
use jiff::civil::Date;

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// One for each change that was asked about, in that order.
    pub changes: Vec<Weight>,
    /// What is to be said about the files themselves, in order of files.
    pub notices: Vec<Notice>,
    /// What each file is worth, in order of files.
    pub papers: Vec<Counted>,
}

/// What a sign-off or a waiver is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The file.
    pub file: String,
    /// The last day on which it counts, or why it does not.
    pub until: Result<Date, Uncounted>,
    /// Whether a change that was found is among those it lists.
    pub matches: bool,
    /// Whether nothing that it lists can ever be found again.
    pub spent: bool,
}

/// What came of one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Whether it is waived, which makes windows and answers needless.
    pub waived: Waived,
    /// Where each consumer stands, in the order in which they were asked.
    pub answers: Vec<Answer>,
}

impl Weight {
    /// Whether the change may go ahead: it is waived, or its window is over and nobody's word is wanting.
    #[must_use]
    pub fn settles(&self, window_is_over: bool) -> bool {
        matches!(self.waived, Waived::Yes { .. }) || (window_is_over && self.is_answered())
    }

    /// Whether every consumer's standing settles the change.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.answers.iter().all(|answer| answer.standing.settles())
    }

    /// The last day on which the change may go ahead; `None` where no day ends that, or where it may not today.
    #[must_use]
    pub fn valid_until(&self, window_is_over: bool) -> Option<Date> {
        let answers = || {
            self.answers
                .iter()
                .filter_map(|answer| answer.standing.until())
                .min()
        };
        let by_answers = window_is_over && self.is_answered();
        match (&self.waived, by_answers) {
            // Either is enough, so the longer one decides.
            (Waived::Yes { until, .. }, true) => answers().map(|day| day.max(*until)),
            (Waived::Yes { until, .. }, false) => Some(*until),
            (
                Waived::No
                | Waived::Missing { .. }
                | Waived::Expired { .. }
                | Waived::NotCounted { .. },
                _,
            ) => by_answers.then(answers).flatten(),
        }
    }
}

/// Judges every change, and every file.
///
/// What it looks at is `question` and nothing else; the order of files makes no difference.
#[must_use]
pub fn weigh(question: &Question<'_>) -> Weighed {
    let table = Table::of(*question);
    let asking = Asking::of(question.requests, question.today);
    let changes = question
        .asked
        .iter()
        .map(|asked| Weight {
            waived: waived(&table, asked),
            answers: asked
                .affected
                .iter()
                .map(|affected| Answer {
                    consumer: affected.consumer.clone(),
                    standing: answer(&table, &asking, asked, affected),
                })
                .collect(),
        })
        .collect();
    Weighed {
        changes,
        notices: hygiene(&table),
        papers: counted(&table),
    }
}

fn counted(table: &Table<'_>) -> Vec<Counted> {
    let papers = table.papers.iter().map(|(paper, worth)| {
        let mut changes = paper.changes.iter();
        let is_spent = |fingerprint: &String| table.question.spent.contains(fingerprint);
        Counted {
            file: paper.file.to_owned(),
            until: worth.clone(),
            matches: changes
                .clone()
                .any(|change| table.sites.contains_key(change.fingerprint.as_str())),
            spent: changes.all(|change| is_spent(&change.fingerprint)),
        }
    });
    papers.collect()
}
