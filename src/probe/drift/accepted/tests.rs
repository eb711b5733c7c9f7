//! Files of accepted drift, and what they do.

use super::*;
use crate::probe::drift::{Evidence, Key, Path, Rate, What};
use crate::variance;
use jiff::civil::date;

fn drift(name: &str) -> Drift {
    Drift {
        of: Key {
            contract: "pay".to_owned(),
            operation: "op:GET /payments".to_owned(),
            status: 200,
            media: Some("application/json".to_owned()),
        },
        what: What::FieldGone {
            path: Path::parse(&format!(".{name}")).unwrap(),
            before: Rate::new(20, 20),
            after: Rate::new(0, 20),
        },
        evidence: Evidence::Strong,
        allowed: false,
        changes: vec![Change {
            rule: "property-removed",
            verdict: variance::Verdict::Breaking,
            element: format!(
                "op:GET /payments > resp:200 > media:application/json > body > .{name}"
            ),
            fingerprint: format!("cf1:{}", "a".repeat(40)),
            message: String::new(),
            pointer: String::new(),
        }],
        verdict: Verdict::Fail,
        accepted: None,
    }
}

fn entry(finding: &str, until: Date) -> Entry {
    Entry {
        finding: finding.to_owned(),
        what: "`.amount` is gone".to_owned(),
        until,
        reason: "they \"fix\" it".to_owned(),
        who: "ana@shop.example".to_owned(),
        date: date(2026, 11, 20),
    }
}

const FILE: &str = "\
# What we live with.
schema: contract.accepted/v1
accepted:
  # The vendor knows.
  - finding: cf1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    what: '`.amount` is gone'
    until: 2026-12-15
    reason: they fix it   # really
    who: ana@shop.example
    date: 2026-11-20   # the day after
# The end.
";

#[test]
fn an_entry_is_added_and_the_rest_stays_byte_for_byte() {
    let id = drift("fee").id();
    let more = entry(&id, date(2026, 12, 1));
    let item = format!(
        "  - finding: \"{id}\"
    what: \"`.amount` is gone\"
    until: \"2026-12-01\"
    reason: \"they \\\"fix\\\" it\"
    who: \"ana@shop.example\"
    date: \"2026-11-20\"
"
    );
    let (head, end) = FILE.split_at(FILE.find("# The end.").unwrap());
    let table = [
        (Some(FILE), format!("{head}{item}{end}")),
        (
            None,
            format!("schema: contract.accepted/v1\naccepted:\n{item}"),
        ),
        (
            Some("schema: contract.accepted/v1\naccepted: []  # none\n"),
            format!("schema: contract.accepted/v1\naccepted:\n{item}  # none\n"),
        ),
        (
            Some("{\"schema\": \"contract.accepted/v1\", \"accepted\": []}\n"),
            format!(
                "{{\"schema\": \"contract.accepted/v1\", \"accepted\": [{}]}}\n",
                serde_json::json!({
                    "finding": id, "what": "`.amount` is gone", "until": "2026-12-01",
                    "reason": "they \"fix\" it", "who": "ana@shop.example", "date": "2026-11-20",
                })
            ),
        ),
    ];
    for (before, expected) in table {
        let text = accept("accepted.yaml", before.map(str::as_bytes), &more).unwrap();
        assert_eq!(text, expected);
        let read = Accepted::read("accepted.yaml", text.as_bytes()).unwrap();
        assert_eq!(read.list.last().unwrap().entry, more);
        // And once more.
        let again = accept("accepted.yaml", Some(text.as_bytes()), &more).unwrap();
        let read = Accepted::read("accepted.yaml", again.as_bytes()).unwrap();
        assert_eq!(read.list.len(), if before == Some(FILE) { 3 } else { 2 });
    }
}

