//! Visits every place of the surface in both versions, carrying the direction.

use super::{
    graph::Graph,
    operations::match_operations,
    pair::{Pair, by_key},
    place::{PlaceId, Places},
    responses::{Coverage, match_media, match_parameters, match_responses},
    same::Sameness,
};
use crate::{
    spec::{
        At, Body, Component, Contract, Encoding, Header, In, Link, Media, Operation, Parameter,
        Response, Schemas, SecurityScheme, Server, Shape, Surface, positional, quoted,
    },
    variance::Direction,
};

/// What to compare, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What a schema says about members it does not name.
    pub reading: Reading,
    /// Who writes the values of a bare JSON Schema.
    pub flow: Flow,
    /// The contract's id, part of every fingerprint.
    pub contract: String,
    /// Whether `format` asserts in a bare JSON Schema.
    pub assert_format: bool,
}

/// What a schema says about members it does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Writers send declared members only, and readers of output ignore what they do not know.
    #[default]
    Tolerant,
    /// Exactly what is written.
    Strict,
}

impl Reading {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tolerant => "tolerant",
            Self::Strict => "strict",
        }
    }
}

/// Who writes the values of a bare JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flow {
    /// The provider writes: Output.
    Producer,
    /// The consumer writes: Input.
    Consumer,
    /// Either may write.
    #[default]
    Both,
}

impl Flow {
    /// The directions values travel in.
    #[must_use]
    pub const fn directions(self) -> &'static [Direction] {
        match self {
            Self::Producer => &[Direction::Output],
            Self::Consumer => &[Direction::Input],
            Self::Both => &Direction::ALL,
        }
    }
}

/// A place that rules are asked about, with what stands there in both versions.
#[derive(Clone, Copy, Debug)]
pub enum Visit<'c, 'd> {
    /// The document as a whole.
    Document(Pair<'c, Contract<'d>>),
    /// A server.
    Server(Pair<'c, Server<'d>>),
    /// A security scheme.
    Scheme(Pair<'c, SecurityScheme<'d>>),
    /// A component that nothing uses.
    Component(Pair<'c, Component<'d>>),
    /// An operation.
    Operation(Pair<'c, Operation<'d>>),
    /// A parameter.
    Parameter(Pair<'c, Parameter<'d>>),
    /// A request body.
    Body(Pair<'c, Body<'d>>),
    /// A media type.
    Media(Pair<'c, Media<'d>>),
    /// How a member of a form is written.
    Encoding(Pair<'c, Encoding<'d>>),
    /// A response, and how its status was matched.
    Response(Pair<'c, Response<'d>>, Coverage),
    /// A response header, or a header of a part.
    Header(Pair<'c, Header<'d>>),
    /// A link.
    Link(Pair<'c, Link<'d>>),
}

/// Everything the rules look at.
#[derive(Debug)]
pub struct Comparison<'c, 'd> {
    /// As published.
    pub old: &'c Contract<'d>,
    /// As proposed.
    pub new: &'c Contract<'d>,
    /// What to compare, and how.
    pub options: Options,
    /// Where things stand.
    pub places: Places,
    /// What stands there.
    pub visits: Vec<(PlaceId, Visit<'c, 'd>)>,
    /// Schemas that differ.
    pub graph: Graph<'d>,
    /// The base path before and after, when it changed beneath all operations.
    pub base_changed: Option<(String, String)>,
    /// The place of the document as a whole.
    pub document: PlaceId,
}

/// Compares two contracts.
#[must_use]
pub fn compare<'c, 'd>(
    old: &'c Contract<'d>,
    new: &'c Contract<'d>,
    options: Options,
) -> Comparison<'c, 'd> {
    let same = Sameness::new(old.bundle, new.bundle);
    let mut places = Places::default();
    let document = places.add(None, "contract", "the contract", None);
    let mut walker = Walker {
        same: &same,
        places,
        visits: Vec::new(),
        graph: Graph::new(Schemas::new(old.bundle), Schemas::new(new.bundle)),
    };
    let mut base_changed = None;
    if let (Some(old_schema), Some(new_schema)) = (old.schema, new.schema) {
        walker
            .visits
            .push((document, Visit::Document(Pair::of(old, new))));
        let name = schema_name(new, &options);
        for direction in options.flow.directions() {
            let place = walker.places.add(
                None,
                format!("schema:{}", quoted_loosely(&name)),
                "the schema",
                Some(*direction),
            );
            let shapes = (Some(Shape::Node(old_schema)), Some(Shape::Node(new_schema)));
            walker.shapes(place, &shapes.0, &shapes.1, *direction);
        }
    } else {
        walker
            .visits
            .push((document, Visit::Document(Pair::of(old, new))));
        base_changed = walker.document(document, old, new);
    }
    Comparison {
        old,
        new,
        options,
        places: walker.places,
        visits: walker.visits,
        graph: walker.graph,
        base_changed,
        document,
    }
}

