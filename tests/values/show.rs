//! Sets of values in a short form.

use contract::inclusion::{
    Arena, Node, NodeId, Record, Types,
    schema::{Arrays, Numbers, Objects, Strings},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// A schema in its short form; what contains itself is numbered where it starts.
pub(crate) fn show(arena: &Arena, id: NodeId) -> String {
    let mut shown = Shown {
        arena,
        open: Vec::new(),
        numbers: BTreeMap::new(),
    };
    shown.schema(id)
}

struct Shown<'a> {
    arena: &'a Arena,
    open: Vec<NodeId>,
    numbers: BTreeMap<NodeId, usize>,
}

impl Shown<'_> {
    fn schema(&mut self, id: NodeId) -> String {
        let id = self.arena.follow(id);
        if self.open.contains(&id) {
            let next = self.numbers.len() + 1;
            let number = *self.numbers.entry(id).or_insert(next);
            return format!("@{number}");
        }
        self.open.push(id);
        let text = self.node(id);
        self.open.pop();
        match self.numbers.get(&id) {
            Some(number) => format!("@{number} = {text}"),
            None => text,
        }
    }

    fn node(&mut self, id: NodeId) -> String {
        match self.arena.get(id) {
            Node::Anything => "any".to_owned(),
            Node::Nothing => "none".to_owned(),
            Node::Record(record) => self.record(record),
            Node::Values(values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                format!("={}", values.join(","))
            }
            Node::All(parts) => format!("({})", self.joined(parts, " & ")),
            Node::Any(parts) => format!("({})", self.joined(parts, " | ")),
            Node::One(parts) => format!("one({})", self.joined(parts, ", ")),
            Node::Not(inner) => format!("!{}", self.schema(*inner)),
            Node::Link(next) => self.schema(*next),
            Node::Unevaluated {
                base,
                members,
                items,
            } => {
                let mut text = format!("unevaluated({}", self.schema(*base));
                for (word, schema) in [("members", members), ("items", items)] {
                    if let Some(schema) = schema {
                        let _ = write!(text, ", {word} {}", self.schema(*schema));
                    }
                }
                text + ")"
            }
            Node::Opaque(name) => format!("?{name}"),
            Node::Open => "open".to_owned(),
        }
    }

    fn joined(&mut self, parts: &[NodeId], between: &str) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.schema(*part)).collect();
        parts.join(between)
    }

    fn record(&mut self, record: &Record) -> String {
        let types = if record.types == Types::ALL {
            "any".to_owned()
        } else {
            record.types.names().join("|")
        };
        let mut scalars = numbers(&record.numbers);
        scalars.extend(strings(&record.strings));
        scalars.extend(self.arrays(&record.arrays));
        let objects = self.objects(&record.objects);
        let mut text = types;
        if !scalars.is_empty() {
            let _ = write!(text, "[{}]", scalars.join(", "));
        }
        if !objects.is_empty() {
            let _ = write!(text, "{{{}}}", objects.join(", "));
        }
        text
    }

    fn arrays(&mut self, arrays: &Arrays) -> Vec<String> {
        let mut parts: Vec<String> = arrays
            .prefix
            .iter()
            .map(|item| self.schema(*item))
            .collect();
        if let Some(rest) = arrays.rest {
            parts.push(format!("*: {}", self.schema(rest)));
        }
        counts(&mut parts, "fewest", arrays.fewest, "most", arrays.most);
        if arrays.unique {
            parts.push("unique".to_owned());
        }
        for contains in &arrays.contains {
            let most = contains.most.map_or(String::new(), |most| most.to_string());
            let end = if contains.evaluates { " evaluated" } else { "" };
            let schema = self.schema(contains.schema);
            parts.push(format!(
                "contains {schema} {}..{most}{end}",
                contains.fewest
            ));
        }
        parts
    }

    fn objects(&mut self, objects: &Objects) -> Vec<String> {
        let mut parts = Vec::new();
        for (name, member) in &objects.members {
            parts.push(format!("{name}: {}", self.schema(*member)));
        }
        for (pattern, member) in &objects.patterns {
            parts.push(format!("/{pattern}/: {}", self.schema(*member)));
        }
        if let Some(rest) = objects.rest {
            parts.push(format!("*: {}", self.schema(rest)));
        }
        counts(&mut parts, "fewest", objects.fewest, "most", objects.most);
        if let Some(names) = objects.names {
            parts.push(format!("names {}", self.schema(names)));
        }
        for (word, names) in [
            ("required", &objects.required),
            ("declared", &objects.declared),
        ] {
            if !names.is_empty() {
                let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
                parts.push(format!("{word} {}", names.join(" ")));
            }
        }
        parts
    }
}

fn numbers(numbers: &Numbers) -> Vec<String> {
    let mut parts = Vec::new();
    for (limit, plain, strict) in [
        (&numbers.lower, "from", "over"),
        (&numbers.upper, "to", "under"),
    ] {
        if let Some(limit) = limit {
            let word = if limit.exclusive { strict } else { plain };
            parts.push(format!("{word} {}", limit.at));
        }
    }
    parts.extend(numbers.multiples.iter().map(|step| format!("steps {step}")));
    parts
}

fn strings(strings: &Strings) -> Vec<String> {
    let mut parts = Vec::new();
    counts(
        &mut parts,
        "shortest",
        strings.shortest,
        "longest",
        strings.longest,
    );
    parts.extend(
        strings
            .patterns
            .iter()
            .map(|pattern| format!("pattern {pattern}")),
    );
    parts.extend(
        strings
            .formats
            .iter()
            .map(|format| format!("format {format}")),
    );
    parts
}

fn counts(parts: &mut Vec<String>, low: &str, fewest: u64, high: &str, most: Option<u64>) {
    if fewest > 0 {
        parts.push(format!("{low} {fewest}"));
    }
    if let Some(most) = most {
        parts.push(format!("{high} {most}"));
    }
}
