//! What is wrong with one document by itself: raised where documents are read, never a change.

use super::{Detect, Rule};
use crate::variance::Effect;

/// In the order of reading: text, references, schemas, operations.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "yaml-merge-key",
        effect: Effect::Annotates,
        except: &[],
        message: "a YAML merge key is not read by every tool",
        docs: "\
A mapping uses the merge key `<<`.

YAML 1.2 has no merge keys: a reader that follows it sees a member called `<<` and misses what was merged, so two
tools see two contracts.
Write the members out, or share them by `$ref`.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "yaml-ambiguous-scalar",
        effect: Effect::Annotates,
        except: &[],
        message: "YAML 1.1 and YAML 1.2 read a plain scalar differently",
        docs: "\
A scalar without quotes is one value in YAML 1.1 and another in YAML 1.2, such as `no`, `0777`, or `1:30`.

Tools of both kinds are in use: the provider may publish a boolean where a consumer reads a string.
Quote the scalar, or write the value that is meant, such as `false`.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "ref-dangling",
        effect: Effect::Annotates,
        except: &[],
        message: "a `$ref` leads nowhere",
        docs: "\
A `$ref` names a file or a place that does not exist.

Consumers cannot generate code from it, and nothing is known about the values there, so no change of them is seen.
Correct the reference, or add what it names.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "ref-cycle",
        effect: Effect::Annotates,
        except: &[],
        message: "a chain of `$ref`s leads back to itself",
        docs: "\
References lead to each other in a circle and never to a definition.

Nobody knows what is meant there, and many tools never end.
Let one of the references lead to a definition.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "value-misshapen",
        effect: Effect::Annotates,
        except: &[],
        message: "a value has another shape than its keyword wants",
        docs: "\
An object stands where a list is wanted, a string where a schema is wanted, or the like.

What stands there is read as if it were absent, so it is promised to nobody and no change of it is seen; a schema with
such a keyword is undecided.
Write it in the shape that the dialect wants; in YAML, look at the indentation and at quotes around numbers.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "type-unknown",
        effect: Effect::Annotates,
        except: &[],
        message: "a `type` is no type of the dialect",
        docs: "\
A `type` names none of the types that the dialect knows.

The keyword is read as if it were absent: every value is allowed there, and changes of the type are not seen.
Write the name that was meant: `string`, `integer`, `number`, `boolean`, `array`, or `object`.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "pattern-invalid",
        effect: Effect::Annotates,
        except: &[],
        message: "a pattern does not compile",
        docs: "\
A `pattern`, or a name under `patternProperties`, is not a regular expression.

Validators refuse the whole schema or ignore the pattern, each in its own way, so provider and consumer accept
different values.
Correct the expression; JSON Schema uses those of ECMA-262.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "path-ambiguous",
        effect: Effect::Annotates,
        except: &[],
        message: "two paths match the same requests",
        docs: "\
Two paths differ in the names of their placeholders only, and both have the same method.

A request matches both, so which promise holds depends on the router; consumers cannot know.
Keep one of them, or tell them apart by a fixed segment.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "operation-duplicate",
        effect: Effect::Annotates,
        except: &[],
        message: "an operation is declared twice",
        docs: "\
Two operations have the same method and, once the paths of their servers are joined in front, the same path.

Consumers see two promises for one request, and only one can be kept.
Remove one of the two, or correct its server.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "operation-id-duplicate",
        effect: Effect::Annotates,
        except: &[],
        message: "an `operationId` names two operations",
        docs: "\
Two operations have the same `operationId`.

Generated clients name their functions after it: one of the two is lost or gets a number that moves from run to run.
Give each operation an identifier of its own.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "path-parameter-undeclared",
        effect: Effect::Annotates,
        except: &[],
        message: "a placeholder of a path has no parameter",
        docs: "\
A path has a placeholder that no path parameter of the operation describes.

Consumers do not know what to put there, and no change of it is seen.
Declare the parameter with `in: path`, at the operation or at the path.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "path-parameter-unused",
        effect: Effect::Annotates,
        except: &[],
        message: "a path parameter has no place in its path",
        docs: "\
A parameter with `in: path` names no placeholder of the path.

Consumers are asked for a value that cannot be sent; often one of the two names is misspelt.
Rename the parameter or the placeholder, or remove the parameter.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "schema-unsatisfiable",
        effect: Effect::Annotates,
        except: &[],
        message: "a schema accepts no value",
        docs: "\
The keywords of a schema contradict each other, so that no value is valid.

No request can be right, or no response: whoever validates rejects everything.
Correct the limit, the type, or the list of values that is wrong.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "keyword-misplaced",
        effect: Effect::Annotates,
        except: &[],
        message: "a keyword means nothing where it stands",
        docs: "\
A keyword stands where the dialect gives it no meaning, often one of another version.

Tools ignore it or read it in ways of their own, so what was meant is not promised: `nullable` in OpenAPI 3.1 allows
no `null`.
Write it as this dialect does, or remove it.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "ref-siblings-ignored",
        effect: Effect::Annotates,
        except: &[],
        message: "keywords beside a `$ref` are ignored",
        docs: "\
Keywords stand beside a `$ref` in a dialect that ignores them.

What they say is not promised: a `nullable` or `deprecated` there has no effect for those who follow the specification.
Put the reference into an `allOf` and the keywords beside that, or move to OpenAPI 3.1.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "parameter-unreadable",
        effect: Effect::Annotates,
        except: &[],
        message: "a parameter does not say what it is or where it travels",
        docs: "\
A parameter has no `name`, no `in`, or an `in` that the dialect does not know.

It is left out of every comparison, and consumers cannot send it.
Add the name, and one of the places that the dialect knows.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "status-invalid",
        effect: Effect::Annotates,
        except: &[],
        message: "a response stands under a key that is no status",
        docs: "\
A key under `responses` is neither a status code, nor a range such as `4XX`, nor `default`.

The response is left out of every comparison, and consumers do not know when it comes.
Use a code from 100 to 599, a range, or `default`.
",
        detect: Detect::Diagnostic,
    },
    Rule {
        id: "discriminator-unmapped",
        effect: Effect::Annotates,
        except: &[],
        message: "a discriminator names a schema that does not exist",
        docs: "\
A `mapping` leads to a schema that the document does not have.

Consumers that choose a type by the discriminator fail on that value.
Correct the name, or add the schema.
",
        detect: Detect::Diagnostic,
    },
];
