//! Differences between registries, usage files, and ledgers.

/// Edits of the example, each with the differences that it makes.
type Table = &'static [(&'static str, &'static str, &'static [&'static str])];

pub(super) const CONSUMERS: Table = &[
    (
        "  - id: acme-partner\n    tier: standard\n    kind: partner\n    approvers: [api@acme.example]\n    min_window: 180d\n    uses: [{contract: orders}]\n",
        "",
        &["! consumers.acme-partner: a consumer -> none (-)"],
    ),
    (
        "consumers:\n",
        "consumers:\n  - {id: web, approvers: [w@x], uses: [{contract: orders}]}\n",
        &["consumers.web: none -> a consumer (3)"],
    ),
    (
        "name: Mobile app\n    tier: critical\n    kind: internal\n    contact: mobile-team@example.com\n",
        "kind: public\n",
        &[
            "consumers.mobile-app.name: Mobile app -> none (3)",
            "! consumers.mobile-app.tier: critical -> standard (3)",
            "consumers.mobile-app.kind: internal -> public (3)",
            "consumers.mobile-app.contact: mobile-team@example.com -> none (3)",
        ],
    ),
    (
        "tier: standard",
        "tier: best-effort",
        &["! consumers.acme-partner.tier: standard -> best-effort (14)"],
    ),
    (
        "tier: standard",
        "tier: critical",
        &["consumers.acme-partner.tier: standard -> critical (14)"],
    ),
    (
        "approvers: [dana@mobile, lee@mobile]\n    quorum: 2",
        "approvers: [dana@mobile, eve@mobile]",
        &[
            "consumers.mobile-app.approvers: lee@mobile -> none (3)",
            "! consumers.mobile-app.approvers: none -> eve@mobile (3)",
            "! consumers.mobile-app.quorum: 2 -> 1 (3)",
        ],
    ),
    (
        "min_window: 180d",
        "min_window: 90d",
        &["! consumers.acme-partner.min_window: 180 -> 90 (14)"],
    ),
    (
        "    min_window: 180d\n",
        "",
        &["! consumers.acme-partner.min_window: 180 -> none (14)"],
    ),
    (
        "      - contract: catalog\n",
        "",
        &["! consumers.mobile-app.uses.catalog: used -> none (3)"],
    ),
    (
        "contract: catalog",
        "contract: catalogue",
        &[
            "! consumers.mobile-app.uses.catalog: used -> none (3)",
            "consumers.mobile-app.uses.catalogue: none -> used (13)",
        ],
    ),
    (
        "contract: catalog",
        "contract: catalog\n        usage: usage/none.yaml",
        &["! consumers.mobile-app.uses.catalog.usage: none -> usage/none.yaml (13)"],
    ),
    (
        "        usage: usage/mobile-app.orders.yaml\n",
        "",
        &["consumers.mobile-app.uses.orders.usage: usage/mobile-app.orders.yaml -> none (11)"],
    ),
];

pub(super) const USAGE: Table = &[
    (
        "consumer: mobile-app\ncontract: orders",
        "consumer: web\ncontract: catalog",
        &[
            "! usage.mobile-app.orders.consumer: mobile-app -> web (-)",
            "! usage.mobile-app.orders.contract: orders -> catalog (-)",
        ],
    ),
    (
        "complete: true",
        "complete: false",
        &["usage.mobile-app.orders.complete: true -> false (-)"],
    ),
    ("requests: 184223", "requests: 0", &[]),
    (
        "  - op: POST /v1/orders\n    sends: {body: [\".items[].sku\", \".note\"]}\n",
        "",
        &["! usage.mobile-app.orders.POST /v1/orders: used -> none (-)"],
    ),
    (
        "op: POST /v1/orders",
        "op: PUT /v1/orders",
        &[
            "! usage.mobile-app.orders.POST /v1/orders: used -> none (-)",
            "usage.mobile-app.orders.PUT /v1/orders: none -> used (20)",
        ],
    ),
    (
        "query: [status, cursor]",
        "query: [cursor, limit]",
        &[
            "! usage.mobile-app.orders.GET /v1/orders/{}.sends.query: status -> none (8)",
            "usage.mobile-app.orders.GET /v1/orders/{}.sends.query: none -> limit (8)",
        ],
    ),
    (
        "{status: [OPEN, CLOSED]}",
        "{state: [OPEN]}",
        &[
            "usage.mobile-app.orders.GET /v1/orders/{}.enums_sent.state: none -> OPEN (8)",
            "! usage.mobile-app.orders.GET /v1/orders/{}.enums_sent.status: CLOSED -> none (8)",
            "! usage.mobile-app.orders.GET /v1/orders/{}.enums_sent.status: OPEN -> none (8)",
        ],
    ),
    (
        "[.id, \".items[].sku\", .total, \"header:ETag\"]",
        "[.id, \".items/**\", .totals]",
        &[
            "usage.mobile-app.orders.GET /v1/orders/{}.reads.200: .items[].sku -> none (8)",
            "! usage.mobile-app.orders.GET /v1/orders/{}.reads.200: .total -> none (8)",
            "! usage.mobile-app.orders.GET /v1/orders/{}.reads.200: header:etag -> none (8)",
            "usage.mobile-app.orders.GET /v1/orders/{}.reads.200: none -> .items/** (8)",
            "usage.mobile-app.orders.GET /v1/orders/{}.reads.200: none -> .totals (8)",
        ],
    ),
    (
        "default: [/**]",
        "default: [.code]",
        &[
            "! usage.mobile-app.orders.GET /v1/orders/{}.reads.default: /** -> none (8)",
            "usage.mobile-app.orders.GET /v1/orders/{}.reads.default: none -> .code (8)",
        ],
    ),
    (
        "{unknown_enum: true, unknown_fields: true, null: [.total]}",
        "{null: [.total, .id]}",
        &[
            "usage.mobile-app.orders.GET /v1/orders/{}.tolerates.unknown_enum: true -> false (8)",
            "usage.mobile-app.orders.GET /v1/orders/{}.tolerates.unknown_fields: true -> false (8)",
            "! usage.mobile-app.orders.GET /v1/orders/{}.tolerates.null: none -> .id (8)",
        ],
    ),
];

pub(super) const LEDGER: Table = &[
    (
        "  - contract: orders\n    element: \"op:GET /v0/orders\"\n    sunset: unset\n    grandfathered: true\n",
        "",
        &["! deprecations.orders.op:GET /v0/orders: a record -> none (-)"],
    ),
    (
        "    sunset: unset\n    grandfathered: true\n",
        "    since: \"2026-11-21\"\n    sunset: \"2027-05-01\"\n",
        &[
            "deprecations.orders.op:GET /v0/orders.since: none -> 2026-11-21 (20)",
            "deprecations.orders.op:GET /v0/orders.sunset: unset -> 2027-05-01 (20)",
            "deprecations.orders.op:GET /v0/orders.grandfathered: true -> false (20)",
        ],
    ),
    (
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-03-01\"\n",
        "since: \"2026-10-20\"\n    sunset: \"2027-02-28\"\n    grandfathered: true\n",
        &[
            "! deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status > enum:\"PENDING\".since: 2026-11-20 -> 2026-10-20 (3)",
            "! deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status > enum:\"PENDING\".sunset: 2027-03-01 -> 2027-02-28 (3)",
            "! deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status > enum:\"PENDING\".grandfathered: false -> true (3)",
        ],
    ),
    (
        "kind: removal\n    since: \"2026-11-20\"\n    sunset: \"2027-03-01\"\n",
        "since: \"2026-11-20\"\n",
        &[
            "! deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .status > enum:\"PENDING\".sunset: 2027-03-01 -> unset (3)",
        ],
    ),
    (
        "sha256:3ad0c848",
        "sha256:4ad0c848",
        &[
            "! deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total.kind: change to sha256:3ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c848 -> change to sha256:4ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c8483ad0c848 (11)",
        ],
    ),
    (
        "replacement: none\n    guide: https://example.com/totals\n    reason: Totals become integers of cents",
        "replacement: op:GET /v2",
        &[
            "deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total.replacement: none -> op:GET /v2 (11)",
            "deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total.guide: https://example.com/totals -> none (11)",
            "deprecations.orders.op:GET /v1/orders/{} > resp:200 > media:application/json > body > .total.reason: Totals become integers of cents -> none (11)",
        ],
    ),
    (
        "element: \"op:GET /v0/orders\"",
        "element: \"op:GET /v0/order\"",
        &[
            "! deprecations.orders.op:GET /v0/orders: a record -> none (-)",
            "deprecations.orders.op:GET /v0/order: none -> a record (20)",
        ],
    ),
];
