//! What is wrong with one document by itself: each rule with its exact place and words, and input that is bad outright.

mod common;

use common::{bundle, diagnostics, files};
use contract::{
    diff::{self, Options},
    judge,
    rules::{self, Detect},
    spec::{self, Level, LoadError},
};

/// Diagnostics of a document in the given version, whose components start on line 4.
fn schemas(version: &str, components: &str) -> String {
    let text = format!("openapi: {version}\ncomponents:\n  schemas:\n{components}");
    diagnostics(&bundle("api", &text))
}

fn paths(paths: &str) -> String {
    let text = format!("openapi: 3.1.0\npaths:\n{paths}");
    diagnostics(&bundle("api", &text))
}

#[test]
fn an_unknown_type_is_named_with_what_was_meant() {
    assert_eq!(
        schemas(
            "3.1.0",
            "    S: {type: strng}\n    T: {type: [int, 3]}\n    U: {type: file}\n"
        ),
        "error type-unknown api.yaml:4:15 `strng` is no type of OpenAPI 3.1; did you mean `string`?\n\
         error type-unknown api.yaml:5:16 `int` is no type of OpenAPI 3.1; did you mean `integer`?\n\
         error type-unknown api.yaml:5:21 a type is a name such as `string`, not a number\n\
         error type-unknown api.yaml:6:15 `file` is no type of OpenAPI 3.1; a file is a `string` with `format: binary`\n"
    );
}

#[test]
fn a_value_of_the_wrong_shape_is_not_passed_over() {
    assert_eq!(
        schemas(
            "3.1.0",
            "    S: {properties: [a], allOf: {type: string}, items: text, not: true}\n    T:\n"
        ),
        "error value-misshapen api.yaml:4:21 an object is wanted here, not an array\n\
         error value-misshapen api.yaml:4:33 an array is wanted here, not an object\n\
         error value-misshapen api.yaml:4:56 an object is wanted here, not a string\n"
    );
}

#[test]
fn a_pattern_has_to_compile() {
    let found = schemas(
        "3.1.0",
        "    S: {pattern: 'a('}\n    T: {patternProperties: {'[': {}}}\n",
    );
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 2, "{found}");
    assert!(
        lines[0]
            .starts_with("error pattern-invalid api.yaml:4:18 the pattern a( does not compile: ")
    );
    assert!(
        lines[1]
            .starts_with("error pattern-invalid api.yaml:5:29 the pattern [ does not compile: ")
    );
}

#[test]
fn a_pattern_that_backtracks_for_ever_ends() {
    let side = |limit: u32| {
        bundle(
            "api",
            &format!(
                "openapi: 3.1.0\npaths: {{/a: {{post: {{requestBody: {{content: {{a/b: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}, responses: {{}}}}}}}}\n\
                 components: {{schemas: {{S: {{properties: {{{}: {{maxLength: {limit}}}}}, patternProperties: {{'^(a|aa)+\\1b$': {{type: string}}}}}}}}}}\n",
                "a".repeat(60)
            ),
        )
    };
    let (old, new) = (side(1), side(2));
    assert_eq!(diagnostics(&new), "");
    let (before, after) = (spec::read(&old), spec::read(&new));
    let _ = judge::judge(&diff::compare(&before, &after, Options::default()));
}

#[test]
fn paths_that_match_the_same_requests_are_ambiguous() {
    let get =
        "get: {parameters: [{in: path, name: NAME, required: true, schema: {}}], responses: {}}";
    let item = |path: &str, name: &str| format!("  {path}: {{{}}}\n", get.replace("NAME", name));
    assert_eq!(
        paths(&(item("/a/{x}", "x") + &item("/a/{z}", "z") + &item("/b/{x}", "x"))),
        "error path-ambiguous api.yaml:4:3 GET /a/{z} and GET /a/{x} match the same requests\n"
    );
}

#[test]
fn equal_operations_are_found_behind_their_servers() {
    assert_eq!(
        paths(
            "  /v1/a: {get: {responses: {}}}\n  /a: {servers: [{url: https://x.example/v1}], get: {responses: {}}}\n"
        ),
        "error operation-duplicate api.yaml:4:3 GET /v1/a is declared twice, once its server's path is joined in front\n"
    );
}

#[test]
fn an_operation_id_names_one_operation() {
    assert_eq!(
        paths(
            "  /a: {get: {operationId: list, responses: {}}}\n  /b: {get: {operationId: list, responses: {}}}\n"
        ),
        "error operation-id-duplicate api.yaml:4:27 `operationId` list names GET /a and GET /b\n"
    );
    // One path item under two paths is one operation.
    assert_eq!(
        paths(
            "  /a: {$ref: '#/components/pathItems/P'}\n  /b: {$ref: '#/components/pathItems/P'}\ncomponents: {pathItems: {P: {get: {operationId: list, responses: {}}}}}\n"
        ),
        ""
    );
}

