//! The terminal report.

use super::{expect, made};
use contract::report::{Look, Report, Verbosity, text};
use made::Pair;

fn told(report: &Report<'_>, look: Look) -> String {
    let mut out = Vec::new();
    text(report, look, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn a_failing_run_is_told_block_by_block() {
    let pair = Pair::payments();
    let mut compared = pair.compared(pair.findings());
    compared.complaints = pair.complaints();
    let report = made::report(vec![compared]);
    let look = Look::default();
    expect("failing.txt", &told(&report, look));
    let verbose = Look {
        verbosity: Verbosity::Verbose,
        ..look
    };
    expect("failing-v.txt", &told(&report, verbose));
    expect("failing-color.txt", &told(&report, Look { color: true, ..look }));
    expect("failing-ascii.txt", &told(&report, Look { unicode: false, ..look }));
}
