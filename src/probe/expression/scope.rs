//! The values that names have while a scenario runs.

use super::{Name, Part, Reference};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fmt::Write as _};

/// Which run it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Marks all that the run creates: `cp-20261120-20a6db81f3a`. Later runs have greater ones.
    pub id: String,
    /// Where everything that looks random comes from.
    pub seed: u64,
}

impl Run {
    /// The run that starts then, with this seed; the same for the same.
    #[must_use]
    pub fn new(seed: u64, started: Timestamp) -> Self {
        let zoned = started.to_zoned(TimeZone::UTC);
        let (day, time) = (zoned.date(), zoned.time());
        let hour = u32::from(time.hour().unsigned_abs());
        let minute = hour * 60 + u32::from(time.minute().unsigned_abs());
        let second = minute * 60 + u32::from(time.second().unsigned_abs());
        let instant = second * 1000 + u32::from(time.millisecond().unsigned_abs());
        let digest = digest(&["run", &seed.to_string(), &started.to_string()]);
        let random = u16::from_be_bytes([digest[0], digest[1]]);
        let (year, month, day) = (day.year(), day.month(), day.day());
        // The millisecond of the day, then what tells runs of one instant apart.
        let id = format!("cp-{year:04}{month:02}{day:02}-{instant:07x}{random:04x}");
        Self { id, seed }
    }
}

/// What a step asked and got, for the expressions of Arazzo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The absolute URL.
    pub url: String,
    /// The method.
    pub method: String,
    /// The status.
    pub status: u16,
    /// Headers of the request.
    pub request_headers: Vec<(String, String)>,
    /// Query parameters of the request.
    pub query: BTreeMap<String, Value>,
    /// Path parameters of the request.
    pub path: BTreeMap<String, Value>,
    /// The body of the request.
    pub request_body: Option<Value>,
    /// Headers of the response.
    pub response_headers: Vec<(String, String)>,
    /// The body of the response; a string where it is not JSON.
    pub response_body: Option<Value>,
}

/// A name that has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` has no value: {why}")]
pub struct Unresolved {
    /// The name.
    pub name: String,
    /// A lower-case fragment.
    pub why: String,
}

/// All values at one moment.
#[derive(Clone, Debug)]
pub struct Scope {
    run: Run,
    now: Timestamp,
    workflow: String,
    step: String,
    visit: u32,
    inputs: BTreeMap<String, Value>,
    env: BTreeMap<String, String>,
    outputs: BTreeMap<String, BTreeMap<String, Value>>,
    captured: BTreeMap<String, Value>,
    workflows: BTreeMap<String, BTreeMap<String, Value>>,
    seen: Option<Seen>,
}

impl Scope {
    /// Nothing captured yet. `env` holds the variables that the environment allows and nothing else.
    #[must_use]
    pub fn new(
        run: Run,
        now: Timestamp,
        workflow: &str,
        inputs: BTreeMap<String, Value>,
        env: BTreeMap<String, String>,
    ) -> Self {
        Self {
            run,
            now,
            workflow: workflow.to_owned(),
            step: String::new(),
            visit: 0,
            inputs,
            env,
            outputs: BTreeMap::new(),
            captured: BTreeMap::new(),
            workflows: BTreeMap::new(),
            seen: None,
        }
    }

    /// Which run it is.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// A step begins, for the `visit`-th time.
    pub fn enter(&mut self, step: &str, visit: u32, now: Timestamp) {
        step.clone_into(&mut self.step);
        self.visit = visit;
        self.now = now;
        self.seen = None;
    }

    /// The step captured a value.
    pub fn capture(&mut self, name: &str, value: Value) {
        let own = self.outputs.entry(self.step.clone()).or_default();
        own.insert(name.to_owned(), value.clone());
        self.captured.insert(name.to_owned(), value);
    }

    /// Another workflow gave outputs.
    pub fn finish_workflow(&mut self, workflow: &str, outputs: BTreeMap<String, Value>) {
        self.workflows.insert(workflow.to_owned(), outputs);
    }

