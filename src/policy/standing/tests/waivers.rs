//! What opens the gate without a window and without an answer.

use super::*;

const LAST: Date = date(2026, 12, 15);

fn waives(kind: WaiverKind, approver: &str, sites: &str) -> Presented<Waiver> {
    Presented {
        file: format!(".contract/waivers/{approver}.yaml"),
        value: Waiver {
            kind,
            approver: approver.to_owned(),
            contract: "orders".to_owned(),
            changes: changes(sites),
            reason: "CVE".to_owned(),
            issued: date(2026, 11, 19),
            expires: LAST,
        },
        counts: Assurance::OnBase,
        withdrawn: false,
    }
}

fn security(approver: &str, sites: &str) -> Presented<Waiver> {
    waives(WaiverKind::Security, approver, sites)
}

fn scene(waivers: impl IntoIterator<Item = Presented<Waiver>>) -> Scene {
    let mut scene = Scene::new(&[("mobile", "a b")]);
    scene.waivers = waivers.into_iter().collect();
    scene
}

fn waived(waivers: impl IntoIterator<Item = Presented<Waiver>>) -> Waived {
    scene(waivers).weigh().changes[0].waived.clone()
}

fn word(approver: &str) -> Word {
    Word {
        approver: approver.to_owned(),
        file: format!(".contract/waivers/{approver}.yaml"),
        until: LAST,
        assurance: "base",
    }
}

#[test]
fn a_waiver_needs_so_many_of_the_team_for_every_site() {
    assert_eq!(waived([]), Waived::No);
    assert_eq!(
        waived([security("gov1", "a b")]),
        Waived::Missing { have: 1, need: 2 }
    );
    assert_eq!(
        waived([security("gov1", "a b"), security("gov2", "a")]),
        Waived::Missing { have: 1, need: 2 }
    );
    assert_eq!(
        waived([security("gov1", "a")]),
        Waived::Missing { have: 0, need: 2 }
    );
    assert_eq!(
        waived([
            security("gov1", "a b"),
            waives(WaiverKind::Legal, "gov2", "a b")
        ]),
        Waived::Yes {
            by: vec![word("gov1"), word("gov2")],
            kinds: vec![WaiverKind::Security, WaiverKind::Legal],
            until: LAST,
        }
    );
    let twice = [security("gov1", "a b"), security("gov1", "a b")];
    assert_eq!(waived(twice), Waived::Missing { have: 1, need: 2 });
}

#[test]
fn a_waiver_that_does_not_count_is_named_with_its_reason() {
    let set_aside = |waiver: Presented<Waiver>, change: fn(&mut Scene)| {
        let mut scene = scene([waiver]);
        change(&mut scene);
        let Waived::NotCounted { have, need, files } = scene.weigh().changes[0].waived.clone()
        else {
            panic!("{:?}", scene.weigh().changes[0].waived);
        };
        assert_eq!((have, need, files.len()), (0, 2, 1));
        files[0].why.clone()
    };
    let as_it_is: fn(&mut Scene) = |_| {};
    let one = || security("gov1", "a b");
    let not_in_team = |approver: &str| Uncounted::NotApprover {
        approver: approver.to_owned(),
        of: "governance".to_owned(),
    };
    assert_eq!(
        set_aside(security("dana", "a b"), as_it_is),
        not_in_team("dana")
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waiver_rules.team = None),
        Uncounted::NoTeam
    );
    assert_eq!(
        set_aside(one(), |scene| scene.teams.clear()),
        not_in_team("gov1")
    );
    assert_eq!(
        set_aside(
            waives(WaiverKind::PreviouslyApproved, "gov1", "a b"),
            as_it_is
        ),
        Uncounted::Kind
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waivers[0].withdrawn = true),
        Uncounted::Withdrawn
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waivers[0].counts = refused()),
        Uncounted::Unsigned {
            why: "it is not signed".to_owned(),
        }
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waivers[0].value.expires =
            date(2026, 12, 20)),
        Uncounted::TooLong { days: 31, most: 30 }
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waivers[0].value.issued =
            date(2026, 11, 21)),
        Uncounted::Future {
            issued: date(2026, 11, 21)
        }
    );
    assert_eq!(
        set_aside(one(), |scene| scene.waivers[0].value.contract =
            "other".to_owned()),
        Uncounted::WrongContract {
            contract: "other".to_owned(),
            other: Some("orders".to_owned()),
        }
    );
    assert_eq!(
        set_aside(one(), |scene| scene.asked[0].rule =
            "property-added".to_owned()),
        Uncounted::FalseCaption
    );
}

#[test]
fn a_waiver_ends() {
    let mut scene = scene([security("gov1", "a b"), security("gov2", "a b")]);
    scene.today = LAST;
    assert!(matches!(
        scene.weigh().changes[0].waived,
        Waived::Yes { .. }
    ));
    scene.today = LAST.tomorrow().unwrap();
    assert_eq!(
        scene.weigh().changes[0].waived,
        Waived::Expired { on: LAST }
    );
}

#[test]
fn a_waiver_opens_the_gate_without_window_and_answers() {
    let both = || [security("gov1", "a b"), security("gov2", "a b")];
    let judged = |scene: &Scene, window_is_over| {
        let weight = &scene.weigh().changes[0];
        (
            weight.settles(window_is_over),
            weight.valid_until(window_is_over),
        )
    };
    let none = scene([]);
    assert_eq!(judged(&none, true), (false, None));
    assert_eq!(judged(&none, false), (false, None));
    let waived = scene(both());
    assert_eq!(judged(&waived, true), (true, Some(LAST)));
    assert_eq!(judged(&waived, false), (true, Some(LAST)));
    let answered = none.with([accepts("mobile dana", "a b")]);
    assert_eq!(judged(&answered, true), (true, Some(date(2027, 2, 17))));
    assert_eq!(judged(&answered, false), (false, None));
    // Either is enough once the window is over, so the longer one decides.
    let both = waived.with([accepts("mobile dana", "a b")]);
    assert_eq!(judged(&both, true), (true, Some(date(2027, 2, 17))));
    assert_eq!(judged(&both, false), (true, Some(LAST)));
    // A change that nobody has to answer for ends with no day.
    let mut free = Scene::new(&[]);
    free.waivers = scene([]).waivers;
    assert_eq!(judged(&free, true), (true, None));
}
