//! What consumers read of the answers to a scenario's steps.

use super::Usage;
use crate::probe::{
    steps::{Source, asking},
    workflow::{Read, Scenario},
};
use crate::spec::positional;

/// Gives each step what consumers declare to read of its operation. `usages` tells what is declared about a source; where the scenario
/// names consumers, only they count.
pub fn read_by<'u>(
    scenario: &mut Scenario,
    sources: &[Source<'_, '_>],
    usages: impl Fn(&str) -> &'u [Usage],
) {
    let consumers = &scenario.consumers;
    for step in scenario
        .workflows
        .iter_mut()
        .flat_map(|workflow| &mut workflow.steps)
    {
        let Ok(found) = asking::find(sources, &step.call.target) else {
            continue;
        };
        let operation = found.operation;
        let name = format!("{} {}", operation.method, positional(operation.path));
        let own = usages(found.source.name).iter().filter(|usage| {
            usage.operation == name && (consumers.is_empty() || consumers.contains(&usage.consumer))
        });
        step.reads = own.flat_map(Usage::all_reads).collect::<Vec<Read>>();
    }
}