#[test]
fn placeholders_and_path_parameters_belong_together() {
    assert_eq!(
        paths(
            "  /a/{id}/{rest+}:\n    parameters: [{in: path, name: rest, required: true, schema: {}}]\n    get: {parameters: [{in: path, name: key, required: true, schema: {}}], responses: {}}\n"
        ),
        "error path-parameter-undeclared api.yaml:3:3 GET /a/{id}/{rest+} has no parameter for `{id}`\n\
         warning path-parameter-unused api.yaml:5:24 path parameter `key` has no place in /a/{id}/{rest+}\n"
    );
}

#[test]
fn a_schema_that_accepts_nothing_is_told() {
    assert_eq!(
        schemas(
            "3.1.0",
            "    A: {type: integer, minimum: 5, maximum: 4}\n    \
                 B: {type: string, minLength: 5, maxLength: 4}\n    \
                 C: {enum: []}\n    \
                 D: {type: string, enum: [1, 2]}\n    \
                 E: {allOf: [{type: string}, {type: integer}]}\n"
        ),
        "error schema-unsatisfiable api.yaml:4:45 no value is allowed: `minimum` 5 is above `maximum` 4\n\
         error schema-unsatisfiable api.yaml:5:48 no value is allowed: `minLength` 5 is above `maxLength` 4\n\
         error schema-unsatisfiable api.yaml:6:15 no value is allowed: `enum` is empty\n\
         error schema-unsatisfiable api.yaml:7:29 no value is allowed: none of `enum` is string\n\
         error schema-unsatisfiable api.yaml:8:9 no value is allowed: the parts of `allOf` have no type in common\n"
    );
    // Values of another type are not asked, `false` is meant, and an integer is a number.
    assert_eq!(
        schemas(
            "3.1.0",
            "    A: {minimum: 5, maximum: 4}\n    B: {properties: {b: false}}\n    \
                 C: {allOf: [{type: number}, {type: integer}]}\n    D: {type: number, enum: [1]}\n"
        ),
        ""
    );
}

#[test]
fn keywords_of_another_version_are_out_of_place() {
    assert_eq!(
        schemas(
            "3.1.0",
            "    S: {type: string, nullable: true, exclusiveMinimum: true}\n"
        ),
        "warning keyword-misplaced api.yaml:4:33 `nullable` means nothing in OpenAPI 3.1; add `null` to the types\n\
         warning keyword-misplaced api.yaml:4:57 `exclusiveMinimum` is a number in OpenAPI 3.1: write the limit itself\n"
    );
    assert_eq!(
        schemas(
            "3.0.3",
            "    S: {type: [string, 'null'], exclusiveMaximum: 3}\n"
        ),
        "warning keyword-misplaced api.yaml:4:9 OpenAPI 3.0 knows no list of types; say `nullable: true` or `anyOf`\n\
         warning keyword-misplaced api.yaml:4:51 `exclusiveMaximum` is `true` or `false` in OpenAPI 3.0, beside `maximum`\n"
    );
    assert_eq!(
        paths("  /a: {gett: {responses: {}}}\n"),
        "warning keyword-misplaced api.yaml:3:8 `gett` means nothing in a path item; did you mean `get`?\n"
    );
}

#[test]
fn keywords_beside_a_reference_are_ignored_in_3_0_only() {
    let text = "    S: {$ref: '#/components/schemas/T', nullable: true, deprecated: true, description: D}\n    T: {type: string}\n";
    assert_eq!(
        schemas("3.0.3", text),
        "warning ref-siblings-ignored api.yaml:4:8 `nullable` and `deprecated` beside a `$ref` are ignored in OpenAPI 3.0\n"
    );
    assert_eq!(schemas("3.1.0", &text.replace("nullable: true, ", "")), "");
}

#[test]
fn a_parameter_that_cannot_be_read_is_not_passed_over() {
    assert_eq!(
        paths(
            "  /a:\n    get:\n      parameters:\n        - {in: qurey, name: q}\n        - {name: r}\n        - {in: query}\n      responses: {}\n"
        ),
        "error parameter-unreadable api.yaml:6:16 parameter `q` travels in `qurey`, which OpenAPI 3.1 does not know; did you mean `query`?\n\
         error parameter-unreadable api.yaml:7:11 parameter `r` does not say where it travels: it has no `in`\n\
         error parameter-unreadable api.yaml:8:11 a parameter has no `name`\n"
    );
}

#[test]
fn a_response_stands_under_a_status() {
    assert_eq!(
        paths("  /a: {get: {responses: {2000: {}, 4XX: {}, default: {}, x-note: {}}}}\n"),
        "error status-invalid api.yaml:3:26 `2000` is no status: a response is kept under a code, a range such as `4XX`, or `default`\n"
    );
}

#[test]
fn a_discriminator_leads_to_schemas() {
    assert_eq!(
        schemas(
            "3.1.0",
            "    S: {discriminator: {propertyName: k, mapping: {s: S, t: '#/components/schemas/T', u: u.yaml}}}\n"
        ),
        "error discriminator-unmapped api.yaml:4:61 `t` is mapped to #/components/schemas/T, and there is no such schema\n"
    );
}

