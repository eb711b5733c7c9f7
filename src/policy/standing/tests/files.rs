//! What is said about the files themselves.

use super::*;
use crate::spec::Level;

const DANA: &str = ".contract/signoffs/mobile/dana-accept.yaml";

fn dana() -> Presented<Signoff> {
    accepts("mobile dana", "a b")
}

fn one(kind: &'static str) -> Vec<(&'static str, String)> {
    vec![(kind, DANA.to_owned())]
}

#[test]
fn nothing_is_said_of_a_file_that_counts() {
    assert_eq!(mobile().with([dana()]).said(), []);
    assert_eq!(mobile().with([objects("mobile dana", "a b")]).said(), []);
}

#[test]
fn a_false_caption_is_an_error_at_its_line() {
    let mut file = dana();
    file.value.changes[1].element = "op:c".to_owned();
    assert_eq!(
        mobile().with([file]).weigh().notices,
        [Notice {
            kind: NoticeKind::SummaryMismatch,
            file: DANA.to_owned(),
            place: Some(Place { line: 9, column: 5 }),
            fingerprint: Some("cf1:b".to_owned()),
            element: Some("op:b".to_owned()),
            message: "the sign-off calls this change property-removed at op:c, and it is property-removed at op:b".to_owned(),
            help: Some("write it again with `contract signoff add`, which names changes as they are".to_owned()),
        }]
    );
    // Whether anybody asked for it or not, and by whomever it is.
    let mut stray = accepts("web lee", "a").on(21).known(refused());
    stray.value.changes[0].rule = "other".to_owned();
    let said = mobile().with([stray]).said();
    assert_eq!(said[0].0, "signoff-summary-mismatch");
    assert_eq!(NoticeKind::SummaryMismatch.level(), Level::Error);
}

#[test]
fn each_file_is_spoken_of_by_the_first_thing_that_is_wrong_with_it() {
    let mut elsewhere = dana();
    elsewhere.value.contract = "catalog".to_owned();
    let mut nowhere = dana();
    nowhere.value.contract = "nothing".to_owned();
    let cases = [
        (dana().until(date(2026, 11, 19)), "signoff-expired"),
        (dana().until(date(2026, 12, 4)), "signoff-expiring"),
        (dana().known(refused()), "signoff-unsigned"),
        (
            dana().known(signed("lee", Expiry::Never)),
            "signoff-unsigned",
        ),
        (dana().on(21), "signoff-not-counted"),
        (dana().until(date(2028, 1, 1)), "signoff-too-long"),
        (elsewhere, "signoff-wrong-contract"),
        (nowhere, "signoff-wrong-contract"),
        (
            dana().known(signed("dana", Expiry::On(date(2026, 12, 4)))),
            "signer-key-expiring",
        ),
    ];
    for (file, kind) in cases {
        assert_eq!(mobile().with([file]).said(), one(kind));
    }
    assert_eq!(mobile().with([dana().until(date(2026, 12, 5))]).said(), []);
    let far = signed("dana", Expiry::On(date(2026, 12, 5)));
    assert_eq!(mobile().with([dana().known(far)]).said(), []);
    for (file, kind, path) in [
        (
            accepts("mobile kim", "a"),
            "signoff-not-approver",
            "mobile/kim-accept",
        ),
        (
            accepts("nobody kim", "a"),
            "signoff-unknown-consumer",
            "nobody/kim-accept",
        ),
        (dana().filed("web/dana"), "signoff-misplaced", "web/dana"),
        (
            accepts("web owen", "a"),
            "signoff-not-counted",
            "web/owen-accept",
        ),
        (
            accepts("web kim", "a"),
            "signoff-not-required",
            "web/kim-accept",
        ),
    ] {
        let said = vec![(kind, format!(".contract/signoffs/{path}.yaml"))];
        assert_eq!(mobile().with([file]).said(), said);
    }
}

