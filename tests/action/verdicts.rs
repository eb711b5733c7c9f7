//! What a run makes of exit codes, arguments, and reports; and that nothing but a verdict passes.

use crate::{fixture::Forge, job::Outcome};
use std::fs;

fn ran(outcome: &Outcome) -> Vec<&str> {
    let ran = outcome.ran.iter();
    ran.map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_refusal_leaves_outputs_a_summary_annotations_and_every_report() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    let outcome = job.run();
    outcome.is(1, "fail", "1");
    let folder = job.path("temp/contract-report");
    let expected = [
        ("additive", "0"),
        ("breaking", "1"),
        ("exit-code", "1"),
        ("missing-sign-offs", ""),
        ("path", env!("CARGO_BIN_EXE_contract")),
        ("report-dir", &folder),
        ("risky", "0"),
        ("sarif-file", &format!("{folder}/report.sarif")),
        ("status", "fail"),
    ];
    let outputs = outcome.outputs.iter();
    let outputs: Vec<_> = outputs.map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(outputs, expected);
    for report in ["report.json", "report.sarif", "report.md", "junit.xml"] {
        let report = fs::read_to_string(format!("{folder}/{report}")).expect("it was written");
        assert!(report.contains("property-removed"), "{report}");
    }
    let markdown = fs::read_to_string(format!("{folder}/report.md")).expect("written");
    assert_eq!(outcome.summary, markdown);
    let annotations = |outcome: &Outcome| outcome.log.matches("::error file=").count();
    assert_eq!(annotations(&outcome), 1, "{}", outcome.log);
    let all = [
        "Look at the inputs",
        "Build contract",
        "Find the base",
        "Run contract",
        "Verdict",
    ];
    assert_eq!(ran(&outcome), all);

    job.input("annotations", "false")
        .input("summary", "false")
        .input("report-dir", "out");
    let outcome = job.run();
    outcome.is(1, "fail", "1");
    assert_eq!(outcome.summary, "");
    assert_eq!(annotations(&outcome), 0, "{}", outcome.log);
    let folder = clone.path.join("out");
    assert_eq!(outcome.output("report-dir"), folder.to_string_lossy());

    // The same break, and nothing that is loud enough.
    job.input("fail-on", "never").run().is(0, "pass", "0");
}

#[test]
fn what_cannot_be_completed_is_an_error_and_leaves_no_report_of_an_earlier_run() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    job.run().is(1, "fail", "1");
    // The outputs of an earlier run lie there still.
    for (script, code, job_code) in [
        ("exit 3", "3", 3),
        ("exit 2", "2", 2),
        ("exit 101", "101", 3),
        ("kill -ABRT $$", "134", 3),
        ("kill -KILL $$", "137", 3),
    ] {
        job.contract(script).input("sarif", "true");
        let outcome = job.run();
        outcome.is(job_code, "error", code);
        let why = format!("contract has no verdict (exit code {code}); the reason is in the log");
        assert_eq!(outcome.said(), [why]);
        assert_eq!(outcome.output("report-dir"), "");
        assert!(outcome.used.is_empty(), "nothing is uploaded");
        let left = fs::read_dir(job.path("temp/contract-report")).expect("a folder");
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn an_exit_code_without_a_verdict_is_an_error() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    for (script, code) in [
        ("exit 0", 0),
        ("exit 1", 1),
        ("echo status=fail >> \"$GITHUB_OUTPUT\"", 0),
        ("echo status=pass >> \"$GITHUB_OUTPUT\"; exit 1", 1),
    ] {
        let mut job = forge.pull_request(&clone);
        job.contract(script);
        let outcome = job.run();
        outcome.is(3, "error", "3");
        let why = format!("contract ended with {code}, and without a verdict");
        assert_eq!(outcome.said()[0], why);
    }
    // The real one, talked into something else than a check.
    let mut job = forge.pull_request(&clone);
    job.input("extra-args", "--help");
    job.run().is(3, "error", "3");
}

