//! Laws of the judgement, over tables of files that nobody would write.

use super::*;
use proptest::prelude::*;

/// Somebody's word, true or false, timely or not.
fn paper() -> impl Strategy<Value = Presented<Signoff>> {
    let who = prop::sample::select(vec![
        "mobile dana",
        "mobile lee",
        "mobile kim",
        "web kim",
        "web sam",
        "web owen",
        "bot bo",
        "bot ben",
        "nobody dana",
    ]);
    let sites = prop::sample::select(vec!["a", "b", "a b", "a b", "a c", "c", "z"]);
    let decision = prop_oneof![
        4 => Just(Decision::Accept),
        1 => Just(Decision::Object),
        1 => Just(Decision::Abstain),
    ];
    let assurance = prop_oneof![
        6 => Just(0_u8),
        1 => Just(1),
        1 => Just(2),
        1 => Just(3),
    ];
    let oddity = prop_oneof![9 => Just(0_u8), 1 => Just(1), 1 => Just(2), 1 => Just(3)];
    (
        who,
        sites,
        decision,
        14..22_i8,
        -2..9_i64,
        assurance,
        oddity,
    )
        .prop_map(|(who, sites, decision, issued, lasts, assurance, oddity)| {
            let mut paper = says(decision, who, sites).on(issued);
            paper.value.expires = TODAY.checked_add(lasts.days()).expect("a day");
            paper.counts = match assurance {
                0 => Assurance::OnBase,
                1 => signed(&paper.value.approver, Expiry::On(date(2026, 11, 23))),
                2 => signed("lee", Expiry::Never),
                _ => refused(),
            };
            match oddity {
                0 => {}
                1 => paper.withdrawn = true,
                2 => paper.value.contract = "catalog".to_owned(),
                _ => paper.value.changes[0].element = "op:other".to_owned(),
            }
            paper
        })
}

/// Three consumers, two changes, and up to a dozen files, each under a name of its own.
fn scene() -> impl Strategy<Value = Scene> {
    (
        prop::collection::vec(paper(), 0..12),
        prop::collection::vec(0..20_i64, 0..2),
    )
        .prop_map(|(mut papers, days)| {
            for (at, paper) in papers.iter_mut().enumerate() {
                paper.file = format!(".contract/signoffs/{}/{at}.yaml", paper.value.consumer);
            }
            let mut scene =
                Scene::new(&[("mobile", "a"), ("web", "a b"), ("bot", "")]).with(papers);
            scene.asked.push(asked("orders", "c", &[("mobile", "c")]));
            scene.requests = days
                .into_iter()
                .map(|days| requested("bot", "a b", days))
                .collect();
            scene
        })
}

fn settled(weighed: &Weighed) -> Vec<bool> {
    let answers = weighed.changes.iter().flat_map(|change| &change.answers);
    answers.map(|answer| answer.standing.settles()).collect()
}

