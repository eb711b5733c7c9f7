//! The starter of an HTTP API: one resource, with what every API needs and few start with.

use openapiv3::{
    Components, Example, Header, HeaderStyle, Info, IntegerType, MediaType, ObjectType, OpenAPI,
    Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle,
    ReferenceOr, RequestBody, Response, Responses, Schema, SchemaData, SchemaKind, SecurityScheme,
    Server, StatusCode, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::{Value, json};

const PROBLEM: &str = "application/problem+json";

/// Orders that are placed, listed, read, and cancelled.
pub(super) fn openapi() -> OpenAPI {
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info {
            title: "Orders".to_owned(),
            description: Some("Places orders, lists them, and cancels them.".to_owned()),
            version: "1.0.0".to_owned(),
            ..Info::default()
        },
        servers: vec![Server {
            url: "https://api.example.com".to_owned(),
            ..Server::default()
        }],
        paths: openapiv3::Paths {
            paths: [("/v1/orders", orders()), ("/v1/orders/{id}", order())]
                .into_iter()
                .map(|(path, item)| (path.to_owned(), ReferenceOr::Item(item)))
                .collect(),
            ..openapiv3::Paths::default()
        },
        components: Some(components()),
        security: Some(vec![
            [("token".to_owned(), Vec::new())].into_iter().collect(),
        ]),
        ..OpenAPI::default()
    }
}

fn orders() -> PathItem {
    let list = Operation {
        summary: Some("List orders, the latest first".to_owned()),
        parameters: vec![refer("parameters", "Cursor"), refer("parameters", "Limit")],
        ..operation(
            "listOrders",
            vec![(200, json_answer("A page of orders", "OrderPage"))],
        )
    };
    let create = Operation {
        summary: Some("Place an order".to_owned()),
        description: Some(
            "The same key with the same body gives the same order, however often it is sent."
                .to_owned(),
        ),
        parameters: vec![refer("parameters", "IdempotencyKey")],
        request_body: Some(ReferenceOr::Item(RequestBody {
            content: [(
                "application/json".to_owned(),
                MediaType {
                    schema: Some(refer("schemas", "NewOrder")),
                    examples: [(
                        "one-pen".to_owned(),
                        ReferenceOr::Item(Example {
                            value: Some(json!({"item": "pen", "quantity": 1})),
                            ..Example::default()
                        }),
                    )]
                    .into_iter()
                    .collect(),
                    ..MediaType::default()
                },
            )]
            .into_iter()
            .collect(),
            required: true,
            ..RequestBody::default()
        })),
        ..operation(
            "createOrder",
            vec![
                (201, json_answer("The order", "Order")),
                (409, refer("responses", "Problem")),
                (422, refer("responses", "Problem")),
            ],
        )
    };
    PathItem {
        get: Some(list),
        post: Some(create),
        ..PathItem::default()
    }
}

fn order() -> PathItem {
    let read = Operation {
        summary: Some("Read an order".to_owned()),
        ..operation(
            "getOrder",
            vec![
                (200, json_answer("The order", "Order")),
                (404, refer("responses", "Problem")),
            ],
        )
    };
    let cancel = Operation {
        summary: Some("Cancel an order".to_owned()),
        ..operation(
            "cancelOrder",
            vec![
                (
                    204,
                    ReferenceOr::Item(Response {
                        description: "It is cancelled".to_owned(),
                        headers: [request_id()].into_iter().collect(),
                        ..Response::default()
                    }),
                ),
                (404, refer("responses", "Problem")),
            ],
        )
    };
    PathItem {
        get: Some(read),
        delete: Some(cancel),
        parameters: vec![ReferenceOr::Item(Parameter::Path {
            parameter_data: parameter("id", "The order's id.", true, text(None)),
            style: PathStyle::default(),
        })],
        ..PathItem::default()
    }
}

/// An operation with its answers; every other one is a problem.
fn operation(id: &str, answers: Vec<(u16, ReferenceOr<Response>)>) -> Operation {
    Operation {
        operation_id: Some(id.to_owned()),
        responses: Responses {
            default: Some(refer("responses", "Problem")),
            responses: answers
                .into_iter()
                .map(|(status, answer)| (StatusCode::Code(status), answer))
                .collect(),
            ..Responses::default()
        },
        ..Operation::default()
    }
}

