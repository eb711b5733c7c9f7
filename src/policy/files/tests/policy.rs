//! `.contract/contract.yaml`

use super::{example, faults};
use crate::policy::files::*;
use crate::spec::Level;
use crate::variance::Direction;
use jiff::civil::date;
use std::collections::BTreeMap;

const fn place(line: u32, column: u32) -> Place {
    Place { line, column }
}

/// What the example says of contracts.
fn contracts() -> Vec<ContractEntry> {
    let entry = ContractEntry {
        id: None,
        files: Where::File(String::new()),
        kind: None,
        direction: None,
        owner: Some("orders".into()),
        steward: None,
        audience: Audience::Internal,
        closed: false,
        stability: None,
        releases: None,
        min_live_versions: 1,
        impact: None,
        consumed: false,
        freeze: Vec::new(),
        assert_format: false,
        levels: Vec::new(),
        place: Place::default(),
    };
    vec![
        ContractEntry {
            id: Some("orders".into()),
            files: Where::File("contracts/orders/openapi.yaml".into()),
            kind: Some(ContractKind::OpenApi),
            steward: Some("sam@orders".into()),
            audience: Audience::Partner,
            closed: true,
            stability: Some(Stability::Stable),
            releases: Some("contracts/orders/releases/*.yaml".into()),
            min_live_versions: 2,
            impact: Some("Revenue: checkout stops if this breaks".into()),
            freeze: vec![Freeze {
                from: date(2026, 12, 15),
                to: date(2027, 1, 5),
                why: Some("holiday peak".into()),
            }],
            levels: vec![LevelOverride {
                rule: "maximum-lowered".into(),
                direction: None,
                contract: None,
                element: Some("op:GET * > **".into()),
                level: Level::Warning,
                reason: Some("clients ignore it".into()),
                place: place(25, 9),
            }],
            place: place(12, 5),
            ..entry.clone()
        },
        ContractEntry {
            files: Where::Globs(vec!["contracts/events/**/*.schema.{json,yaml}".into()]),
            kind: Some(ContractKind::JsonSchema),
            direction: Some(Role::Producer),
            stability: Some(Stability::Beta),
            assert_format: true,
            place: place(26, 5),
            ..entry.clone()
        },
        ContractEntry {
            id: Some("payments".into()),
            files: Where::File("contracts/vendors/payments.json".into()),
            consumed: true,
            place: place(33, 5),
            ..entry
        },
    ]
}

#[test]
fn everything_that_a_policy_says_is_read() {
    let policy = Policy::read("f.yaml", example(FileKind::Policy).as_bytes()).expect("no fault");
    let team = |contact: &str, principals: &[&str]| Team {
        contact: Some(contact.into()),
        principals: principals.iter().map(|&name| name.into()).collect(),
    };
    let expected = Policy {
        mode: Mode::Warn {
            until: date(2027, 1, 31),
        },
        base: Some("origin/main".into()),
        teams: BTreeMap::from([
            ("orders".into(), team("orders@example.com", &["sam@orders"])),
            (
                "governance".into(),
                team(
                    "governance@example.com",
                    &["ana@governance", "bo@governance"],
                ),
            ),
        ]),
        contracts: Some(contracts()),
        windows: Windows {
            draft: 0,
            alpha: 7,
            beta: 30,
            stable: 120,
            version: 180,
            audience_factor: BTreeMap::from([
                (Audience::Public, 3),
                (Audience::Partner, 1),
                (Audience::Internal, 1),
            ]),
        },
        deprecation: DeprecationRules {
            require_replacement: true,
            require_guide: vec![Stability::Beta, Stability::Stable],
            backdate_tolerance: 3,
            overdue_after: 60,
        },
        levels: vec![LevelOverride {
            rule: "maximum-lowered".into(),
            direction: Some(Direction::Output),
            contract: Some("orders".into()),
            element: Some("op:GET /v1/orders > **".into()),
            level: Level::Note,
            reason: Some("the limit was never reached".into()),
            place: place(50, 5),
        }],
        freeze: vec![Freeze {
            from: date(2026, 12, 24),
            to: date(2026, 12, 26),
            why: None,
        }],
        signoff: SignoffRules {
            trust: Trust::Signed,
            max_age: 90,
            allow_self_approval: false,
            critical: QuorumRule::All,
            standard: QuorumRule::Lazy { days: 30 },
            best_effort: QuorumRule::Lazy { days: 7 },
        },
        waivers: WaiverRules {
            kinds: vec![WaiverKind::Security, WaiverKind::Legal],
            team: Some("governance".into()),
            count: 2,
            max_age: 14,
        },
        evidence: Evidence::Inform,
        allow_clock_override: true,
        origins: policy.origins.clone(),
    };
    assert_eq!(policy, expected);
    assert_eq!(policy.origins.get("windows.stable"), Some(&place(41, 11)));
    assert_eq!(
        policy.origins.get("contracts[2].role"),
        Some(&place(35, 11))
    );
}

