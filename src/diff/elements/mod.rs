//! From an element id back to the nodes of one contract: the way every report's ids are read again.

mod path;
mod steps;
#[cfg(test)]
mod tests;

use super::{labels, operations::joined};
use crate::spec::{
    At, Component, Contract, Media, Operation, Response, SchemaId, Schemas, Shape, Status, Surface,
    positional, quoted,
};
use std::collections::{BTreeMap, HashMap};

pub use path::{Step, labels_of, steps_of};

/// One thing on the way from the document to an element, the element itself last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its element id.
    pub element: String,
    /// Its nodes; several where a schema is spread over references and `allOf`, none for what has no node of its own.
    pub nodes: Vec<At>,
}

/// The way to an element, as far as the contract has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// From the outermost to the innermost.
    pub stops: Vec<Stop>,
    /// Whether the last stop is the element that was asked for.
    pub complete: bool,
}

/// The elements of one contract.
#[derive(Debug)]
pub struct Elements<'c, 'd> {
    contract: &'c Contract<'d>,
    schemas: Schemas<'d>,
    tops: HashMap<String, Top<'c, 'd>>,
}

/// What an element id starts with.
#[derive(Clone, Copy, Debug)]
enum Top<'c, 'd> {
    Operation(&'c Operation<'d>),
    Component(&'c Component<'d>),
    Scheme(At),
    Server(At),
    Schema(At),
    Document(At),
}

