//! Whether scenarios and contracts fit: told with its place, before anything is sent.

use super::{
    super::{
        excerpt::Excerpt,
        failure::{Failure, Place},
        told::Told,
    },
    asked::{Asked, Item},
};
use crate::probe::{
    expression::Run,
    generate::Sampler,
    plan::{Impossible, impossible},
    steps::Source,
};
use crate::spec::{self, Contract};
use jiff::Timestamp;

/// All steps that cannot be done, but for the last, are told; the last ends the run.
pub(super) fn possible(asked: &Asked, seed: u64, told: Told) -> Result<(), Failure> {
    let list = &asked.contracts.list;
    let read: Vec<Contract<'_>> = list.iter().map(|one| spec::read(&one.bundle)).collect();
    let samplers: Vec<Sampler<'_>> = list
        .iter()
        .map(|one| Sampler::new(&one.bundle, seed))
        .collect();
    let run = Run {
        id: "${run.id}".to_owned(),
        seed,
    };
    let mut wrong = Vec::new();
    for item in &asked.scenarios {
        let scenario = &item.found.scenario;
        let names = scenario.sources.iter().map(|source| source.name.as_str());
        let sources: Vec<Source<'_, '_>> = names
            .zip(&item.contracts)
            .map(|(name, index)| Source {
                name,
                contract: &read[*index],
                sampler: &samplers[*index],
                base: "http://localhost",
            })
            .collect();
        let found = impossible(
            scenario,
            &item.inputs,
            &sources,
            &run,
            Timestamp::UNIX_EPOCH,
        );
        wrong.extend(found.into_iter().map(|one| failure(item, one)));
    }
    let last = wrong.pop();
    for failure in &wrong {
        told.failure(failure);
    }
    last.map_or(Ok(()), Err)
}

fn failure(item: &Item, wrong: Impossible) -> Failure {
    let mut failure = Failure::usage(wrong.why, "make the scenario and the contract agree");
    failure.place = Some(Box::new(Place {
        file: item.found.name.clone(),
        position: Some(wrong.position),
        excerpt: Excerpt::of(item.found.bytes.clone(), wrong.position),
    }));
    failure
}
