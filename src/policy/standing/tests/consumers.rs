//! Where one consumer stands.

use super::*;

fn not_counted(file: &str, why: Uncounted) -> Standing {
    Standing::NotCounted {
        have: 0,
        need: 1,
        files: vec![set(file, why)],
    }
}

#[test]
fn each_site_that_hurts_needs_an_acceptance_and_no_other_does() {
    assert_eq!(mobile().standing(), missing(0, 1, "a b"));
    assert_eq!(
        mobile().with([accepts("mobile dana", "a")]).standing(),
        missing(0, 1, "b")
    );
    assert_eq!(
        mobile().with([accepts("mobile dana", "a b")]).standing(),
        accepted(&["mobile dana"], LAST)
    );
    // Several sign-offs cover together what none covers alone.
    assert_eq!(
        mobile()
            .with([accepts("mobile dana", "a"), accepts("mobile lee", "b")])
            .standing(),
        accepted(&["mobile dana", "mobile lee"], LAST)
    );
    let only_a = Scene::new(&[("mobile", "a")]).with([accepts("mobile dana", "a")]);
    assert_eq!(only_a.standing(), accepted(&["mobile dana"], LAST));
    // Who is hurt nowhere in particular, or somewhere unknown, is hurt everywhere.
    for sites in ["", "a z"] {
        let scene = Scene::new(&[("mobile", sites)]).with([accepts("mobile dana", "a")]);
        assert_eq!(scene.standing(), missing(0, 1, "b"));
    }
}

#[test]
fn a_quorum_counts_people_and_not_files() {
    let twice = [
        accepts("web kim", "a b"),
        accepts("web kim", "a b").filed("web/again"),
    ];
    assert_eq!(web().with(twice).standing(), missing(1, 2, "a b"));
    let uneven = [accepts("web kim", "a b"), accepts("web sam", "a")];
    assert_eq!(web().with(uneven).standing(), missing(1, 2, "b"));
    let both = [
        accepts("web kim", "a b"),
        accepts("web sam", "a b").until(SOONER),
    ];
    assert_eq!(
        web().with(both).standing(),
        Standing::Accepted {
            by: vec![word("web kim", LAST), word("web sam", SOONER)],
            until: SOONER,
        }
    );
    let mut nobody = mobile();
    nobody.consumers.list[0].quorum = 0;
    assert_eq!(nobody.standing(), missing(0, 1, "a b"));
}

#[test]
fn an_acceptance_lasts_as_long_as_enough_of_its_words_and_keys() {
    let spare = [
        accepts("mobile dana", "a b").until(SOONER),
        accepts("mobile lee", "a b"),
    ];
    assert_eq!(
        mobile().with(spare).standing(),
        Standing::Accepted {
            by: vec![word("mobile dana", SOONER), word("mobile lee", LAST)],
            until: LAST,
        }
    );
    let key = |until| accepts("mobile dana", "a b").known(signed("dana", until));
    for (until, last) in [
        (Expiry::Never, LAST),
        (Expiry::On(SOONER), SOONER),
        (Expiry::On(date(2030, 1, 1)), LAST),
    ] {
        let Standing::Accepted { by, until } = mobile().with([key(until)]).standing() else {
            panic!("accepted");
        };
        assert_eq!(
            (until, by[0].until, by[0].assurance),
            (last, last, "signed")
        );
    }
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    let mut scene = mobile().with([accepts("mobile dana", "a b")]);
    scene.today = LAST;
    assert_eq!(scene.standing(), accepted(&["mobile dana"], LAST));
    scene.today = LAST.tomorrow().unwrap();
    assert_eq!(scene.standing(), Standing::Expired { on: LAST });
    // What is over does not help a quorum; with it, it would have been met.
    let mut scene = web().with([
        accepts("web kim", "a b"),
        accepts("web sam", "a b").until(TODAY),
    ]);
    scene.today = TODAY.tomorrow().unwrap();
    assert_eq!(scene.standing(), Standing::Expired { on: TODAY });
}

#[test]
fn what_does_not_count_is_named_with_its_reason() {
    let dana = || accepts("mobile dana", "a b");
    let file = "mobile/dana-accept";
    let mut elsewhere = dana();
    elsewhere.value.contract = "catalog".to_owned();
    let mut misnamed = dana();
    misnamed.value.changes[1].rule = "property-added".to_owned();
    let cases = [
        (dana().withdrawn(), Uncounted::Withdrawn),
        (
            dana().known(refused()),
            Uncounted::Unsigned {
                why: "it is not signed".to_owned(),
            },
        ),
        (
            dana().known(signed("lee", Expiry::Never)),
            Uncounted::SignedByOther {
                approver: "dana".to_owned(),
                principal: "lee".to_owned(),
            },
        ),
        (
            dana().on(21),
            Uncounted::Future {
                issued: date(2026, 11, 21),
            },
        ),
        (
            dana().until(date(2027, 5, 19)),
            Uncounted::TooLong {
                days: 181,
                most: 180,
            },
        ),
        (
            elsewhere,
            Uncounted::WrongContract {
                contract: "catalog".to_owned(),
                other: Some("orders".to_owned()),
            },
        ),
        (misnamed, Uncounted::FalseCaption),
    ];
    for (paper, why) in cases {
        assert_eq!(mobile().with([paper]).standing(), not_counted(file, why));
    }
    let longest = dana().until(date(2027, 5, 18));
    assert_eq!(
        mobile().with([longest]).standing(),
        accepted(&["mobile dana"], date(2027, 5, 18))
    );
    assert_eq!(
        mobile().with([accepts("mobile kim", "a b")]).standing(),
        not_counted(
            "mobile/kim-accept",
            Uncounted::NotApprover {
                approver: "kim".to_owned(),
                of: "mobile".to_owned(),
            }
        )
    );
    assert_eq!(
        mobile().with([dana().filed("web/dana")]).standing(),
        not_counted(
            "web/dana",
            Uncounted::Misplaced {
                consumer: "mobile".to_owned()
            }
        )
    );
}

#[test]
fn who_answers_for_the_contract_does_not_answer_for_its_consumers() {
    let scene = || web().with([accepts("web owen", "a b"), accepts("web sue", "a b")]);
    let own = |approver: &str| Uncounted::OwnWord {
        approver: approver.to_owned(),
    };
    assert_eq!(
        scene().standing(),
        Standing::NotCounted {
            have: 0,
            need: 2,
            files: vec![
                set("web/owen-accept", own("owen")),
                set("web/sue-accept", own("sue"))
            ],
        }
    );
    let mut allowed = scene();
    allowed.rules.allow_self_approval = true;
    assert_eq!(allowed.standing(), accepted(&["web owen", "web sue"], LAST));
    // A consumer that is the owner itself has nobody else to ask.
    let own = Scene::new(&[("shop", "a b")]).with([accepts("shop owen", "a b")]);
    assert_eq!(own.standing(), accepted(&["shop owen"], LAST));
}

#[test]
fn a_consumer_that_the_base_does_not_know_is_never_settled() {
    let scene = Scene::new(&[("new", "a b")]).with([accepts("new dana", "a b")]);
    assert_eq!(
        scene.standing(),
        not_counted(
            "new/dana-accept",
            Uncounted::UnknownConsumer {
                consumer: "new".to_owned()
            }
        )
    );
    let mut nothing = mobile();
    nothing.asked[0].sites.clear();
    assert_eq!(nothing.standing(), missing(0, 1, ""));
}
