//! The document: its version, its sources, and its components.

use super::{JsonPathMode, Lint, object::Object, runtime, workflow};
use crate::probe::{
    expression::{Known, Template, Written},
    workflow::{DriftRules, Mode, Scenario, SourceDescription, Workflow},
};
use crate::tree::fields::Value;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// The root of a document, and what its parts need of it.
#[derive(Debug)]
pub(super) struct Document<'t> {
    pub(super) mode: JsonPathMode,
    /// Whether it is 1.0, whose text leaves criteria open.
    pub(super) is_old: bool,
    title: String,
    pub(super) sources: Vec<SourceDescription>,
    workflows: Vec<Value<'t>>,
    components: BTreeMap<&'t str, Vec<(&'t str, Value<'t>)>>,
    /// Outputs of all workflows, and of the steps of the one that is read.
    pub(super) known: RefCell<Known>,
    pub(super) lints: RefCell<Vec<Lint>>,
}

impl<'t> Document<'t> {
    pub(super) fn new(root: Value<'t>, mode: JsonPathMode) -> Option<Self> {
        let mut object = Object::new(root, "an Arazzo document")?;
        let version = object.required("arazzo").and_then(version)?;
        object.optional("$self");
        let title = object.required("info").and_then(title);
        let sources = object
            .required("sourceDescriptions")
            .and_then(|value| value.each(source));
        let workflows = object.required("workflows").and_then(Value::items);
        let components = object
            .optional("components")
            .map_or_else(BTreeMap::new, components);
        object.finish();
        Some(Self {
            mode,
            is_old: version.starts_with("1.0."),
            title: title?,
            sources: sources?,
            workflows: workflows?,
            components,
            known: RefCell::default(),
            lints: RefCell::default(),
        })
    }

    pub(super) fn lower(self, name: &str) -> (Scenario, Vec<Lint>) {
        self.known.borrow_mut().workflows = self.outputs();
        let workflows: Vec<Workflow> = self
            .workflows
            .iter()
            .filter_map(|value| workflow::workflow(*value, &self))
            .collect();
        self.check_dependencies();
        let scenario = Scenario {
            file: name.to_owned(),
            id: self.title,
            sources: self.sources,
            environment: None,
            owner: None,
            consumers: Vec::new(),
            // Arazzo does not say; the run and the environment do.
            mode: Mode::Write,
            pending_until: None,
            drift: DriftRules::default(),
            workflows,
        };
        (scenario, self.lints.into_inner())
    }

    /// The outputs of each workflow, by its id.
    fn outputs(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        for value in &self.workflows {
            let Some(entries) = value.entries() else {
                continue;
            };
            let (mut id, mut names) = (None, BTreeSet::new());
            for (key, value) in entries {
                match key.text {
                    "workflowId" => id = text_of(value),
                    "outputs" => {
                        let outputs = value.entries().unwrap_or_default();
                        names = outputs.iter().map(|(key, _)| key.text.to_owned()).collect();
                    }
                    _ => {}
                }
            }
            if let Some(id) = id
                && all.insert(id.to_owned(), names).is_some()
            {
                value.fault(
                    format!("there are two workflows with the id `{id}`"),
                    "give each workflow an id of its own",
                );
            }
        }
        all
    }

    fn check_dependencies(&self) {
        let known = self.known.borrow();
        for value in &self.workflows {
            let entries = value.entries().unwrap_or_default();
            let needed = entries.iter().find(|(key, _)| key.text == "dependsOn");
            for one in needed
                .and_then(|(_, value)| value.items())
                .unwrap_or_default()
            {
                if let Some(id) = text_of(one)
                    && !known.workflows.contains_key(id)
                {
                    one.fault(
                        format!("no workflow of this document is called `{id}`"),
                        "workflows of other documents are not run",
                    );
                }
            }
        }
    }

