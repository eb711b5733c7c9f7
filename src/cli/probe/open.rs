//! The way to a sandbox, or to a recording of it.

use super::{
    super::{
        args::{HowArgs, WhatArgs},
        failure::{Failure, Place, USAGE},
        told::Told,
    },
    asked::Asked,
    ground::Ground,
    way::Way,
};
use crate::probe::{
    cassette::{About, Cassette},
    environment::{Environment, Kind, Surroundings},
    session::{Session, SessionError, Settings},
};
use crate::text::Position;
use crate::world::{
    self, ReadError,
    http::{Interrupt, SystemClock, heed_signals},
};
use jiff::Timestamp;
use std::{collections::BTreeMap, path::Path};

/// The largest cassette that is read.
const LARGEST: u64 = 256 << 20;

/// What a run goes by.
pub(super) struct Opened {
    pub(super) way: Way,
    pub(super) about: About,
    /// The variables that the environment allows.
    pub(super) variables: BTreeMap<String, String>,
}

/// Opens it; nothing is sent yet.
pub(super) fn open(
    ground: &Ground,
    asked: &Asked,
    environment: &Environment,
    (what, how): (&WhatArgs, &HowArgs),
    (record, replay): (bool, Option<&Path>),
    told: Told,
) -> Result<Opened, Failure> {
    let interrupt = Interrupt::new();
    if let Some(file) = replay {
        let (cassette, about) = cassette(file)?;
        let started = started(file, &about)?;
        let session = Session::replay(cassette, about.base.clone(), interrupt.clone());
        return Ok(Opened {
            way: Way::new(session, interrupt, started, false, told),
            variables: variables(ground, environment).unwrap_or_default(),
            about,
        });
    }
    if what.allow_writes {
        writable(ground, environment)?;
    }
    let variables = variables(ground, environment)?;
    let started = SystemClock::start().now();
    let settings = Settings {
        allow_writes: what.allow_writes,
        named: asked.named,
        seed: what.seed,
        record,
    };
    let session = Session::open(
        environment,
        settings,
        &ground.surroundings(),
        interrupt.clone(),
    );
    let session = session.map_err(|error| Failure {
        help: error.help(),
        place: ground.place(&environment.name, &keys(&error)),
        ..Failure::usage(error.to_string(), String::new())
    })?;
    heed_signals(&interrupt).map_err(|error| Failure::incomplete(error.to_string()))?;
    let about = About {
        started: started.to_string(),
        seed: what.seed,
        writes: what.allow_writes,
        samples: how.samples,
        environment: environment.name.clone(),
        base: session.base().to_owned(),
    };
    session.label(about.clone());
    Ok(Opened {
        way: Way::new(session, interrupt, started, true, told),
        about,
        variables,
    })
}

/// What of an environment an error is about.
fn keys(error: &SessionError) -> Vec<&str> {
    match error {
        SessionError::ProductionNotNamed(_) => vec!["kind"],
        SessionError::Base { .. } => vec!["base_url"],
        SessionError::Identity { error, .. } => match error.scheme() {
            Some(scheme) => vec!["auth", scheme],
            None => vec!["auth"],
        },
        SessionError::Secret { .. } | SessionError::Setup { .. } => vec!["auth"],
        SessionError::NotAllowed { what, .. } => match what.split('`').nth(1) {
            Some("base_url") | None => vec!["base_url"],
            Some(scheme) => vec!["auth", scheme],
        },
    }
}

/// Only a sandbox is written to.
fn writable(ground: &Ground, environment: &Environment) -> Result<(), Failure> {
    let name = &environment.name;
    let why = match environment.kind {
        Kind::Sandbox => return Ok(()),
        Kind::Staging => format!("`{name}` is staging, and only a sandbox is written to"),
        Kind::Production => format!("`{name}` is production, which is never written to"),
    };
    Err(Failure {
        place: ground.place(name, &["kind"]),
        ..Failure::usage(why, "leave --allow-writes out, or name a sandbox")
    })
}

/// The values of the variables that scenarios may name.
fn variables(
    ground: &Ground,
    environment: &Environment,
) -> Result<BTreeMap<String, String>, Failure> {
    let from = ground.surroundings();
    let values = environment.variables.iter().map(|name| {
        let value = from.variable(name).map_err(|why| {
            let why = format!("`{}`: {why}", environment.name);
            let help = "scenarios may name it; set it, or take it off `variables`";
            Failure {
                place: ground.place(&environment.name, &["variables"]),
                ..Failure::usage(why, help)
            }
        })?;
        Ok((name.clone(), value))
    });
    values.collect()
}

fn cassette(file: &Path) -> Result<(Cassette, About), Failure> {
    let bytes = world::read_file(file, LARGEST).map_err(|error| match error {
        ReadError::Absent { path, .. } => Failure::usage(
            format!("there is no cassette `{path}`"),
            "keep one with `contract probe record --cassette FILE`",
        ),
        error => error.into(),
    })?;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let broken = |message: String, (line, column): (usize, usize), help: &str| Failure {
        message,
        place: Some(Box::new(Place {
            position: Some(Position {
                line: number(line),
                column: number(column),
            }),
            ..Place::file(file.display().to_string())
        })),
        also: None,
        help: Some(help.to_owned()),
        code: USAGE,
    };
    let cassette = Cassette::read(&bytes).map_err(|error| {
        let help = error.help().unwrap_or_default();
        broken(error.why, (error.line, error.column), &help)
    })?;
    match cassette.about.clone() {
        Some(about) => Ok((cassette, about)),
        None => Err(broken(
            "the cassette does not say which run it is of".to_owned(),
            (1, 1),
            "record it again with `contract probe record`",
        )),
    }
}

fn started(file: &Path, about: &About) -> Result<Timestamp, Failure> {
    about.started.parse().map_err(|_| {
        let mut failure = Failure::usage(
            format!("`{}` is not a time", about.started),
            "record it again with `contract probe record`",
        );
        failure.place = Some(Box::new(Place::file(file.display().to_string())));
        failure
    })
}
