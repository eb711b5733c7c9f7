//! What the dialects of OpenAPI come down to.

use super::{api, api30, api31, load, show};
use contract::{
    inclusion::Arena,
    spec::{Lowering, Schemas},
    variance::Direction,
};

#[test]
fn openapi_3_0() {
    for (schemas, form) in [
        ("{S: {type: string, nullable: true}}", "string|null"),
        ("{S: {nullable: true}}", "any"),
        (
            "{S: {type: string, nullable: true, enum: [a]}}",
            "(string|null & =\"a\")",
        ),
        (
            "{S: {$ref: '#/components/schemas/T', nullable: true}, T: {type: 'null'}}",
            "null",
        ),
        (
            "{S: {type: integer, format: int32}}",
            "integer[from -2147483648, to 2147483647]",
        ),
        (
            "{S: {type: number, format: int64, minimum: 0}}",
            "number[from 0, to 9223372036854775807, steps 1]",
        ),
        ("{S: {type: string, format: date}}", "string[format date]"),
        ("{S: {type: string, format: byte}}", "string"),
        (
            "{S: {properties: {a: {type: string}}}}",
            "object{a: string}",
        ),
        (
            "{S: {type: number, exclusiveMinimum: true, minimum: 1}}",
            "number[over 1]",
        ),
        // Not keywords of OpenAPI 3.0.
        (
            "{S: {const: 1, patternProperties: {a: false}, if: {}, then: false, contains: {}}}",
            "any",
        ),
        // The flag of draft 3.
        ("{S: {type: string, required: true}}", "string"),
        (
            "{S: {type: object, items:, discriminator: {propertyName: kind}}}",
            "object[*: any]{declared kind}",
        ),
        ("{S: {type: file}}", "?`type` is not a type but \"file\""),
        // Parts of a conjunction keep their own members; a type said by one is said for all.
        (
            "{S: {allOf: [{properties: {a: {}}}, {type: object, nullable: true}], additionalProperties: false}}",
            "(any{*: none} & any{a: any} & object|null)",
        ),
        (
            "{S: {type: object, anyOf: [{properties: {a: {}}}, {minProperties: 1}]}}",
            "(object & (object{a: any} | any{fewest 1}))",
        ),
    ] {
        assert_eq!(api30(schemas), form, "{schemas}");
    }
}

#[test]
fn openapi_3_1() {
    for (schemas, form) in [
        (
            "{S: {type: [string, 'null'], nullable: true}}",
            "string|null",
        ),
        ("{S: {type: string, nullable: true}}", "string"),
        (
            "{S: {type: number, exclusiveMinimum: true, minimum: 1}}",
            "number[over 1]",
        ),
        (
            "{S: {$ref: '#/components/schemas/T', minLength: 1}, T: {type: string}}",
            "(any[shortest 1] & string)",
        ),
        (
            "{S: {type: integer, format: int64, const: 1}}",
            "(integer[from -9223372036854775808, to 9223372036854775807] & =1)",
        ),
    ] {
        assert_eq!(api31(schemas), form, "{schemas}");
    }
}

#[test]
fn what_does_not_travel_is_left_out() {
    let pet = "{S: {type: object, required: [id, name], properties: {id: {$ref: '#/components/schemas/Id'}, name: {}, pin: \
               {writeOnly: true}}}, Id: {type: string, readOnly: true}}";
    let all = "object{id: string, name: any, pin: any, required id name}";
    let input = "object{name: any, pin: any, required name}";
    let output = "object{id: string, name: any, required id name}";
    assert_eq!(api("3.0.3", pet, None), all);
    assert_eq!(api("3.0.3", pet, Some(Direction::Input)), input);
    assert_eq!(api("3.0.3", pet, Some(Direction::Output)), output);
    // Required in another part of the conjunction; asked for under `not`, where nothing is left out.
    let spread = "{S: {allOf: [{$ref: '#/components/schemas/B'}, {required: [id, name]}], not: {required: [id]}, \
                  anyOf: [{required: [id]}]}, B: {type: object, properties: {id: {readOnly: true}}}}";
    assert_eq!(
        api("3.0.3", spread, Some(Direction::Input)),
        "(object & any{required name} & !any{required id})"
    );
}

#[test]
fn swagger_2() {
    let text = "swagger: '2.0'\ninfo: {}\npaths:\n  /a:\n    post:\n      parameters:\n      \
                - {in: formData, name: f, type: file, required: true}\n      \
                - {in: formData, name: n, type: array, items: {type: integer, format: int32}, collectionFormat: csv}\n      \
                - {in: query, name: q, type: string, x-nullable: true, maxLength: 3, required: true}\n      \
                responses: {}\n";
    let bundle = load(&[("api.yaml", text)], None);
    let contract = contract::spec::read(&bundle);
    let schemas = Schemas::new(&bundle);
    let mut arena = Arena::default();
    let mut lowering = Lowering::new(&bundle, false);
    let operation = &contract.operations()[0];
    let mut form = |shape| {
        let key = schemas.key_of(schemas.of_shape(shape));
        let id = lowering.key(&mut arena, &key, Some(Direction::Input));
        show(&arena, id)
    };
    let body = operation
        .body
        .as_ref()
        .and_then(|body| body.content[0].shape.as_ref());
    assert_eq!(
        form(body.expect("a form")),
        "object{f: string, n: array[*: integer[from -2147483648, to 2147483647]], required f}"
    );
    let query = operation.parameters[0].shape.as_ref();
    assert_eq!(form(query.expect("a shape")), "string|null[longest 3]");
}