#[test]
fn references_that_lead_nowhere_or_in_a_circle_leave_the_rest() {
    let side = |limit: u32| {
        let text = format!(
            "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200': {{content: {{a/b: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}\n\
             components:\n  schemas:\n    A: {{properties: {{a: {{$ref: '#/components/schemas/Gone'}}, b: {{$ref: '#/components/schemas/B'}}, c: {{maxLength: {limit}}}}}}}\n    \
             B: {{$ref: '#/components/schemas/C'}}\n    C: {{$ref: '#/components/schemas/B'}}\n"
        );
        bundle("api", &text)
    };
    let (old, new) = (side(1), side(2));
    assert_eq!(
        diagnostics(&new),
        "error ref-dangling api.yaml:9:32 `$ref` to #/components/schemas/Gone leads nowhere: there is no such place\n\
         error ref-cycle api.yaml:10:8 `$ref` to #/components/schemas/C leads back to itself and never to a definition\n\
         error ref-cycle api.yaml:11:8 `$ref` to #/components/schemas/B leads back to itself and never to a definition\n"
    );
    let (before, after) = (spec::read(&old), spec::read(&new));
    let comparison = diff::compare(&before, &after, Options::default());
    assert!(!comparison.graph.pairs.is_empty(), "`c` is still compared");
    // What was wrong before is a warning.
    let complaints = judge::complaints(&old, &new);
    assert_eq!(complaints.len(), 3);
    assert!(
        complaints
            .iter()
            .all(|complaint| complaint.level == Level::Warning)
    );
}

#[test]
fn references_in_place_of_operations_and_of_maps_are_followed() {
    let entry = "openapi: 3.0.3\npaths:\n  /a/{id}:\n    get: {$ref: get.yaml}\n";
    let get = "parameters: [{in: path, name: id, required: true, schema: {}}]\n\
               responses:\n  $ref: 'parts.yaml#/responses'\n";
    let parts = "responses:\n  '200':\n    content: {a/b: {schema: {properties: {$ref: '#/members'}}}}\n\
                 members: {a: {type: string}}\n";
    let bundle = files(&[
        ("api.yaml", entry),
        ("get.yaml", get),
        ("parts.yaml", parts),
    ]);
    let bundle = bundle.expect("every file is there");
    assert_eq!(diagnostics(&bundle), "");
    let contract = spec::read(&bundle);
    let operation = &contract.operations()[0];
    assert_eq!(operation.parameters.len(), 1);
    let shape = operation.responses[0].content[0].shape.as_ref();
    let schemas = spec::Schemas::new(&bundle);
    let schema = schemas.get(schemas.of_shape(shape.expect("the response has a schema")));
    assert!(schema.property("a").is_some());
}

#[test]
fn what_lies_outside_is_refused() {
    for target in [
        "http://169.254.169.254/latest",
        "../../etc/passwd",
        "/etc/passwd",
    ] {
        let text =
            format!("openapi: 3.1.0\ncomponents: {{schemas: {{S: {{$ref: '{target}'}}}}}}\n");
        match files(&[("api.yaml", &text)]) {
            Err(error @ LoadError::Unavailable { .. }) => {
                assert_eq!(error.exit_code(), 2);
                let help = error.help().unwrap_or_default();
                assert_eq!(help, "referenced at api.yaml:2:34", "{target}");
            }
            other => panic!("{target}: {other:?}"),
        }
    }
}

#[test]
fn an_unknown_kind_is_an_error_and_never_no_change() {
    for (text, message) in [
        (
            "openapi: 4.0.0\n",
            "api.yaml:1:10: OpenAPI version \"4.0.0\" is not known",
        ),
        (
            "swagger: '1.2'\n",
            "api.yaml:1:10: Swagger version \"1.2\" is not known",
        ),
        (
            "name: a\n",
            "api.yaml:1:1: neither an OpenAPI document nor a JSON Schema",
        ),
    ] {
        let error = files(&[("api.yaml", text)]).expect_err("of no known kind");
        assert_eq!(error.to_string(), message);
        assert_eq!(error.exit_code(), 2);
    }
}

#[test]
fn every_diagnostic_is_in_the_catalogue_and_every_fixture_contract_is_sound() {
    let raised: Vec<&str> = rules::all()
        .filter(|rule| matches!(rule.detect, Detect::Diagnostic))
        .map(|rule| rule.id)
        .collect();
    for id in [
        "yaml-merge-key",
        "yaml-ambiguous-scalar",
        "ref-dangling",
        "ref-cycle",
        "value-misshapen",
        "type-unknown",
        "value-misshapen",
        "pattern-invalid",
        "path-ambiguous",
        "operation-duplicate",
        "operation-id-duplicate",
        "path-parameter-undeclared",
        "path-parameter-unused",
        "schema-unsatisfiable",
        "keyword-misplaced",
        "ref-siblings-ignored",
        "parameter-unreadable",
        "status-invalid",
        "discriminator-unmapped",
    ] {
        assert!(raised.contains(&id), "{id} is not in the catalogue");
    }
    for (name, bundle) in common::contracts() {
        assert_eq!(diagnostics(&bundle), "", "{name}");
    }
}