proptest! {
    #[test]
    fn the_order_of_files_makes_no_difference(scene in scene(), seed in any::<u64>()) {
        let mut shuffled = scene.clone();
        shuffled.signoffs.sort_by_key(|paper| {
            paper.file.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        });
        shuffled.requests.reverse();
        prop_assert_eq!(scene.weigh(), shuffled.weigh());
    }

    #[test]
    fn removing_an_acceptance_settles_nothing(scene in scene(), at in any::<prop::sample::Index>()) {
        prop_assume!(!scene.signoffs.is_empty());
        let mut without = scene.clone();
        let removed = without.signoffs.remove(at.index(scene.signoffs.len()));
        let is_accept = removed.value.decision == Decision::Accept;
        for (before, after) in settled(&scene.weigh()).into_iter().zip(settled(&without.weigh())) {
            prop_assert!(before || !after || !is_accept);
        }
    }

    #[test]
    fn an_objection_settles_nothing(scene in scene(), paper in paper()) {
        let mut objection = paper;
        objection.value.decision = Decision::Object;
        objection.file = format!(".contract/signoffs/{}/objection.yaml", objection.value.consumer);
        let with = scene.clone().with([objection]);
        for (before, after) in settled(&scene.weigh()).into_iter().zip(settled(&with.weigh())) {
            prop_assert!(before || !after);
        }
    }

    #[test]
    fn a_file_about_something_else_changes_nothing(scene in scene(), paper in paper()) {
        let mut other = paper;
        other.file = format!(".contract/signoffs/{}/other.yaml", other.value.consumer);
        other.value.changes = changes("elsewhere");
        let with = scene.clone().with([other]);
        prop_assert_eq!(scene.weigh().changes, with.weigh().changes);
    }

    #[test]
    fn a_sign_off_counts_only_for_what_it_lists(scene in scene()) {
        let weighed = scene.weigh();
        for (asked, change) in scene.asked.iter().zip(&weighed.changes) {
            for (affected, answer) in asked.affected.iter().zip(&change.answers) {
                let Standing::Accepted { by, .. } = &answer.standing else {
                    continue;
                };
                let quorum = scene.consumers.list.iter().find(|one| one.id == answer.consumer).unwrap().quorum;
                let lists = |word: &&Word, fingerprint: &str| {
                    let file = scene.signoffs.iter().find(|paper| paper.file == word.file).unwrap();
                    file.value.approver == word.approver
                        && file.value.changes.iter().any(|change| change.fingerprint == fingerprint)
                };
                for site in super::super::answer::hurt(asked, affected) {
                    let people: BTreeSet<&str> = by
                        .iter()
                        .filter(|word| lists(word, &site.fingerprint))
                        .map(|word| word.approver.as_str())
                        .collect();
                    prop_assert!(people.len() >= quorum as usize, "{:?} {:?}", site, answer);
                }
            }
        }
    }

    #[test]
    fn what_is_settled_stays_so_until_its_day(mut scene in scene()) {
        scene.signoffs.retain(|paper| paper.value.issued <= TODAY);
        let weighed = scene.weigh();
        let only_acceptances = scene.signoffs.iter().all(|paper| paper.value.decision == Decision::Accept);
        for (at, change) in weighed.changes.iter().enumerate() {
            let Some(until) = change.valid_until(true) else {
                continue;
            };
            let mut day = TODAY;
            while day <= until {
                scene.today = day;
                prop_assert!(scene.weigh().changes[at].settles(true), "{} {}", at, day);
                day = day.tomorrow().unwrap();
            }
            if only_acceptances && at == 1 {
                scene.today = day;
                prop_assert!(!scene.weigh().changes[at].settles(true), "{} {}", at, day);
            }
            scene.today = TODAY;
        }
    }
}

/// 2,000 sign-offs, and 300 changes that hurt 40 consumers at two sites each: judged by look-ups, never by trying all pairs.
#[test]
fn two_thousand_files_are_judged_at_once() {
    let name = |at: usize| format!("s{at}");
    let mut scene = Scene::new(&[]);
    scene.consumers.list = (0..40)
        .map(|at| consumer(&format!("c{at}"), Tier::Critical, "dana", 1))
        .collect();
    scene.asked = (0..300)
        .map(|at| {
            let sites = format!("{} {}", name(2 * at), name(2 * at + 1));
            let who: Vec<String> = (0..40).map(|at| format!("c{at}")).collect();
            let affected: Vec<(&str, &str)> = who.iter().map(|id| (id.as_str(), "")).collect();
            asked("orders", &sites, &affected)
        })
        .collect();
    scene.signoffs = (0..2000)
        .map(|at| {
            let sites: Vec<String> = (0..12).map(|site| name(at / 40 * 12 + site)).collect();
            accepts(&format!("c{} dana", at % 40), &sites.join(" "))
                .filed(&format!("c{}/{at}", at % 40))
        })
        .collect();
    let weighed = scene.weigh();
    assert!(weighed.changes.iter().all(|change| change.settles(true)));
    assert_eq!(weighed.notices, []);
}
