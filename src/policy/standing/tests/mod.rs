//! Where consumers stand: `mobile` needs one of two approvers, `web` both of two, and of `bot` silence is enough.

mod assurances;
mod consumers;
mod files;
mod laws;
mod objections;
mod waivers;

use super::*;
use crate::judge::Site;
use crate::policy::{
    files::{
        Consumer, ConsumerKind, Consumers, Decision, Place, Request, RequestedChange, SignedChange,
        Signoff, SignoffRules, Team, Tier, Waiver, WaiverKind, WaiverRules,
    },
    signature::Expiry,
};
use jiff::{ToSpan as _, civil::Date, civil::date};
use std::collections::{BTreeMap, BTreeSet};

const TODAY: Date = date(2026, 11, 20);
const RULE: &str = "property-removed";
/// The last day of a sign-off.
const LAST: Date = date(2027, 2, 17);
/// A day before it.
const SOONER: Date = date(2026, 12, 1);

/// The base, and what lies on the table.
#[derive(Clone, Debug)]
struct Scene {
    asked: Vec<Asked>,
    consumers: Consumers,
    rules: SignoffRules,
    waiver_rules: WaiverRules,
    teams: BTreeMap<String, Team>,
    contracts: BTreeMap<String, Governed>,
    signoffs: Vec<Presented<Signoff>>,
    waivers: Vec<Presented<Waiver>>,
    requests: Vec<Landed>,
    spent: BTreeSet<String>,
    today: Date,
}

impl Scene {
    /// One change of two sites, `a` and `b`, and nothing on the table.
    fn new(affected: &[(&str, &str)]) -> Self {
        let team = |names: &str| Team {
            contact: None,
            principals: strings(names),
        };
        let governed = |owner: &str| Governed {
            owner: Some(owner.to_owned()),
            steward: Some("sue".to_owned()),
            compared: true,
        };
        Self {
            asked: vec![asked("orders", "a b", affected)],
            consumers: Consumers {
                list: vec![
                    consumer("mobile", Tier::Critical, "dana lee", 1),
                    consumer("web", Tier::Standard, "kim sam owen sue", 2),
                    consumer("bot", Tier::BestEffort, "bo ben", 1),
                    consumer("shop", Tier::Standard, "owen", 1),
                ],
            },
            rules: SignoffRules::default(),
            waiver_rules: WaiverRules {
                team: Some("governance".to_owned()),
                count: 2,
                ..WaiverRules::default()
            },
            teams: BTreeMap::from([
                ("shop".to_owned(), team("owen")),
                ("governance".to_owned(), team("gov1 gov2 gov3")),
            ]),
            contracts: BTreeMap::from([
                ("orders".to_owned(), governed("shop")),
                ("catalog".to_owned(), governed("shop")),
            ]),
            signoffs: Vec::new(),
            waivers: Vec::new(),
            requests: Vec::new(),
            spent: BTreeSet::new(),
            today: TODAY,
        }
    }

    fn with(mut self, signoffs: impl IntoIterator<Item = Presented<Signoff>>) -> Self {
        self.signoffs.extend(signoffs);
        self
    }

    fn weigh(&self) -> Weighed {
        weigh(&Question {
            asked: &self.asked,
            consumers: &self.consumers,
            rules: &self.rules,
            waiver_rules: &self.waiver_rules,
            teams: &self.teams,
            contracts: &self.contracts,
            signoffs: &self.signoffs,
            waivers: &self.waivers,
            requests: &self.requests,
            spent: &self.spent,
            today: self.today,
        })
    }

    /// Where the first consumer stands on the first change.
    fn standing(&self) -> Standing {
        self.weigh().changes[0].answers[0].standing.clone()
    }

    /// What is said of the files: rule and file.
    fn said(&self) -> Vec<(&'static str, String)> {
        let notices = self.weigh().notices;
        notices
            .into_iter()
            .map(|notice| (notice.kind.id(), notice.file))
            .collect()
    }
}

fn strings(words: &str) -> Vec<String> {
    words.split_ascii_whitespace().map(str::to_owned).collect()
}

fn consumer(id: &str, tier: Tier, approvers: &str, quorum: u32) -> Consumer {
    Consumer {
        id: id.to_owned(),
        name: None,
        tier,
        kind: ConsumerKind::Internal,
        contact: None,
        approvers: strings(approvers),
        quorum,
        min_window: None,
        uses: Vec::new(),
        place: Place::default(),
    }
}

fn fingerprint(site: &str) -> String {
    format!("cf1:{site}")
}

