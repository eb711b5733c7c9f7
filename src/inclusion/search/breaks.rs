//! The ways in which a value can break one keyword of a record.

use crate::inclusion::{
    number::Rational,
    schema::{Arrays, Contains, Limit, NodeId, Numbers, Objects, Record, Strings},
    types::Types,
};
use std::rc::Rc;

/// One keyword to be broken.
#[derive(Clone, Copy, Debug)]
pub(super) enum Break<'a> {
    Number(NumberBreak<'a>),
    Text(TextBreak<'a>),
    List(ListBreak<'a>),
    Object(ObjectBreak<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum NumberBreak<'a> {
    TooLow(&'a Limit),
    TooHigh(&'a Limit),
    NoMultiple(&'a Rational),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum TextBreak<'a> {
    TooShort(u64),
    TooLong(u64),
    NoMatch(&'a Rc<str>),
    NoFormat(&'a Rc<str>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ListBreak<'a> {
    TooFew(u64),
    TooMany(u64),
    /// The item at a position breaks a schema.
    Item(usize, NodeId),
    /// An item at this position or behind it breaks a schema.
    RestItem(usize, NodeId),
    Doubled,
    FewMatches(&'a Contains),
    ManyMatches(&'a Contains, u64),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ObjectBreak<'a> {
    Missing(&'a Rc<str>),
    TooFew(u64),
    TooMany(u64),
    Member(&'a Rc<str>, NodeId),
    PatternMember(&'a Rc<str>, NodeId),
    /// A member that the record does not name breaks a schema.
    RestMember(&'a Objects, NodeId),
    /// A name breaks a schema.
    Name(NodeId),
}

impl Break<'_> {
    /// The schema that a part of the value breaks.
    pub(super) fn inner(self) -> Option<NodeId> {
        match self {
            Self::List(ListBreak::Item(_, schema) | ListBreak::RestItem(_, schema))
            | Self::Object(
                ObjectBreak::Member(_, schema)
                | ObjectBreak::PatternMember(_, schema)
                | ObjectBreak::RestMember(_, schema)
                | ObjectBreak::Name(schema),
            ) => Some(schema),
            Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The type of the values that can break it.
    pub(super) fn types(self) -> Types {
        match self {
            Self::Number(_) => Types::NUMBER,
            Self::Text(_) => Types::STRING,
            Self::List(_) => Types::ARRAY,
            Self::Object(_) => Types::OBJECT,
        }
    }
}

/// Every keyword of the record that values of these types can break.
pub(super) fn breaks(record: &Record, types: Types) -> Vec<Break<'_>> {
    let mut list = Vec::new();
    if types.meets(Types::NUMBER) {
        list.extend(numbers(&record.numbers).map(Break::Number));
    }
    if types.meets(Types::STRING) {
        list.extend(strings(&record.strings).map(Break::Text));
    }
    if types.meets(Types::ARRAY) {
        list.extend(arrays(&record.arrays).map(Break::List));
    }
    if types.meets(Types::OBJECT) {
        list.extend(objects(&record.objects).map(Break::Object));
    }
    list
}

fn numbers(numbers: &Numbers) -> impl Iterator<Item = NumberBreak<'_>> {
    let lower = numbers.lower.iter().map(NumberBreak::TooLow);
    let upper = numbers.upper.iter().map(NumberBreak::TooHigh);
    let multiples = numbers.multiples.iter().map(NumberBreak::NoMultiple);
    lower.chain(upper).chain(multiples)
}

fn strings(strings: &Strings) -> impl Iterator<Item = TextBreak<'_>> {
    let shortest = (strings.shortest > 0).then_some(TextBreak::TooShort(strings.shortest));
    let longest = strings.longest.map(TextBreak::TooLong);
    let patterns = strings.patterns.iter().map(TextBreak::NoMatch);
    let formats = strings.formats.iter().map(TextBreak::NoFormat);
    shortest
        .into_iter()
        .chain(longest)
        .chain(patterns)
        .chain(formats)
}

fn arrays(arrays: &Arrays) -> impl Iterator<Item = ListBreak<'_>> {
    let fewest = (arrays.fewest > 0).then_some(ListBreak::TooFew(arrays.fewest));
    let most = arrays.most.map(ListBreak::TooMany);
    let prefix = arrays.prefix.iter().enumerate();
    let prefix = prefix.map(|(index, schema)| ListBreak::Item(index, *schema));
    let rest = arrays
        .rest
        .map(|rest| ListBreak::RestItem(arrays.prefix.len(), rest));
    let unique = arrays.unique.then_some(ListBreak::Doubled);
    let contains = arrays.contains.iter().flat_map(|contains| {
        let few = (contains.fewest > 0).then_some(ListBreak::FewMatches(contains));
        let many = contains
            .most
            .map(|most| ListBreak::ManyMatches(contains, most));
        few.into_iter().chain(many)
    });
    let counts = fewest.into_iter().chain(most);
    counts
        .chain(prefix)
        .chain(rest)
        .chain(unique)
        .chain(contains)
}

fn objects(objects: &Objects) -> impl Iterator<Item = ObjectBreak<'_>> {
    let required = objects.required.iter().map(ObjectBreak::Missing);
    let fewest = (objects.fewest > 0).then_some(ObjectBreak::TooFew(objects.fewest));
    let most = objects.most.map(ObjectBreak::TooMany);
    let members = objects.members.iter();
    let members = members.map(|(name, schema)| ObjectBreak::Member(name, *schema));
    let patterns = objects.patterns.iter();
    let patterns = patterns.map(|(pattern, schema)| ObjectBreak::PatternMember(pattern, *schema));
    let rest = objects
        .rest
        .map(|rest| ObjectBreak::RestMember(objects, rest));
    let names = objects.names.map(ObjectBreak::Name);
    let counts = fewest.into_iter().chain(most);
    required
        .chain(counts)
        .chain(members)
        .chain(patterns)
        .chain(rest)
        .chain(names)
}
