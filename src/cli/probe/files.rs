//! What runs leave behind in `.contract/probes/`: histories, acceptances, and the ledger of what could not be removed.

use super::{
    super::{
        failure::{Failure, Place},
        told::Told,
    },
    ground::{Ground, faulty},
};
use crate::policy::FOLDER;
use crate::probe::{
    drift::Accepted,
    history::{self, History},
    redact::Redactor,
    steps::Leak,
};
use crate::text::Position;
use crate::world::{self, Made, ReadError};
use jiff::civil::Date;
use serde_json::json;

/// The history of an environment: its file, its bytes, and what they say.
pub(super) struct Kept {
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
    pub(super) history: History,
}

/// Reads the history of an environment; one that is not there has no runs.
pub(super) fn history(ground: &Ground, environment: &str, told: Told) -> Result<Kept, Failure> {
    let name: String = environment
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect();
    let file = format!("{FOLDER}/probes/history/{name}.jsonl");
    let bytes = read(ground, &file)?.unwrap_or_default();
    let history = History::read(&bytes).map_err(|faults| broken(ground, &file, faults, told))?;
    Ok(Kept {
        file,
        bytes,
        history,
    })
}

/// All that is wrong with a history, but for the last, is told; the last ends the run.
pub(super) fn broken(
    ground: &Ground,
    file: &str,
    faults: Vec<history::Fault>,
    told: Told,
) -> Failure {
    let mut failures = faults.into_iter().map(|fault| {
        let mut failure = Failure::usage(fault.message, fault.help);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        failure.place = Some(Box::new(Place {
            file: ground.tree.name(file),
            position: Some(Position {
                line: number(fault.line),
                column: number(fault.column).max(1),
            }),
            excerpt: None,
        }));
        failure
    });
    let last = failures.next_back();
    for failure in failures {
        told.failure(&failure);
    }
    last.unwrap_or_else(|| Failure::usage(format!("{file} cannot be read"), "restore it"))
}

/// The file of acceptances, and what it says.
pub(super) struct Acceptances {
    pub(super) file: String,
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) accepted: Accepted,
}

/// Reads it; where there is none, nothing is accepted.
pub(super) fn acceptances(ground: &Ground, told: Told) -> Result<Acceptances, Failure> {
    let file = format!("{FOLDER}/probes/accepted.yaml");
    let bytes = read(ground, &file)?;
    let accepted = match &bytes {
        Some(bytes) => Accepted::read(&file, bytes)
            .map_err(|faults| faulty(&ground.tree.name(&file), bytes, faults, told))?,
        None => Accepted::default(),
    };
    Ok(Acceptances {
        file,
        bytes,
        accepted,
    })
}

/// Writes down what could not be removed, for whoever removes it by hand.
pub(super) fn leaks(
    ground: &Ground,
    environment: &str,
    today: Date,
    leaks: &[Leak],
    redactor: &Redactor,
) -> Result<Option<String>, Failure> {
    if leaks.is_empty() {
        return Ok(None);
    }
    let file = format!("{FOLDER}/probes/leaks.jsonl");
    let mut bytes = read(ground, &file)?.unwrap_or_default();
    for leak in leaks {
        let line = json!({
            "schema": "contract.leak/v1",
            "environment": environment,
            "date": today,
            "run": leak.run,
            "step": leak.step,
            "request": leak.request,
            "why": leak.why,
        });
        bytes.extend(redactor.document(line.to_string().as_bytes()));
        bytes.push(b'\n');
    }
    write(ground, &file, &bytes)?;
    Ok(Some(ground.tree.name(&file)))
}

fn read(ground: &Ground, file: &str) -> Result<Option<Vec<u8>>, Failure> {
    match ground.tree.snapshot.read(&ground.tree.path(file)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::Absent { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes a file of the tree, and the folders on the way to it.
pub(super) fn write(ground: &Ground, file: &str, bytes: &[u8]) -> Result<(), Failure> {
    let path = ground.on_disk(file);
    if world::write_new_file(&path, bytes)? == Made::WasThere {
        world::write_file_atomically(&path, bytes)?;
    }
    Ok(())
}