/// What a bare schema is called: the contract's id, else the name in its `$id`, else its file's.
fn schema_name(contract: &Contract<'_>, options: &Options) -> String {
    if !options.contract.is_empty() {
        return options.contract.clone();
    }
    let id = contract.bundle.text(contract.bundle.root(), "$id");
    let path = id
        .unwrap_or(&contract.bundle.files[0].path)
        .trim_end_matches(['#', '/']);
    path.rsplit(['/', ':']).next().unwrap_or(path).to_owned()
}

pub(super) struct Walker<'s, 'c, 'd> {
    pub(super) same: &'s Sameness<'d>,
    pub(super) places: Places,
    pub(super) visits: Vec<(PlaceId, Visit<'c, 'd>)>,
    pub(super) graph: Graph<'d>,
}

impl<'c, 'd> Walker<'_, 'c, 'd> {
    fn document(
        &mut self,
        place: PlaceId,
        old: &'c Contract<'d>,
        new: &'c Contract<'d>,
    ) -> Option<(String, String)> {
        for pair in by_key(&old.servers, &new.servers, |server| {
            (server.origin.clone(), server.base_path.clone())
        }) {
            if pair.both().is_none() {
                let url = pair.old.or(pair.new).map_or("", |server| server.url);
                let place =
                    self.places
                        .add(None, format!("server:{url}"), format!("server {url}"), None);
                self.visits.push((place, Visit::Server(pair)));
            }
        }
        for pair in by_key(&old.schemes, &new.schemes, |scheme| scheme.name) {
            let name = pair.old.or(pair.new).map_or("", |scheme| scheme.name);
            if let Some((old, new)) = pair.both()
                && self.same.nodes(old.at, new.at)
            {
                continue;
            }
            let subject = format!("security scheme `{name}`");
            let place = self
                .places
                .add(None, format!("security:{}", quoted(name)), subject, None);
            self.visits.push((place, Visit::Scheme(pair)));
        }
        let matched = match_operations(old, new);
        for (pair, path) in &matched.pairs {
            self.operation(None, *pair, path);
        }
        let webhooks = by_key(&old.webhooks, &new.webhooks, |operation| {
            (operation.path, operation.method.clone())
        });
        for pair in webhooks {
            self.operation(None, pair, "");
        }
        self.unused(old, new);
        let _ = place;
        matched.base_changed
    }

    fn operation(&mut self, parent: Option<PlaceId>, pair: Pair<'c, Operation<'d>>, path: &str) {
        let Some(shown) = pair.new.or(pair.old) else {
            return;
        };
        if let Some((old, new)) = pair.both()
            && self.unchanged(old, new)
        {
            return;
        }
        let method = &shown.method;
        let (label, subject, request) = match shown.surface {
            Surface::Path => (
                format!("op:{method} {path}"),
                format!("{method} {}", shown.path),
                Direction::Input,
            ),
            Surface::Webhook => {
                let suffix = if method == "POST" {
                    String::new()
                } else {
                    format!(" {method}")
                };
                (
                    format!("webhook:{}{suffix}", quoted_loosely(shown.path)),
                    format!("webhook {}{suffix}", shown.path),
                    Direction::Output,
                )
            }
            Surface::Callback(name) => (
                format!(
                    "callback:{} {method} {}",
                    quoted_loosely(name),
                    positional(shown.path)
                ),
                format!("callback `{name}` {method}"),
                Direction::Output,
            ),
        };
        let place = self.places.add(parent, label, subject, None);
        self.visits.push((place, Visit::Operation(pair)));
        let Some((old, new)) = pair.both() else {
            return;
        };
        for pair in match_parameters(&old.parameters, &new.parameters) {
            self.parameter(place, pair, request);
        }
        self.body(place, old, new, request);
        for (pair, coverage) in match_responses(&old.responses, &new.responses) {
            self.response(place, pair, coverage, request.flip());
        }
        let key = |operation: &Operation<'d>| {
            (
                operation.surface.clone(),
                positional(operation.path),
                operation.method.clone(),
            )
        };
        for pair in callbacks(&old.callbacks, &new.callbacks, key) {
            self.operation(Some(place), pair, "");
        }
    }

    /// Whether nothing about an operation can have changed, what it inherits included.
    fn unchanged(&self, old: &Operation<'d>, new: &Operation<'d>) -> bool {
        let inherited = old.parameters.len() == new.parameters.len()
            && old
                .parameters
                .iter()
                .zip(&new.parameters)
                .all(|(old, new)| old.position == new.position && self.same.nodes(old.at, new.at));
        let alternatives = |operation: &Operation<'d>| -> Vec<_> {
            operation
                .security
                .alternatives
                .iter()
                .map(|one| one.schemes.clone())
                .collect()
        };
        inherited
            && old.body.as_ref().map_or(0, |body| body.content.len())
                == new.body.as_ref().map_or(0, |body| body.content.len())
            && self.same.nodes(old.at, new.at)
            && self.media_unchanged(old, new)
            && alternatives(old) == alternatives(new)
    }

    /// Swagger 2.0 may say media types for the whole document.
    fn media_unchanged(&self, old: &Operation<'d>, new: &Operation<'d>) -> bool {
        let ranges = |operation: &Operation<'d>| -> Vec<_> {
            let body = operation.body.iter().flat_map(|body| &body.content);
            let responses = operation
                .responses
                .iter()
                .flat_map(|response| &response.content);
            body.chain(responses)
                .map(|media| media.range.clone())
                .collect()
        };
        self.places.get(PlaceId(0)).parent.is_none() && ranges(old) == ranges(new)
    }

    fn parameter(
        &mut self,
        operation: PlaceId,
        pair: Pair<'c, Parameter<'d>>,
        direction: Direction,
    ) {
        let Some(shown) = pair.new.or(pair.old) else {
            return;
        };
        let first = pair.old.unwrap_or(shown);
        let label = match (first.place, first.position) {
            (In::Header, _) => format!("header:{}", quoted(&first.name)),
            (In::Path, Some(position)) => format!("param:path:{position}"),
            (place, _) => format!("param:{}:{}", place.word(), quoted(&first.name)),
        };
        let subject = match shown.place {
            In::Header => format!("request header `{}`", shown.name),
            place => format!("{} parameter `{}`", place.word(), shown.name),
        };
        let place = self
            .places
            .add(Some(operation), label, subject, Some(direction));
        self.visits.push((place, Visit::Parameter(pair)));
        if let Some((old, new)) = pair.both() {
            self.shapes(place, &old.shape, &new.shape, direction);
            self.media(place, "", &old.content, &new.content, direction);
        }
    }

    fn body(
        &mut self,
        operation: PlaceId,
        old: &'c Operation<'d>,
        new: &'c Operation<'d>,
        direction: Direction,
    ) {
        let pair = Pair {
            old: old.body.as_ref(),
            new: new.body.as_ref(),
        };
        if pair.old.is_none() && pair.new.is_none() {
            return;
        }
        let place = self
            .places
            .add(Some(operation), "req", "the request body", Some(direction));
        self.visits.push((place, Visit::Body(pair)));
        if let Some((old, new)) = pair.both() {
            self.media(operation, "req:", &old.content, &new.content, direction);
        }
    }

    fn response(
        &mut self,
        operation: PlaceId,
        pair: Pair<'c, Response<'d>>,
        coverage: Coverage,
        direction: Direction,
    ) {
        let status = coverage.status;
        let label = format!("resp:{status}");
        let subject = format!("the {status} response");
        let place = self
            .places
            .add(Some(operation), label, subject, Some(direction));
        self.visits.push((place, Visit::Response(pair, coverage)));
        let Some((old, new)) = pair.both() else {
            return;
        };
        if self.same.nodes(old.at, new.at)
            && old.content.len() == new.content.len()
            && old
                .content
                .iter()
                .zip(&new.content)
                .all(|(old, new)| old.range == new.range)
        {
            return;
        }
        self.headers(place, &old.headers, &new.headers, direction);
        self.media(place, "", &old.content, &new.content, direction);
        for pair in by_key(&old.links, &new.links, |link| link.name) {
            let name = pair.old.or(pair.new).map_or("", |link| link.name);
            let link = self.places.add(
                Some(place),
                format!("link:{}", quoted(name)),
                format!("link `{name}`"),
                Some(direction),
            );
            self.visits.push((link, Visit::Link(pair)));
        }
    }

    fn headers(
        &mut self,
        parent: PlaceId,
        old: &'c [Header<'d>],
        new: &'c [Header<'d>],
        direction: Direction,
    ) {
        for pair in by_key(old, new, |header| header.name.clone()) {
            let Some(shown) = pair.new.or(pair.old) else {
                continue;
            };
            let label = format!("header:{}", quoted(&shown.name));
            let subject = format!("header `{}`", shown.name);
            let place = self
                .places
                .add(Some(parent), label, subject, Some(direction));
            self.visits.push((place, Visit::Header(pair)));
            if let Some((old, new)) = pair.both() {
                self.shapes(place, &old.shape, &new.shape, direction);
                self.media(place, "", &old.content, &new.content, direction);
            }
        }
    }

    fn media(
        &mut self,
        parent: PlaceId,
        prefix: &str,
        old: &'c [Media<'d>],
        new: &'c [Media<'d>],
        direction: Direction,
    ) {
        for pair in match_media(old, new) {
            let Some(first) = pair.old.or(pair.new) else {
                continue;
            };
            let label = format!("{prefix}media:{}", first.range);
            let body = match direction {
                _ if prefix == "req:" => format!("the {} request body", first.range),
                _ => format!("the {} body", first.range),
            };
            let place = self
                .places
                .add(Some(parent), label, body.clone(), Some(direction));
            self.visits.push((place, Visit::Media(pair)));
            let Some((old, new)) = pair.both() else {
                continue;
            };
            for (name, old, new) in [
                ("body", &old.shape, &new.shape),
                ("item", &old.item, &new.item),
            ] {
                if old.is_some() || new.is_some() {
                    let place = self
                        .places
                        .add(Some(place), name, body.clone(), Some(direction));
                    self.shapes(place, old, new, direction);
                }
            }
            for pair in by_key(&old.encoding, &new.encoding, |encoding| encoding.name) {
                let name = pair.old.or(pair.new).map_or("", |encoding| encoding.name);
                let label = format!("encoding:{}", quoted(name));
                let place = self.places.add(
                    Some(place),
                    label,
                    format!("the encoding of `{name}`"),
                    Some(direction),
                );
                self.visits.push((place, Visit::Encoding(pair)));
                if let Some((old, new)) = pair.both() {
                    self.headers(place, &old.headers, &new.headers, direction);
                }
            }
        }
    }

    pub(super) fn shapes(
        &mut self,
        place: PlaceId,
        old: &Option<Shape>,
        new: &Option<Shape>,
        direction: Direction,
    ) {
        if let (Some(old), Some(new)) = (old, new) {
            let (old, new) = (self.graph.old.of_shape(old), self.graph.new.of_shape(new));
            self.graph.root(self.same, place, old, new, direction);
        }
    }
}

