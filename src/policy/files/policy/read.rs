//! The reader of `.contract/contract.yaml`.

use super::{
    Audience, DeprecationRules, Evidence, Freeze, Mode, Policy, QuorumRule, SignoffRules, Team,
    Trust, WaiverKind, WaiverRules, Windows,
    contracts::{contracts, known_contract},
    levels::levels,
    origin,
};
use crate::policy::files::{
    Fault, FileKind, Stability,
    open::{choice, dated, line, lines, not_before, read, text},
};
use crate::text::nearest;
use crate::tree::Kind;
use crate::tree::fields::{Fields, Value};
use std::collections::BTreeMap;

impl Policy {
    /// Reads `.contract/contract.yaml`; `file` is what faults call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, by its places.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        read(file, bytes, FileKind::Policy, policy)
    }
}

fn policy(fields: &mut Fields<'_>) -> Option<Policy> {
    let mode = mode(fields);
    let base = fields.optional("base").and_then(reference);
    let teams = fields.optional("teams").and_then(teams).unwrap_or_default();
    let listed = fields.optional("contracts");
    let contracts = listed.map(|value| contracts(value, &teams).unwrap_or_default());
    // Entries with faults are not in the list; nobody can tell what their ids are.
    let known = contracts
        .as_deref()
        .filter(|list| listed.is_some_and(|value| value.size() == list.len()));
    let windows = fields.optional("windows").and_then(windows);
    let deprecation = fields.optional("deprecation").and_then(deprecation);
    let levels = fields
        .optional("levels")
        .and_then(|value| levels(value, |contract| known_contract(contract, known)));
    let freeze = fields.optional("freeze").and_then(freeze);
    let signoff = fields.optional("signoff").and_then(signoff);
    let waivers = fields
        .optional("waivers")
        .and_then(|value| waivers(value, &teams));
    let evidence = fields.optional("evidence").and_then(evidence);
    let clock = fields.optional("clock").and_then(clock);
    // The probes read what stands there; a policy only has room for it.
    let _ = fields.optional("environments").and_then(Value::entries);
    Some(Policy {
        mode: mode?,
        base,
        teams,
        contracts,
        windows: windows.unwrap_or_default(),
        deprecation: deprecation.unwrap_or_default(),
        levels: levels.unwrap_or_default(),
        freeze: freeze.unwrap_or_default(),
        signoff: signoff.unwrap_or_default(),
        waivers: waivers.unwrap_or_default(),
        evidence: evidence.unwrap_or_default(),
        allow_clock_override: clock.unwrap_or_default(),
        origins: origin::origins(fields.value()),
    })
}

/// `mode`, and `until` with it.
fn mode(fields: &mut Fields<'_>) -> Option<Mode> {
    let (mode, until) = (fields.optional("mode"), fields.optional("until"));
    let warn = match mode {
        Some(mode) => mode.choice(&[("enforce", false), ("warn", true)])?,
        None => false,
    };
    match (warn, until) {
        (false, None) => Some(Mode::Enforce),
        (false, Some(until)) => {
            until.fault(
                "`until` says when `mode: warn` ends, and the mode is `enforce`",
                "remove it, or write `mode: warn`",
            );
            None
        }
        (true, Some(until)) => until.date().map(|until| Mode::Warn { until }),
        (true, None) => {
            if !fields.has("until") {
                mode.unwrap_or(fields.value()).fault(
                    "`mode: warn` needs the key `until`",
                    "add `until:` with the first day on which the gate refuses",
                );
            }
            None
        }
    }
}

fn reference(value: Value<'_>) -> Option<String> {
    let text = value.line()?;
    if text.starts_with('-') || text.contains(char::is_whitespace) {
        value.fault(
            format!(
                "{} cannot be `{text}`: it names a commit or a branch",
                value.name()
            ),
            "write it as `origin/main`",
        );
        return None;
    }
    Some(text.to_owned())
}

fn teams(value: Value<'_>) -> Option<BTreeMap<String, Team>> {
    let mut teams = BTreeMap::new();
    for (key, value) in value.entries()? {
        if key.text.trim().is_empty() {
            key.fault("a team without a name", "write its name before the colon");
        }
        let mut team = Team::default();
        if let Some(mut fields) = value.fields("a team") {
            team.contact = fields.optional("contact").and_then(line);
            let principals = fields.optional("principals").and_then(lines);
            team.principals = principals.unwrap_or_default();
            fields.finish();
        }
        teams.insert(key.text.to_owned(), team);
    }
    Some(teams)
}

