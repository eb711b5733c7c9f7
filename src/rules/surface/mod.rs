//! Rules about the surface: what may be called, with what, and what comes back.

mod alternatives;
mod bodies;
mod channels;
mod components;
mod document;
mod encodings;
mod headers;
mod links;
mod media;
mod operations;
mod parameters;
mod responses;
mod schemes;
mod security;
mod serialization;
mod servers;
mod wire;
mod words;

use super::Rule;

/// Every family.
pub static FAMILIES: &[&[Rule]] = &[
    document::RULES,
    servers::RULES,
    operations::RULES,
    channels::RULES,
    parameters::RULES,
    serialization::RULES,
    bodies::RULES,
    media::RULES,
    encodings::RULES,
    responses::RULES,
    headers::RULES,
    links::RULES,
    security::RULES,
    schemes::RULES,
    components::RULES,
];
