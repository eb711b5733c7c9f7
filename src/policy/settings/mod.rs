//! A policy with everything that it leaves to the defaults, and where each value comes from.

#[cfg(test)]
mod tests;

use super::files::{
    ContractEntry, DeprecationRules, Freeze, LevelOverride, Mode, Policy, QuorumRule, SignoffRules,
    Stability, Team, WaiverRules, Where, Windows,
};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// One value that governs, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its path in the policy: `signoff.quorum.critical`, `contracts[0].owner`.
    pub path: String,
    /// The value, as a policy would write it; null for none.
    pub value: Value,
    /// `default`, or the file and the line that set it: `.contract/contract.yaml:12`.
    pub from: String,
}

/// Every setting of a policy that was read from `file`, in the order of the documentation.
#[must_use]
pub fn resolved(policy: &Policy, file: &str) -> Vec<Setting> {
    let mut settings = Settings {
        policy,
        file,
        list: Vec::new(),
    };
    settings.policy();
    settings.list
}

/// The settings as a table for people.
#[must_use]
pub fn settings_text(settings: &[Setting]) -> String {
    let rows: Vec<[String; 3]> = settings
        .iter()
        .map(|Setting { path, value, from }| [path.clone(), shown(value), from.clone()])
        .collect();
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        // One long list would push all origins out of sight.
        widths.filter(|width| *width <= 44).max().unwrap_or(0)
    };
    let (path, value) = (width(0), width(1));
    let mut text = String::new();
    for [key, shown, from] in &rows {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{key:path$}  {shown:value$}  {from}");
    }
    text
}

/// A value in one line, as people write it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key}: {}", shown(value)));
            entries.collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

struct Settings<'p> {
    policy: &'p Policy,
    file: &'p str,
    list: Vec<Setting>,
}

