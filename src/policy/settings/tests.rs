//! What `contract config` is made of.

use super::*;
use crate::policy::files::Place;

const FILE: &str = ".contract/contract.yaml";
const TABLE: &str = "\
mode                              enforce                                      default
base                              -                                            default
teams.a.contact                   -                                            default
teams.a.principals                x, y                                         .contract/contract.yaml:3
contracts[0].id                   a/b                                          default
contracts[0].path                 a/b.yaml                                     .contract/contract.yaml:5
contracts[0].kind                 -                                            default
contracts[0].direction            -                                            default
contracts[0].assert_format        false                                        default
contracts[0].role                 -                                            default
contracts[0].owner                a                                            .contract/contract.yaml:6
contracts[0].steward              -                                            default
contracts[0].audience             internal                                     default
contracts[0].closed               false                                        default
contracts[0].stability            stable                                       default
contracts[0].releases             -                                            default
contracts[0].min_live_versions    1                                            default
contracts[0].impact               -                                            default
contracts[0].freeze               none                                         default
contracts[0].levels[0]            level: off, rule: maximum-lowered@input      .contract/contract.yaml:7
windows.draft                     0                                            default
windows.alpha                     0                                            default
windows.beta                      30                                           default
windows.stable                    120                                          .contract/contract.yaml:9
windows.version                   180                                          default
windows.audience_factor.public    2                                            default
windows.audience_factor.partner   1                                            default
windows.audience_factor.internal  1                                            default
deprecation.require_replacement   true                                         default
deprecation.require_guide         stable                                       default
deprecation.backdate_tolerance    7                                            default
deprecation.overdue_after         30                                           default
levels                            none                                         default
freeze[0]                         from: 2026-12-24, to: 2026-12-26, why: rest  .contract/contract.yaml:11
signoff.trust                     base-or-signed                               default
signoff.max_age                   180                                          default
signoff.allow_self_approval       false                                        default
signoff.quorum.critical           all                                          default
signoff.quorum.standard           lazy: 7                                      .contract/contract.yaml:12
signoff.quorum.best-effort        lazy: 14                                     default
waivers.kinds                     security, legal, spec-correction, never-shipped, benign  default
waivers.approvers.team            -                                            default
waivers.approvers.count           1                                            default
waivers.max_age                   30                                           default
evidence.mode                     waive-signoff                                default
clock.allow_override              false                                        default
";

#[test]
fn every_setting_says_where_it_comes_from() {
    let text = "schema: contract.policy/v1\nteams:\n  a: {principals: [x, y]}\ncontracts:\n- path: a/b.yaml\n  owner: a\n  levels: {maximum-lowered@input: off}\nwindows:\n  stable: 120\nfreeze:\n- {from: 2026-12-24, to: 2026-12-26, why: rest}\nsignoff: {quorum: {standard: {lazy: 7}}}\n";
    let policy = Policy::read(FILE, text.as_bytes()).expect("no fault");
    let settings = resolved(&policy, FILE);
    assert_eq!(settings_text(&settings), TABLE);
    assert_eq!(settings[settings.len() - 1].value, json!(false));
}

#[test]
fn no_value_that_a_policy_sets_is_left_out() {
    let text = include_str!("../../../fixtures/governance/policy.yaml");
    let policy = Policy::read(FILE, text.as_bytes()).expect("no fault");
    let settings = resolved(&policy, FILE);
    let mut told: Vec<&str> = settings
        .iter()
        .filter(|setting| setting.from != "default")
        .map(|setting| setting.path.as_str())
        .collect();
    told.sort_unstable();
    // All that has a place, but for what only holds others, is in a list, or is no setting.
    let inner = |path: &str| {
        let deeper = |other: &String| {
            other
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        policy.origins.keys().any(deeper)
    };
    let set: Vec<&str> = policy.origins.keys().map(String::as_str).collect();
    let missing: Vec<_> = set
        .into_iter()
        .filter(|path| !told.iter().any(|told| path.starts_with(told)) && !inner(path))
        .collect();
    assert_eq!(missing, ["environments.sandbox.url", "schema"]);
    let place = policy.origins.get("windows.stable");
    assert_eq!(
        place,
        Some(&Place {
            line: 41,
            column: 11
        })
    );
}
