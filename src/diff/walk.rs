//! Visits every place of the surface in both versions, carrying the direction.

use super::{
    graph::Graph,
    labels::{
        callback_label, parameter_label, schema_label, server_name, unless_post, webhook_label,
    },
    operations::{match_callbacks, match_operations},
    options::Options,
    pair::{Pair, by_key},
    place::{PlaceId, Places},
    responses::{Coverage, match_parameters, match_responses},
    same::Sameness,
    visit::Visit,
};
use crate::spec::{
    Alike, Contract, In, Media, Operation, Parameter, Response, Schemas, Server, Shape, Surface,
    quoted,
};
use crate::variance::Direction;
use std::rc::Rc;

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
    let same = Sameness::new(old.bundle, new.bundle, options.thorough);
    let mut places = Places::default();
    let document = places.add(None, "contract", "the contract", None);
    let mut walker = Walker {
        same: &same,
        places,
        visits: Vec::new(),
        graph: Graph::new(
            (Schemas::new(old.bundle), Schemas::new(new.bundle)),
            Rc::clone(&same.subtypes),
        ),
    };
    let mut base_changed = None;
    if let (Some(old_schema), Some(new_schema)) = (old.schema, new.schema) {
        walker
            .visits
            .push((document, Visit::Document(Pair::of(old, new))));
        let name = schema_name(new, &options);
        for direction in options.flow.directions() {
            let place =
                walker
                    .places
                    .add(None, schema_label(&name), "the schema", Some(*direction));
            let shapes = (Shape::Node(old_schema), Shape::Node(new_schema));
            walker.shapes(place, Some(&shapes.0), Some(&shapes.1), *direction);
        }
        walker.unused(old, new, options.flow.directions());
    } else {
        walker
            .visits
            .push((document, Visit::Document(Pair::of(old, new))));
        // What is written alike needs no walk to be found the same.
        if options.thorough || Alike::of(old.bundle, new.bundle).is_none() {
            base_changed = walker.document(document, old, new);
        }
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

/// Whether the media types are the same ones; Swagger 2.0 says them elsewhere than the schema.
fn same_ranges(old: &[Media<'_>], new: &[Media<'_>]) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| old.range == new.range)
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
                let url = pair.old.or(pair.new).map_or_else(String::new, server_name);
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
        let webhooks = by_key(old.webhooks(), new.webhooks(), |operation| {
            (operation.path, operation.method.clone())
        });
        for pair in webhooks {
            self.operation(None, pair, "");
        }
        self.unused(old, new, &[Direction::Output]);
        let _ = place;
        matched.base_changed
    }

    fn operation(&mut self, parent: Option<PlaceId>, pair: Pair<'c, Operation<'d>>, path: &str) {
        let Some(shown) = pair.new.or(pair.old) else {
            return;
        };
        if let Some((old, new)) = pair.both()
            && (old.surface == Surface::Path || old.path == new.path)
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
            Surface::Webhook => (
                webhook_label(shown),
                format!("webhook {}{}", shown.path, unless_post(method)),
                Direction::Output,
            ),
            Surface::Callback(name) => (
                callback_label(name, shown),
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
        for pair in match_callbacks(&old.callbacks, &new.callbacks) {
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
            && media_unchanged(old, new)
            && alternatives(old) == alternatives(new)
            && addresses(old) == addresses(new)
            && self.item_unchanged(old, new)
    }

    /// Whether the path item says the same about all of its operations.
    fn item_unchanged(&self, old: &Operation<'d>, new: &Operation<'d>) -> bool {
        let (before, after) = (self.graph.old.bundle, self.graph.new.bundle);
        ["summary", "description"].iter().all(|key| {
            self.same
                .options(before.get(old.item, key), after.get(new.item, key))
        })
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
        if let Some((old, new)) = pair.both()
            && (old.place, old.position, &old.name) == (new.place, new.position, &new.name)
            && self.same.nodes(old.at, new.at)
        {
            return;
        }
        let label = parameter_label(first);
        let subject = match shown.place {
            In::Header => format!("request header `{}`", shown.name),
            place => format!("{} parameter `{}`", place.word(), shown.name),
        };
        let place = self
            .places
            .add(Some(operation), label, subject, Some(direction));
        self.visits.push((place, Visit::Parameter(pair)));
        if let Some((old, new)) = pair.both() {
            self.shapes(place, old.shape.as_ref(), new.shape.as_ref(), direction);
            self.documents(place, (&old.content, &new.content), direction);
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
        let unchanged = pair.both().is_some_and(|(old, new)| {
            self.same.nodes(old.at, new.at) && same_ranges(&old.content, &new.content)
        });
        if unchanged || (pair.old.is_none() && pair.new.is_none()) {
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
        if self.same.nodes(old.at, new.at) && same_ranges(&old.content, &new.content) {
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
}

/// Where the servers of an operation are, when it has its own.
fn addresses(operation: &Operation<'_>) -> Option<Vec<(String, String)>> {
    let address = |server: &Server<'_>| (server.origin.clone(), server.base_path.clone());
    let servers = operation.servers.as_deref()?;
    Some(servers.iter().map(address).collect())
}

/// Swagger 2.0 may say media types for the whole document.
fn media_unchanged(old: &Operation<'_>, new: &Operation<'_>) -> bool {
    let ranges = |operation: &Operation<'_>| -> Vec<_> {
        let body = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation
            .responses
            .iter()
            .flat_map(|response| &response.content);
        body.chain(responses)
            .map(|media| media.range.clone())
            .collect()
    };
    ranges(old) == ranges(new)
}