/// Pairs callbacks by expression; one that stands alone under its name and method is the same under a new expression.
fn callbacks<'c, 'd, K: Eq + std::hash::Hash>(
    old: &'c [Operation<'d>],
    new: &'c [Operation<'d>],
    key: impl Fn(&Operation<'d>) -> K,
) -> Vec<Pair<'c, Operation<'d>>> {
    let mut pairs = by_key(old, new, key);
    for index in 0..pairs.len() {
        let Some(gone) = pairs[index].gone() else {
            continue;
        };
        let alike = |operation: &Operation<'d>| {
            operation.surface == gone.surface && operation.method == gone.method
        };
        let mut candidates = pairs
            .iter()
            .enumerate()
            .filter(|(_, pair)| pair.fresh().is_some_and(alike));
        if let (Some((at, pair)), None) = (candidates.next(), candidates.next()) {
            let successor = pair.new;
            pairs[index].new = successor;
            pairs.remove(at);
            return callbacks_rest(pairs);
        }
    }
    pairs
}

fn callbacks_rest<'c, 'd>(pairs: Vec<Pair<'c, Operation<'d>>>) -> Vec<Pair<'c, Operation<'d>>> {
    pairs
}

/// A webhook or callback name; dots are usual there and read well.
fn quoted_loosely(name: &str) -> String {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    if plain { name.to_owned() } else { quoted(name) }
}

impl Visit<'_, '_> {
    /// The nodes that stand here, old and new.
    #[must_use]
    pub fn around(&self) -> (Option<At>, Option<At>) {
        fn nodes<T>(pair: &Pair<'_, T>, at: impl Fn(&T) -> At) -> (Option<At>, Option<At>) {
            (pair.old.map(&at), pair.new.map(&at))
        }
        match self {
            Self::Document(pair) => nodes(pair, |contract| contract.bundle.root()),
            Self::Server(pair) => nodes(pair, |server| server.at),
            Self::Scheme(pair) => nodes(pair, |scheme| scheme.at),
            Self::Component(pair) => nodes(pair, |component| component.at),
            Self::Operation(pair) => nodes(pair, |operation| operation.at),
            Self::Parameter(pair) => nodes(pair, |parameter| parameter.at),
            Self::Body(pair) => nodes(pair, |body| body.at),
            Self::Media(pair) => nodes(pair, |media| media.at),
            Self::Encoding(pair) => nodes(pair, |encoding| encoding.at),
            Self::Response(pair, _) => nodes(pair, |response| response.at),
            Self::Header(pair) => nodes(pair, |header| header.at),
            Self::Link(pair) => nodes(pair, |link| link.at),
        }
    }
}