#[test]
fn a_policy_that_says_nothing_is_the_default() {
    let policy = Policy::read("f.yaml", b"schema: contract.policy/v1\n").expect("no fault");
    let origins = policy.origins.clone();
    assert_eq!(
        policy,
        Policy {
            origins,
            ..Policy::default()
        }
    );
}

#[test]
fn levels_have_a_short_form() {
    let text = "schema: contract.policy/v1\nlevels:\n  maximum-lowered: off\n  minimum-raised@input: error\n";
    let policy = Policy::read("f.yaml", text.as_bytes()).expect("no fault");
    let level = |rule: &str, direction, level, line| LevelOverride {
        rule: rule.into(),
        direction,
        contract: None,
        element: None,
        level,
        reason: None,
        place: Place { line, column: 3 },
    };
    assert_eq!(
        policy.levels,
        [
            level("maximum-lowered", None, Level::Off, 3),
            level("minimum-raised", Some(Direction::Input), Level::Error, 4),
        ]
    );
    assert_eq!(
        faults(
            FileKind::Policy,
            &text
                .replace("maximum-", "maximun-")
                .replace("error", "fatal")
                .replace("@input", "@in")
        ),
        [
            "3:3 there is no rule `maximun-lowered` | did you mean `maximum-lowered`?",
            "4:3 there is no direction `in` | write `minimum-raised@input` or `minimum-raised@output`",
            "4:22 `minimum-raised@in` cannot be `fatal` | write `off`, `note`, `warning`, or `error`",
        ]
    );
}

#[test]
fn a_level_is_for_a_contract_that_is_there() {
    let text = "schema: contract.policy/v1\nteams: {a: {}}\ncontracts: [{path: a/b.yaml, owner: a}]\nlevels: [{rule: maximum-lowered, level: off, contract: ID}]\n";
    let told = |id| faults(FileKind::Policy, &text.replace("ID", id));
    assert_eq!(told("a/b"), [""; 0]);
    assert_eq!(
        told("a/c"),
        ["4:56 there is no contract `a/c` | did you mean `a/b`?"]
    );
    assert_eq!(
        told("payments"),
        ["4:56 there is no contract `payments` | name one of `contracts` by its `id`"]
    );
    // An entry with a fault has an id that nobody knows.
    assert_eq!(
        faults(
            FileKind::Policy,
            &text
                .replace("ID", "payments")
                .replace("path: a/b.yaml, ", "")
        ),
        [
            "3:13 a contract needs the key `path`, or `paths` | add `path:` with one file, or `paths:` with globs"
        ]
    );
}

#[test]
fn entries_say_which_files_they_govern() {
    let policy = Policy::read("f.yaml", example(FileKind::Policy).as_bytes()).expect("no fault");
    let entries = policy.contracts.expect("there are some");
    let governs = |path| entries.iter().position(|entry| entry.governs(path));
    assert_eq!(governs("contracts/orders/openapi.yaml"), Some(0));
    assert_eq!(governs("contracts/events/a/b.schema.json"), Some(1));
    assert_eq!(governs("contracts/events/b.schema.toml"), None);
    let id = |entry: usize, path| entries[entry].id_of(path);
    assert_eq!(id(0, "contracts/orders/openapi.yaml"), "orders");
    assert_eq!(
        id(1, "contracts/events/a/b.schema.json"),
        "contracts/events/a/b.schema"
    );
    assert_eq!(id(1, "a.b/c"), "a.b/c");
}
