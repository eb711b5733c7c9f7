//! What stands in the way, and what silence means.

use super::*;

#[test]
fn an_objection_blocks_until_the_same_consumer_accepts_later() {
    let no = || objects("mobile dana", "a").on(10);
    let blocked = objected("mobile/dana-object", "dana");
    assert_eq!(mobile().with([no()]).standing(), blocked);
    for (answer, is_answered) in [
        (accepts("mobile dana", "a b").on(11), true),
        (accepts("mobile lee", "a b").on(11), true),
        // On the same day the objection holds, and so it does against what came before.
        (accepts("mobile lee", "a b").on(10), false),
        (accepts("mobile dana", "a b").on(9), false),
        // Only an acceptance answers, of this consumer, and one that counts.
        (abstains("mobile dana", "a b").on(11), false),
        (accepts("web kim", "a b").on(11), false),
        (accepts("mobile lee", "b").on(11), false),
        (accepts("mobile lee", "a b").on(11).known(refused()), false),
    ] {
        let name = format!("{answer:?}");
        let standing = mobile().with([no(), answer]).standing();
        assert_eq!(
            matches!(standing, Standing::Accepted { .. }),
            is_answered,
            "{name}"
        );
        assert_eq!(standing == blocked, !is_answered, "{name}");
    }
    // An acceptance that is taken back answers nothing.
    let taken_back = [
        no(),
        accepts("mobile lee", "a b").on(11),
        abstains("mobile lee", "a b").on(12),
    ];
    assert_eq!(mobile().with(taken_back).standing(), blocked);
}

#[test]
fn an_objection_blocks_whoever_else_accepts_and_wherever_in_the_change_it_is() {
    let scene = Scene::new(&[("mobile", "a")]).with([
        accepts("mobile dana", "a"),
        accepts("mobile lee", "a"),
        objects("mobile lee", "b"),
    ]);
    assert_eq!(scene.standing(), objected("mobile/lee-object", "lee"));
    // Of those who are not asked, nobody can block.
    let scene = mobile().with([accepts("mobile dana", "a b"), objects("web kim", "a b")]);
    assert_eq!(scene.standing(), accepted(&["mobile dana"], LAST));
    let latest = [
        objects("mobile dana", "a").on(9),
        objects("mobile lee", "b").on(12),
        objects("mobile lee", "a").on(10).filed("mobile/other"),
    ];
    assert_eq!(
        mobile().with(latest).standing(),
        objected("mobile/lee-object", "lee")
    );
}

#[test]
fn an_answer_to_an_objection_ends_with_the_answer() {
    let scene = mobile().with([
        accepts("mobile dana", "a b").on(8),
        objects("mobile lee", "a b").on(9),
        accepts("mobile lee", "a b").on(10).until(SOONER),
    ]);
    assert_eq!(scene.weigh().changes[0].valid_until(true), Some(SOONER));
    let mut later = scene.clone();
    later.today = SOONER.tomorrow().unwrap();
    assert_eq!(later.standing(), objected("mobile/lee-object", "lee"));
    // An objection that ends before its answer does not come back.
    let mut short = scene;
    short.signoffs[1].value.expires = date(2026, 11, 30);
    assert_eq!(short.weigh().changes[0].valid_until(true), Some(LAST));
}

#[test]
fn limits_on_approval_do_not_void_an_objection() {
    let long = objects("mobile dana", "a").until(date(2030, 1, 1));
    assert_eq!(
        mobile().with([long]).standing(),
        objected("mobile/dana-object", "dana")
    );
    assert_eq!(
        web().with([objects("web owen", "a")]).standing(),
        objected("web/owen-object", "owen")
    );
    let mut misnamed = objects("mobile dana", "a");
    misnamed.value.changes[0].element = "op:z".to_owned();
    assert_eq!(
        mobile().with([misnamed]).standing(),
        objected("mobile/dana-object", "dana")
    );
    // But one that is over, of another, or of nobody stands in no way.
    for idle in [
        objects("mobile dana", "a").until(date(2026, 11, 19)),
        objects("mobile dana", "a").known(refused()),
        objects("mobile kim", "a"),
        objects("mobile dana", "a").on(21),
        objects("mobile dana", "z"),
    ] {
        assert_eq!(mobile().with([idle]).standing(), missing(0, 1, "a b"));
    }
}

