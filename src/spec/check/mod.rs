//! What is wrong with one document by itself, found in one walk over what can hold a promise.

mod operations;
mod schema;
mod shapes;

use super::{
    bundle::{At, Bundle, FileId},
    contract::Status,
    diagnostic::{Diagnostic, Level},
    dialect::Dialect,
    surface::METHODS,
};
use crate::text::nearest;
use crate::tree::Kind;
use std::collections::HashSet;

/// Everything that is wrong, in no particular order; dangling references are reported where they are resolved.
pub(super) fn check(bundle: &Bundle) -> Vec<Diagnostic> {
    let mut walk = Walk {
        bundle,
        seen: bundle
            .files
            .iter()
            .map(|file| vec![0; file.tree.len()])
            .collect(),
        open: Vec::new(),
        found: Vec::new(),
        patterns: HashSet::new(),
    };
    let root = bundle.root();
    if bundle.dialect.is_api() {
        walk.document(root);
    } else {
        walk.open.push((root, Part::Schema));
    }
    walk.run();
    walk.found
}

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Part {
    Schema = 1,
    Parameter = 2,
    Response = 4,
    Header = 8,
    Media = 16,
    Body = 32,
    PathItem = 64,
    Operation = 128,
}

struct Walk<'d> {
    bundle: &'d Bundle,
    /// By file and node: the parts it was met as.
    seen: Vec<Vec<u8>>,
    open: Vec<(At, Part)>,
    found: Vec<Diagnostic>,
    /// Patterns that compile.
    patterns: HashSet<&'d str>,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some((at, part)) = self.open.pop() {
            let at = if part == Part::Schema || part == Part::PathItem {
                at
            } else {
                // What leads nowhere was reported as such.
                let Some(at) = self.bundle.follow(at) else {
                    continue;
                };
                at
            };
            let seen = &mut self.seen[usize::from(at.file.0)][at.node.index()];
            if *seen & part as u8 != 0 {
                continue;
            }
            *seen |= part as u8;
            let boolean = part == Part::Schema && self.kind(at) == Kind::Bool;
            if boolean || !self.is_a(at, Kind::Map) {
                continue;
            }
            match part {
                Part::Schema => self.schema(at),
                Part::Parameter => self.parameter(at),
                Part::Response => self.response(at),
                Part::Header => self.header(at),
                Part::Media => self.media(at),
                Part::Body => self.content(at),
                Part::PathItem => self.path_item(at),
                Part::Operation => self.operation(at),
            }
        }
    }

    fn report(&mut self, rule: &'static str, level: Level, at: At, message: String) {
        let offset = self.bundle.tree(at.file).span(at.node).start;
        self.report_at(rule, level, at.file, offset, message);
    }

    /// Reports at the key of an entry rather than at its value.
    fn report_key(&mut self, rule: &'static str, level: Level, at: At, key: &str, message: String) {
        let tree = self.bundle.tree(at.file);
        let span = tree
            .entry(at.node, key)
            .map_or_else(|| tree.span(at.node), |entry| entry.key_span);
        self.report_at(rule, level, at.file, span.start, message);
    }

    fn report_at(
        &mut self,
        rule: &'static str,
        level: Level,
        file: FileId,
        offset: u32,
        message: String,
    ) {
        self.found.push(Diagnostic {
            rule,
            level,
            message,
            file,
            offset,
        });
    }

    fn kind(&self, at: At) -> Kind {
        self.bundle.tree(at.file).kind(at.node)
    }

    /// Walks the values of a map.
    fn values(&mut self, at: Option<At>, part: Part) {
        let at = at.and_then(|at| self.bundle.follow(at));
        if let Some(at) = at.filter(|at| self.is_a(*at, Kind::Map)) {
            let values = self.bundle.entries(at).map(|(_, at)| (at, part));
            self.open.extend(values);
        }
    }

    /// Walks the items of a list.
    fn items(&mut self, at: Option<At>, part: Part) {
        if let Some(at) = at.filter(|at| self.is_a(*at, Kind::Seq)) {
            let items = self.bundle.items(at).map(|at| (at, part));
            self.open.extend(items);
        }
    }

    /// Reports a value of another type; YAML's empty value is as good as none.
    fn is_a(&mut self, at: At, wanted: Kind) -> bool {
        let kind = self.kind(at);
        if kind != wanted && kind != Kind::Null {
            let message = format!("{} is wanted here, not {}", wanted.name(), kind.name());
            self.report("value-misshapen", Level::Error, at, message);
        }
        kind == wanted
    }

    fn document(&mut self, root: At) {
        let bundle = self.bundle;
        if bundle.dialect == Dialect::Swagger2 {
            self.values(bundle.get(root, "definitions"), Part::Schema);
            self.values(bundle.get(root, "parameters"), Part::Parameter);
            self.values(bundle.get(root, "responses"), Part::Response);
        } else if let Some(components) = bundle.get(root, "components") {
            for (section, part) in [
                ("schemas", Part::Schema),
                ("parameters", Part::Parameter),
                ("responses", Part::Response),
                ("headers", Part::Header),
                ("requestBodies", Part::Body),
                ("mediaTypes", Part::Media),
                ("pathItems", Part::PathItem),
            ] {
                self.values(bundle.get(components, section), part);
            }
            if let Some(callbacks) = bundle.get(components, "callbacks") {
                for (_, callback) in bundle.entries(callbacks) {
                    self.callback(callback);
                }
            }
        }
        self.paths();
        let webhooks = bundle
            .get(root, "webhooks")
            .or_else(|| bundle.get(root, "x-webhooks"));
        self.values(webhooks, Part::PathItem);
    }

    fn callback(&mut self, at: At) {
        let Some(at) = self.bundle.follow(at) else {
            return;
        };
        let items = self.bundle.entries(at);
        let items = items.filter(|(key, _)| !key.starts_with("x-"));
        self.open
            .extend(items.map(|(_, item)| (item, Part::PathItem)));
    }

    fn path_item(&mut self, at: At) {
        let bundle = self.bundle;
        for (key, value) in bundle.entries(at) {
            match key {
                "parameters" => self.items(Some(value), Part::Parameter),
                "additionalOperations" => self.values(Some(value), Part::Operation),
                method if METHODS.contains(&method) => self.open.push((value, Part::Operation)),
                "$ref" => {
                    // Fields beside the reference count, so both are walked.
                    if let Some(target) = bundle.follow(at) {
                        self.open.push((target, Part::PathItem));
                    }
                }
                "summary" | "description" | "servers" => {}
                extension if extension.starts_with("x-") => {}
                other => {
                    let meant =
                        nearest(other, METHODS.into_iter().chain(["parameters", "servers"]));
                    let hint =
                        meant.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
                    let message = format!("`{other}` means nothing in a path item{hint}");
                    self.report_key("keyword-misplaced", Level::Warning, at, other, message);
                }
            }
        }
    }

    fn operation(&mut self, at: At) {
        let bundle = self.bundle;
        self.items(bundle.get(at, "parameters"), Part::Parameter);
        if let Some(body) = bundle.get(at, "requestBody") {
            self.open.push((body, Part::Body));
        }
        let responses = bundle.get(at, "responses");
        if let Some(responses) = responses.and_then(|map| bundle.follow(map)) {
            for (key, response) in bundle.entries(responses) {
                if key.starts_with("x-") {
                    continue;
                }
                if Status::parse(key).is_none() {
                    let message = format!(
                        "`{key}` is no status: a response is kept under a code, a range such as `4XX`, or `default`"
                    );
                    self.report_key("status-invalid", Level::Error, responses, key, message);
                }
                self.open.push((response, Part::Response));
            }
        }
        if let Some(callbacks) = bundle.get(at, "callbacks") {
            for (_, callback) in bundle.entries(callbacks) {
                self.callback(callback);
            }
        }
    }

    fn parameter(&mut self, at: At) {
        let bundle = self.bundle;
        let places: &[&str] = match bundle.dialect {
            Dialect::Swagger2 => &["query", "header", "path", "formData", "body"],
            Dialect::OpenApi32 => &["query", "header", "path", "cookie", "querystring"],
            Dialect::OpenApi30 | Dialect::OpenApi31 | Dialect::Schema(_) => {
                &["query", "header", "path", "cookie"]
            }
        };
        let name = bundle.text(at, "name");
        let called = name.map_or_else(
            || "a parameter".to_owned(),
            |name| format!("parameter `{name}`"),
        );
        match bundle.text(at, "in") {
            None => {
                let message = format!("{called} does not say where it travels: it has no `in`");
                self.report("parameter-unreadable", Level::Error, at, message);
            }
            Some(place) if !places.contains(&place) => {
                let hint = nearest(place, places.iter().copied())
                    .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
                let message = format!(
                    "{called} travels in `{place}`, which {} does not know{hint}",
                    bundle.dialect.name()
                );
                let value = bundle.get(at, "in").unwrap_or(at);
                self.report("parameter-unreadable", Level::Error, value, message);
            }
            Some(_) if name.is_none() => {
                let message = "a parameter has no `name`".to_owned();
                self.report("parameter-unreadable", Level::Error, at, message);
            }
            Some(_) => {}
        }
        self.value(at, bundle.text(at, "in") != Some("body"));
    }

    fn header(&mut self, at: At) {
        self.value(at, true);
    }

    /// What a parameter or a header holds; Swagger 2.0 keeps the keywords of its schema in the thing itself.
    fn value(&mut self, at: At, flat: bool) {
        if self.bundle.dialect == Dialect::Swagger2 && flat {
            self.open.push((at, Part::Schema));
        }
        if let Some(schema) = self.bundle.get(at, "schema") {
            self.open.push((schema, Part::Schema));
        }
        self.content(at);
    }

    fn content(&mut self, at: At) {
        self.values(self.bundle.get(at, "content"), Part::Media);
    }

    fn media(&mut self, at: At) {
        let bundle = self.bundle;
        for key in ["schema", "itemSchema"] {
            if let Some(schema) = bundle.get(at, key) {
                self.open.push((schema, Part::Schema));
            }
        }
        if let Some(encodings) = bundle.get(at, "encoding") {
            for (_, encoding) in bundle.entries(encodings) {
                self.values(bundle.get(encoding, "headers"), Part::Header);
            }
        }
    }

    fn response(&mut self, at: At) {
        let bundle = self.bundle;
        if let Some(schema) = bundle.get(at, "schema") {
            self.open.push((schema, Part::Schema));
        }
        self.values(bundle.get(at, "headers"), Part::Header);
        self.content(at);
    }
}