impl Settings<'_> {
    fn put(&mut self, path: impl Into<String>, value: impl Into<Value>) {
        let path = path.into();
        let from = match self.policy.origins.get(&path) {
            Some(place) => format!("{}:{}", self.file, place.line),
            None => "default".to_owned(),
        };
        let value = value.into();
        self.list.push(Setting { path, value, from });
    }

    fn policy(&mut self) {
        let Policy {
            mode,
            base,
            teams,
            contracts,
            windows,
            deprecation,
            levels,
            freeze,
            signoff,
            waivers,
            evidence,
            allow_clock_override,
            origins: _,
        } = self.policy;
        match mode {
            Mode::Enforce => self.put("mode", "enforce"),
            Mode::Warn { until } => {
                self.put("mode", "warn");
                self.put("until", until.to_string());
            }
        }
        self.put("base", base.clone());
        for (
            name,
            Team {
                contact,
                principals,
            },
        ) in teams
        {
            self.put(format!("teams.{name}.contact"), contact.clone());
            self.put(format!("teams.{name}.principals"), principals.clone());
        }
        match contracts {
            Some(contracts) => {
                for (index, entry) in contracts.iter().enumerate() {
                    self.contract(&format!("contracts[{index}]"), entry);
                }
            }
            None => self.put("contracts", "all that are found"),
        }
        self.windows(windows);
        self.deprecation(deprecation);
        self.levels("levels", levels);
        self.freeze("freeze", freeze);
        self.signoff(signoff);
        self.waivers(waivers);
        self.put("evidence.mode", evidence.word());
        self.put("clock.allow_override", *allow_clock_override);
    }

    fn contract(&mut self, path: &str, entry: &ContractEntry) {
        let ContractEntry {
            id,
            files,
            kind,
            direction,
            owner,
            steward,
            audience,
            closed,
            stability,
            releases,
            min_live_versions,
            impact,
            consumed,
            freeze,
            assert_format,
            levels,
            place: _,
        } = entry;
        let at = |key: &str| format!("{path}.{key}");
        match files {
            Where::File(file) => {
                let known = id.clone().unwrap_or_else(|| entry.id_of(file));
                self.put(at("id"), known);
                self.put(at("path"), file.clone());
            }
            Where::Globs(globs) => self.put(at("paths"), globs.clone()),
        }
        self.put(at("kind"), kind.map(super::files::ContractKind::word));
        self.put(at("direction"), direction.map(super::files::Role::word));
        self.put(at("assert_format"), *assert_format);
        self.put(at("role"), consumed.then_some("consumed"));
        self.put(at("owner"), owner.clone());
        self.put(at("steward"), steward.clone());
        self.put(at("audience"), audience.word());
        self.put(at("closed"), *closed);
        self.put(at("stability"), stability.unwrap_or_default().word());
        self.put(at("releases"), releases.clone());
        self.put(at("min_live_versions"), *min_live_versions);
        self.put(at("impact"), impact.clone());
        self.freeze(&at("freeze"), freeze);
        self.levels(&at("levels"), levels);
    }

    fn windows(&mut self, windows: &Windows) {
        let Windows {
            draft,
            alpha,
            beta,
            stable,
            version,
            audience_factor,
        } = windows;
        self.put("windows.draft", *draft);
        self.put("windows.alpha", *alpha);
        self.put("windows.beta", *beta);
        self.put("windows.stable", *stable);
        self.put("windows.version", *version);
        for audience in super::files::Audience::ALL {
            let factor = audience_factor.get(audience).copied().unwrap_or(1);
            self.put(
                format!("windows.audience_factor.{}", audience.word()),
                factor,
            );
        }
    }

    fn deprecation(&mut self, rules: &DeprecationRules) {
        let DeprecationRules {
            require_replacement,
            require_guide,
            backdate_tolerance,
            overdue_after,
        } = rules;
        let guide: Vec<_> = require_guide.iter().copied().map(Stability::word).collect();
        self.put("deprecation.require_replacement", *require_replacement);
        self.put("deprecation.require_guide", guide);
        self.put("deprecation.backdate_tolerance", *backdate_tolerance);
        self.put("deprecation.overdue_after", *overdue_after);
    }

    fn signoff(&mut self, rules: &SignoffRules) {
        let SignoffRules {
            trust,
            max_age,
            allow_self_approval,
            critical,
            standard,
            best_effort,
        } = rules;
        self.put("signoff.trust", trust.word());
        self.put("signoff.max_age", *max_age);
        self.put("signoff.allow_self_approval", *allow_self_approval);
        for (tier, rule) in [
            ("critical", critical),
            ("standard", standard),
            ("best-effort", best_effort),
        ] {
            let shown = match rule {
                QuorumRule::All => json!("all"),
                QuorumRule::Lazy { days } => json!({"lazy": days}),
            };
            self.put(format!("signoff.quorum.{tier}"), shown);
        }
    }

    fn waivers(&mut self, rules: &WaiverRules) {
        let WaiverRules {
            kinds,
            team,
            count,
            max_age,
        } = rules;
        let kinds: Vec<_> = kinds.iter().map(|kind| kind.word()).collect();
        self.put("waivers.kinds", kinds);
        self.put("waivers.approvers.team", team.clone());
        self.put("waivers.approvers.count", *count);
        self.put("waivers.max_age", *max_age);
    }

    fn freeze(&mut self, path: &str, list: &[Freeze]) {
        if list.is_empty() {
            self.put(path, json!([]));
        }
        for (index, Freeze { from, to, why }) in list.iter().enumerate() {
            let mut value = json!({"from": from.to_string(), "to": to.to_string()});
            if let Some(why) = why {
                value["why"] = json!(why);
            }
            self.put(format!("{path}[{index}]"), value);
        }
    }

    fn levels(&mut self, path: &str, list: &[LevelOverride]) {
        if list.is_empty() {
            self.put(path, json!([]));
        }
        for (index, entry) in list.iter().enumerate() {
            let LevelOverride {
                rule: _,
                direction: _,
                contract,
                element,
                level,
                reason,
                place,
            } = entry;
            let mut value = json!({"rule": entry.selector(), "level": level.word()});
            for (key, text) in [
                ("contract", contract),
                ("element", element),
                ("reason", reason),
            ] {
                if let Some(text) = text {
                    value[key] = json!(text);
                }
            }
            // The short form has the rule where this list has a number.
            self.list.push(Setting {
                path: format!("{path}[{index}]"),
                value,
                from: format!("{}:{}", self.file, place.line),
            });
        }
    }
}
