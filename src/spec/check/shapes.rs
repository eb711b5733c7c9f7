//! Whether the values of a schema's keywords have the shapes that the vocabularies of validation and meta-data want
//! (JSON Schema 2020-12 Validation, sections 6 and 9; the same keywords in the earlier drafts).

use super::Walk;
use crate::spec::{bundle::At, diagnostic::Level};
use crate::tree::Kind;

/// What a keyword takes.
#[derive(Clone, Copy)]
enum Shape {
    Count,
    Number,
    Step,
    Flag,
    Text,
    List,
    Names,
}

impl Shape {
    const fn of(keyword: &str) -> Option<Self> {
        Some(match keyword.as_bytes() {
            b"minLength" | b"maxLength" | b"minItems" | b"maxItems" | b"minProperties"
            | b"maxProperties" | b"minContains" | b"maxContains" => Self::Count,
            b"minimum" | b"maximum" => Self::Number,
            b"multipleOf" => Self::Step,
            b"uniqueItems" | b"nullable" | b"readOnly" | b"writeOnly" | b"deprecated" => Self::Flag,
            b"pattern" | b"format" => Self::Text,
            b"enum" => Self::List,
            b"required" => Self::Names,
            _ => return None,
        })
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Count | Self::Number | Self::Step => Kind::Number,
            Self::Flag => Kind::Bool,
            Self::Text => Kind::String,
            Self::List | Self::Names => Kind::Seq,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Count => "a whole number from 0 up",
            Self::Number => "a number",
            Self::Step => "a number above 0",
            Self::Flag => "`true` or `false`",
            Self::Text => "a string",
            Self::List => "a list of values",
            Self::Names => "a list of names",
        }
    }
}

impl Walk<'_> {
    /// Reports a value that its keyword cannot take; YAML's empty value is as good as none.
    pub(super) fn shape(&mut self, around: At, keyword: &str, value: At) {
        let Some(shape) = Shape::of(keyword) else {
            return;
        };
        // A parameter of Swagger 2.0 is its own schema, but `required` is about the parameter.
        let shape = match shape {
            Shape::Names if self.bundle.get(around, "in").is_some() => Shape::Flag,
            shape => shape,
        };
        let kind = self.kind(value);
        if kind == Kind::Null || self.fits(shape, kind, value) {
            return;
        }
        let mut message = format!("`{keyword}` takes {}", shape.words());
        if kind != shape.kind() {
            message.push_str(", not ");
            message.push_str(kind.name());
        }
        if matches!((shape, kind), (Shape::Names, Kind::Bool)) {
            message.push_str("; the object that has the member lists it as required");
        }
        self.report("value-misshapen", Level::Error, value, message);
    }

    fn fits(&self, shape: Shape, kind: Kind, value: At) -> bool {
        if kind != shape.kind() {
            return false;
        }
        let number = || self.bundle.tree(value.file).decimal(value.node);
        match shape {
            Shape::Count => number().is_some_and(|it| it.is_integer() && !it.is_negative()),
            Shape::Step => number().is_some_and(|it| !it.is_negative() && !it.is_zero()),
            Shape::Names => self
                .bundle
                .items(value)
                .all(|item| self.kind(item) == Kind::String),
            Shape::Number | Shape::Flag | Shape::Text | Shape::List => true,
        }
    }
}
