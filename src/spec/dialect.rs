//! Which language a document is written in.

use crate::tree::{Kind, Tree};

/// A contract language and its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1.
    OpenApi31,
    /// OpenAPI 3.2.
    OpenApi32,
    /// A bare JSON Schema.
    Schema(Draft),
}

/// A draft of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Draft {
    /// draft-zyp-json-schema-04.
    D4,
    /// draft-wright-json-schema-01 and its fixes ("draft 6").
    D6,
    /// draft-handrews-json-schema-01 ("draft 7").
    D7,
    /// 2019-09.
    D2019,
    /// 2020-12.
    D2020,
}

impl Draft {
    /// Every draft, oldest first.
    pub const ALL: [Self; 5] = [Self::D4, Self::D6, Self::D7, Self::D2019, Self::D2020];

    /// The word used on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::D4 => "4",
            Self::D6 => "6",
            Self::D7 => "7",
            Self::D2019 => "2019-09",
            Self::D2020 => "2020-12",
        }
    }

    /// The draft that a `$schema` URI names.
    #[must_use]
    pub fn of_schema_uri(uri: &str) -> Option<Self> {
        let name = uri.trim_end_matches('#').split("://").nth(1)?;
        match name {
            "json-schema.org/draft-04/schema" | "json-schema.org/schema" => Some(Self::D4),
            "json-schema.org/draft-06/schema" => Some(Self::D6),
            "json-schema.org/draft-07/schema" => Some(Self::D7),
            "json-schema.org/draft/2019-09/schema" => Some(Self::D2019),
            "json-schema.org/draft/2020-12/schema" => Some(Self::D2020),
            _ => None,
        }
    }
}

impl Dialect {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Swagger2 => "Swagger 2.0",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::OpenApi31 => "OpenAPI 3.1",
            Self::OpenApi32 => "OpenAPI 3.2",
            Self::Schema(Draft::D4) => "JSON Schema draft 4",
            Self::Schema(Draft::D6) => "JSON Schema draft 6",
            Self::Schema(Draft::D7) => "JSON Schema draft 7",
            Self::Schema(Draft::D2019) => "JSON Schema 2019-09",
            Self::Schema(Draft::D2020) => "JSON Schema 2020-12",
        }
    }

    /// The draft whose keywords its schemas use. Swagger 2.0 and OpenAPI 3.0 are offsprings of draft 4 and 5.
    #[must_use]
    pub const fn draft(self) -> Draft {
        match self {
            Self::Swagger2 | Self::OpenApi30 => Draft::D4,
            Self::OpenApi31 | Self::OpenApi32 => Draft::D2020,
            Self::Schema(draft) => draft,
        }
    }

    /// Whether it describes operations rather than one set of values.
    #[must_use]
    pub const fn is_api(self) -> bool {
        !matches!(self, Self::Schema(_))
    }

    /// The keyword that allows `null` beside a `type`: `nullable` of OpenAPI 3.0, `x-nullable` of Swagger 2.0.
    #[must_use]
    pub const fn nullable(self) -> Option<&'static str> {
        match self {
            Self::OpenApi30 => Some("nullable"),
            Self::Swagger2 => Some("x-nullable"),
            // Left over from 3.0 in real 3.1 documents, where it means nothing.
            Self::OpenApi31 | Self::OpenApi32 | Self::Schema(_) => None,
        }
    }

    /// Whether keywords beside a `$ref` count (from 2019-09 on they do).
    #[must_use]
    pub fn ref_has_siblings(self) -> bool {
        self.draft() >= Draft::D2019
    }
}

/// How to read a document that does not say what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assume {
    /// Any object or boolean without `openapi` or `swagger` is a JSON Schema.
    pub schema: bool,
    /// The draft to read a bare JSON Schema by, whatever its `$schema` says.
    pub draft: Option<Draft>,
}

/// Keywords that make an object recognisable as a JSON Schema.
const SCHEMA_KEYWORDS: &[&str] = &[
    "$defs",
    "definitions",
    "type",
    "properties",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "enum",
    "const",
    "items",
    "$ref",
    "required",
    "additionalProperties",
    "patternProperties",
    "if",
    "prefixItems",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "$id",
    "$anchor",
    "propertyNames",
    "contains",
];

/// Why a document is of no known kind: what to say, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKind {
    /// Lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The node to point at.
    pub node: crate::tree::NodeId,
}

/// The dialect of a document, by its root.
///
/// # Errors
/// A document of no known kind or version: never guessed, never "no changes".
pub fn detect(tree: &Tree, assume: Assume) -> Result<Dialect, UnknownKind> {
    let root = tree.root();
    let unknown = |message: String, help: &str, node| UnknownKind {
        message,
        help: help.to_owned(),
        node,
    };
    if let Some(node) = tree.get(root, "openapi") {
        let version = tree
            .scalar_text(node)
            .unwrap_or("")
            .trim_matches(['"', '\'']);
        let mut parts = version.split('.');
        return match (parts.next(), parts.next()) {
            (Some("3"), Some("0")) => Ok(Dialect::OpenApi30),
            (Some("3"), Some("1")) => Ok(Dialect::OpenApi31),
            (Some("3"), Some("2")) => Ok(Dialect::OpenApi32),
            _ => Err(unknown(
                format!("OpenAPI version \"{version}\" is not known"),
                "known versions are Swagger 2.0 and OpenAPI 3.0, 3.1, and 3.2",
                node,
            )),
        };
    }
    if let Some(node) = tree.get(root, "swagger") {
        let version = tree
            .scalar_text(node)
            .unwrap_or("")
            .trim_matches(['"', '\'']);
        return if version == "2.0" || version == "2" {
            Ok(Dialect::Swagger2)
        } else {
            Err(unknown(
                format!("Swagger version \"{version}\" is not known"),
                "known versions are Swagger 2.0 and OpenAPI 3.0, 3.1, and 3.2",
                node,
            ))
        };
    }
    let declared = tree.get(root, "$schema").and_then(|node| tree.str(node));
    let looks = match tree.kind(root) {
        Kind::Map => {
            assume.schema
                || declared.is_some()
                || SCHEMA_KEYWORDS
                    .iter()
                    .any(|word| tree.get(root, word).is_some())
        }
        Kind::Bool => assume.schema,
        Kind::Null | Kind::Number | Kind::String | Kind::Seq => false,
    };
    for (word, name) in [
        ("asyncapi", "AsyncAPI"),
        ("arazzo", "Arazzo"),
        ("overlay", "OpenAPI Overlay"),
    ] {
        if let Some(node) = tree.get(root, word)
            && !assume.schema
        {
            return Err(unknown(
                format!("{name} documents are not supported yet"),
                "known kinds are Swagger 2.0, OpenAPI 3.0 to 3.2, and JSON Schema",
                node,
            ));
        }
    }
    if !looks {
        return Err(unknown(
            "neither an OpenAPI document nor a JSON Schema".to_owned(),
            "an OpenAPI document has `openapi:` or `swagger:` at its root, a JSON Schema `$schema` or a schema keyword; \
             to read any object as a JSON Schema give --draft or --direction",
            root,
        ));
    }
    if let Some(draft) = assume.draft {
        return Ok(Dialect::Schema(draft));
    }
    match declared.map(|uri| (uri, Draft::of_schema_uri(uri))) {
        Some((_, Some(draft))) => Ok(Dialect::Schema(draft)),
        // A metaschema of one's own says nothing about the draft; the newest is the documented default.
        Some((_, None)) | None => Ok(Dialect::Schema(Draft::D2020)),
    }
}