/// Where the search stands.
#[derive(Clone, Copy)]
enum Position<'c, 'd> {
    Operation(&'c Operation<'d>),
    /// A parameter or a header: its schema, and its content.
    Carrier(Option<&'c Shape>, &'c [Media<'d>]),
    Response(&'c Response<'d>),
    Media(&'c Media<'d>),
    Schema(SchemaId),
    /// A map whose entries are named by a label such as `flow:`.
    Map(At),
    /// Nothing beneath has a name.
    End,
}

impl<'c, 'd> Elements<'c, 'd> {
    /// Prepares a contract; `name` is what a bare JSON Schema is called in element ids.
    #[must_use]
    pub fn new(contract: &'c Contract<'d>, name: &str) -> Self {
        let mut tops = HashMap::new();
        for operation in contract.operations() {
            let path = joined(contract, operation);
            let method = &operation.method;
            // The second one is for before the base path of the servers changed, or after.
            for path in [path.as_str(), operation.path] {
                for path in [positional(path), path.to_owned()] {
                    tops.entry(format!("op:{method} {path}"))
                        .or_insert(Top::Operation(operation));
                }
            }
        }
        for operation in contract.webhooks() {
            tops.insert(labels::webhook_label(operation), Top::Operation(operation));
        }
        for component in &contract.components {
            let label = format!("component:{}:{}", component.section, quoted(component.name));
            tops.insert(label, Top::Component(component));
        }
        for scheme in &contract.schemes {
            tops.insert(
                format!("security:{}", quoted(scheme.name)),
                Top::Scheme(scheme.at),
            );
        }
        for server in &contract.servers {
            tops.insert(
                format!("server:{}", labels::server_name(server)),
                Top::Server(server.at),
            );
        }
        if let Some(schema) = contract.schema {
            tops.insert(labels::schema_label(name), Top::Schema(schema));
        }
        tops.insert("contract".to_owned(), Top::Document(contract.bundle.root()));
        Self {
            contract,
            schemas: Schemas::new(contract.bundle),
            tops,
        }
    }

    /// The ids that an operation goes by: with the base path of its servers in front, where there is just one, and without.
    #[must_use]
    pub fn ids(&self, operation: &Operation<'_>) -> [String; 2] {
        let path = joined(self.contract, operation);
        [path.as_str(), operation.path]
            .map(|path| format!("op:{} {}", operation.method, positional(path)))
    }

    /// The contract.
    #[must_use]
    pub fn contract(&self) -> &'c Contract<'d> {
        self.contract
    }

    /// The outermost elements: operations, webhooks, components, schemes, and servers. Sorted.
    #[must_use]
    pub fn tops(&self) -> Vec<&str> {
        let mut tops: Vec<&str> = self.tops.keys().map(String::as_str).collect();
        tops.sort_unstable();
        tops
    }

    /// The ids of operations by their paths alone, where their servers put a path in front: `op:GET /orders` for `op:GET /v1/orders`.
    #[must_use]
    pub fn by_own_path(&self) -> BTreeMap<String, String> {
        let operations = self.contract.operations().iter();
        let mut own: BTreeMap<String, String> = operations
            .clone()
            .map(|operation| {
                let [whole, own] = self.ids(operation);
                (own, whole)
            })
            .filter(|(own, whole)| own != whole)
            .collect();
        // A path that is another operation's whole one means that.
        for operation in operations {
            own.remove(&self.ids(operation)[0]);
        }
        own
    }

    /// The way to an element, as far as the contract has it; the document itself is no stop.
    #[must_use]
    pub fn locate(&self, element: &str) -> Trail {
        let mut trail = Trail::default();
        let labels = labels_of(element);
        let Some((first, rest)) = labels.split_first() else {
            return trail;
        };
        let Some(top) = self.tops.get(*first) else {
            return trail;
        };
        let (nodes, mut position) = self.top(*top);
        trail.stops.push(Stop {
            element: (*first).to_owned(),
            nodes,
        });
        for label in rest {
            let Some(next) = self.label(position, label, &mut trail.stops) else {
                return trail;
            };
            position = next;
        }
        trail.complete = true;
        trail
    }

    fn top(&self, top: Top<'c, 'd>) -> (Vec<At>, Position<'c, 'd>) {
        match top {
            Top::Operation(operation) => (vec![operation.at], Position::Operation(operation)),
            Top::Component(component) if component.section == "schemas" => {
                let id = self.schemas.of_node(component.at);
                (self.nodes(id), Position::Schema(id))
            }
            Top::Component(component) => (vec![component.at], Position::End),
            Top::Server(at) => (vec![at], Position::End),
            Top::Schema(at) => {
                let id = self.schemas.of_node(at);
                (self.nodes(id), Position::Schema(id))
            }
            Top::Scheme(at) | Top::Document(at) => (vec![at], Position::Map(at)),
        }
    }

    fn nodes(&self, id: SchemaId) -> Vec<At> {
        let key = self.schemas.key_of(id);
        key.atoms.iter().map(|atom| atom.at).collect()
    }

    /// Follows one label, and notes the stops on the way.
    fn label(
        &self,
        position: Position<'c, 'd>,
        label: &str,
        stops: &mut Vec<Stop>,
    ) -> Option<Position<'c, 'd>> {
        let (nodes, next) = match position {
            Position::Operation(operation) => in_operation(operation, label)?,
            Position::Carrier(shape, content) => match label.strip_prefix("media:") {
                Some(range) => media(content, range)?,
                None => return self.in_schema(shape?, label, stops),
            },
            Position::Response(response) => in_response(response, label)?,
            Position::Media(media) => match label {
                "body" => self.shape(media.shape.as_ref()?),
                "item" => self.shape(media.item.as_ref()?),
                label => {
                    let name = label.strip_prefix("encoding:")?;
                    let found = media.encoding.iter();
                    let mut found = found.filter(|encoding| quoted(encoding.name) == name);
                    (vec![found.next()?.at], Position::End)
                }
            },
            Position::Schema(id) => return self.beneath(id, label, stops),
            Position::Map(at) => self.in_map(at, label)?,
            Position::End => return None,
        };
        push(stops, label, nodes);
        Some(next)
    }

    /// `flow:`, `scope:`, and `tag:`, which are entries of maps.
    fn in_map(&self, at: At, label: &str) -> Option<(Vec<At>, Position<'c, 'd>)> {
        let bundle = self.contract.bundle;
        let (kind, name) = label.split_once(':')?;
        let inside = match kind {
            // Swagger 2.0 keeps scopes in the scheme itself.
            "flow" => match bundle.get(at, "flows") {
                Some(flows) => flows,
                None => return Some((Vec::new(), Position::Map(at))),
            },
            "scope" => bundle.get(at, "scopes")?,
            "tag" => {
                let mut tags = self.contract.tags.iter();
                let (_, at) = tags.find(|(tag, _)| quoted(tag) == name)?;
                return Some((vec![*at], Position::End));
            }
            _ => return None,
        };
        let mut entries = bundle.entries(inside);
        let (_, at) = entries.find(|(key, _)| quoted(key) == name)?;
        Some((vec![at], Position::Map(at)))
    }

    fn shape(&self, shape: &Shape) -> (Vec<At>, Position<'c, 'd>) {
        let id = self.schemas.of_shape(shape);
        (self.nodes(id), Position::Schema(id))
    }

    fn in_schema(
        &self,
        shape: &Shape,
        label: &str,
        stops: &mut Vec<Stop>,
    ) -> Option<Position<'c, 'd>> {
        self.beneath(self.schemas.of_shape(shape), label, stops)
    }

    /// Follows a path such as `.items[].sku`, or a value of an enum.
    fn beneath(
        &self,
        id: SchemaId,
        label: &str,
        stops: &mut Vec<Stop>,
    ) -> Option<Position<'c, 'd>> {
        if let Some(value) = label.strip_prefix("enum:") {
            return self.has_value(id, value).then(|| {
                push(stops, label, Vec::new());
                Position::End
            });
        }
        if let Some(value) = label.strip_prefix("mapping:") {
            let schema = self.schemas.get(id);
            let mapping = &schema.discriminator.as_ref()?.mapping;
            let value: String = serde_json::from_str(value).ok()?;
            let (_, at) = mapping.get(value.as_str())?;
            push(stops, label, vec![*at]);
            return Some(Position::End);
        }
        let (mut id, mut path) = (id, String::new());
        let above = stops.last().map(|stop| stop.element.clone());
        for Step { text, segment } in steps_of(label)? {
            id = self.step(id, &segment)?;
            path.push_str(text);
            let above = above.as_deref().unwrap_or_default();
            stops.push(Stop {
                element: format!("{above} > {path}"),
                nodes: self.nodes(id),
            });
        }
        Some(Position::Schema(id))
    }

    fn has_value(&self, id: SchemaId, value: &str) -> bool {
        let schema = self.schemas.get(id);
        let lists = schema.values.iter().chain(&schema.extensible);
        let bundle = self.contract.bundle;
        lists.flat_map(|values| &values.list).any(|at| {
            let mut text = String::new();
            let written = bundle.tree(at.file).write_json(at.node, &mut text);
            written.is_ok() && text == value
        })
    }
}

fn push(stops: &mut Vec<Stop>, label: &str, nodes: Vec<At>) {
    let above = stops.last().map_or("", |stop| stop.element.as_str());
    let element = format!("{above} > {label}");
    stops.push(Stop { element, nodes });
}

fn media<'c, 'd>(content: &'c [Media<'d>], range: &str) -> Option<(Vec<At>, Position<'c, 'd>)> {
    let exact = content.iter().find(|one| one.range.to_string() == range);
    let found = exact.or_else(|| {
        let wanted = crate::spec::MediaRange::parse(range);
        content.iter().find(|one| one.range.covers(&wanted))
    })?;
    Some((vec![found.at], Position::Media(found)))
}

/// The response that stands for a status: itself, else its range, else the default.
fn response<'c, 'd>(operation: &'c Operation<'d>, status: Status) -> Option<&'c Response<'d>> {
    let named = |wanted: Status| {
        let mut responses = operation.responses.iter();
        responses.find(|response| response.status == wanted)
    };
    match status {
        Status::Code(code) => named(status)
            .or_else(|| named(Status::Range(u8::try_from(code / 100).unwrap_or_default())))
            .or_else(|| named(Status::Default)),
        Status::Range(_) => named(status).or_else(|| named(Status::Default)),
        Status::Default => named(status),
    }
}

fn in_operation<'c, 'd>(
    operation: &'c Operation<'d>,
    label: &str,
) -> Option<(Vec<At>, Position<'c, 'd>)> {
    if let Some(status) = label.strip_prefix("resp:") {
        let response = response(operation, Status::parse(status)?)?;
        return Some((vec![response.at], Position::Response(response)));
    }
    if label == "req" {
        return Some((vec![operation.body.as_ref()?.at], Position::End));
    }
    if let Some(range) = label.strip_prefix("req:media:") {
        return media(&operation.body.as_ref()?.content, range);
    }
    if label.starts_with("callback:") {
        let mut callbacks = operation.callbacks.iter();
        let found = callbacks.find(|callback| match callback.surface {
            Surface::Callback(name) => labels::callback_label(name, callback) == label,
            Surface::Path | Surface::Webhook => false,
        })?;
        return Some((vec![found.at], Position::Operation(found)));
    }
    let mut parameters = operation.parameters.iter();
    let found = parameters.find(|parameter| labels::parameter_label(parameter) == label)?;
    let nodes = vec![found.at];
    Some((
        nodes,
        Position::Carrier(found.shape.as_ref(), &found.content),
    ))
}

fn in_response<'c, 'd>(
    response: &'c Response<'d>,
    label: &str,
) -> Option<(Vec<At>, Position<'c, 'd>)> {
    if let Some(range) = label.strip_prefix("media:") {
        return media(&response.content, range);
    }
    if let Some(name) = label.strip_prefix("header:") {
        let mut headers = response.headers.iter();
        let found = headers.find(|header| quoted(&header.name) == name)?;
        let position = Position::Carrier(found.shape.as_ref(), &found.content);
        return Some((vec![found.at], position));
    }
    let name = label.strip_prefix("link:")?;
    let found = response
        .links
        .iter()
        .find(|link| quoted(link.name) == name)?;
    Some((vec![found.at], Position::End))
}
