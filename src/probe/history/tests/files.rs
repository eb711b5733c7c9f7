//! The file: lines that are added, read, and refused.

use super::{day, history, key, run, shape};
use crate::probe::{
    check::Verdict,
    history::{Fault, History, Pin, Seen},
};
use proptest::prelude::*;

#[test]
fn a_history_reads_back_as_it_is_written() {
    let mut whole = history();
    whole
        .pins
        .push(Pin::new("r2", day(5), "ana@shop.example", "the release"));
    let text = whole.text();
    let read = History::read(text.as_bytes()).unwrap();
    assert_eq!(read.text(), text);
    assert_eq!(read.runs, whole.runs);
    assert_eq!(read.pins, whole.pins);
    assert_eq!(History::read(b""), Ok(History::default()));
}

#[test]
fn a_line_is_all_that_a_run_needs() {
    let expected = r#"{"schema":"contract.run/v1","run":"r1","date":"2026-11-02","verdict":"pass","operations":[{"contract":"pay","operation":"op:GET /a","verdict":"pass"}],"drifts":[]}
{"schema":"contract.shape/v1","from":"2026-11-02","to":"2026-11-02","runs":["r1"],"clean":true,"shape":{"of":{"contract":"pay","operation":"op:GET /a","status":200,"media":"application/json"},"samples":2,"bodies":2,"contracts":{},"headers":{},"latency":{"1":2},"declared":{"":{"seen":2,"types":{"object":2}},".id":{"seen":1,"types":{"string":1}}}}}
"#;
    let seen = vec![Seen::new("r1", day(2), true, shape("op:GET /a", 2, 1, 2))];
    let text = History::append(b"", run("r1", day(2), Verdict::Pass, &[]), seen).unwrap();
    assert_eq!(text, expected);
    // What is there stays as it is.
    let seen = vec![Seen::new("r0", day(1), true, shape("op:GET /a", 2, 1, 2))];
    let more =
        History::append(text.as_bytes(), run("r0", day(1), Verdict::Pass, &[]), seen).unwrap();
    assert!(more.starts_with(&text) && more.len() > text.len());
    let pin = |run: &str| History::pin(more.as_bytes(), Pin::new(run, day(3), "ana", "good"));
    assert_eq!(
        pin("r1").unwrap()[more.len()..],
        *"{\"schema\":\"contract.baseline/v1\",\"run\":\"r1\",\"date\":\"2026-11-03\",\"who\":\"ana\",\"reason\":\"good\"}\n"
    );
    let told =
        |faults: Vec<Fault>| -> Vec<String> { faults.iter().map(Fault::to_string).collect() };
    assert_eq!(
        told(pin("r7").unwrap_err()),
        ["5:0: the baseline `r7` is no run of this history"]
    );
    let again = History::append(
        more.as_bytes(),
        run("r1", day(2), Verdict::Pass, &[]),
        Vec::new(),
    );
    assert_eq!(
        told(again.unwrap_err()),
        ["5:0: the run `r1` is there twice"]
    );
}

#[test]
fn nothing_is_passed_over() {
    let seen = |run: &str| Seen::new(run, day(2), true, shape("op:GET /a", 1, 1, 2));
    let text =
        History::append(b"", run("r1", day(2), Verdict::Pass, &[]), vec![seen("r1")]).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let (about, looks) = (lines[0], lines[1]);
    let table = [
        (format!("{about}\n\n{looks}\n"), "2:1: an empty line"),
        (
            format!("{about}\n<<<<<<< HEAD\n"),
            "2:1: a marker of a merge conflict",
        ),
        (
            format!("{about}\n{}", &looks[..40]),
            "2:40: EOF while parsing a string",
        ),
        (
            about.replace("\"run\":", "\"rum\":"),
            "1:33: unknown field `rum`, expected one of `schema`, `run`, `date`, `verdict`, `operations`, `drifts`",
        ),
        (
            about.replace("/v1", "/v2"),
            "1:0: `contract.run/v2` is a line that this program does not know",
        ),
        (
            looks.replace("\"from\":\"2026-11-02\"", "\"from\":\"2026-11-03\""),
            "1:0: `from` (2026-11-03) lies after `to` (2026-11-02)",
        ),
        (looks.replace("[\"r1\"]", "[]"), "1:0: `runs` names no run"),
        (
            looks.replace("{\"1\":1}", "{\"99\":1}"),
            "1:0: `latency` has a bucket that there is not",
        ),
        (
            format!("{looks}\n{looks}"),
            "2:0: the run `r1` has `op:GET /a > resp:200 > media:application/json` twice",
        ),
        (looks.replace("\".id\"", "\"id\""), "1:312: `id` is no path"),
    ];
    for (text, expected) in table {
        let faults = History::read(text.as_bytes()).unwrap_err();
        let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(told, [expected], "{text}");
    }
    assert_eq!(History::read(b"\xff\n").unwrap_err().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn weeks_add_up_in_any_order(days in prop::collection::vec((1_i8..29, any::<bool>(), 1_u64..5), 1..12), turn in 0_usize..12) {
        let seen = days.iter().enumerate().map(|(index, (of, clean, samples))| {
            let operation = if index % 3 == 0 { "op:GET /b" } else { "op:GET /a" };
            Seen::new(&format!("r{index}"), day(*of), *clean, shape(operation, *samples, 1, 3))
        });
        let seen: Vec<Seen> = seen.collect();
        let mut turned = seen.clone();
        turned.rotate_left(turn % seen.len());
        let of = |seen: Vec<Seen>| History { seen, ..History::default() };
        let merged = of(seen.clone()).merged(day(20));
        prop_assert_eq!(of(turned).merged(day(20)).text(), merged.text());
        // In two goes, and once more.
        let later = of(seen.clone()).merged(day(10)).merged(day(20));
        prop_assert_eq!(later.text(), merged.text());
        prop_assert_eq!(merged.clone().merged(day(20)).text(), merged.text());
        // No answer is lost.
        let samples = |history: &History| -> u64 {
            let of_key = history.seen.iter().filter(|seen| seen.shape.of == key("op:GET /a"));
            of_key.map(|seen| seen.shape.samples).sum()
        };
        prop_assert_eq!(samples(&merged), samples(&of(seen)));
        prop_assert_eq!(History::read(merged.text().as_bytes()).unwrap().text(), merged.text());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
        let _ = History::read(&bytes);
        let _ = History::read(text.as_bytes());
    }
}
