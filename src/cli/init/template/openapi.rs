//! The starter of an HTTP API: one resource, with what every API needs and few start with.

use super::schemas::{limit, new_order, order_schema, page, problem, text};
use openapiv3::{
    Components, Example, Header, HeaderStyle, Info, MediaType, OpenAPI, Operation, Parameter,
    ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
    RequestBody, Response, Responses, Schema, SecurityScheme, Server, StatusCode,
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
            paths: vec![("/v1/orders", orders()), ("/v1/orders/{id}", order())]
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
