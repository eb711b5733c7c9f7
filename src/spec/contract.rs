//! The one model that every dialect is read into.

use super::{
    bundle::{At, Bundle},
    dialect::Dialect,
    media::MediaRange,
    surface,
};
use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

/// What one side promises.
#[derive(Debug)]
pub struct Contract<'d> {
    /// The files it was read from.
    pub bundle: &'d Bundle,
    /// Its language.
    pub dialect: Dialect,
    /// `info`, where there is one.
    pub info: Option<At>,
    /// Document-level servers; for Swagger 2.0 from `schemes`, `host`, and `basePath`.
    pub servers: Vec<Server<'d>>,
    /// Operations below `paths`, read when first asked for: two versions may differ in nothing of theirs.
    pub(super) operations: OnceCell<Vec<Operation<'d>>>,
    /// Operations below `webhooks`, likewise.
    pub(super) webhooks: OnceCell<Vec<Operation<'d>>>,
    /// Named reusable parts: kind (`schemas`, `parameters`, ...), name, and node.
    pub components: Vec<Component<'d>>,
    /// Security schemes by name.
    pub schemes: Vec<SecurityScheme<'d>>,
    /// Document-level tags by name.
    pub tags: Vec<(&'d str, At)>,
    /// A bare JSON Schema's root.
    pub schema: Option<At>,
}

impl<'d> Contract<'d> {
    /// Operations below `paths`, in document order.
    #[must_use]
    pub fn operations(&self) -> &[Operation<'d>] {
        self.operations
            .get_or_init(|| surface::operations(self.bundle))
    }

    /// Operations below `webhooks`, in document order.
    #[must_use]
    pub fn webhooks(&self) -> &[Operation<'d>] {
        self.webhooks.get_or_init(|| surface::webhooks(self.bundle))
    }
}

/// Where a bare JSON Schema keeps its named parts, by draft.
pub const DEFINITIONS: [&str; 2] = ["definitions", "$defs"];

/// A named reusable part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component<'d> {
    /// `schemas`, `parameters`, `responses`, ... whatever the dialect calls the section.
    pub section: &'static str,
    /// Its name.
    pub name: &'d str,
    /// Its node.
    pub at: At,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server<'d> {
    /// Its node.
    pub at: At,
    /// The URL as written, variables and all.
    pub url: &'d str,
    /// Everything before the path, with variables replaced by their defaults; empty for a relative URL.
    pub origin: String,
    /// The path, without a slash at the end; `""` for the root.
    pub base_path: String,
}

/// Which part of the document an operation stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Surface<'d> {
    /// Below `paths`: the consumer calls.
    Path,
    /// Below `webhooks`: the provider calls.
    Webhook,
    /// Below an operation's `callbacks`: the provider calls. Holds the callback's name.
    Callback(&'d str),
}

/// One operation.
#[derive(Debug)]
pub struct Operation<'d> {
    /// Where it stands.
    pub surface: Surface<'d>,
    /// HTTP method in upper case.
    pub method: String,
    /// Path template, webhook name, or callback expression, as written.
    pub path: &'d str,
    /// The Operation Object.
    pub at: At,
    /// The Path Item Object.
    pub item: At,
    /// `operationId`.
    pub id: Option<&'d str>,
    /// Its tags.
    pub tags: Vec<(&'d str, At)>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Its parameters, those of the path item included.
    pub parameters: Vec<Parameter<'d>>,
    /// Its request body.
    pub body: Option<Body<'d>>,
    /// Its responses.
    pub responses: Vec<Response<'d>>,
    /// Operations the provider calls back.
    pub callbacks: Vec<Operation<'d>>,
    /// What a caller has to show.
    pub security: Security<'d>,
    /// Servers of the operation or the path item, where they replace the document's.
    pub servers: Option<Vec<Server<'d>>>,
}

/// Alternatives of conjunctions: one of the alternatives is enough, and of it every scheme is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security<'d> {
    /// The node that says so.
    pub at: At,
    /// No alternative at all means that the operation is open, as does an empty one.
    pub alternatives: Vec<Requirement<'d>>,
}

/// Schemes that are needed together, each with its scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement<'d> {
    /// Its node.
    pub at: At,
    /// Scheme name to scopes.
    pub schemes: BTreeMap<&'d str, BTreeSet<&'d str>>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum In {
    /// In the query string.
    Query,
    /// The whole query string (OpenAPI 3.2).
    QueryString,
    /// In a header.
    Header,
    /// In the path.
    Path,
    /// In a cookie.
    Cookie,
}

impl In {
    /// The word used in documents and element ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Path => "path",
            Self::Cookie => "cookie",
        }
    }
}

