//! Two states of the policy.

use super::{
    Differences, NONE, PolicyChange,
    contracts::contracts,
    higher, lower, never,
    overrides::{freeze, levels},
    shown, text,
};
use crate::policy::files::{
    Audience, DeprecationRules, Evidence, Mode, Place, Policy, QuorumRule, SignoffRules, Stability,
    Team, Trust, WaiverRules, Windows,
};
use std::collections::BTreeMap;

/// Every difference between two policies, in the order of the documentation.
#[must_use]
pub fn compare(base: &Policy, head: &Policy) -> Vec<PolicyChange> {
    let Policy {
        mode,
        base: reference,
        teams,
        contracts: entries,
        windows,
        deprecation,
        levels: overrides,
        freeze: frozen,
        signoff,
        waivers,
        evidence,
        allow_clock_override,
        origins: _,
    } = head;
    let mut found = Differences::new();
    let at = |path: &str| head.origins.get(path).copied();
    let until = at("until").or(at("mode"));
    found.value("mode", [base.mode, *mode], show_mode, weaker_mode, until);
    found.value(
        "base",
        [base.base.as_deref(), reference.as_deref()],
        text,
        |before, _| before.is_some(),
        at("base"),
    );
    compare_teams(&mut found, base, head, [&base.teams, teams]);
    contracts(
        &mut found,
        [base.contracts.as_deref(), entries.as_deref()],
        &head.origins,
    );
    compare_windows(&mut found, [&base.windows, windows], at);
    compare_deprecation(&mut found, [&base.deprecation, deprecation], at);
    levels(
        &mut found,
        "levels",
        [&base.levels, overrides],
        at("levels"),
    );
    freeze(&mut found, "freeze", [&base.freeze, frozen], at("freeze"));
    compare_signoff(&mut found, [&base.signoff, signoff], at);
    compare_waivers(&mut found, [&base.waivers, waivers], at);
    found.value(
        "evidence.mode",
        [base.evidence, *evidence],
        |evidence| evidence.word().to_owned(),
        |before, after| demand(after) < demand(before),
        at("evidence.mode"),
    );
    found.value(
        "clock.allow_override",
        [base.allow_clock_override, *allow_clock_override],
        shown,
        higher,
        at("clock.allow_override"),
    );
    found.list
}

fn show_mode(mode: Mode) -> String {
    match mode {
        Mode::Enforce => "enforce".to_owned(),
        Mode::Warn { until } => format!("warn until {until}"),
    }
}

fn weaker_mode(before: Mode, after: Mode) -> bool {
    match (before, after) {
        (_, Mode::Enforce) => false,
        (Mode::Enforce, Mode::Warn { .. }) => true,
        (Mode::Warn { until: before }, Mode::Warn { until: after }) => after > before,
    }
}

fn compare_teams(
    found: &mut Differences,
    base: &Policy,
    head: &Policy,
    [before, after]: [&BTreeMap<String, Team>; 2],
) {
    // Who leaves the owners is no longer barred from answering for a consumer.
    let owners = |name: &String| {
        let entries = base.contracts.as_deref().unwrap_or_default();
        entries
            .iter()
            .any(|entry| entry.owner.as_ref() == Some(name))
    };
    let place = |name: &str, key: &str| {
        let path = format!("teams.{name}.{key}");
        head.origins.get(&path).copied()
    };
    for (name, team) in before {
        let Some(Team {
            contact,
            principals,
        }) = after.get(name)
        else {
            found.put(format!("teams.{name}"), "a team", NONE, owners(name), None);
            continue;
        };
        let contacts = [team.contact.as_deref(), contact.as_deref()];
        let path = format!("teams.{name}.contact");
        found.value(path, contacts, text, never, place(name, "contact"));
        found.list(
            &format!("teams.{name}.principals"),
            [&team.principals, principals],
            [owners(name), true],
            place(name, "principals"),
        );
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let place = head.origins.get(&format!("teams.{name}")).copied();
        found.put(format!("teams.{name}"), NONE, "a team", false, place);
    }
}

fn compare_windows(
    found: &mut Differences,
    [before, after]: [&Windows; 2],
    at: impl Fn(&str) -> Option<Place>,
) {
    let Windows {
        draft,
        alpha,
        beta,
        stable,
        version,
        audience_factor,
    } = after;
    for (path, days) in [
        ("windows.draft", [before.draft, *draft]),
        ("windows.alpha", [before.alpha, *alpha]),
        ("windows.beta", [before.beta, *beta]),
        ("windows.stable", [before.stable, *stable]),
        ("windows.version", [before.version, *version]),
    ] {
        found.value(path, days, shown, lower, at(path));
    }
    for audience in Audience::ALL {
        let factor =
            |factors: &BTreeMap<Audience, u32>| factors.get(audience).copied().unwrap_or(1);
        let factors = [factor(&before.audience_factor), factor(audience_factor)];
        let path = format!("windows.audience_factor.{}", audience.word());
        let place = at(&path);
        found.value(path, factors, shown, lower, place);
    }
}

