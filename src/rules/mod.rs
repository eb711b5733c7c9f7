//! The catalogue: every rule the tool knows, one family per file.
//!
//! A rule says what an edit does to the set of values, never in which direction; the walker knows the direction and
//! [`crate::variance`] the consequence.

mod contracts;
mod documents;
mod hit;
mod process;
pub mod schema;
pub mod surface;
mod view;

pub use hit::{Content, Hit, Hits};
pub use view::{BranchView, SchemaView, View};

use crate::diff::Reading;
use crate::spec::{
    Body, Component, Contract, Encoding, Header, Link, Media, Operation, Parameter, SecurityScheme,
    Server,
};
use crate::variance::{Direction, Effect, Verdict};

/// One rule: what it looks for, what it means, and how it is said.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, in kebab case; also the fixture folder.
    pub id: &'static str,
    /// What the edit does to the set of values, or to the surface.
    pub effect: Effect,
    /// Where the tolerant reading departs from variance, and why; the strict reading knows no exceptions.
    pub except: &'static [(Direction, Verdict, &'static str)],
    /// One sentence with `{holes}`.
    pub message: &'static str,
    /// Markdown: what changed; who is hurt and how; what to do instead.
    pub docs: &'static str,
    /// The place it looks at, and how it looks.
    pub detect: Detect,
}

/// Place and detector in one: a rule on the wrong place does not compile.
#[derive(Clone, Copy, Debug)]
pub enum Detect {
    /// A schema that both versions have.
    Schema(fn(&SchemaView<'_, '_>, &mut Hits)),
    /// The same, for what no validator reads: it says nothing about which values are allowed.
    Hint(fn(&SchemaView<'_, '_>, &mut Hits)),
    /// One `anyOf` or `oneOf` and its counterpart.
    Branches(fn(&BranchView<'_, '_>, &mut Hits)),
    /// The document as a whole.
    Document(for<'d> fn(&View<'_, '_, 'd, Contract<'d>>, &mut Hits)),
    /// A server of one side only.
    Server(for<'d> fn(&View<'_, '_, 'd, Server<'d>>, &mut Hits)),
    /// A security scheme.
    Scheme(for<'d> fn(&View<'_, '_, 'd, SecurityScheme<'d>>, &mut Hits)),
    /// A component that no operation uses.
    Component(for<'d> fn(&View<'_, '_, 'd, Component<'d>>, &mut Hits)),
    /// An operation, a webhook, or a callback.
    Operation(for<'d> fn(&View<'_, '_, 'd, Operation<'d>>, &mut Hits)),
    /// A parameter.
    Parameter(for<'d> fn(&View<'_, '_, 'd, Parameter<'d>>, &mut Hits)),
    /// A request body.
    Body(for<'d> fn(&View<'_, '_, 'd, Body<'d>>, &mut Hits)),
    /// A media type.
    Media(for<'d> fn(&View<'_, '_, 'd, Media<'d>>, &mut Hits)),
    /// How a member of a form is written.
    Encoding(for<'d> fn(&View<'_, '_, 'd, Encoding<'d>>, &mut Hits)),
    /// A response.
    Response(fn(&view::ResponseView<'_, '_, '_>, &mut Hits)),
    /// A header of a response or a part.
    Header(for<'d> fn(&View<'_, '_, 'd, Header<'d>>, &mut Hits)),
    /// A link.
    Link(for<'d> fn(&View<'_, '_, 'd, Link<'d>>, &mut Hits)),
    /// What is wrong with one document by itself; raised by the rooms that read.
    Diagnostic,
    /// What no place of a comparison shows; raised by `judge`.
    Raised,
    /// What only the proof engine sees in a pair of schemas; raised by `judge`.
    Proved,
    /// What only the policy of a repository shows; raised by `policy`.
    Governed,
}

pub use view::ResponseView;

impl Rule {
    /// The rule with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        all().find(|rule| rule.id == id)
    }

    /// Whether only the policy of a repository shows it.
    #[must_use]
    pub const fn is_governed(&self) -> bool {
        matches!(self.detect, Detect::Governed)
    }

    /// What an edit with this effect means in one direction: variance, unless an exception says otherwise.
    #[must_use]
    pub fn verdict(&self, effect: Effect, direction: Direction, reading: Reading) -> Verdict {
        let exception = self.except.iter().find(|(at, ..)| {
            *at == direction && effect == self.effect && reading == Reading::Tolerant
        });
        exception.map_or_else(|| effect.verdict(direction), |(_, verdict, _)| *verdict)
    }
}

/// Every rule, in catalogue order.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    surface::FAMILIES
        .iter()
        .chain(schema::FAMILIES)
        .chain(contracts::FAMILIES)
        .copied()
        .flatten()
        .chain(documents::RULES)
        .chain(process::FAMILIES.iter().copied().flatten())
}