    /// The step was answered.
    pub fn see(&mut self, seen: Seen) {
        self.seen = Some(seen);
    }

    /// What the step asked and got.
    #[must_use]
    pub fn seen(&self) -> Option<&Seen> {
        self.seen.as_ref()
    }

    /// The value of a reference.
    ///
    /// # Errors
    /// When it has none.
    pub fn get(&self, reference: &Reference) -> Result<Value, Unresolved> {
        let missing = |why: &str| Unresolved {
            name: reference.to_string(),
            why: why.to_owned(),
        };
        let value = match &reference.name {
            Name::Input(name) => {
                let given = self.inputs.get(name).cloned();
                given.ok_or_else(|| missing("the input was not given and has no default"))?
            }
            Name::Env(name) => match self.env.get(name) {
                Some(text) => Value::from(text.as_str()),
                None => return Err(missing("the variable is not set, or not allowed")),
            },
            Name::RunId => Value::from(self.run.id.as_str()),
            Name::RunRef => Value::from(format!("{}-{}", self.run.id, self.uuid())),
            Name::Uuid => Value::from(self.uuid()),
            Name::Now => Value::from(self.seconds()),
            Name::Output { step, name } => {
                let outputs = self.outputs.get(step);
                let value = outputs.and_then(|outputs| outputs.get(name)).cloned();
                value.ok_or_else(|| missing("that step did not get so far"))?
            }
            Name::Captured(name) => {
                let value = self.captured.get(name).cloned();
                value.ok_or_else(|| missing("no step captured it"))?
            }
            Name::WorkflowOutput { workflow, name } => {
                let outputs = self.workflows.get(workflow);
                let value = outputs.and_then(|outputs| outputs.get(name)).cloned();
                value.ok_or_else(|| missing("that workflow did not give it"))?
            }
            Name::Exchange(part) => {
                let seen = self
                    .seen
                    .as_ref()
                    .ok_or_else(|| missing("nothing was answered"))?;
                part_of(seen, part).ok_or_else(|| missing("the exchange has no such part"))?
            }
        };
        match &reference.pointer {
            None => Ok(value),
            Some(pointer) => {
                let inner = value.pointer(pointer.as_str()).cloned();
                inner.ok_or_else(|| missing("nothing is there"))
            }
        }
    }

    /// The time of the step, to the second.
    fn seconds(&self) -> String {
        let whole = Timestamp::from_second(self.now.as_second()).unwrap_or(self.now);
        whole.to_string()
    }

    /// Shaped as version 4 (RFC 9562 section 5.4), but the same for the same step of the same run.
    fn uuid(&self) -> String {
        let digest = digest(&[
            "uuid",
            &self.run.seed.to_string(),
            &self.run.id,
            &self.workflow,
            &self.step,
            &self.visit.to_string(),
        ]);
        let mut out = String::with_capacity(36);
        for (place, byte) in digest[..16].iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                out.push('-');
            }
            let byte = match place {
                6 => byte & 0x0f | 0x40,
                8 => byte & 0x3f | 0x80,
                _ => *byte,
            };
            let _ = write!(out, "{byte:02x}");
        }
        out
    }
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().into()
}

fn part_of(seen: &Seen, part: &Part) -> Option<Value> {
    let header = |all: &[(String, String)], name: &str| {
        let mut named = all.iter().filter(|(one, _)| one.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| Value::from(value.as_str()))
    };
    match part {
        Part::Url => Some(Value::from(seen.url.as_str())),
        Part::Method => Some(Value::from(seen.method.as_str())),
        Part::Status => Some(Value::from(seen.status)),
        Part::RequestHeader(name) => header(&seen.request_headers, name),
        Part::RequestQuery(name) => seen.query.get(name).cloned(),
        Part::RequestPath(name) => seen.path.get(name).cloned(),
        Part::RequestBody => seen.request_body.clone(),
        Part::ResponseHeader(name) => header(&seen.response_headers, name),
        Part::ResponseBody => seen.response_body.clone(),
    }
}