fn compare_deprecation(
    found: &mut Differences,
    [before, after]: [&DeprecationRules; 2],
    at: impl Fn(&str) -> Option<Place>,
) {
    let DeprecationRules {
        require_replacement,
        require_guide,
        backdate_tolerance,
        overdue_after,
    } = after;
    let path = "deprecation.require_replacement";
    let flags = [before.require_replacement, *require_replacement];
    found.value(path, flags, shown, lower, at(path));
    let words = |list: &[Stability]| -> Vec<String> {
        list.iter()
            .map(|stability| stability.word().to_owned())
            .collect()
    };
    let path = "deprecation.require_guide";
    let lists = [words(&before.require_guide), words(require_guide)];
    found.list(path, [&lists[0], &lists[1]], [true, false], at(path));
    for (path, days) in [
        (
            "deprecation.backdate_tolerance",
            [before.backdate_tolerance, *backdate_tolerance],
        ),
        (
            "deprecation.overdue_after",
            [before.overdue_after, *overdue_after],
        ),
    ] {
        found.value(path, days, shown, higher, at(path));
    }
}

fn compare_signoff(
    found: &mut Differences,
    [before, after]: [&SignoffRules; 2],
    at: impl Fn(&str) -> Option<Place>,
) {
    let SignoffRules {
        trust,
        max_age,
        allow_self_approval,
        critical,
        standard,
        best_effort,
    } = after;
    let path = "signoff.trust";
    let show = |trust: Trust| trust.word().to_owned();
    let weaker = |before, after| assurance(after) < assurance(before);
    found.value(path, [before.trust, *trust], show, weaker, at(path));
    let path = "signoff.max_age";
    found.value(path, [before.max_age, *max_age], shown, higher, at(path));
    let path = "signoff.allow_self_approval";
    let flags = [before.allow_self_approval, *allow_self_approval];
    found.value(path, flags, shown, higher, at(path));
    for (path, rules) in [
        ("signoff.quorum.critical", [before.critical, *critical]),
        ("signoff.quorum.standard", [before.standard, *standard]),
        (
            "signoff.quorum.best-effort",
            [before.best_effort, *best_effort],
        ),
    ] {
        found.value(path, rules, show_quorum, weaker_quorum, at(path));
    }
}

fn show_quorum(rule: QuorumRule) -> String {
    match rule {
        QuorumRule::All => "all".to_owned(),
        QuorumRule::Lazy { days } => format!("lazy: {days}"),
    }
}

fn weaker_quorum(before: QuorumRule, after: QuorumRule) -> bool {
    match (before, after) {
        (_, QuorumRule::All) => false,
        (QuorumRule::All, QuorumRule::Lazy { .. }) => true,
        (QuorumRule::Lazy { days: before }, QuorumRule::Lazy { days: after }) => after < before,
    }
}

/// How much a way to trust a sign-off takes.
const fn assurance(trust: Trust) -> u8 {
    match trust {
        Trust::Codeowners => 0,
        Trust::BaseOrSigned => 1,
        Trust::Signed => 2,
    }
}

/// How many consumers a mode of evidence asks.
const fn demand(evidence: Evidence) -> u8 {
    match evidence {
        Evidence::WaiveSignoff => 0,
        Evidence::Off | Evidence::Inform => 1,
        Evidence::Strict => 2,
    }
}

fn compare_waivers(
    found: &mut Differences,
    [before, after]: [&WaiverRules; 2],
    at: impl Fn(&str) -> Option<Place>,
) {
    let WaiverRules {
        kinds,
        team,
        count,
        max_age,
    } = after;
    let words = |rules: &[_]| -> Vec<String> {
        let words = rules
            .iter()
            .map(|kind: &crate::policy::files::WaiverKind| kind.word());
        words.map(str::to_owned).collect()
    };
    let path = "waivers.kinds";
    let lists = [words(&before.kinds), words(kinds)];
    found.list(path, [&lists[0], &lists[1]], [false, true], at(path));
    let path = "waivers.approvers.team";
    let other = |_, after: Option<&str>| after.is_some();
    found.value(
        path,
        [before.team.as_deref(), team.as_deref()],
        text,
        other,
        at(path),
    );
    let path = "waivers.approvers.count";
    // Without a team nobody approves, however few are enough.
    let fewer = |before, after| team.is_some() && lower(before, after);
    found.value(path, [before.count, *count], shown, fewer, at(path));
    let path = "waivers.max_age";
    found.value(path, [before.max_age, *max_age], shown, higher, at(path));
}