/// A change of these sites, and which of them hurt whom.
fn asked(contract: &str, sites: &str, affected: &[(&str, &str)]) -> Asked {
    Asked {
        contract: contract.to_owned(),
        rule: RULE.to_owned(),
        sites: strings(sites)
            .iter()
            .map(|site| Site {
                element: format!("op:{site}"),
                fingerprint: fingerprint(site),
            })
            .collect(),
        affected: affected
            .iter()
            .map(|(consumer, sites)| Affected {
                consumer: (*consumer).to_owned(),
                fingerprints: strings(sites)
                    .iter()
                    .map(|site| fingerprint(site))
                    .collect(),
            })
            .collect(),
    }
}

fn changes(sites: &str) -> Vec<SignedChange> {
    strings(sites)
        .iter()
        .zip(8..)
        .map(|(site, line)| SignedChange {
            fingerprint: fingerprint(site),
            rule: RULE.to_owned(),
            element: format!("op:{site}"),
            summary: None,
            place: Place { line, column: 5 },
        })
        .collect()
}

/// A sign-off on the base, issued yesterday and valid for 90 days: `mobile dana`, and the sites.
fn says(decision: Decision, who: &str, sites: &str) -> Presented<Signoff> {
    let (consumer, approver) = who.split_once(' ').expect("a consumer and an approver");
    let word = match decision {
        Decision::Accept => "accept",
        Decision::Object => "object",
        Decision::Abstain => "abstain",
    };
    Presented {
        file: format!(".contract/signoffs/{consumer}/{approver}-{word}.yaml"),
        value: Signoff {
            consumer: consumer.to_owned(),
            approver: approver.to_owned(),
            decision,
            contract: "orders".to_owned(),
            request: None,
            changes: changes(sites),
            reason: "because".to_owned(),
            issued: date(2026, 11, 19),
            expires: LAST,
            conditions: Vec::new(),
        },
        counts: Assurance::OnBase,
        withdrawn: false,
    }
}

fn accepts(who: &str, sites: &str) -> Presented<Signoff> {
    says(Decision::Accept, who, sites)
}

fn objects(who: &str, sites: &str) -> Presented<Signoff> {
    says(Decision::Object, who, sites)
}

fn abstains(who: &str, sites: &str) -> Presented<Signoff> {
    says(Decision::Abstain, who, sites)
}

impl Presented<Signoff> {
    /// Issued on a day of November 2026.
    fn on(mut self, day: i8) -> Self {
        self.value.issued = date(2026, 11, day);
        self
    }

    fn until(mut self, expires: Date) -> Self {
        self.value.expires = expires;
        self
    }

    fn filed(mut self, file: &str) -> Self {
        self.file = format!(".contract/signoffs/{file}.yaml");
        self
    }

    fn known(mut self, counts: Assurance) -> Self {
        self.counts = counts;
        self
    }

    fn withdrawn(mut self) -> Self {
        self.withdrawn = true;
        self
    }
}

fn signed(principal: &str, until: Expiry) -> Assurance {
    Assurance::Signed {
        principal: principal.to_owned(),
        until,
    }
}

fn refused() -> Assurance {
    Assurance::Refused {
        why: "it is not signed".to_owned(),
        help: "sign it".to_owned(),
    }
}

fn word(who: &str, until: Date) -> Word {
    let (consumer, approver) = who.split_once(' ').expect("a consumer and an approver");
    Word {
        approver: approver.to_owned(),
        file: format!(".contract/signoffs/{consumer}/{approver}-accept.yaml"),
        until,
        assurance: "base",
    }
}

/// A request about these sites that landed so many days ago.
fn requested(consumer: &str, sites: &str, days_ago: i64) -> Landed {
    let on = TODAY.checked_sub(days_ago.days()).expect("a day");
    Landed {
        request: Request {
            id: "sr-1".to_owned(),
            contract: "orders".to_owned(),
            issued: on,
            changes: changes(sites)
                .into_iter()
                .map(|change| RequestedChange {
                    change,
                    consumers: vec![consumer.to_owned()],
                })
                .collect(),
        },
        on,
    }
}

fn set(file: &str, why: Uncounted) -> SetAside {
    SetAside {
        file: format!(".contract/signoffs/{file}.yaml"),
        why,
    }
}

fn missing(have: u32, need: u32, open: &str) -> Standing {
    Standing::Missing {
        have,
        need,
        open: strings(open).iter().map(|site| fingerprint(site)).collect(),
    }
}

fn mobile() -> Scene {
    Scene::new(&[("mobile", "a b")])
}

fn web() -> Scene {
    Scene::new(&[("web", "a b")])
}

fn bot() -> Scene {
    Scene::new(&[("bot", "a b")])
}

fn accepted(by: &[&str], until: Date) -> Standing {
    Standing::Accepted {
        by: by.iter().map(|who| word(who, until)).collect(),
        until,
    }
}

fn objected(file: &str, by: &str) -> Standing {
    Standing::Objected {
        by: by.to_owned(),
        file: format!(".contract/signoffs/{file}.yaml"),
        reason: "because".to_owned(),
    }
}
