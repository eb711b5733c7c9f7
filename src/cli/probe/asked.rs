//! Everything that a run asks: scenarios, contracts, and the environment that answers.

use super::{
    super::{args::WhatArgs, failure::Failure, told::Told},
    contracts::Contracts,
    ground::Ground,
    scenarios::{self, Found},
};
use crate::policy::FOLDER;
use crate::probe::{
    environment::{Environment, KeyPlace},
    plan::Selection,
    workflow::Scenario,
};
use crate::spec::{self, positional};
use crate::text::nearest;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a run asks.
pub(super) struct Asked {
    pub(super) contracts: Contracts,
    pub(super) scenarios: Vec<Item>,
    /// Contracts that are asked what they let us ask without writing.
    pub(super) generated: Vec<usize>,
    pub(super) selection: Selection,
    pub(super) environment: Option<Environment>,
    /// Whether the environment was named, and not taken by default.
    pub(super) named: bool,
}

/// A scenario with its contracts and inputs.
pub(super) struct Item {
    pub(super) found: Found,
    /// One for each of its source descriptions.
    pub(super) contracts: Vec<usize>,
    pub(super) inputs: BTreeMap<String, Value>,
}

/// Finds and loads it.
pub(super) fn asked(ground: &Ground, args: &WhatArgs, told: Told) -> Result<Asked, Failure> {
    let mut found = scenarios::find(ground, args, told)?;
    let mut environment = environment(ground, args, &found)?;
    if args.scenarios.is_empty()
        && let Some(environment) = &environment
    {
        let name = Some(environment.name.as_str());
        found.retain(|one| one.scenario.environment.as_deref() == name);
    }
    let mut contracts = Contracts::default();
    let mut items = Vec::new();
    for one in found {
        let mut own = Vec::new();
        for source in &one.scenario.sources {
            own.push(contracts.of_scenario(ground, &one, source)?);
        }
        if let Some(environment) = &environment {
            one.allow(&environment.variables, told)?;
        }
        items.push(Item {
            inputs: inputs(&one.scenario, &args.input),
            found: one,
            contracts: own,
        });
    }
    known_inputs(&items, &args.input)?;
    let mut generated = Vec::new();
    if args.scenarios.is_empty() {
        generated = (0..contracts.list.len()).collect();
    }
    if let Some(text) = &args.contract {
        let one = contracts.of_option(ground, args, text)?;
        if !generated.contains(&one) {
            generated.push(one);
        }
    }
    if items.is_empty() && generated.is_empty() {
        return Err(nothing(environment.as_ref()));
    }
    if let Some(environment) = &mut environment {
        operations(ground, environment, &contracts)?;
        keys(ground, environment, &contracts)?;
    }
    Ok(Asked {
        contracts,
        scenarios: items,
        generated,
        selection: Selection {
            include: args.include.clone(),
            exclude: args.exclude.clone(),
        },
        environment,
        named: args.environment.is_some(),
    })
}

fn nothing(environment: Option<&Environment>) -> Failure {
    let whose = environment.map_or_else(String::new, |environment| {
        format!(" for the environment `{}`", environment.name)
    });
    Failure::usage(
        format!("there is nothing to probe{whose}"),
        format!("name a contract with --contract, or write {FOLDER}/probes/NAME.probe.yaml"),
    )
}

/// The one that is named, else the one that the scenarios agree on; none where nothing says which.
fn environment(
    ground: &Ground,
    args: &WhatArgs,
    found: &[Found],
) -> Result<Option<Environment>, Failure> {
    let known = &ground.environments;
    let names: Vec<&str> = match &args.environment {
        Some(name) => vec![name.as_str()],
        None => scenarios::environments(found).into_iter().collect(),
    };
    let name = match names.as_slice() {
        [] => return Ok(None),
        [one] => *one,
        several => {
            return Err(Failure::usage(
                format!("the scenarios are for {} environments", several.len()),
                format!(
                    "name one of them with --environment: {}",
                    several.join(", ")
                ),
            ));
        }
    };
    if let Some(environment) = known.get(name) {
        return Ok(Some(environment.clone()));
    }
    let help = match nearest(name, known.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => {
            format!("write it below `environments` in {FOLDER}/contract.yaml")
        }
        None => {
            let all: Vec<&str> = known.keys().map(String::as_str).collect();
            format!("{FOLDER}/contract.yaml has {}", all.join(", "))
        }
    };
    Err(Failure::usage(
        format!("there is no environment `{name}`"),
        help,
    ))
}

