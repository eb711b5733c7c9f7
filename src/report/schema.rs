//! The JSON Schema of the JSON report.

/// JSON Schema 2020-12 of what [`json`](super::json()) and [`transitive_json`](super::transitive_json) write.
#[must_use]
pub const fn report_schema() -> &'static str {
    include_str!("report.schema.json")
}
