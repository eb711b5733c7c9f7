//! Differences between policies.

/// Edits of the example, each with the differences that it makes.
type Table = &'static [(&'static str, &'static str, &'static [&'static str])];

pub(super) const SETTINGS: Table = &[
    (
        "mode: warn\nuntil: \"2027-01-31\"\n",
        "",
        &["mode: warn until 2027-01-31 -> enforce (-)"],
    ),
    (
        "until: \"2027-01-31\"",
        "until: \"2027-02-28\"",
        &["! mode: warn until 2027-01-31 -> warn until 2027-02-28 (4)"],
    ),
    (
        "until: \"2027-01-31\"",
        "until: \"2026-12-31\"",
        &["mode: warn until 2027-01-31 -> warn until 2026-12-31 (4)"],
    ),
    (
        "base: origin/main",
        "base: origin/old",
        &["! base: origin/main -> origin/old (5)"],
    ),
    (
        "contact: orders@example.com",
        "contact: sam@example.com",
        &["teams.orders.contact: orders@example.com -> sam@example.com (7)"],
    ),
    (
        "principals: [sam@orders]",
        "principals: [kim@orders]",
        &[
            "! teams.orders.principals: sam@orders -> none (7)",
            "! teams.orders.principals: none -> kim@orders (7)",
        ],
    ),
    (
        "[ana@governance, bo@governance]",
        "[ana@governance, bo@governance, eve@governance]",
        &["! teams.governance.principals: none -> eve@governance (10)"],
    ),
    (
        "teams:\n",
        "teams:\n  more: {}\n",
        &["teams.more: none -> a team (7)"],
    ),
    (
        "draft: 0\n  alpha: 7\n",
        "draft: 7\n  alpha: 0\n",
        &["windows.draft: 0 -> 7 (38)", "! windows.alpha: 7 -> 0 (39)"],
    ),
    (
        "beta: 30d\n  stable: 120d\n  version: 180\n",
        "beta: 31d\n",
        &[
            "windows.beta: 30 -> 31 (40)",
            "! windows.stable: 120 -> 90 (-)",
        ],
    ),
    (
        "{public: 3, partner: 1, internal: 1}",
        "{public: 1, partner: 2}",
        &[
            "! windows.audience_factor.public: 3 -> 1 (43)",
            "windows.audience_factor.partner: 1 -> 2 (43)",
        ],
    ),
    (
        "require_replacement: true",
        "require_replacement: false",
        &["! deprecation.require_replacement: true -> false (45)"],
    ),
    (
        "require_guide: [beta, stable]",
        "require_guide: [alpha, stable]",
        &[
            "! deprecation.require_guide: beta -> none (46)",
            "deprecation.require_guide: none -> alpha (46)",
        ],
    ),
    (
        "backdate_tolerance: 3d\n  overdue_after: 60d",
        "backdate_tolerance: 4d\n  overdue_after: 61d",
        &[
            "! deprecation.backdate_tolerance: 3 -> 4 (47)",
            "! deprecation.overdue_after: 60 -> 61 (48)",
        ],
    ),
    (
        "level: note\n",
        "level: off\n",
        &[
            "! levels.maximum-lowered@output contract=orders element=op:GET /v1/orders > **: note -> off (50)",
        ],
    ),
    (
        "level: note\n",
        "level: error\n",
        &[
            "levels.maximum-lowered@output contract=orders element=op:GET /v1/orders > **: note -> error (50)",
        ],
    ),
    (
        "freeze:\n  - {from",
        "freeze:\n  - {from: \"2026-12-27\", to: \"2026-12-31\"}\n  - {from",
        &["freeze: none -> 2026-12-27 to 2026-12-31 (56)"],
    ),
    (
        "to: \"2026-12-26\"",
        "to: \"2026-12-25\"",
        &[
            "! freeze: 2026-12-24 to 2026-12-26 -> none (56)",
            "freeze: none -> 2026-12-24 to 2026-12-25 (56)",
        ],
    ),
    (
        "  - {from: \"2026-12-24\", to: \"2026-12-26\"}",
        "  - {from: \"2026-12-25\", to: \"2026-12-31\"}\n  - {from: \"2026-12-20\", to: \"2026-12-24\"}",
        &[
            "freeze: 2026-12-24 to 2026-12-26 -> none (56)",
            "freeze: none -> 2026-12-25 to 2026-12-31 (56)",
            "freeze: none -> 2026-12-20 to 2026-12-24 (56)",
        ],
    ),
    (
        "trust: signed",
        "trust: base-or-signed",
        &["! signoff.trust: signed -> base-or-signed (58)"],
    ),
    (
        "trust: signed",
        "trust: codeowners",
        &["! signoff.trust: signed -> codeowners (58)"],
    ),
    (
        "max_age: 90d\n  allow_self_approval: false",
        "max_age: 91d\n  allow_self_approval: true",
        &[
            "! signoff.max_age: 90 -> 91 (59)",
            "! signoff.allow_self_approval: false -> true (60)",
        ],
    ),
    (
        "{critical: all, standard: {lazy: 30d}, best-effort: {lazy: 7d}}",
        "{critical: {lazy: 60d}, standard: {lazy: 29d}, best-effort: all}",
        &[
            "! signoff.quorum.critical: all -> lazy: 60 (61)",
            "! signoff.quorum.standard: lazy: 30 -> lazy: 29 (61)",
            "signoff.quorum.best-effort: lazy: 7 -> all (61)",
        ],
    ),
    (
        "kinds: [security, legal]",
        "kinds: [security, benign]",
        &[
            "waivers.kinds: legal -> none (63)",
            "! waivers.kinds: none -> benign (63)",
        ],
    ),
    (
        "approvers: {team: governance, count: 2}",
        "approvers: {team: orders, count: 1}",
        &[
            "! waivers.approvers.team: governance -> orders (64)",
            "! waivers.approvers.count: 2 -> 1 (64)",
        ],
    ),
    (
        "  approvers: {team: governance, count: 2}\n  max_age: 14d",
        "  max_age: 15d",
        &[
            "waivers.approvers.team: governance -> none (-)",
            "waivers.approvers.count: 2 -> 1 (-)",
            "! waivers.max_age: 14 -> 15 (64)",
        ],
    ),
    (
        "evidence: {mode: inform}",
        "evidence: {mode: waive-signoff}",
        &["! evidence.mode: inform -> waive-signoff (66)"],
    ),
    (
        "evidence: {mode: inform}",
        "evidence: {mode: strict}",
        &["evidence.mode: inform -> strict (66)"],
    ),
    (
        "evidence: {mode: inform}",
        "evidence: {mode: off}",
        &["evidence.mode: inform -> off (66)"],
    ),
    (
        "clock: {allow_override: true}",
        "clock: {allow_override: false}",
        &["clock.allow_override: true -> false (67)"],
    ),
];

pub(super) const ENTRIES: Table = &[
    (
        "  - id: payments\n    path: contracts/vendors/payments.json\n    role: consumed\n    owner: orders\n",
        "",
        &["! contracts.payments: contracts/vendors/payments.json -> none (-)"],
    ),
    (
        "id: payments",
        "id: pay",
        &["! contracts.payments.id: payments -> pay (33)"],
    ),
    (
        "path: contracts/vendors/payments.json",
        "path: contracts/vendors/pay.json",
        &[
            "! contracts.payments.path: contracts/vendors/payments.json -> contracts/vendors/pay.json (34)",
        ],
    ),
    (
        "    role: consumed\n",
        "",
        &["contracts.payments.role: consumed -> none (33)"],
    ),
    (
        "contracts:\n",
        "contracts:\n  - {id: new, path: new.yaml, owner: orders}\n",
        &["contracts.new: none -> new.yaml (12)"],
    ),
    (
        "contracts:\n",
        "contracts:\n  - {id: new, path: contracts/events/a.schema.json, owner: orders, role: consumed}\n",
        &["! contracts.new: none -> contracts/events/a.schema.json (12)"],
    ),
    (
        "contracts:\n",
        "contracts:\n  - {paths: [\"contracts/events/*\"], owner: orders, role: consumed}\n",
        &["! contracts.contracts/events/*: none -> contracts/events/* (12)"],
    ),
    (
        "paths: [\"contracts/events/**/*.schema.{json,yaml}\"]",
        "paths: [\"contracts/events/**/*.schema.{json,yaml}\", \"more/*.json\"]",
        &[
            "contracts.contracts/events/**/*.schema.{json,yaml}.paths: contracts/events/**/*.schema.{json,yaml} -> contracts/events/**/*.schema.{json,yaml} more/*.json (26)",
        ],
    ),
    (
        "paths: [\"contracts/events/**/*.schema.{json,yaml}\"]",
        "paths: [\"contracts/events/*.schema.json\"]",
        &[
            "! contracts.contracts/events/**/*.schema.{json,yaml}: contracts/events/**/*.schema.{json,yaml} -> none (-)",
            "! contracts.contracts/events/*.schema.json: none -> contracts/events/*.schema.json (26)",
        ],
    ),
    (
        "    kind: openapi\n    owner: orders\n    steward: sam@orders\n",
        "    owner: governance\n",
        &[
            "! contracts.orders.kind: openapi -> none (12)",
            "! contracts.orders.owner: orders -> governance (14)",
            "contracts.orders.steward: sam@orders -> none (12)",
        ],
    ),
    (
        "direction: producer\n    assert_format: true",
        "direction: both",
        &[
            "contracts.contracts/events/**/*.schema.{json,yaml}.direction: producer -> both (28)",
            "! contracts.contracts/events/**/*.schema.{json,yaml}.assert_format: true -> false (26)",
        ],
    ),
    (
        "direction: producer",
        "direction: consumer",
        &[
            "! contracts.contracts/events/**/*.schema.{json,yaml}.direction: producer -> consumer (28)",
        ],
    ),
    (
        "audience: partner\n    closed: true",
        "audience: internal\n    closed: false",
        &[
            "! contracts.orders.audience: partner -> internal (17)",
            "contracts.orders.closed: true -> false (18)",
        ],
    ),
    (
        "audience: internal\n    stability: beta",
        "audience: public\n    closed: true\n    stability: draft",
        &[
            "contracts.contracts/events/**/*.schema.{json,yaml}.audience: internal -> public (31)",
            "! contracts.contracts/events/**/*.schema.{json,yaml}.closed: false -> true (32)",
            "! contracts.contracts/events/**/*.schema.{json,yaml}.stability: beta -> draft (33)",
        ],
    ),
    (
        "    releases: contracts/orders/releases/*.yaml\n    min_live_versions: 2\n",
        "",
        &[
            "! contracts.orders.releases: contracts/orders/releases/*.yaml -> none (12)",
            "! contracts.orders.min_live_versions: 2 -> 1 (12)",
        ],
    ),
    (
        "releases/*.yaml\n    min_live_versions: 2",
        "releases/v2*.yaml\n    min_live_versions: 3",
        &[
            "! contracts.orders.releases: contracts/orders/releases/*.yaml -> contracts/orders/releases/v2*.yaml (20)",
            "contracts.orders.min_live_versions: 2 -> 3 (21)",
        ],
    ),
    (
        "impact: \"Revenue: checkout stops if this breaks\"",
        "impact: none",
        &["contracts.orders.impact: Revenue: checkout stops if this breaks -> none (22)"],
    ),
    (
        "from: \"2026-12-15\"",
        "from: \"2026-12-16\"",
        &[
            "! contracts.orders.freeze: 2026-12-15 to 2027-01-05 -> none (23)",
            "contracts.orders.freeze: none -> 2026-12-16 to 2027-01-05 (23)",
        ],
    ),
    ("why: holiday peak", "why: peak", &[]),
    (
        "{rule: maximum-lowered, level: warning,",
        "{rule: maximum-lowered@input, level: error,",
        &[
            "! contracts.orders.levels.maximum-lowered element=op:GET * > **: warning -> none (25)",
            "contracts.orders.levels.maximum-lowered@input element=op:GET * > **: none -> error (25)",
        ],
    ),
    (
        "clients ignore it}",
        "clients ignore it}\n      - {rule: minimum-raised, level: off}",
        &["! contracts.orders.levels.minimum-raised: none -> off (26)"],
    ),
];
