//! What rules are asked about, one place at a time.

use super::{pair::Pair, responses::Coverage};
use crate::spec::{
    At, Body, Component, Contract, Encoding, Header, Link, Media, Operation, Parameter, Response,
    SecurityScheme, Server,
};

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

    /// Where a thing of one side only is asked for: the `$ref` that leads to it, rather than a component that many share.
    #[must_use]
    pub fn entries(&self) -> (Option<At>, Option<At>) {
        fn nodes<T>(pair: &Pair<'_, T>, entry: impl Fn(&T) -> At) -> (Option<At>, Option<At>) {
            (pair.gone().map(&entry), pair.fresh().map(&entry))
        }
        match self {
            Self::Parameter(pair) => nodes(pair, |parameter| parameter.entry),
            Self::Body(pair) => nodes(pair, |body| body.entry),
            Self::Response(pair, _) => nodes(pair, |response| response.entry),
            Self::Header(pair) => nodes(pair, |header| header.entry),
            Self::Link(pair) => nodes(pair, |link| link.entry),
            Self::Document(_)
            | Self::Server(_)
            | Self::Scheme(_)
            | Self::Component(_)
            | Self::Operation(_)
            | Self::Media(_)
            | Self::Encoding(_) => (None, None),
        }
    }
}