/// Values for the inputs that a scenario has: as JSON where the input is no string.
fn inputs(scenario: &Scenario, given: &[(String, String)]) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    for (name, text) in given {
        let mut declared = scenario
            .workflows
            .iter()
            .flat_map(|workflow| &workflow.inputs)
            .filter(|input| input.name == *name);
        let Some(input) = declared.next() else {
            continue;
        };
        let is_text = input.types.iter().any(|kind| kind == "string");
        let value = match serde_json::from_str(text) {
            Ok(value) if !is_text => value,
            _ => Value::from(text.as_str()),
        };
        values.insert(name.clone(), value);
    }
    values
}

fn known_inputs(items: &[Item], given: &[(String, String)]) -> Result<(), Failure> {
    for (name, _) in given {
        if items.iter().any(|item| item.inputs.contains_key(name)) {
            continue;
        }
        let all: Vec<&str> = items
            .iter()
            .flat_map(|item| &item.found.scenario.workflows)
            .flat_map(|workflow| &workflow.inputs)
            .map(|input| input.name.as_str())
            .collect();
        let help = match nearest(name, all.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if all.is_empty() => "they have no inputs".to_owned(),
            None => format!("they have {}", all.join(", ")),
        };
        return Err(Failure::usage(
            format!("no scenario has an input `{name}`"),
            help,
        ));
    }
    Ok(())
}

/// Limits of single operations, by what the contracts call them.
fn operations(
    ground: &Ground,
    environment: &mut Environment,
    contracts: &Contracts,
) -> Result<(), Failure> {
    if environment.rate.per_operation.is_empty() {
        return Ok(());
    }
    let read: Vec<_> = contracts
        .list
        .iter()
        .map(|one| spec::read(&one.bundle))
        .collect();
    let all = || read.iter().flat_map(spec::Contract::operations);
    let unknown = environment.name_operations(|name| {
        let found = all().find(|operation| {
            operation.id == Some(name) || format!("{} {}", operation.method, operation.path) == name
        });
        found.map(|one| format!("op:{} {}", one.method, positional(one.path)))
    });
    // The file may limit operations of other contracts; a name that nobody has is told where only one is asked.
    let Some(name) = unknown.first().filter(|_| contracts.list.len() == 1) else {
        return Ok(());
    };
    let ids: Vec<&str> = all().filter_map(|operation| operation.id).collect();
    let help = match nearest(name, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an operationId, or `GET /v1/payments`".to_owned(),
    };
    let why = format!(
        "`{}` limits the operation `{name}`, which the contract does not have",
        environment.name
    );
    let place = ["rate_limit", "per_operation", name];
    Err(Failure {
        place: ground.place(&environment.name, &place),
        ..Failure::usage(why, help)
    })
}

/// Where API keys go, by what the contracts say.
fn keys(
    ground: &Ground,
    environment: &mut Environment,
    contracts: &Contracts,
) -> Result<(), Failure> {
    let read: Vec<_> = contracts
        .list
        .iter()
        .map(|one| spec::read(&one.bundle))
        .collect();
    let unknown = environment.place_keys(|name| {
        let mut schemes = read.iter().flat_map(|contract| &contract.schemes);
        let scheme = schemes.find(|scheme| scheme.name == name && scheme.kind == "apiKey")?;
        let detail = |field: &str| scheme.details.get(field).map(|(text, _)| *text);
        let key = detail("name")?.to_owned();
        match detail("in")? {
            "header" => Some(KeyPlace::Header(key)),
            "query" => Some(KeyPlace::Query(key)),
            "cookie" => Some(KeyPlace::Cookie(key)),
            _ => None,
        }
    });
    match unknown.first() {
        None => Ok(()),
        Some(name) => {
            let why = format!(
                "nothing says where the key `{name}` of `{}` goes: the contract has no such API key",
                environment.name
            );
            let help = "call it as the contract's security scheme, or give it `in` and `name`";
            Err(Failure {
                place: ground.place(&environment.name, &["auth", name]),
                ..Failure::usage(why, help)
            })
        }
    }
}