#[test]
fn an_abstention_settles_where_silence_does_and_nowhere_else() {
    let abstained = |who: &str, settles| {
        let mut by = word(who, LAST);
        by.file = by.file.replace("accept", "abstain");
        Standing::Abstained {
            by: vec![by],
            settles,
            until: LAST,
        }
    };
    let scene = bot().with([abstains("bot bo", "a b")]);
    assert_eq!(scene.standing(), abstained("bot bo", true));
    assert!(scene.standing().settles());
    let scene = mobile().with([abstains("mobile dana", "a b")]);
    assert_eq!(scene.standing(), abstained("mobile dana", false));
    assert!(!scene.standing().settles());
    // It takes back what was accepted before, or on the same day.
    for day in [18, 19] {
        let scene = mobile().with([
            accepts("mobile dana", "a b").on(day),
            abstains("mobile dana", "a b"),
        ]);
        assert_eq!(scene.standing(), abstained("mobile dana", false));
    }
    let later = mobile().with([
        accepts("mobile dana", "a b").on(20),
        abstains("mobile dana", "a b"),
    ]);
    assert_eq!(later.standing(), accepted(&["mobile dana"], LAST));
}

#[test]
fn silence_is_an_abstention_so_many_days_after_the_request_landed() {
    let asked = |days_ago| {
        let mut scene = bot();
        scene.requests = vec![requested("bot", "a b", days_ago)];
        scene
    };
    let landed = |days_ago: i64| TODAY.checked_sub(days_ago.days()).unwrap();
    assert_eq!(bot().standing(), missing(0, 1, "a b"));
    assert_eq!(
        asked(13).standing(),
        Standing::Lazy {
            asked: landed(13),
            until: date(2026, 11, 21),
        }
    );
    assert_eq!(asked(14).standing(), Standing::Lapsed { asked: landed(14) });
    assert_eq!(asked(14).weigh().changes[0].valid_until(true), None);
    // Asked about one site only, about others, or on a day to come: not asked.
    for request in [
        requested("bot", "a", 30),
        requested("mobile", "a b", 30),
        requested("bot", "a b", -1),
    ] {
        let mut scene = bot();
        scene.requests = vec![request];
        assert_eq!(scene.standing(), missing(0, 1, "a b"));
    }
    // The last site asked about decides.
    let mut scene = bot();
    scene.requests = vec![
        requested("bot", "a", 30),
        requested("bot", "b", 3),
        requested("bot", "b", 2),
    ];
    assert_eq!(
        scene.standing(),
        Standing::Lazy {
            asked: landed(3),
            until: date(2026, 12, 1),
        }
    );
    // Silence is no answer where everybody has to give one, and none to an objection.
    let mut critical = mobile();
    critical.requests = vec![requested("mobile", "a b", 100)];
    assert_eq!(critical.standing(), missing(0, 1, "a b"));
    assert_eq!(
        asked(100).with([objects("bot bo", "a")]).standing(),
        objected("bot/bo-object", "bo")
    );
    assert_eq!(
        asked(100).with([accepts("bot bo", "a b")]).standing(),
        accepted(&["bot bo"], LAST)
    );
}

#[test]
fn taking_away_what_stands_in_the_way_has_no_effect_before_it_landed() {
    let no = objects("mobile dana", "a").withdrawn();
    let scene = mobile().with([no, accepts("mobile lee", "a b").on(10)]);
    assert_eq!(scene.standing(), objected("mobile/dana-object", "dana"));
    let scene = mobile().with([
        accepts("mobile dana", "a b").on(10),
        abstains("mobile dana", "a b").withdrawn(),
    ]);
    assert!(!scene.standing().settles());
}