    /// What a Reusable Object refers to: `$components.parameters.page`.
    pub(super) fn component(&self, value: Value<'t>, section: &str) -> Option<Value<'t>> {
        let text = value.text()?;
        let prefix = format!("$components.{section}.");
        let found = text.strip_prefix(&prefix).and_then(|name| {
            let all = self.components.get(section)?;
            all.iter().find(|(known, _)| *known == name)
        });
        if found.is_none() {
            value.fault(
                format!("`{text}` is no component of this document"),
                format!("write `{prefix}NAME`"),
            );
        }
        found.map(|(_, value)| *value)
    }

    /// `#/components/inputs/NAME`.
    pub(super) fn inputs_component(&self, value: Value<'t>) -> Option<Value<'t>> {
        let text = value.text()?;
        let name = text.strip_prefix("#/components/inputs/");
        let found = name.and_then(|name| {
            let all = self.components.get("inputs")?;
            all.iter().find(|(known, _)| *known == name)
        });
        if found.is_none() {
            value.fault(
                format!("`{text}` leads nowhere"),
                "write `#/components/inputs/NAME`",
            );
        }
        found.map(|(_, value)| *value)
    }

    /// A value whose expressions have to name something.
    pub(super) fn written(&self, value: Value<'t>) -> Option<Written> {
        runtime::written(value, &|template| self.check(template))
    }

    pub(super) fn check(&self, template: &Template) -> Result<(), (String, Option<String>)> {
        let known = self.known.borrow();
        known
            .check(template)
            .map_err(|error| (error.message, error.help))
    }

    pub(super) fn lint(&self, rule: &'static str, value: Value<'_>, message: String, help: &str) {
        self.lints.borrow_mut().push(Lint {
            rule,
            position: value.position(),
            message,
            help: help.to_owned(),
        });
    }
}

fn version(value: Value<'_>) -> Option<&str> {
    let text = value.text()?;
    if text.starts_with("1.0.") || text.starts_with("1.1.") {
        return Some(text);
    }
    value.fault(
        format!("Arazzo `{text}` is not known"),
        "1.0 and 1.1 are run",
    );
    None
}

fn title(value: Value<'_>) -> Option<String> {
    let mut object = Object::new(value, "an Info Object")?;
    let title = object.required("title").and_then(Value::text);
    for key in ["summary", "description"] {
        object.optional(key);
    }
    object.required("version");
    object.finish();
    title.map(str::to_owned)
}

fn source(value: Value<'_>) -> Option<SourceDescription> {
    let mut object = Object::new(value, "a Source Description Object")?;
    let name = object.required("name").and_then(Value::line);
    let url = object.required("url");
    if let Some(kind) = object.optional("type") {
        match text_of(kind) {
            Some("openapi") => {}
            Some("arazzo") => kind.fault(
                "workflows of other documents are not run",
                "copy the workflow, or run its document by itself",
            ),
            Some("asyncapi") => kind.fault(
                "AsyncAPI is not run",
                "leave it out; only requests and responses of HTTP are probed",
            ),
            _ => kind.fault(
                "a source description is of no known type",
                "write `openapi`",
            ),
        }
    }
    object.finish();
    let location = url?.line()?;
    if location.contains("://") {
        url?.fault(
            format!("`{location}` is not a local file"),
            "store the contract in the repository and name it from this document's folder on",
        );
        return None;
    }
    Some(SourceDescription {
        name: name?.to_owned(),
        location: location.to_owned(),
        position: value.position(),
    })
}

fn components(value: Value<'_>) -> BTreeMap<&str, Vec<(&str, Value<'_>)>> {
    let mut all = BTreeMap::new();
    let Some(mut object) = Object::new(value, "a Components Object") else {
        return all;
    };
    for section in ["inputs", "parameters", "successActions", "failureActions"] {
        let entries = object.optional(section).and_then(Value::entries);
        let named = entries.unwrap_or_default().into_iter();
        all.insert(
            section,
            named.map(|(key, value)| (key.text, value)).collect(),
        );
    }
    object.finish();
    all
}

/// The text of a value, if it is one; whoever needs it there says so.
pub(super) fn text_of(value: Value<'_>) -> Option<&str> {
    let (tree, id) = value.node();
    tree.str(id)
}
