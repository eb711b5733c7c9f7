//! What a usage names that its contract does not have.

use crate::diff::{Elements, covering, steps_of};
use crate::policy::files::{OperationUsage, Place, Usage};
use crate::spec::{
    In, Media, Operation, Response, Schema, SchemaId, Schemas, Segment, Shape, Status, Types,
};
use crate::text::nearest;
use std::collections::BTreeSet;

/// Something that a usage names, and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where the operation stands in the usage file.
    pub place: Place,
    /// What is missing: a lower-case fragment without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Everything that a usage names and its contract does not have, in the order of the file. What is called back is not looked at.
#[must_use]
pub fn strays(usage: &Usage, elements: &Elements<'_, '_>) -> Vec<Stray> {
    let contract = elements.contract();
    let mut search = Search {
        schemas: Schemas::new(contract.bundle),
        found: Vec::new(),
    };
    for listed in &usage.operations {
        let name = listed.operation.as_str();
        let (kind, _) = name.split_once(':').unwrap_or(("op", ""));
        let label = match kind {
            "webhook" | "schema" => name.to_owned(),
            "callback" => continue,
            _ => format!("op:{name}"),
        };
        let trail = elements.locate(&label);
        let Some(stop) = trail.stops.first().filter(|_| trail.complete) else {
            let tops = elements.tops();
            let known = tops
                .iter()
                .map(|top| top.strip_prefix("op:").unwrap_or(top));
            let help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
            search.add(
                listed,
                format!("`{name}` is not in {}", usage.contract),
                help,
            );
            continue;
        };
        if kind == "schema" {
            let shape = stop.nodes.first().map(|at| Shape::Node(*at));
            search.members(listed, shape.as_ref());
            continue;
        }
        let operations = contract.operations().iter().chain(contract.webhooks());
        let is_it = |operation: &&Operation<'_>| stop.nodes.contains(&operation.at);
        if let Some(operation) = operations.into_iter().find(is_it) {
            search.operation(listed, operation, kind == "webhook");
        }
    }
    search.found
}

struct Search<'d> {
    schemas: Schemas<'d>,
    found: Vec<Stray>,
}

