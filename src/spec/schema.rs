//! One schema in one form, whichever draft it was written in and however it was spread over `allOf` and `$ref`.

use super::bundle::At;
use crate::inclusion::Types;
use crate::text::Decimal;
use std::collections::BTreeMap;

/// A limit on a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The limit.
    pub value: Decimal,
    /// Whether the limit itself is outside.
    pub exclusive: bool,
    /// The keyword's value.
    pub at: At,
}

/// A closed list of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// The keyword's value (`enum`, `const`, or the `oneOf` that lists constants).
    pub at: At,
    /// The values, in document order.
    pub list: Vec<At>,
    /// Whether it is a `const`.
    pub single: bool,
}

/// One declared member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property<'d> {
    /// Its name.
    pub name: &'d str,
    /// The schemas that apply to it together.
    pub nodes: Vec<At>,
}

/// What applies to members or items that no other keyword names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The keyword's value.
    pub at: At,
    /// `additionalProperties`, `unevaluatedProperties`, `additionalItems`, ... as written.
    pub keyword: &'static str,
    /// `false`, or a schema that no value meets.
    pub closed: bool,
}

/// `anyOf` or `oneOf`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The keyword's value.
    pub at: At,
    /// Whether exactly one branch has to hold.
    pub exclusive: bool,
    /// The branches, in document order.
    pub branches: Vec<At>,
}

/// `if` with its `then` and `else`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// `if`.
    pub when: At,
    /// `then`.
    pub then: Option<At>,
    /// `else`.
    pub otherwise: Option<At>,
}

/// OpenAPI's hint which branch an object belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator<'d> {
    /// Its node.
    pub at: At,
    /// The member that tells.
    pub property: &'d str,
    /// Value to target as written, with the node that says so.
    pub mapping: BTreeMap<&'d str, (&'d str, At)>,
}

/// A schema as a conjunction of keywords.
#[derive(Clone, Debug)]
pub struct Schema<'d> {
    /// Where to point when no keyword is meant.
    pub at: At,
    /// The types it allows.
    pub types: Types,
    /// Where the types are said.
    pub types_at: Option<At>,
    /// Where a keyword of its own says whether `null` is one of them.
    pub null_at: Option<At>,
    /// `null` is allowed whatever the other keywords say.
    pub or_null: bool,
    /// The `anyOf` or `oneOf` that stands around the rest and adds `null`.
    pub or_null_at: Option<At>,
    /// `false` was met: no value at all.
    pub never: Option<At>,
    /// The lowest number.
    pub lower: Option<Bound>,
    /// The highest number.
    pub upper: Option<Bound>,
    /// `multipleOf`, each with its node.
    pub multiples: Vec<(Decimal, At)>,
    /// `maxLength` and its like: the tightest, by keyword.
    pub counts: BTreeMap<&'static str, (Decimal, At)>,
    /// `uniqueItems: true`.
    pub unique: Option<At>,
    /// `pattern`, each with its node.
    pub patterns: Vec<(&'d str, At)>,
    /// `format`, each with its node.
    pub formats: Vec<(&'d str, At)>,
    /// Closed lists; more than one when several parts of a conjunction have one.
    pub values: Vec<Values>,
    /// `x-extensible-enum`: known values of an open list.
    pub extensible: Option<Values>,
    /// Declared members, in document order.
    pub properties: Vec<Property<'d>>,
    /// Names that have to be there.
    pub required: BTreeMap<&'d str, At>,
    /// `patternProperties` by pattern.
    pub pattern_properties: Vec<Property<'d>>,
    /// What applies to other members; several when several parts say so.
    pub rest: Vec<Rest>,
    /// `propertyNames`.
    pub names: Vec<At>,
    /// `dependentRequired`: member to members, with the list's node.
    pub dependent_required: BTreeMap<&'d str, (Vec<&'d str>, At)>,
    /// `dependentSchemas`.
    pub dependent_schemas: Vec<Property<'d>>,
    /// Items by position.
    pub prefix: Vec<Vec<At>>,
    /// Items after the prefix.
    pub items: Vec<At>,
    /// What applies to items no other keyword names: `unevaluatedItems`, or a closed `items`.
    pub rest_items: Vec<Rest>,
    /// `contains`.
    pub contains: Vec<At>,
    /// `anyOf` and `oneOf`.
    pub groups: Vec<Group>,
    /// `not`.
    pub nots: Vec<At>,
    /// `if`.
    pub conditionals: Vec<Conditional>,
    /// `contentEncoding`, `contentMediaType`: by keyword.
    pub content: BTreeMap<&'static str, (&'d str, At)>,
    /// `contentSchema`.
    pub content_schema: Vec<At>,
    /// OpenAPI's discriminator.
    pub discriminator: Option<Discriminator<'d>>,
    /// `default`.
    pub default: Option<At>,
    /// `readOnly: true`.
    pub read_only: Option<At>,
    /// `writeOnly: true`.
    pub write_only: Option<At>,
    /// `deprecated: true`.
    pub deprecated: Option<At>,
    /// Title, description, examples, and the like: keyword and node.
    pub docs: Vec<(&'static str, At)>,
    /// `xml`: how the value is written as XML.
    pub xml: Option<At>,
    /// References that lead to no schema that can be read: their text.
    pub opaque: Vec<(&'d str, At)>,
}

impl Schema<'_> {
    /// A schema that allows everything.
    #[must_use]
    pub fn anything(at: At) -> Self {
        Self {
            at,
            types: Types::ALL,
            types_at: None,
            null_at: None,
            or_null: false,
            or_null_at: None,
            never: None,
            lower: None,
            upper: None,
            multiples: Vec::new(),
            counts: BTreeMap::new(),
            unique: None,
            patterns: Vec::new(),
            formats: Vec::new(),
            values: Vec::new(),
            extensible: None,
            properties: Vec::new(),
            required: BTreeMap::new(),
            pattern_properties: Vec::new(),
            rest: Vec::new(),
            names: Vec::new(),
            dependent_required: BTreeMap::new(),
            dependent_schemas: Vec::new(),
            prefix: Vec::new(),
            items: Vec::new(),
            rest_items: Vec::new(),
            contains: Vec::new(),
            groups: Vec::new(),
            nots: Vec::new(),
            conditionals: Vec::new(),
            content: BTreeMap::new(),
            content_schema: Vec::new(),
            discriminator: None,
            default: None,
            read_only: None,
            write_only: None,
            deprecated: None,
            docs: Vec::new(),
            xml: None,
            opaque: Vec::new(),
        }
    }

    /// The declared member of this name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property<'_>> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// Whether members that nothing names are refused.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.rest.iter().any(|rest| rest.closed)
    }

    /// The limit a count keyword sets, if it sets one.
    #[must_use]
    pub fn count(&self, keyword: &str) -> Option<&(Decimal, At)> {
        self.counts.get(keyword)
    }
}
