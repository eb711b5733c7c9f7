//! `levels`: how loud rules are.

use super::LevelOverride;
use crate::policy::files::{
    Place,
    glob::element_matches,
    open::{choice, line, text},
};
use crate::rules;
use crate::spec::Level;
use crate::text::nearest;
use crate::tree::Kind;
use crate::tree::fields::Value;
use crate::variance::Direction;

const LEVELS: [Level; 4] = [Level::Off, Level::Note, Level::Warning, Level::Error];

/// Reads a list of overrides, or the short form `rule: level`; `contract` reads the contract that an override is for.
pub(super) fn levels(
    value: Value<'_>,
    contract: impl Fn(Value<'_>) -> Option<String>,
) -> Option<Vec<LevelOverride>> {
    if value.kind() == Kind::Map {
        return short(value);
    }
    value.each(|item| {
        let mut fields = item.fields("a level")?;
        let rule = fields.required("rule");
        let selector = rule
            .and_then(|value| selector(value.line()?, |message, help| value.fault(message, help)));
        let level = fields.required("level").and_then(level);
        let contract = fields.optional("contract").and_then(&contract);
        let element = fields.optional("element").and_then(line);
        let reason = fields.optional("reason").and_then(text);
        let place = fields.position().into();
        fields.finish();
        let (rule, direction) = selector?;
        Some(LevelOverride {
            rule,
            direction,
            contract,
            element,
            level: level?,
            reason,
            place,
        })
    })
}

fn short(value: Value<'_>) -> Option<Vec<LevelOverride>> {
    let mut list = Vec::new();
    for (key, value) in value.entries()? {
        let selector = selector(key.text, |message, help| key.fault(message, help));
        let level = level(value);
        if let (Some((rule, direction)), Some(level)) = (selector, level) {
            list.push(LevelOverride {
                rule,
                direction,
                contract: None,
                element: None,
                level,
                reason: None,
                place: Place::from(key.position()),
            });
        }
    }
    Some(list)
}

impl LevelOverride {
    /// What it is for, as policies write it: `rule`, `rule@input`, or `rule@output`.
    #[must_use]
    pub fn selector(&self) -> String {
        match self.direction {
            None => self.rule.clone(),
            Some(direction) => format!("{}@{}", self.rule, direction.word()),
        }
    }

    /// Whether it is for a rule in a direction, at an element of a contract.
    #[must_use]
    pub fn applies(
        &self,
        rule: &str,
        direction: Option<Direction>,
        contract: &str,
        element: &str,
    ) -> bool {
        self.rule == rule
            && self.direction.is_none_or(|only| Some(only) == direction)
            && self.contract.as_deref().is_none_or(|only| only == contract)
            && self
                .element
                .as_deref()
                .is_none_or(|glob| element_matches(glob, element))
    }
}

fn level(value: Value<'_>) -> Option<Level> {
    choice(value, &LEVELS, Level::word)
}

/// `rule`, `rule@input`, or `rule@output`.
fn selector(text: &str, fault: impl Fn(String, String)) -> Option<(String, Option<Direction>)> {
    let (rule, direction) = match text.split_once('@') {
        Some((rule, direction)) => (rule, Some(direction)),
        None => (text, None),
    };
    if rules::Rule::find(rule).is_none() {
        let help = match nearest(rule, rules::all().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`contract rules` lists them all".to_owned(),
        };
        fault(format!("there is no rule `{rule}`"), help);
        return None;
    }
    let direction = match direction {
        None => None,
        Some(word) => {
            let found = Direction::ALL
                .into_iter()
                .find(|direction| direction.word() == word);
            if found.is_none() {
                let message = format!("there is no direction `{word}`");
                fault(message, format!("write `{rule}@input` or `{rule}@output`"));
            }
            Some(found?)
        }
    };
    Some((rule.to_owned(), direction))
}