impl Search<'_> {
    fn add(&mut self, listed: &OperationUsage, message: String, help: Option<String>) {
        self.found.push(Stray {
            place: listed.place,
            message,
            help,
        });
    }

    fn operation(&mut self, listed: &OperationUsage, operation: &Operation<'_>, is_webhook: bool) {
        let name = &listed.operation;
        let content = operation.body.as_ref().map(|body| &body.content[..]);
        let content = content.unwrap_or_default();
        for (place, names) in &listed.sends {
            for sent in names {
                let is_there = if place == "body" {
                    self.in_content(content, sent)
                } else {
                    has_parameter(operation, place, sent)
                };
                if !is_there {
                    let what = format!("`{name}` takes no `{sent}` in its {place}");
                    self.add(listed, what, None);
                }
            }
        }
        for sent in listed.enums_sent.keys() {
            let places = ["query", "header", "path", "cookie"];
            let mut places = places.iter();
            let is_there = places.any(|place| has_parameter(operation, place, sent))
                || self.in_content(content, sent);
            if !is_there {
                self.add(listed, format!("`{name}` takes no `{sent}`"), None);
            }
        }
        if is_webhook {
            for read in listed.reads.values().flatten() {
                if !read.starts_with("header:") && !self.in_content(content, read) {
                    self.add(listed, format!("`{name}` sends no `{read}`"), None);
                }
            }
            return;
        }
        self.reads(listed, operation);
    }

    fn reads(&mut self, listed: &OperationUsage, operation: &Operation<'_>) {
        let name = &listed.operation;
        for (key, paths) in &listed.reads {
            let status = Status::parse(key);
            let answers = |response: &&Response<'_>| {
                status.is_some_and(|status| stands_for(response.status, status))
            };
            let responses: Vec<&Response<'_>> =
                operation.responses.iter().filter(answers).collect();
            if responses.is_empty() {
                self.add(listed, format!("`{name}` has no response {key}"), None);
                continue;
            }
            for path in paths {
                let is_there = responses.iter().any(|response| {
                    let header = path.strip_prefix("header:");
                    match header.map(str::to_ascii_lowercase) {
                        Some(wanted) => response.headers.iter().any(|it| it.name == wanted),
                        None => self.in_content(&response.content, path),
                    }
                });
                if !is_there {
                    let what = format!("`{name}` has no `{path}` in its response {key}");
                    self.add(listed, what, None);
                }
            }
        }
    }

    /// The members of a bare schema.
    fn members(&mut self, listed: &OperationUsage, shape: Option<&Shape>) {
        let sent = listed.sends.values().flatten();
        let paths: BTreeSet<&String> = sent.chain(listed.reads.values().flatten()).collect();
        for path in paths {
            if !self.in_shape(shape, path) {
                let what = format!("`{}` has no `{path}`", listed.operation);
                self.add(listed, what, None);
            }
        }
    }

    fn in_content(&self, content: &[Media<'_>], path: &str) -> bool {
        let mut content = content.iter();
        content.any(|media| self.in_shape(media.shape.as_ref(), path))
    }

    fn in_shape(&self, shape: Option<&Shape>, path: &str) -> bool {
        let path = path.strip_suffix("/**").unwrap_or(path);
        // What has no schema may hold anything.
        let (Some(shape), Some(steps)) = (shape, steps_of(path)) else {
            return true;
        };
        let mut here = BTreeSet::from([self.schemas.of_shape(shape).0]);
        for step in steps {
            here = self.alternatives(here);
            if here
                .iter()
                .any(|id| is_open(&self.schemas.get(SchemaId(*id))))
            {
                return true;
            }
            here = here
                .into_iter()
                .filter_map(|id| self.step(SchemaId(id), &step.segment))
                .collect();
            if here.is_empty() {
                return false;
            }
        }
        true
    }

    /// Schemas with all their branches, and theirs.
    fn alternatives(&self, from: BTreeSet<u32>) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        let mut open: Vec<u32> = from.into_iter().collect();
        while let Some(id) = open.pop() {
            if !all.insert(id) {
                continue;
            }
            let schema = self.schemas.get(SchemaId(id));
            let branches = schema.groups.iter().flat_map(|group| &group.branches);
            let when = schema.conditionals.iter();
            let when = when.flat_map(|one| [one.then.as_ref(), one.otherwise.as_ref()]);
            for at in branches.chain(when.flatten()) {
                open.push(self.schemas.of_node(*at).0);
            }
            for dependent in &schema.dependent_schemas {
                open.push(self.schemas.of_nodes(&dependent.nodes).0);
            }
        }
        all
    }

    fn step(&self, id: SchemaId, segment: &Segment) -> Option<u32> {
        let schema = self.schemas.get(id);
        let nodes = match segment {
            Segment::Property(name) => match schema.property(name) {
                Some(property) => property.nodes.clone(),
                None => covering(&schema, name),
            },
            Segment::Pattern(pattern) => {
                let mut patterns = schema.pattern_properties.iter();
                patterns.find(|it| it.name == *pattern)?.nodes.clone()
            }
            Segment::Additional => schema.rest.iter().map(|rest| rest.at).collect(),
            Segment::Items => schema.items.clone(),
            Segment::Prefix(index) => schema.prefix.get(*index).unwrap_or(&schema.items).clone(),
            // Another view of the same value.
            Segment::Branch(_)
            | Segment::Then
            | Segment::Else
            | Segment::Dependent(_)
            | Segment::Not
            | Segment::If
            | Segment::Contains
            | Segment::Names
            | Segment::Content => return Some(id.0),
        };
        (!nodes.is_empty()).then(|| self.schemas.of_nodes(&nodes).0)
    }
}

/// Whether a schema names nothing inside of it, so that anything may be there.
fn is_open(schema: &Schema<'_>) -> bool {
    let names_nothing = schema.properties.is_empty()
        && schema.pattern_properties.is_empty()
        && schema.rest.is_empty()
        && schema.items.is_empty()
        && schema.prefix.is_empty()
        && schema.groups.is_empty()
        && schema.conditionals.is_empty();
    let inside = Types::OBJECT.or(Types::ARRAY);
    let holds = schema.types.and(inside) != Types::NONE;
    !schema.opaque.is_empty() || names_nothing && holds
}

fn has_parameter(operation: &Operation<'_>, place: &str, name: &str) -> bool {
    operation.parameters.iter().any(|parameter| {
        let is_there = match parameter.place {
            In::QueryString => place == "query",
            In::Query | In::Header | In::Path | In::Cookie => parameter.place.word() == place,
        };
        let is_it = match parameter.place {
            In::QueryString => true,
            In::Header => parameter.name == name.to_ascii_lowercase(),
            In::Query | In::Path | In::Cookie => parameter.name == name,
        };
        is_there && is_it
    })
}

/// Whether a response may be what somebody reads under a status.
fn stands_for(response: Status, read: Status) -> bool {
    match (response, read) {
        (Status::Default, _) | (_, Status::Default) => true,
        (Status::Code(one), Status::Code(other)) => one == other,
        (Status::Range(one), Status::Range(other)) => one == other,
        (Status::Code(code), Status::Range(range)) | (Status::Range(range), Status::Code(code)) => {
            code / 100 == u16::from(range)
        }
    }
}
