//! What consumers read.

use super::lines;
use crate::probe::{
    check::{Answer, used},
    fixture::response,
    workflow::Read,
};

fn told(status: u16, body: &str, reads: &[(&str, &str)]) -> Vec<String> {
    let reads: Vec<Read> = reads
        .iter()
        .map(|(status, path)| Read {
            consumer: "web".to_owned(),
            status: (*status).to_owned(),
            path: (*path).to_owned(),
        })
        .collect();
    lines(&used(
        &reads,
        &Answer::new(&response(status, &[("ETag", "1")], body)),
    ))
}

#[test]
fn what_a_consumer_reads_is_looked_for_where_it_says() {
    let body = r#"{"data":[{"sku":"a"},{"sku":"b","a b":1}],"map":{"k":{"v":1}},"none":[]}"#;
    let there = |path: &str| format!("pass usage-read: `{path}`, which web reads, is there");
    let paths = [
        ".data[].sku",
        ".data[].\"a b\"",
        ".data[0].sku",
        ".map{}.v",
        ".data/**",
        ".map|card.k.v",
    ];
    let reads: Vec<(&str, &str)> = paths.iter().map(|path| ("2xx", *path)).collect();
    assert_eq!(told(200, body, &reads), paths.map(there));
    assert_eq!(
        told(
            200,
            body,
            &[
                ("200", ".data[].gone"),
                ("default", ".none[].x"),
                ("404", ".code"),
                ("200", "header:etag"),
                ("200", "header:X-Old"),
                ("200", ".data.sku")
            ]
        ),
        [
            "warn usage-read: web reads `.data[].gone`, and it is not in this answer",
            "skipped usage-read: a list is empty, so `.none[].x` was not seen",
            "pass usage-read header:etag: `header:etag`, which web reads, is there",
            "warn usage-read header:x-old: web reads `header:X-Old`, and it is not in this answer",
            "warn usage-read: web reads `.data.sku`, and it is not in this answer",
        ]
    );
}