#[test]
fn a_file_without_a_change_is_unused_or_spent() {
    let idle = || accepts("mobile dana", "x y");
    assert_eq!(mobile().with([idle()]).said(), one("signoff-unused"));
    let mut half = mobile().with([idle()]);
    half.spent = BTreeSet::from(["cf1:x".to_owned()]);
    assert_eq!(half.said(), one("signoff-unused"));
    half.spent.insert("cf1:y".to_owned());
    assert_eq!(half.said(), one("signoff-spent"));
    // What is over, or by someone who left, is spent all the same.
    let mut left = mobile().with([idle().until(date(2026, 11, 1)).known(refused())]);
    left.spent.clone_from(&half.spent);
    assert_eq!(left.said(), one("signoff-spent"));
    // A run that does not compare the contract cannot know.
    let mut other = mobile().with([idle()]);
    other.contracts.get_mut("orders").unwrap().compared = false;
    assert_eq!(other.said(), []);
    // Some of it being used is enough.
    assert_eq!(mobile().with([accepts("mobile dana", "a b x")]).said(), []);
}

#[test]
fn taking_away_what_is_in_the_way_is_said() {
    let objection = objects("mobile dana", "a").withdrawn();
    assert_eq!(
        mobile().with([objection]).weigh().notices,
        [Notice {
            kind: NoticeKind::Withdrawn,
            file: ".contract/signoffs/mobile/dana-object.yaml".to_owned(),
            place: None,
            fingerprint: Some("cf1:a".to_owned()),
            element: Some("op:a".to_owned()),
            message: "the objection of dana is taken away, and holds until that has landed".to_owned(),
            help: Some(
                "let an approver of the same consumer accept, or land the removal in a change of its own".to_owned()
            ),
        }]
    );
    assert_eq!(mobile().with([dana().withdrawn()]).said(), []);
    let idle = objects("mobile dana", "x").withdrawn();
    assert_eq!(mobile().with([idle]).said(), []);
}

#[test]
fn an_expiring_key_is_named_once() {
    let soon = || signed("dana", Expiry::On(date(2026, 12, 1)));
    let two = [
        dana().known(soon()),
        dana().known(soon()).filed("mobile/second"),
    ];
    assert_eq!(
        mobile().with(two).weigh().notices,
        [Notice {
            kind: NoticeKind::KeyExpiring,
            file: DANA.to_owned(),
            place: None,
            fingerprint: None,
            element: None,
            message:
                "the key of dana is valid until 2026-12-01, and what it signed counts no longer"
                    .to_owned(),
            help: Some("renew it in .contract/allowed_signers before that day".to_owned()),
        }]
    );
    // A key below a file that nobody needs is nobody's business.
    let idle = accepts("mobile dana", "x").known(soon());
    assert_eq!(mobile().with([idle]).said(), one("signoff-unused"));
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let texts = |file| {
        let notices = mobile().with([file]).weigh().notices;
        let [notice] = notices.as_slice() else {
            panic!("{notices:?}");
        };
        format!(
            "{} / {}",
            notice.message,
            notice.help.as_deref().unwrap_or("-")
        )
    };
    let mut elsewhere = dana();
    elsewhere.value.contract = "catalog".to_owned();
    for (file, text) in [
        (
            dana().known(refused()),
            "the sign-off does not count: it is not signed / sign it",
        ),
        (
            accepts("mobile kim", "a"),
            "the sign-off is by kim, who is no approver of mobile on the base / let an approver of mobile decide, or land a new approver first",
        ),
        (
            elsewhere,
            "the sign-off is about the contract `catalog`, and its change is in `orders` / name the contract orders",
        ),
        (
            dana().until(date(2026, 11, 19)),
            "the sign-off counted until 2026-11-19 / let it be issued again, or remove it with `contract signoff prune`",
        ),
        (
            dana().until(date(2028, 11, 19)),
            "the sign-off is valid for 731 days, and the base's policy allows 180 / let it expire 180 days after it was issued, or sooner",
        ),
        (
            dana().filed("web/dana"),
            "the sign-off is for `mobile`, and is not in its folder, .contract/signoffs/mobile/ / move it to .contract/signoffs/mobile/",
        ),
        (
            accepts("mobile dana", "x"),
            "the sign-off matches no change of orders / remove it with `contract signoff prune`",
        ),
        (
            accepts("web kim", "a"),
            "nobody asked web about this change / -",
        ),
    ] {
        assert_eq!(texts(file), text);
    }
}

#[test]
fn every_rule_has_an_id_of_its_own() {
    let ids: BTreeSet<&str> = NoticeKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), NoticeKind::ALL.len());
}
