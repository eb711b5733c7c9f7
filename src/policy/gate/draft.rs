//! What a change needs before it may land: its row of the deprecation table, before anybody is asked.

use super::{ground::Ground, subject::Subject};
use crate::judge::Finding;
use crate::policy::files::{Freeze, Stability};
use crate::policy::lifecycle::{Announced, Held, Life, Raised, Step, change, transition, window};
use crate::policy::outcome::{ObligationKind, Row};
use crate::rules::Rule;
use crate::spec::Level;
use crate::variance::Effect;

/// What a change needs.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Whether something is gone, rather than changed or asked for.
    pub(super) kind: Kind,
    /// The row that decides: the worst of all places.
    pub(super) raised: Raised,
    pub(super) row: Row,
    /// Where the worst row was found.
    pub(super) element: String,
    /// A time in which nothing is removed.
    pub(super) frozen: Option<Freeze>,
}

/// What happens to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is gone.
    Removed,
    /// Something new has to be coped with.
    Added,
    /// It is another one.
    Changed,
    /// Nothing yet: a promise about it is.
    Promise,
}

impl Draft {
    /// Whether nothing is promised about the element.
    pub(super) const fn is_free(&self) -> bool {
        self.row.days == 0
    }

    /// What the owner has to do.
    pub(super) const fn duty(&self) -> Option<ObligationKind> {
        match self.kind {
            Kind::Removed => Some(ObligationKind::Window),
            Kind::Added | Kind::Changed => Some(ObligationKind::Announce),
            Kind::Promise => None,
        }
    }
}

/// Works out what a change needs.
pub(super) fn draft(finding: &Finding, subject: &Subject<'_, '_>, ground: &Ground<'_>) -> Draft {
    if finding.rule.is_governed() && finding.rule.id != "release-removed" {
        return promise(finding);
    }
    let plain = subject.base.is_plain() && subject.head.is_plain();
    let mut worst: Option<Draft> = None;
    for element in finding.sites.elements() {
        let draft = at(finding, &element, subject, ground);
        let worse = worst
            .as_ref()
            .is_none_or(|worst| rank(&draft) > rank(worst));
        if worse {
            worst = Some(draft);
        }
        // Without a single record all places are alike.
        if plain {
            break;
        }
    }
    let mut draft = worst.unwrap_or_else(|| promise(finding));
    if draft.kind == Kind::Removed && !draft.is_free() {
        let freezes = ground.policy.freeze.iter().chain(&subject.terms.freeze);
        let mut freezes = freezes.filter(|it| it.from <= ground.today && ground.today <= it.to);
        draft.frozen = freezes.next().cloned();
    }
    draft
}

fn rank(draft: &Draft) -> (Level, Option<jiff::civil::Date>, u32) {
    (draft.raised.level, draft.raised.earliest, draft.row.days)
}

/// A change of promises only: nothing is gone, and consumers agree or not.
fn promise(finding: &Finding) -> Draft {
    Draft {
        kind: Kind::Promise,
        raised: Raised {
            rule: finding.rule.id,
            level: Level::Note,
            holes: Vec::new(),
            earliest: None,
        },
        row: Row {
            rule: finding.rule,
            earliest: None,
            since: None,
            sunset: None,
            days: u32::MAX,
        },
        element: finding.sites.first_element(),
        frozen: None,
    }
}

fn at(finding: &Finding, element: &str, subject: &Subject<'_, '_>, ground: &Ground<'_>) -> Draft {
    let (base, head) = (subject.base.life(element), subject.head.life(element));
    let kind = match (&base, &head) {
        _ if element.starts_with("version:") => Kind::Removed,
        (Some(_), None) => Kind::Removed,
        (Some(_) | None, _) if finding.rule.effect == Effect::Removes => Kind::Removed,
        (None, Some(_)) => Kind::Added,
        (Some(_) | None, _) => Kind::Changed,
    };
    let level =
        |life: &Option<Life>, side: Stability| life.as_ref().map_or(side, |life| life.stability);
    let (before, after) = (
        level(&base, subject.base.stability()),
        level(&head, subject.head.stability()),
    );
    let days = |stability: Stability| {
        let whole = element.starts_with("contract:") || element.starts_with("version:");
        let windows = &ground.policy.windows;
        let consented = ground.consented(&subject.terms.id);
        let days = window(windows, stability, subject.terms.audience, consented);
        if whole && days > 0 {
            days.max(windows.version)
        } else {
            days
        }
    };
    if kind == Kind::Removed {
        let held = base.and_then(|life| life.effective);
        let step = Step {
            stability: before,
            record: held.as_ref().map(|held| &held.record),
            grandfathered: held.as_ref().is_some_and(|held| held.grandfathered),
        };
        let both = |before: Stability, _: Stability| days(before);
        let rows = transition(step, None, ground.today, &both, 0);
        let raised = rows.into_iter().next().expect("a removal has a row");
        return drafted(kind, raised, held.as_ref(), days(before), element);
    }
    let needed = days(before).max(days(after));
    let announced = subject.base.announced(element);
    let raised = change(
        announced.map(|(record, _, digest)| Announced {
            record,
            matches: finding.sites.after() == Some(digest),
        }),
        before,
        ground.today,
        needed,
    );
    let mut draft = drafted(kind, raised, None, needed, element);
    if let Some((record, ..)) = announced {
        draft.row.since = record.since;
        draft.row.sunset = day(record.sunset);
    }
    draft
}

fn drafted(kind: Kind, raised: Raised, held: Option<&Held>, days: u32, element: &str) -> Draft {
    let rule = Rule::find(raised.rule).expect("the catalogue has every row");
    Draft {
        kind,
        row: Row {
            rule,
            earliest: raised.earliest,
            since: held.and_then(|held| held.record.since),
            sunset: held.and_then(|held| day(held.record.sunset)),
            days,
        },
        raised,
        element: element.to_owned(),
        frozen: None,
    }
}

fn day(sunset: crate::policy::files::Sunset) -> Option<jiff::civil::Date> {
    match sunset {
        crate::policy::files::Sunset::On(day) => Some(day),
        crate::policy::files::Sunset::Unset => None,
    }
}