fn json_answer(description: &str, schema: &str) -> ReferenceOr<Response> {
    ReferenceOr::Item(answer(description, "application/json", schema))
}

/// An answer that carries the id of its request.
fn answer(description: &str, media_type: &str, schema: &str) -> Response {
    let content = MediaType {
        schema: Some(refer("schemas", schema)),
        ..MediaType::default()
    };
    Response {
        description: description.to_owned(),
        headers: [request_id()].into_iter().collect(),
        content: [(media_type.to_owned(), content)].into_iter().collect(),
        ..Response::default()
    }
}

fn request_id() -> (String, ReferenceOr<Header>) {
    ("X-Request-Id".to_owned(), refer("headers", "RequestId"))
}

fn components() -> Components {
    let query = |name: &str, why: &str, schema| Parameter::Query {
        parameter_data: parameter(name, why, false, schema),
        allow_reserved: false,
        style: QueryStyle::default(),
        allow_empty_value: None,
    };
    let key = Parameter::Header {
        parameter_data: parameter(
            "Idempotency-Key",
            "Chosen by the consumer, one for each order, and kept for 24 hours.",
            true,
            text(Some(64)),
        ),
        style: HeaderStyle::default(),
    };
    let parameters = [
        (
            "Cursor",
            query(
                "cursor",
                "Where to go on: `next_cursor` of the page before.",
                text(None),
            ),
        ),
        (
            "Limit",
            query("limit", "How many to list at most.", limit()),
        ),
        ("IdempotencyKey", key),
    ];
    let header = Header {
        description: Some(
            "Names this exchange in logs and in support. It is made here.".to_owned(),
        ),
        style: HeaderStyle::default(),
        required: true,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(text(None))),
        example: None,
        examples: std::iter::empty::<(String, ReferenceOr<Example>)>().collect(),
        extensions: std::iter::empty::<(String, Value)>().collect(),
    };
    let schemas = [
        ("Order", order_schema()),
        ("NewOrder", new_order()),
        ("OrderPage", page()),
        ("Problem", problem()),
    ];
    let token = SecurityScheme::HTTP {
        scheme: "bearer".to_owned(),
        bearer_format: None,
        description: None,
        extensions: std::iter::empty::<(String, Value)>().collect(),
    };
    Components {
        schemas: named(schemas),
        responses: named([("Problem", answer("What went wrong", PROBLEM, "Problem"))]),
        parameters: named(parameters),
        headers: named([("RequestId", header)]),
        security_schemes: named([("token", token)]),
        ..Components::default()
    }
}

/// Parts under their names.
fn named<T, C: FromIterator<(String, ReferenceOr<T>)>>(
    parts: impl IntoIterator<Item = (&'static str, T)>,
) -> C {
    let parts = parts.into_iter();
    parts
        .map(|(name, part)| (name.to_owned(), ReferenceOr::Item(part)))
        .collect()
}

fn refer<T>(kind: &str, name: &str) -> ReferenceOr<T> {
    ReferenceOr::ref_(&format!("#/components/{kind}/{name}"))
}

fn parameter(name: &str, description: &str, required: bool, schema: Schema) -> ParameterData {
    ParameterData {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: std::iter::empty::<(String, ReferenceOr<Example>)>().collect(),
        explode: None,
        extensions: std::iter::empty::<(String, Value)>().collect(),
    }
}

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
fn text(longest: Option<usize>) -> Schema {
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

fn limit() -> Schema {
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

fn order_schema() -> Schema {
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

fn new_order() -> Schema {
    object(
        2,
        [
            ("item", text(Some(200))),
            ("quantity", count(1, Some(1000))),
            ("note", text(Some(2000))),
        ],
    )
}

fn page() -> Schema {
    let items = of(Type::Array(openapiv3::ArrayType {
        items: Some(refer("schemas", "Order")),
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

fn problem() -> Schema {
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
