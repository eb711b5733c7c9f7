//! The schemas of the starter.

use openapiv3::{
    ArrayType, IntegerType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat,
    StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::json;

fn of(kind: Type) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(kind),
    }
}

fn said(description: &str, schema: Schema) -> Schema {
    Schema {
        schema_data: SchemaData {
            description: Some(description.to_owned()),
            ..schema.schema_data
        },
        ..schema
    }
}

/// A text of at least one character.
pub(super) fn text(longest: Option<usize>) -> Schema {
    of(Type::String(StringType {
        min_length: Some(1),
        max_length: longest,
        ..StringType::default()
    }))
}

fn count(least: i64, most: Option<i64>) -> Schema {
    of(Type::Integer(IntegerType {
        minimum: Some(least),
        maximum: most,
        ..IntegerType::default()
    }))
}

pub(super) fn limit() -> Schema {
    let mut schema = count(1, Some(100));
    schema.schema_data.default = Some(json!(20));
    schema
}

fn moment() -> Schema {
    of(Type::String(StringType {
        format: VariantOrUnknownOrEmpty::Item(StringFormat::DateTime),
        ..StringType::default()
    }))
}

/// An object with these members, of which the first ones are always there.
fn object<const N: usize>(required: usize, members: [(&str, Schema); N]) -> Schema {
    of(Type::Object(ObjectType {
        required: members[..required]
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        properties: members
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), ReferenceOr::Item(Box::new(schema))))
            .collect(),
        ..ObjectType::default()
    }))
}

pub(super) fn order_schema() -> Schema {
    let status = of(Type::String(StringType {
        enumeration: ["open", "shipped", "cancelled"]
            .map(|word| Some(word.to_owned()))
            .to_vec(),
        ..StringType::default()
    }));
    object(
        5,
        [
            ("id", text(None)),
            (
                "status",
                said(
                    "Readers should expect more words than these one day.",
                    status,
                ),
            ),
            ("item", text(None)),
            ("quantity", count(1, None)),
            ("created_at", moment()),
            ("note", text(None)),
        ],
    )
}

pub(super) fn new_order() -> Schema {
    object(
        2,
        [
            ("item", text(Some(200))),
            ("quantity", count(1, Some(1000))),
            ("note", text(Some(2000))),
        ],
    )
}

pub(super) fn page() -> Schema {
    let items = of(Type::Array(ArrayType {
        items: Some(ReferenceOr::ref_("#/components/schemas/Order")),
        min_items: None,
        max_items: Some(100),
        unique_items: false,
    }));
    object(
        1,
        [
            ("data", items),
            ("next_cursor", said("Absent on the last page.", text(None))),
        ],
    )
}

pub(super) fn problem() -> Schema {
    let schema = object(
        4,
        [
            (
                "type",
                said("A URI that names the kind of problem.", text(None)),
            ),
            ("title", text(None)),
            ("status", count(400, Some(599))),
            (
                "code",
                said(
                    "For programs: it does not change when the title does.",
                    text(None),
                ),
            ),
            ("detail", text(None)),
            (
                "request_id",
                said("The same as the header X-Request-Id.", text(None)),
            ),
        ],
    );
    said("RFC 9457, with a code.", schema)
}
