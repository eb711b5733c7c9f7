//! Whom the policy has asked.

use super::{change, set, usage};
use crate::policy::affected::{Asked, Hurt, Known, Site, Use, hurt};
use crate::policy::files::{Consumers, Evidence, OperationUsage, Usage};
use std::collections::BTreeMap;

const REGISTRY: &str = r"
  - {id: mobile-app, approvers: [dana], uses: [{contract: orders, usage: usage/mobile-app.yaml}]}
  - {id: report, approvers: [lee], uses: [{contract: orders}]}
  - {id: shop, approvers: [kim], uses: [{contract: catalog}]}
";

const READ: &str = "op:GET /v1/orders/{} > param:query:status";
const UNREAD: &str = "op:GET /v1/orders/{} > param:query:limit";

type Files = BTreeMap<String, Usage>;

fn registry(text: &str) -> Consumers {
    let text = format!("schema: contract.consumers/v1\nconsumers:\n{text}");
    Consumers::read("consumers.yaml", text.as_bytes()).expect("a registry")
}

fn files(usage: Usage) -> Files {
    BTreeMap::from([(".contract/usage/mobile-app.yaml".to_owned(), usage)])
}

/// Who is hurt where parameters go; the name of a parameter is its fingerprint.
fn told(
    evidence: Evidence,
    base: (&Consumers, &Files),
    head: (&Consumers, &Files),
    tops: &[&str],
    elements: &[&'static str],
) -> Vec<Hurt> {
    let known = |(registry, usage)| Known { registry, usage };
    let asked = Asked {
        contract: "orders",
        evidence,
        base: known(base),
        head: known(head),
        tops,
        by_own_path: &BTreeMap::from([(
            "op:GET /orders/{}".to_owned(),
            "op:GET /v1/orders/{}".to_owned(),
        )]),
    };
    let sites: Vec<Site<'_>> = elements
        .iter()
        .map(|element| Site {
            change: change("parameter-removed", element),
            fingerprint: element.rsplit(':').next().unwrap_or_default(),
        })
        .collect();
    hurt(&asked, &sites)
}

fn entry(consumer: &str, uses: Use, fingerprints: &[&str]) -> Hurt {
    Hurt {
        consumer: consumer.to_owned(),
        uses,
        fingerprints: fingerprints.iter().map(|one| (*one).to_owned()).collect(),
    }
}

/// What is found about the mobile app when a parameter goes that it does not send.
fn mobile(base: (&Consumers, &Files), head: (&Consumers, &Files), tops: &[&str]) -> Option<Use> {
    let found = told(Evidence::WaiveSignoff, base, head, tops, &[UNREAD]);
    let mut found = found.iter().filter(|one| one.consumer == "mobile-app");
    found.next().map(|one| one.uses)
}

#[test]
fn evidence_decides_who_is_asked() {
    let consumers = registry(REGISTRY);
    let mut files = files(usage());
    let shop = Usage {
        consumer: "shop".to_owned(),
        ..usage()
    };
    files.insert(".contract/usage/shop.yaml".to_owned(), shop);
    let side = (&consumers, &files);
    let (both, one, other): (&[&str], &[&str], &[&str]) =
        (&["status", "limit"], &["status"], &["limit"]);
    let report = |prints| entry("report", Use::Uses, prints);
    let mobile = |uses, prints| entry("mobile-app", uses, prints);
    for (evidence, expected, elsewhere) in [
        (
            Evidence::Off,
            vec![mobile(Use::Uses, both), report(both)],
            vec![mobile(Use::Uses, other), report(other)],
        ),
        (
            Evidence::Inform,
            vec![mobile(Use::Uses, both), report(both)],
            vec![mobile(Use::NotUsed, other), report(other)],
        ),
        (
            Evidence::WaiveSignoff,
            vec![mobile(Use::Uses, one), report(both)],
            vec![report(other)],
        ),
        (
            Evidence::Strict,
            vec![
                mobile(Use::Uses, both),
                report(both),
                entry("shop", Use::Uses, one),
            ],
            vec![mobile(Use::NotUsed, other), report(other)],
        ),
    ] {
        let of = |elements: &[&'static str]| told(evidence, side, side, &[], elements);
        assert_eq!(of(&[READ, UNREAD]), expected, "{evidence:?}");
        assert_eq!(of(&[UNREAD]), elsewhere, "{evidence:?}");
        assert_eq!(of(&[]), [], "{evidence:?}");
    }
}

#[test]
fn head_adds_consumers_and_uses_and_takes_none_away() {
    let (with, without) = (registry(REGISTRY), registry("  []\n"));
    let wider = OperationUsage {
        operation: "GET /v1/orders/{}".to_owned(),
        sends: set("query", &["limit"]),
        ..OperationUsage::default()
    };
    let wide = files(Usage {
        operations: vec![wider],
        ..usage()
    });
    let (narrow, none) = (files(usage()), Files::new());
    let both = [
        entry("mobile-app", Use::Uses, &["status"]),
        entry("report", Use::Uses, &["status"]),
    ];
    for (base, head) in [
        ((&with, &narrow), (&without, &none)),
        ((&without, &none), (&with, &narrow)),
    ] {
        assert_eq!(told(Evidence::WaiveSignoff, base, head, &[], &[READ]), both);
    }
    let of = |base, head| mobile((&with, base), (&with, head), &[]);
    assert_eq!(of(&narrow, &narrow), None);
    assert_eq!(of(&narrow, &wide), Some(Use::Uses));
    assert_eq!(of(&wide, &narrow), Some(Use::Uses));
    assert_eq!(of(&narrow, &none), Some(Use::Unknown));
    assert_eq!(of(&none, &narrow), Some(Use::Unknown));
}

#[test]
fn a_usage_may_leave_the_path_of_the_servers_out() {
    let consumers = registry(REGISTRY);
    let mut own = usage();
    for listed in &mut own.operations {
        listed.operation = listed.operation.replacen("/v1/orders/{}", "/orders/{}", 1);
    }
    assert!(
        own.operations
            .iter()
            .any(|listed| listed.operation == "GET /orders/{}")
    );
    let files = files(own);
    let sides = (&consumers, &files);
    let of = |element| {
        let found = told(Evidence::WaiveSignoff, sides, sides, &[], &[element]);
        let mut found = found.into_iter().filter(|one| one.consumer == "mobile-app");
        found.next().map(|one| one.uses)
    };
    assert_eq!((of(READ), of(UNREAD)), (Some(Use::Uses), None));
}

#[test]
fn a_usage_file_about_something_else_proves_nothing() {
    let consumers = registry(REGISTRY);
    let of = |usage: Usage, tops: &[&str]| {
        let files = files(usage);
        mobile((&consumers, &files), (&consumers, &files), tops)
    };
    let tops = [
        "op:GET /v1/orders/{}",
        "op:POST /v1/orders",
        "webhook:order.sent",
    ];
    assert_eq!(of(usage(), &tops), None);
    assert_eq!(of(usage(), &tops[1..]), Some(Use::Unknown));
    assert_eq!(of(usage(), &tops[..2]), Some(Use::Unknown));
    let elsewhere = Usage {
        contract: "catalog".to_owned(),
        ..usage()
    };
    let other = Usage {
        consumer: "report".to_owned(),
        ..usage()
    };
    for usage in [elsewhere, other] {
        assert_eq!(of(usage, &tops), Some(Use::Unknown));
    }
}
