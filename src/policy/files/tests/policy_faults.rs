//! What is wrong with `.contract/contract.yaml`, one edit at a time.

use super::edited;
use crate::policy::files::FileKind;

#[test]
fn what_is_wrong_with_a_policy_is_told() {
    edited(FileKind::Policy, TABLE);
}

const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "mode: warn",
        "mode: wran",
        &["3:7 `mode` cannot be `wran` | did you mean `warn`?"],
    ),
    (
        "until: \"2027-01-31\"",
        "",
        &[
            "3:7 `mode: warn` needs the key `until` | add `until:` with the first day on which the gate refuses",
        ],
    ),
    (
        "mode: warn",
        "mode: enforce",
        &[
            "4:8 `until` says when `mode: warn` ends, and the mode is `enforce` | remove it, or write `mode: warn`",
        ],
    ),
    (
        "until: \"2027-01-31\"",
        "until: \"2027-02-30\"",
        &["4:8 there is no day 2027-02-30 | write a day of the calendar"],
    ),
    (
        "base: origin/main",
        "base: --upload-pack=x",
        &[
            "5:7 `base` cannot be `--upload-pack=x`: it names a commit or a branch | write it as `origin/main`",
        ],
    ),
    (
        "{contact: orders@example.com, principals: [sam@orders]}",
        "[sam@orders]",
        &["7:11 `orders` has to be a mapping, not a list | write it as `key: value` lines"],
    ),
    (
        "principals: [sam@orders]",
        "principles: [sam@orders]",
        &["7:41 a team has no key `principles` | did you mean `principals`?"],
    ),
    (
        "bo@governance]",
        "ana@governance]",
        &["10:34 an item of `principals` is there twice: `ana@governance` | remove one of the two"],
    ),
    (
        "    kind: openapi\n    owner: orders\n",
        "    kind: openapi\n",
        &["12:5 a contract needs the key `owner` | add `owner:` with its value"],
    ),
    (
        "kind: openapi\n    owner: orders",
        "kind: openapi\n    owner: order",
        &["15:12 there is no team `order` | did you mean `orders`?"],
    ),
    (
        "kind: openapi\n    owner: orders",
        "kind: openapi\n    owner: warehouse",
        &["15:12 there is no team `warehouse` | add `warehouse` below `teams`"],
    ),
    (
        "kind: openapi",
        "kind: asyncapi",
        &[
            "14:11 contracts of the kind `asyncapi` are not supported yet | remove this contract from the policy; `openapi` and `json-schema` are supported",
        ],
    ),
    (
        "kind: openapi",
        "kind: protobuf",
        &[
            "14:11 contracts of the kind `protobuf` are not supported yet | remove this contract from the policy; `openapi` and `json-schema` are supported",
        ],
    ),
    (
        "kind: openapi",
        "kind: swagger",
        &["14:11 `kind` cannot be `swagger` | write `openapi` or `json-schema`"],
    ),
    (
        "path: contracts/orders/openapi.yaml",
        "path: /contracts/orders/openapi.yaml",
        &[
            "13:11 `path` is an absolute path: `/contracts/orders/openapi.yaml` | write it from the root of the repository on",
        ],
    ),
    (
        "path: contracts/orders/openapi.yaml",
        "path: ../orders/openapi.yaml",
        &[
            "13:11 `path` climbs out by `..`: `../orders/openapi.yaml` | write it from the root of the repository on, without `..`",
        ],
    ),
    (
        "path: contracts/orders/openapi.yaml",
        "path: contracts/vendors/payments.json",
        &[
            "33:5 the path `contracts/vendors/payments.json` is there twice | the first one is in line 12; remove or rename one",
        ],
    ),
    (
        "    path: contracts/orders/openapi.yaml\n",
        "",
        &[
            "12:5 a contract needs the key `path`, or `paths` | add `path:` with one file, or `paths:` with globs",
        ],
    ),
    (
        "    path: contracts/orders/openapi.yaml\n",
        "    path:\n",
        &["13:10 `path` has no value | write the value, or remove the key"],
    ),
    (
        "  - paths: [\"contracts/events/**/*.schema.{json,yaml}\"]",
        "  - paths: [\"contracts/events/{a\"]\n    path: b.json\n    id: x",
        &["26:12 a contract has `path` or `paths`, not both | remove one of the two"],
    ),
    (
        "  - paths: [\"contracts/events/**/*.schema.{json,yaml}\"]",
        "  - paths: [\"contracts/events/{a\", \"../**\"]\n    id: x",
        &[
            "26:13 an item of `paths` is no glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?) | `*` is anything within a folder, `**` any folders, `{yaml,json}` either",
            "26:36 an item of `paths` climbs out by `..`: `../**` | write it from the root of the repository on, without `..`",
            "27:9 an `id` is for one contract, and `paths` may name several | remove it; ids come from the paths",
        ],
    ),
    (
        "  - paths: [\"contracts/events/**/*.schema.{json,yaml}\"]",
        "  - paths: []",
        &["26:12 `paths` names no file | write a glob, or remove the contract"],
    ),
    (
        "direction: producer",
        "direction: provider",
        &["28:16 `direction` cannot be `provider` | did you mean `producer`?"],
    ),
    (
        "kind: json-schema",
        "kind: openapi",
        &[
            "28:16 `direction` is for JSON Schemas; an OpenAPI document says it itself | remove it, or write `kind: json-schema`",
            "29:20 `assert_format` is for JSON Schemas; an OpenAPI document says it itself | remove it, or write `kind: json-schema`",
        ],
    ),
    (
        "id: payments",
        "id: orders",
        &[
            "33:5 the contract `orders` is there twice | the first one is in line 12; remove or rename one",
        ],
    ),
    (
        "id: payments",
        "id: pay@ments",
        &[
            "33:9 `id` cannot be `pay@ments`: it is the id of a contract | use letters, digits, and `-`, `_`, `.`, or `/` between them",
        ],
    ),
    (
        "role: consumed",
        "role: vendor",
        &["35:11 `role` cannot be `vendor` | write `consumed`"],
    ),
    (
        "closed: true",
        "closed: yes",
        &["18:13 `closed` has to be true or false, not a string | write `true`"],
    ),
    (
        "stability: stable",
        "stability: GA",
        &["19:16 `stability` cannot be `GA` | write `draft`, `alpha`, `beta`, or `stable`"],
    ),
    (
        "    releases: contracts/orders/releases/*.yaml\n",
        "",
        &[
            "20:24 `min_live_versions` counts what `releases` names, and there are none | add `releases:` with a glob of the snapshots of live versions",
        ],
    ),
    (
        "to: \"2027-01-05\"",
        "to: \"2026-12-14\"",
        &["23:39 `to` lies before `from` | write 2026-12-15 or a later day"],
    ),
    (
        "to: \"2026-12-26\"",
        "till: \"2026-12-26\"",
        &[
            "56:5 a freeze needs the key `to` | add `to:` with its value",
            "56:26 a freeze has no key `till` | the keys are `from`, `to`, and `why`",
        ],
    ),
    (
        "{rule: maximum-lowered, level: warning,",
        "{rule: maximum-lowerd, level: warnin, contract: orders,",
        &[
            "25:16 there is no rule `maximum-lowerd` | did you mean `maximum-lowered`?",
            "25:39 `level` cannot be `warnin` | did you mean `warning`?",
            "25:57 `contract` is said already: these levels are inside one | remove it",
        ],
    ),
    (
        "maximum-lowered@output",
        "maximum-lowered@response",
        &[
            "50:11 there is no direction `response` | write `maximum-lowered@input` or `maximum-lowered@output`",
        ],
    ),
    ("contract: orders\n", "contract: order\n", &[]),
    (
        "stable: 120d",
        "stable: 3 months",
        &[
            "41:11 `stable` cannot be `3 months`: it is a number of days | write it as `90` or `90d`",
        ],
    ),
    (
        "stable: 120d",
        "stable: -1",
        &["41:11 `stable` cannot be `-1`: it is a number of days | write it as `90` or `90d`"],
    ),
    (
        "draft: 0",
        "drafts: 0",
        &["38:3 `windows` has no key `drafts` | did you mean `draft`?"],
    ),
    (
        "public: 3",
        "public: 0",
        &["43:29 `public` cannot be 0 | write a whole number from 1 to 10"],
    ),
    (
        "require_guide: [beta, stable]",
        "require_guide: [beta, beta]",
        &["46:25 an item of `require_guide` is there twice: `beta` | remove one of the two"],
    ),
    (
        "require_replacement: true",
        "require_replacement: 1",
        &[
            "45:24 `require_replacement` has to be true or false, not a number | write `true` or `false`",
        ],
    ),
    (
        "trust: signed",
        "trust: everybody",
        &[
            "58:10 `trust` cannot be `everybody` | write `signed`, `base-or-signed`, or `codeowners`",
        ],
    ),
    (
        "max_age: 90d",
        "max_age: 0",
        &["59:12 `max_age` cannot be 0 days | write one day at least"],
    ),
    (
        "standard: {lazy: 30d}",
        "standard: lazy",
        &["61:37 `standard` cannot be `lazy` | write `all`"],
    ),
    (
        "standard: {lazy: 30d}",
        "standard: {laze: 30d}",
        &[
            "61:37 a lazy quorum needs the key `lazy` | add `lazy:` with its value",
            "61:38 a lazy quorum has no key `laze` | did you mean `lazy`?",
        ],
    ),
    (
        "best-effort: {lazy: 7d}",
        "best_effort: {lazy: 7d}",
        &["61:50 `quorum` has no key `best_effort` | did you mean `best-effort`?"],
    ),
    (
        "kinds: [security, legal]",
        "kinds: [security, urgent]",
        &[
            "63:21 an item of `kinds` cannot be `urgent` | write `security`, `legal`, `spec-correction`, `never-shipped`, `benign`, or `previously-approved`",
        ],
    ),
    (
        "team: governance",
        "team: governace",
        &["64:21 there is no team `governace` | did you mean `governance`?"],
    ),
    (
        "count: 2",
        "count: 3",
        &[
            "64:40 a waiver takes 3 approvers, and the team has 2 principals | lower `count`, or add principals to the team",
        ],
    ),
    (
        "mode: inform",
        "mode: waive-window",
        &[
            "66:18 `waive-window` is not supported: what is seen of usage never shortens a window | write `waive-signoff`, which spares those who do not use an element",
        ],
    ),
    (
        "allow_override: true",
        "allow_overrides: true",
        &["67:9 `clock` has no key `allow_overrides` | did you mean `allow_override`?"],
    ),
    (
        "sandbox: {url: https://sandbox.example.com}",
        "- sandbox",
        &["69:3 `environments` has to be a mapping, not a list | write it as `key: value` lines"],
    ),
    (
        "evidence: {mode: inform}",
        "lint: {packs: {core: on}}",
        &[
            "66:1 a policy has no key `lint` | the keys are `schema`, `mode`, `until`, `base`, `teams`, `contracts`, `windows`, `deprecation`, `levels`, `freeze`, `signoff`, `waivers`, `evidence`, `clock`, and `environments`",
        ],
    ),
    (
        "overdue_after: 60d",
        "grandfather: .contract/deprecations.yaml",
        &[
            "48:3 `deprecation` has no key `grandfather` | the keys are `require_replacement`, `require_guide`, `backdate_tolerance`, and `overdue_after`",
        ],
    ),
];