#[test]
fn what_cannot_be_accepted_is_refused() {
    let good = entry(&drift("fee").id(), date(2026, 12, 1));
    let refused = |entry: Entry| accept("a.yaml", None, &entry).unwrap_err().to_string();
    assert_eq!(
        refused(Entry {
            finding: "config".to_owned(),
            ..good.clone()
        }),
        "`config` is neither the id of a drift (df1:…) nor a fingerprint (cf1:…)"
    );
    assert_eq!(
        refused(Entry {
            until: date(2026, 11, 19),
            ..good.clone()
        }),
        "2026-11-19 lies before today, 2026-11-20"
    );
    assert_eq!(
        refused(Entry {
            reason: " ".to_owned(),
            ..good.clone()
        }),
        "the reason must be one line of text"
    );
    assert_eq!(
        accept("a.yaml", Some(b"schema: contract.accepted/v1\n"), &good),
        Err(AcceptError::File(
            Accepted::read("a.yaml", b"schema: contract.accepted/v1\n").unwrap_err()
        ))
    );
}

#[test]
fn faults_have_their_places() {
    let told = |text: &str| -> Vec<String> {
        let faults = Accepted::read("a.yaml", text.as_bytes())
            .unwrap_err()
            .into_iter();
        faults
            .map(|fault| {
                format!(
                    "{}:{} {}",
                    fault.position.line, fault.position.column, fault.message
                )
            })
            .collect()
    };
    assert_eq!(
        told("schema: contract.accepted/v2\naccepted: []\n"),
        ["1:9 `schema` cannot be `contract.accepted/v2`"]
    );
    let text = FILE
        .replace("cf1:", "cf2:")
        .replace("until: 2026-12-15", "until: 2026-11-15\n    unti: 1");
    assert_eq!(
        told(&text),
        [
            "5:5 `until` lies before `date`",
            "5:14 `finding` cannot be `cf2:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`",
            "8:5 an accepted drift has no key `unti`",
        ]
    );
}

#[test]
fn accepted_drift_waits_and_what_is_over_counts_again() {
    let accepted = Accepted::read("a.yaml", FILE.as_bytes()).unwrap();
    let judged = |drifts: Vec<Drift>, today: Date| {
        let (drifts, remarks) = accepted.apply(drifts, today);
        let verdicts: Vec<Verdict> = drifts.iter().map(|drift| drift.verdict).collect();
        let remarks: Vec<String> = remarks.into_iter().map(|remark| remark.message).collect();
        (verdicts, remarks)
    };
    let one = || vec![drift("amount")];
    assert_eq!(
        judged(one(), date(2026, 12, 15)),
        (vec![Verdict::Pending], vec![])
    );
    assert_eq!(
        judged(one(), date(2026, 12, 16)),
        (
            vec![Verdict::Fail],
            vec![format!(
                "the acceptance of cf1:{} ended on 2026-12-15: `.amount` is gone",
                "a".repeat(40)
            )]
        )
    );
    assert_eq!(
        judged(Vec::new(), date(2026, 12, 1)).1,
        [format!(
            "cf1:{} was accepted and is not seen any more: `.amount` is gone",
            "a".repeat(40)
        )]
    );
    let warned = Drift {
        verdict: Verdict::Warn,
        ..drift("amount")
    };
    assert_eq!(judged(vec![warned], date(2026, 12, 1)).0, [Verdict::Warn]);
    // The last decision counts.
    let longer = entry(&format!("cf1:{}", "a".repeat(40)), date(2027, 1, 1));
    let text = accept("a.yaml", Some(FILE.as_bytes()), &longer).unwrap();
    let accepted = Accepted::read("a.yaml", text.as_bytes()).unwrap();
    let (drifts, remarks) = accepted.apply(one(), date(2026, 12, 31));
    assert_eq!((drifts[0].verdict, remarks), (Verdict::Pending, vec![]));
    assert_eq!(
        drifts[0].accepted.as_ref().unwrap().reason,
        "they \"fix\" it"
    );
}
