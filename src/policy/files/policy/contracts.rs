//! `contracts`: which files are governed, and how each.

use super::{
    Audience, ContractEntry, ContractKind, Role, Team, Where,
    levels::levels,
    read::{freeze, stability, team},
};
use crate::policy::files::{
    Place,
    glob::PathGlobs,
    open::{choice, contract_id, line, text, twice},
};
use crate::text::nearest;
use crate::tree::fields::{Fields, Value};
use std::collections::BTreeMap;

const ROOT: &str = "the root of the repository";

/// Reads the list, and refuses an id or a path that is there twice.
pub(super) fn contracts(
    value: Value<'_>,
    teams: &BTreeMap<String, Team>,
) -> Option<Vec<ContractEntry>> {
    let mut ids: BTreeMap<String, Place> = BTreeMap::new();
    let mut paths: BTreeMap<String, Place> = BTreeMap::new();
    let list = value.each(|item| {
        let entry = contract(item, teams)?;
        if let Where::File(path) = &entry.files {
            let id = entry.id_of(path);
            match ids.get(&id) {
                Some(first) => twice(item, &format!("the contract `{id}`"), *first),
                None => drop(ids.insert(id, entry.place)),
            }
            match paths.get(path) {
                Some(first) => twice(item, &format!("the path `{path}`"), *first),
                None => drop(paths.insert(path.clone(), entry.place)),
            }
        }
        Some(entry)
    })?;
    Some(list)
}

fn contract(item: Value<'_>, teams: &BTreeMap<String, Team>) -> Option<ContractEntry> {
    let mut fields = item.fields("a contract")?;
    let id = fields.optional("id");
    let files = files(&mut fields);
    if let (Some(id), Some(Where::Globs(_))) = (id, &files) {
        id.fault(
            "an `id` is for one contract, and `paths` may name several",
            "remove it; ids come from the paths",
        );
    }
    let kind = fields.optional("kind").and_then(kind);
    let direction = fields.optional("direction");
    let assert_format = fields.optional("assert_format");
    for value in [direction, assert_format].into_iter().flatten() {
        if kind == Some(ContractKind::OpenApi) {
            value.fault(
                format!(
                    "{} is for JSON Schemas; an OpenAPI document says it itself",
                    value.name()
                ),
                "remove it, or write `kind: json-schema`",
            );
        }
    }
    let direction = direction.and_then(|value| choice(value, Role::ALL, Role::word));
    let assert_format = assert_format.and_then(Value::flag);
    let consumed = fields.optional("role");
    let consumed = consumed.and_then(|value| value.choice(&[("consumed", true)]));
    let owner = fields
        .required("owner")
        .and_then(|value| team(value, teams));
    let steward = fields.optional("steward").and_then(line);
    let audience = fields.optional("audience");
    let audience = audience.and_then(|value| choice(value, Audience::ALL, Audience::word));
    let closed = fields.optional("closed").and_then(Value::flag);
    let stability = fields.optional("stability").and_then(stability);
    let releases = fields.optional("releases").and_then(glob);
    let live = fields.optional("min_live_versions");
    if let Some(live) = live
        && !fields.has("releases")
    {
        live.fault(
            "`min_live_versions` counts what `releases` names, and there are none",
            "add `releases:` with a glob of the snapshots of live versions",
        );
    }
    let min_live_versions = live.and_then(|value| value.count(0..=100));
    let impact = fields.optional("impact").and_then(text);
    let freeze = fields.optional("freeze").and_then(freeze);
    let levels = fields.optional("levels").and_then(|value| {
        levels(value, |contract| {
            contract.fault(
                "`contract` is said already: these levels are inside one",
                "remove it",
            );
            None
        })
    });
    let place = fields.position().into();
    fields.finish();
    Some(ContractEntry {
        id: id.and_then(contract_id),
        files: files?,
        kind,
        direction,
        owner: Some(owner?),
        steward,
        audience: audience.unwrap_or_default(),
        closed: closed.unwrap_or_default(),
        stability,
        releases,
        min_live_versions: min_live_versions.unwrap_or(1),
        impact,
        consumed: consumed.unwrap_or_default(),
        freeze: freeze.unwrap_or_default(),
        assert_format: assert_format.unwrap_or_default(),
        levels: levels.unwrap_or_default(),
        place,
    })
}

/// `path`, or `paths`.
fn files(fields: &mut Fields<'_>) -> Option<Where> {
    let (path, paths) = (fields.optional("path"), fields.optional("paths"));
    match (path, paths) {
        (Some(path), None) => path.path(ROOT).map(|path| Where::File(path.to_owned())),
        (None, Some(paths)) => {
            let globs = paths.distinct(glob)?;
            if paths.size() == 0 {
                paths.fault(
                    "`paths` names no file",
                    "write a glob, or remove the contract",
                );
            }
            Some(Where::Globs(globs))
        }
        (Some(_), Some(paths)) => {
            paths.fault(
                "a contract has `path` or `paths`, not both",
                "remove one of the two",
            );
            None
        }
        (None, None) => {
            // A key without a value has been told.
            if !fields.has("path") && !fields.has("paths") {
                fields.value().fault(
                    "a contract needs the key `path`, or `paths`",
                    "add `path:` with one file, or `paths:` with globs",
                );
            }
            None
        }
    }
}

/// A glob of paths below the root.
fn glob(value: Value<'_>) -> Option<String> {
    let text = value.path(ROOT)?;
    if let Err(error) = PathGlobs::new([text]) {
        value.fault(
            format!("{} is no glob: {error}", value.name()),
            "`*` is anything within a folder, `**` any folders, `{yaml,json}` either",
        );
        return None;
    }
    Some(text.to_owned())
}

fn kind(value: Value<'_>) -> Option<ContractKind> {
    let (tree, id) = value.node();
    let later = ["asyncapi", "avro", "protobuf"];
    if let Some(name) = tree.str(id).filter(|text| later.contains(text)) {
        value.fault(
            format!("contracts of the kind `{name}` are not supported yet"),
            "remove this contract from the policy; `openapi` and `json-schema` are supported",
        );
        return None;
    }
    choice(value, ContractKind::ALL, ContractKind::word)
}

/// A contract that the policy has, as far as the policy alone can tell.
pub(super) fn known_contract(
    value: Value<'_>,
    contracts: Option<&[ContractEntry]>,
) -> Option<String> {
    let id = contract_id(value)?;
    let Some(contracts) = contracts else {
        return Some(id);
    };
    let mut ids = Vec::new();
    for entry in contracts {
        match &entry.files {
            Where::File(path) => ids.push(entry.id_of(path)),
            // What the globs name is known only with the tree.
            Where::Globs(_) => return Some(id),
        }
    }
    if !ids.contains(&id) {
        let help = match nearest(&id, ids.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one of `contracts` by its `id`".to_owned(),
        };
        value.fault(format!("there is no contract `{id}`"), help);
        return None;
    }
    Some(id)
}
