//! The terminal report.

use super::{expect, made};
use contract::{
    judge::{Mark, Reach},
    report::{Look, Report, Verbosity, text},
    spec::FileId,
    variance::Verdict,
};
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
    expect(
        "failing-color.txt",
        &told(
            &report,
            Look {
                color: true,
                ..look
            },
        ),
    );
    expect(
        "failing-ascii.txt",
        &told(
            &report,
            Look {
                unicode: false,
                ..look
            },
        ),
    );
}

#[test]
fn a_clean_run_is_one_line() {
    let pair = Pair::payments();
    let none = made::report(vec![pair.compared(Vec::new())]);
    assert_eq!(told(&none, Look::default()), "ok: payments  no changes\n");
    let findings = pair.findings().split_off(5);
    let mild = made::report(vec![pair.compared(findings)]);
    let line = "ok: payments  1 additive, 1 neutral, 0 breaking\n";
    assert_eq!(told(&mild, Look::default()), line);
    let quiet = Look {
        verbosity: Verbosity::Quiet,
        ..Look::default()
    };
    let failing = made::report(vec![pair.compared(pair.findings())]);
    assert_eq!(
        told(&failing, quiet),
        "blocked: 3 breaking, 1 undecided; 1 risky, 1 additive, 1 neutral\n"
    );
    let mut lenient = made::report(vec![pair.compared(pair.findings())]);
    lenient.fail_on = None;
    let line = "ok: payments  3 breaking, 1 undecided, let through by --fail-on; 1 risky,\n    1 additive, 1 neutral\n";
    assert_eq!(told(&lenient, quiet), line);
}

#[test]
fn several_contracts_have_a_title_each() {
    let pair = Pair::payments();
    let mut first = pair.compared(pair.findings().split_off(4));
    first.contract = String::new();
    let mut gone = pair.compared(pair.findings().into_iter().take(1).collect());
    gone.new = None;
    let clean = pair.compared(Vec::new());
    let report = made::report(vec![first, gone, clean]);
    expect("several.txt", &told(&report, Look::default()));
}

#[test]
fn after_fifty_blocks_a_line_each() {
    let pair = Pair::payments();
    let one = |_| pair.findings().swap_remove(1);
    let report = made::report(vec![pair.compared((0..60).map(one).collect())]);
    let text = told(&report, Look::default());
    assert_eq!(text.matches("error[schema-enum-value-removed]").count(), 50);
    assert_eq!(
        text.matches("  schema-enum-value-removed: `currency`")
            .count(),
        10
    );
    assert!(text.contains("the other errors, a line each (-v or --format json tells them all"));
    let verbose = Look {
        verbosity: Verbosity::Verbose,
        ..Look::default()
    };
    let all = told(&report, verbose);
    assert_eq!(all.matches("error[schema-enum-value-removed]").count(), 60);
}