#[test]
fn a_contract_that_cannot_be_read_is_an_error_even_when_all_others_pass() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    fs::write(
        clone.path.join("contracts/orders.yaml"),
        "openapi: 3.1.0\npaths: [",
    )
    .expect("ours");
    let job = forge.pull_request(&clone);
    job.run().is(2, "error", "2");
}

#[test]
fn arguments_are_passed_line_by_line_and_nothing_in_them_runs() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    let hostile =
        "--today\n2026-11-20\r\n\n$(touch pwned)\n`touch pwned`\n; touch pwned\n\"a b\" 'c'\n*\n-e";
    job.contract("exit 3")
        .input("extra-args", hostile)
        .input("report-dir", "a b; touch pwned")
        .input("fail-on", "warning")
        .input("annotations", "false")
        .input("summary", "false");
    job.run().is(3, "error", "3");
    let folder = clone.path.join("a b; touch pwned");
    let expected = [
        "check",
        "--ci=github",
        &format!("--report-dir={}", folder.display()),
        "--fail-on=warning",
        &format!("--base={}", forge.main),
        "--ci-skip=annotations",
        "--ci-skip=summary",
        "--today",
        "2026-11-20",
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        "\"a b\" 'c'",
        "*",
        "-e",
    ];
    assert_eq!(job.log(), expected);
    assert!(!clone.path.join("pwned").exists());
}

#[test]
fn folders_of_windows_are_whole_paths() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    for folder in [r"D:\a b\reports", "D:/a/reports"] {
        let mut job = forge.pull_request(&clone);
        job.contract("exit 3").input("report-dir", folder);
        job.run().is(3, "error", "3");
        assert_eq!(job.log()[2], format!("--report-dir={folder}"));
    }
    let mut job = forge.pull_request(&clone);
    job.contract("exit 3").env("RUNNER_TEMP", r"D:\a\_temp");
    job.run().is(3, "error", "3");
    assert_eq!(job.log()[2], r"--report-dir=D:\a\_temp/contract-report");
}

#[test]
fn a_probe_has_no_base_and_its_exit_codes_are_its_verdict() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1));
    for (code, status, job_code) in [
        (0, "pass", 0),
        (1, "fail", 1),
        (2, "error", 2),
        (3, "error", 3),
        (4, "error", 4),
        (134, "error", 3),
    ] {
        let mut job = forge.pull_request(&clone);
        job.contract(&format!("exit {code}"))
            .input("command", "probe")
            .input("extra-args", "--environment\nsandbox\n--allow-writes");
        let outcome = job.run();
        outcome.is(job_code, status, &code.to_string());
        assert_eq!(
            job.log(),
            ["probe", "run", "--environment", "sandbox", "--allow-writes"]
        );
        let all = [
            "Look at the inputs",
            "Build contract",
            "Run contract",
            "Verdict",
        ];
        assert_eq!(ran(&outcome), all);
    }
}

#[test]
fn code_scanning_is_told_only_where_it_listens() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let fork = ("event.pull_request.head.repo.full_name", "mallory/shop");
    let deleted = ("event.pull_request.head.repo.full_name", "");
    let bot = ("event.pull_request.user.login", "dependabot[bot]");
    let ours = ("repository", "acme/shop");
    for (sarif, github, uploads) in [
        ("false", ours, false),
        ("auto", ours, true),
        ("auto", fork, false),
        ("auto", deleted, false),
        ("auto", bot, false),
        ("true", ours, true),
        ("true", fork, true),
    ] {
        let mut job = forge.pull_request(&clone);
        job.input("sarif", sarif).github(github.0, github.1);
        let outcome = job.run();
        outcome.is(1, "fail", "1");
        let sarif = outcome.output("sarif-file").to_owned();
        let given = [("category", "contract".to_owned()), ("sarif_file", sarif)];
        let given = given.map(|(name, value)| (name.to_owned(), value));
        let expected = if uploads {
            vec![given.into_iter().collect()]
        } else {
            Vec::new()
        };
        assert_eq!(outcome.used, expected, "{github:?}");
    }
}
