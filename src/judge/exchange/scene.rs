//! Where on the surface a payload travels.

use super::encode;
use crate::spec::{
    Contract, Header, In, Media, Operation, Parameter, Server, Status, Surface, quoted,
};
use crate::variance::Direction;

/// Which part of a message the payload is.
#[derive(Clone, Copy, Debug)]
pub enum Part<'c, 'd> {
    /// A parameter, or a header of the request.
    Parameter(&'c Parameter<'d>),
    /// The request body in one media type.
    RequestBody(&'c Media<'d>),
    /// The response body in one media type.
    ResponseBody(Status, &'c Media<'d>),
    /// A header of the response.
    ResponseHeader(Status, &'c Header<'d>),
}

/// A part of an operation, of the version that the payload is written by.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'c, 'd> {
    /// The version.
    pub contract: &'c Contract<'d>,
    /// The operation, or the webhook or callback.
    pub operation: &'c Operation<'d>,
    /// The part.
    pub part: Part<'c, 'd>,
}

impl Scene<'_, '_> {
    /// Which way the payload travels.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let request = match self.operation.surface {
            Surface::Path => Direction::Input,
            Surface::Webhook | Surface::Callback(_) => Direction::Output,
        };
        match self.part {
            Part::Parameter(_) | Part::RequestBody(_) => request,
            Part::ResponseBody(..) | Part::ResponseHeader(..) => request.flip(),
        }
    }

    pub(super) fn status(&self) -> Option<Status> {
        match self.part {
            Part::Parameter(_) | Part::RequestBody(_) => None,
            Part::ResponseBody(status, _) | Part::ResponseHeader(status, _) => Some(status),
        }
    }

    /// What a sentence calls the part.
    pub(super) fn carrier(&self) -> String {
        match self.part {
            Part::Parameter(parameter) => match parameter.place {
                In::Header => format!("request header `{}`", parameter.name),
                place => format!("{} parameter `{}`", place.word(), parameter.name),
            },
            Part::RequestBody(_) => "the request body".to_owned(),
            Part::ResponseBody(..) => "the response body".to_owned(),
            Part::ResponseHeader(_, header) => format!("response header `{}`", header.name),
        }
    }

    /// The path with the one base path of its servers, fit for a URL, or what a webhook or callback is called.
    pub(super) fn template(&self) -> String {
        let operation = self.operation;
        match operation.surface {
            Surface::Path => {
                let servers: &[Server<'_>] = match &operation.servers {
                    Some(own) => own,
                    None => &self.contract.servers,
                };
                let base = servers.first().map_or("", |server| &server.base_path);
                let agreed = servers.iter().all(|server| server.base_path == base);
                let base = if agreed { base } else { "" };
                encode::path(&format!("{base}{}", operation.path))
            }
            Surface::Webhook => encode::visible(&format!("(webhook {})", quoted(operation.path))),
            Surface::Callback(name) => encode::visible(&format!("(callback {})", quoted(name))),
        }
    }
}