#[test]
fn every_line_fits_and_ascii_is_ascii() {
    let pair = Pair::payments();
    let report = made::report(vec![pair.compared(pair.findings())]);
    for width in [60, 80, 100] {
        for unicode in [false, true] {
            let look = Look {
                width,
                unicode,
                verbosity: Verbosity::Verbose,
                ..Look::default()
            };
            let text = told(&report, look);
            assert!(unicode || text.is_ascii());
            for line in text.lines() {
                let fits = line.chars().count() <= width;
                // An id is never cut.
                let id = line.split_whitespace().any(|word| word.len() > width / 2);
                assert!(fits || id, "{width}: {line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }
}

#[test]
fn colours_say_nothing_of_their_own() {
    let pair = Pair::payments();
    let report = made::report(vec![pair.compared(pair.findings())]);
    for verbosity in [Verbosity::Normal, Verbosity::Full] {
        let look = Look {
            verbosity,
            ..Look::default()
        };
        let colored = told(
            &report,
            Look {
                color: true,
                ..look
            },
        );
        let mut plain = String::new();
        for (number, piece) in colored.split("\x1b[").enumerate() {
            let rest = piece.split_once('m').map_or(piece, |(_, rest)| rest);
            plain.push_str(if number == 0 { piece } else { rest });
        }
        assert_eq!(plain, told(&report, look));
    }
}

#[test]
fn nothing_in_a_contract_steers_the_terminal() {
    let evil = "a\u{202e}b\u{9b}31mc\u{200b} and\n more";
    let text = "\
openapi: 3.1.0
info: {title: x, version: '1'}
paths: {}
components: {schemas: {A: {enum: [\"a\u{202e}b\u{200b}c\"]}}}
";
    let pair = Pair::of(text, text);
    let mut finding = made::finding(
        &made::ENUM,
        Verdict::Breaking,
        Reach::None,
        evil,
        "op:\u{1b}[2J",
    );
    finding.old = made::mark(&pair.old, "enum:", "}");
    finding.new = made::mark(&pair.new, "[\"a", "}");
    finding.before = Some("\"\u{202e}\"".to_owned());
    finding.after = Some("\"\\u001b[31m\"".to_owned());
    finding.sites = made::sites("op:\u{1b}[2J", vec!["GET /\u{7}".to_owned()]);
    let report = made::report(vec![pair.compared(vec![finding])]);
    let look = Look {
        verbosity: Verbosity::Full,
        ..Look::default()
    };
    let text = told(&report, look);
    let steers = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}".contains(c);
    assert!(!text.contains(steers), "{text:?}");
    assert!(text.contains("a\\u{202e}b\\u{200b}c"), "{text}");
    assert!(
        told(
            &report,
            Look {
                unicode: false,
                ..look
            }
        )
        .is_ascii()
    );
}

#[test]
fn one_long_line_is_cut_around_what_matters() {
    let schemas: Vec<String> = (0..40_000)
        .map(|n| {
            format!(
                "\"Schema{n:05}\":{{\"description\":\"{}\",\"type\":\"integer\",\"maximum\":{n}}}",
                "x".repeat(250)
            )
        })
        .collect();
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"Long\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{{}}}}}}}",
        schemas.join(",")
    );
    assert!(text.len() > 12_000_000);
    let pair = Pair::of(&text, &text);
    let mut from = 0;
    let mut mark = |value: &str| {
        from += text[from..].find(value).expect("it is there");
        let start = u32::try_from(from).expect("small");
        let end = start + u32::try_from(value.len()).expect("small");
        Some(Mark {
            file: FileId(0),
            start,
            end,
            absent: false,
        })
    };
    let findings = (0..1_000)
        .map(|n| {
            let mut finding = made::finding(
                &made::MINIMUM,
                Verdict::Breaking,
                Reach::None,
                "too long",
                "component:schemas/Schema",
            );
            finding.new = mark(&format!("\"maximum\":{}", n * 39));
            finding.old = mark(&format!("{}", n * 39));
            finding.before = Some("1".to_owned());
            finding
        })
        .collect();
    let report = made::report(vec![pair.compared(findings)]);
    let look = Look {
        verbosity: Verbosity::Verbose,
        ..Look::default()
    };
    let started = std::time::Instant::now();
    let text = told(&report, look);
    eprintln!("1,000 findings in 12 MB: {:?}", started.elapsed());
    let block: String = text
        .lines()
        .skip(14)
        .take(11)
        .fold(String::new(), |all, line| all + line + "\n");
    expect("long-line.txt", &block);
}

#[test]
fn an_empty_value_has_a_place_too() {
    let text = "openapi: 3.1.0\r\ninfo: {title: x, version: '1'}\r\npaths: {}\r\nx-empty:\r\n\r\n";
    let pair = Pair::of(text, text);
    let end = u32::try_from(text.len()).expect("small");
    let empty = u32::try_from(text.find("\r\n\r\n").expect("there")).expect("small");
    for (start, end) in [(empty, empty), (end, end), (0, end), (end, end + 9)] {
        let mark = Mark {
            file: FileId(0),
            start,
            end,
            absent: false,
        };
        let mut finding = made::finding(&made::ENUM, Verdict::Risky, Reach::None, "odd", "info");
        finding.new = Some(mark);
        let report = made::report(vec![pair.compared(vec![finding])]);
        let text = told(&report, Look::default());
        assert!(text.contains("new\n"), "{text}");
        assert!(text.contains("--> api/payments.yaml:"), "{text}");
    }
}
