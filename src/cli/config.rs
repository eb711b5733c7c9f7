//! `contract config`: the policy with all its defaults, and where each value comes from.

use super::{
    args::{ConfigArgs, ToldAs},
    failure::Failure,
    gate::fault_failure,
    output,
    sides::working_tree,
    told::Told,
};
use crate::policy::{
    FOLDER,
    files::{Fault, Policy},
    resolved, settings_text,
};
use crate::world::ReadError;
use serde_json::{Value, json};

pub(super) fn run(args: &ConfigArgs, told: Told) -> Result<u8, Failure> {
    let tree = working_tree(None)?;
    let file = format!("{FOLDER}/contract.yaml");
    let policy = match tree.snapshot.read(&tree.path(&file)) {
        Ok(bytes) => match Policy::read(&file, &bytes) {
            Ok(policy) => Some(policy),
            Err(faults) => return refused(&faults, told),
        },
        Err(ReadError::Absent { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    if policy.is_none() {
        told.note(&format!(
            "there is no {file}: these are the defaults (`contract init` writes a policy)"
        ));
    }
    let shown = tree.name(&file);
    let settings = resolved(&policy.clone().unwrap_or_default(), &shown);
    let text = match args.format {
        ToldAs::Text => settings_text(&settings),
        ToldAs::Json => {
            let list: Vec<Value> = settings
                .iter()
                .map(|one| json!({"path": one.path, "value": one.value, "from": one.from}))
                .collect();
            let value = json!({
                "schema_version": 1,
                "file": policy.is_some().then_some(shown),
                "settings": list,
            });
            format!("{value:#}\n")
        }
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

/// Everything that is wrong with the policy.
fn refused(faults: &[Fault], told: Told) -> Result<u8, Failure> {
    let mut failures = faults
        .iter()
        .map(|fault| fault_failure(fault, fault.message.clone(), "mend the file first"));
    let last = failures.next_back();
    for failure in failures {
        told.failure(&failure);
    }
    match last {
        Some(failure) => Err(failure),
        None => Ok(0),
    }
}