/// A team that the policy has.
pub(super) fn team(value: Value<'_>, teams: &BTreeMap<String, Team>) -> Option<String> {
    let name = value.line()?;
    if !teams.contains_key(name) {
        let help = match nearest(name, teams.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{name}` below `teams`"),
        };
        value.fault(format!("there is no team `{name}`"), help);
        return None;
    }
    Some(name.to_owned())
}

fn windows(value: Value<'_>) -> Option<Windows> {
    let mut fields = value.fields("`windows`")?;
    let mut windows = Windows::default();
    let Windows {
        draft,
        alpha,
        beta,
        stable,
        version,
        audience_factor,
    } = &mut windows;
    let mut set = |key, days: &mut u32| {
        if let Some(read) = fields.optional(key).and_then(Value::days) {
            *days = read;
        }
    };
    set("draft", draft);
    set("alpha", alpha);
    set("beta", beta);
    set("stable", stable);
    set("version", version);
    if let Some(value) = fields.optional("audience_factor")
        && let Some(mut fields) = value.fields("`audience_factor`")
    {
        for audience in Audience::ALL {
            if let Some(factor) = fields
                .optional(audience.word())
                .and_then(|value| value.count(1..=10))
            {
                audience_factor.insert(*audience, factor);
            }
        }
        fields.finish();
    }
    fields.finish();
    Some(windows)
}

fn deprecation(value: Value<'_>) -> Option<DeprecationRules> {
    let mut fields = value.fields("`deprecation`")?;
    let default = DeprecationRules::default();
    let require_replacement = fields.optional("require_replacement").and_then(Value::flag);
    let require_guide = fields
        .optional("require_guide")
        .and_then(|value| value.distinct(stability));
    let backdate_tolerance = fields.optional("backdate_tolerance").and_then(Value::days);
    let overdue_after = fields.optional("overdue_after").and_then(Value::days);
    fields.finish();
    Some(DeprecationRules {
        require_replacement: require_replacement.unwrap_or(default.require_replacement),
        require_guide: require_guide.unwrap_or(default.require_guide),
        backdate_tolerance: backdate_tolerance.unwrap_or(default.backdate_tolerance),
        overdue_after: overdue_after.unwrap_or(default.overdue_after),
    })
}

pub(super) fn stability(value: Value<'_>) -> Option<Stability> {
    choice(value, &Stability::ALL, Stability::word)
}

pub(super) fn freeze(value: Value<'_>) -> Option<Vec<Freeze>> {
    value.each(|item| {
        let mut fields = item.fields("a freeze")?;
        let from = fields.required("from").and_then(Value::date);
        let to = fields.required("to").and_then(dated);
        let why = fields.optional("why").and_then(text);
        fields.finish();
        not_before(from, to, "from");
        let (from, to) = (from?, to?.1);
        Some(Freeze { from, to, why })
    })
}

fn signoff(value: Value<'_>) -> Option<SignoffRules> {
    let mut fields = value.fields("`signoff`")?;
    let mut rules = SignoffRules::default();
    let trust = fields.optional("trust");
    if let Some(trust) = trust.and_then(|value| choice(value, Trust::ALL, Trust::word)) {
        rules.trust = trust;
    }
    if let Some(days) = fields.optional("max_age").and_then(age) {
        rules.max_age = days;
    }
    if let Some(flag) = fields.optional("allow_self_approval").and_then(Value::flag) {
        rules.allow_self_approval = flag;
    }
    if let Some(value) = fields.optional("quorum")
        && let Some(mut fields) = value.fields("`quorum`")
    {
        let mut set = |key, rule: &mut QuorumRule| {
            if let Some(read) = fields.optional(key).and_then(quorum) {
                *rule = read;
            }
        };
        set("critical", &mut rules.critical);
        set("standard", &mut rules.standard);
        set("best-effort", &mut rules.best_effort);
        fields.finish();
    }
    fields.finish();
    Some(rules)
}

/// `all`, or `{lazy: 14d}`.
fn quorum(value: Value<'_>) -> Option<QuorumRule> {
    if value.kind() != Kind::Map {
        return value.choice(&[("all", QuorumRule::All)]);
    }
    let mut fields = value.fields("a lazy quorum")?;
    let days = fields.required("lazy").and_then(age);
    fields.finish();
    days.map(|days| QuorumRule::Lazy { days })
}

/// Days, one at least.
fn age(value: Value<'_>) -> Option<u32> {
    let days = value.days()?;
    if days == 0 {
        value.fault(
            format!("{} cannot be 0 days", value.name()),
            "write one day at least",
        );
        return None;
    }
    Some(days)
}

fn waivers(value: Value<'_>, teams: &BTreeMap<String, Team>) -> Option<WaiverRules> {
    let mut fields = value.fields("`waivers`")?;
    let mut rules = WaiverRules::default();
    let kind = |value| choice(value, WaiverKind::ALL, WaiverKind::word);
    if let Some(kinds) = fields
        .optional("kinds")
        .and_then(|value| value.distinct(kind))
    {
        rules.kinds = kinds;
    }
    if let Some(days) = fields.optional("max_age").and_then(age) {
        rules.max_age = days;
    }
    if let Some(value) = fields.optional("approvers")
        && let Some(mut fields) = value.fields("`approvers`")
    {
        rules.team = fields.required("team").and_then(|value| team(value, teams));
        let count = fields.optional("count");
        if let Some(count) = count.and_then(|value| value.count(1..=100)) {
            rules.count = count;
        }
        fields.finish();
        let people = rules.team.as_ref().and_then(|name| teams.get(name));
        let people = people.map(|team| u32::try_from(team.principals.len()).unwrap_or(u32::MAX));
        if let Some(people) = people.filter(|people| *people < rules.count) {
            count.unwrap_or(value).fault(
                format!(
                    "a waiver takes {} approvers, and the team has {people} principals",
                    rules.count
                ),
                "lower `count`, or add principals to the team",
            );
        }
    }
    fields.finish();
    Some(rules)
}

fn evidence(value: Value<'_>) -> Option<Evidence> {
    let mut fields = value.fields("`evidence`")?;
    let mode = fields.optional("mode").and_then(|value| {
        let (tree, id) = value.node();
        if tree.str(id) == Some("waive-window") {
            value.fault(
                "`waive-window` is not supported: what is seen of usage never shortens a window",
                "write `waive-signoff`, which spares those who do not use an element",
            );
            return None;
        }
        choice(value, Evidence::ALL, Evidence::word)
    });
    fields.finish();
    mode
}

fn clock(value: Value<'_>) -> Option<bool> {
    let mut fields = value.fields("`clock`")?;
    let flag = fields.optional("allow_override").and_then(Value::flag);
    fields.finish();
    flag
}
