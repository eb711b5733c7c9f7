//! `contract probe plan`: what a run would ask. Nothing is sent.

use super::{
    super::{
        args::{PlanArgs, ToldAs},
        failure::Failure,
        output,
        told::Told,
    },
    asked::{Asked, asked},
    ground::Ground,
    possible::possible,
};
use crate::probe::{
    expression::Run,
    generate::Sampler,
    plan::{Plan, Usage, of_contract, of_scenario},
    steps::Source,
};
use crate::spec::{self, Contract};
use crate::world::{self, http::SystemClock};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;

pub(super) fn run(args: &PlanArgs, told: Told) -> Result<u8, Failure> {
    let what = &args.what;
    let ground = Ground::load(what.root.as_deref(), told)?;
    let asked = asked(&ground, what, told)?;
    possible(&asked, what.seed, told)?;
    let today = today(what.today.as_deref())?;
    // A plan says the same on every day and at every second; what a run marks its things with stays a name.
    let run = Run {
        id: "${run.id}".to_owned(),
        seed: what.seed,
    };
    let read: Vec<Contract<'_>> = asked
        .contracts
        .list
        .iter()
        .map(|one| spec::read(&one.bundle))
        .collect();
    let base = base(&ground, &asked, &read)?;
    let samplers: Vec<Sampler<'_>> = asked
        .contracts
        .list
        .iter()
        .map(|one| Sampler::new(&one.bundle, what.seed))
        .collect();
    let source = |name, index: usize| Source {
        name,
        contract: &read[index],
        sampler: &samplers[index],
        base: &base,
    };
    let mut plan = Plan::default();
    for item in &asked.scenarios {
        let scenario = &item.found.scenario;
        let names = scenario.sources.iter().map(|source| source.name.as_str());
        let sources: Vec<Source<'_, '_>> = names
            .zip(&item.contracts)
            .map(|(name, index)| source(name, *index))
            .collect();
        let now = midnight(today);
        let own = of_scenario(
            scenario,
            &item.inputs,
            &sources,
            &run,
            now,
            what.allow_writes,
        );
        plan = plan.and(own);
    }
    for index in &asked.generated {
        let id = &asked.contracts.list[*index].id;
        let usages: Vec<Usage> = ground.usages(id, &read[*index]);
        let (_, own) = of_contract(id, &source("", *index), &asked.selection, &usages);
        plan = plan.and(own);
    }
    // What a scenario asks is probed after all.
    let asked_for = |what: &str| plan.steps.iter().any(|step| step.operation == what);
    let skipped = std::mem::take(&mut plan.skipped);
    plan.skipped = skipped
        .into_iter()
        .filter(|one| !asked_for(&one.what))
        .collect();
    let text = match args.format {
        ToldAs::Text => plan.to_string(),
        ToldAs::Json => {
            let environment = asked.environment.as_ref();
            let contracts = asked.contracts.list.iter();
            let contracts: Vec<&str> = contracts.map(|one| one.name.as_str()).collect();
            let value = json!({
                "schema_version": 1,
                "contracts": contracts,
                "environment": environment.map(|environment| &environment.name),
                "base": base,
                "seed": what.seed,
                "requests": plan.requests(),
                "steps": plan.steps,
                "skipped": plan.skipped,
            });
            format!("{value:#}\n")
        }
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

/// The day that was given, else today.
pub(super) fn today(given: Option<&str>) -> Result<Date, Failure> {
    match given.map(world::parse_date) {
        Some(Ok(date)) => Ok(date),
        Some(Err(error)) => Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
        None => Ok(SystemClock::start().now().to_zoned(TimeZone::UTC).date()),
    }
}

fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC)
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Where the environment is, else where the contract says that its server is.
fn base(ground: &Ground, asked: &Asked, read: &[Contract<'_>]) -> Result<String, Failure> {
    if let Some(environment) = &asked.environment {
        let url = environment.base.url(&ground.surroundings());
        return url.map_err(|error| {
            Failure::usage(
                format!("`{}`: {error}", environment.name),
                "set the variable, or give it a default: `${NAME:-https://…}`",
            )
        });
    }
    let mut servers = read.iter().flat_map(|contract| &contract.servers);
    match servers.find(|server| !server.origin.is_empty()) {
        Some(server) => Ok(server.origin.clone()),
        None => Err(Failure::usage(
            "nothing says where the operations are",
            "name an environment with --environment",
        )),
    }
}