/// The schema of a value, wherever the dialect keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A Schema Object, or a node that carries schema keywords itself (Swagger 2.0 parameters and headers).
    Node(At),
    /// A form made of Swagger 2.0 `formData` parameters.
    Form(Vec<At>),
}

/// How a value is written on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire<'d> {
    /// `form`, `simple`, `spaceDelimited`, ...; the default of its place filled in.
    pub style: &'d str,
    /// Whether array items and object members travel apart.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Where it is asked for: the `$ref` that leads to it, else the node itself.
    pub entry: At,
    /// Its name; a header's in lower case.
    pub name: String,
    /// Where it travels.
    pub place: In,
    /// Its position among the placeholders of the path, for a path parameter.
    pub position: Option<usize>,
    /// Whether a request needs it.
    pub required: bool,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Whether it may be sent without a value.
    pub allow_empty: bool,
    /// How it is written.
    pub wire: Wire<'d>,
    /// Its schema.
    pub shape: Option<Shape>,
    /// `content`, where it is used instead of `schema`.
    pub content: Vec<Media<'d>>,
}

/// A request body.
#[derive(Debug)]
pub struct Body<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Where it is asked for: the `$ref` that leads to it, else the node itself.
    pub entry: At,
    /// Whether a request needs it.
    pub required: bool,
    /// What it may consist of.
    pub content: Vec<Media<'d>>,
}

/// One media type of a body, a response, a parameter, or a header.
#[derive(Debug)]
pub struct Media<'d> {
    /// Its node; for Swagger 2.0 where `consumes` or `produces` names it, else the body or the response.
    pub at: At,
    /// The media type or range.
    pub range: MediaRange,
    /// Its schema.
    pub shape: Option<Shape>,
    /// The schema of one item of a stream (OpenAPI 3.2).
    pub item: Option<Shape>,
    /// How members of a form are written, by member.
    pub encoding: Vec<Encoding<'d>>,
}

/// How one member of a form is written.
#[derive(Debug)]
pub struct Encoding<'d> {
    /// Its node.
    pub at: At,
    /// The member.
    pub name: &'d str,
    /// `contentType`.
    pub content_type: Option<&'d str>,
    /// How it is written, in a form.
    pub wire: Wire<'d>,
    /// Headers of the part.
    pub headers: Vec<Header<'d>>,
}

/// One header of a response or of a part.
#[derive(Debug)]
pub struct Header<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Where it is asked for: the `$ref` that leads to it, else the node itself.
    pub entry: At,
    /// Its name in lower case.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// How it is written.
    pub wire: Wire<'d>,
    /// Its schema.
    pub shape: Option<Shape>,
    /// `content`, where it is used instead of `schema`.
    pub content: Vec<Media<'d>>,
}

/// A status, a range of them, or all that are not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

impl Status {
    /// The key of a Responses Object as a status.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Self::Default);
        }
        match key.as_bytes() {
            [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Self::Range(digit - b'0')),
            [_, _, _] => key
                .parse()
                .ok()
                .filter(|code| (100..600).contains(code))
                .map(Self::Code),
            _ => None,
        }
    }

    /// Whether it may be a success.
    #[must_use]
    pub const fn is_success(self) -> bool {
        match self {
            Self::Code(code) => code >= 200 && code < 400,
            Self::Range(digit) => digit == 2 || digit == 3,
            Self::Default => false,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One response.
#[derive(Debug)]
pub struct Response<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Where it is asked for: the `$ref` that leads to it, else the node itself.
    pub entry: At,
    /// The statuses it stands for.
    pub status: Status,
    /// Its headers.
    pub headers: Vec<Header<'d>>,
    /// What it may consist of.
    pub content: Vec<Media<'d>>,
    /// What to call next.
    pub links: Vec<Link<'d>>,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Where it is asked for: the `$ref` that leads to it, else the node itself.
    pub entry: At,
    /// Its name.
    pub name: &'d str,
}

/// One security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme<'d> {
    /// Its node, with `$ref` followed.
    pub at: At,
    /// Its name in the document; requirements use it.
    pub name: &'d str,
    /// `apiKey`, `http`, `oauth2`, `openIdConnect`, `mutualTLS`; Swagger 2.0's `basic` is `http`.
    pub kind: &'d str,
    /// What goes over the wire, by field: `in`, `name`, `scheme`, `bearerFormat`, `openIdConnectUrl`, and per flow
    /// `flows.<flow>.tokenUrl` and its like. Flow names are those of OpenAPI 3.
    pub details: BTreeMap<String, (&'d str, At)>,
    /// Scopes by flow and name.
    pub scopes: BTreeMap<(String, &'d str), At>,
}
