//! The comment on a pull request: one, kept up to date, and never where it is not allowed.

use crate::{fixture::Forge, job::Job};
use std::fs;

/// gh with so many comments of ours, which writes down what it is asked and what it is to post.
fn gh(found: &str) -> String {
    format!(
        "printf '%s\\n' \"$*\" >> \"$HOME/log\"\n\
         for argument in \"$@\"; do if [[ $argument == body=@* ]]; then cp \"${{argument#body=@}}\" \"$HOME/body\"; fi; done\n\
         if [[ $* == *--paginate* ]]; then printf '{found}'; fi"
    )
}

const LIST: &str = "api --paginate repos/acme/shop/issues/1/comments --jq .[] | select(.user.type == \"Bot\") | \
                    select(.body | startswith(env.CONTRACT_MARKER)) | .id";

fn body(job: &Job) -> String {
    fs::read_to_string(job.path("body")).expect("something was posted")
}

#[test]
fn a_refusal_is_told_once_and_then_kept_up_to_date() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    job.input("comment", "true").stub("gh", &gh(""));
    job.run().is(1, "fail", "1");
    let field = |job: &Job| format!("--field body=@{}", job.path("temp/contract-comment.md"));
    let post = format!(
        "api --method POST repos/acme/shop/issues/1/comments {}",
        field(&job)
    );
    assert_eq!(job.log(), [LIST, &post]);
    let report = fs::read_to_string(job.path("temp/contract-report/report.md")).expect("written");
    assert_eq!(
        body(&job),
        format!("<!-- contract gate:check -->\n{report}")
    );

    // What was refused passes now, and the comment says so.
    let mut job = forge.pull_request(&clone);
    job.input("comment", "true")
        .input("fail-on", "never")
        .stub("gh", &gh("42\\n43\\n"));
    job.run().is(0, "pass", "0");
    let patch = format!(
        "api --method PATCH repos/acme/shop/issues/comments/42 {}",
        field(&job)
    );
    assert_eq!(job.log(), [LIST, &patch]);
}

#[test]
fn what_never_was_refused_has_no_comment() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    job.input("comment", "true")
        .input("fail-on", "never")
        .stub("gh", &gh(""));
    job.run().is(0, "pass", "0");
    assert_eq!(job.log(), [LIST]);
}

#[test]
fn forks_and_other_events_have_no_comment() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    for (name, value) in [
        ("event.pull_request.head.repo.full_name", "mallory/shop"),
        ("event.pull_request.head.repo.full_name", ""),
        ("event_name", "merge_group"),
    ] {
        let mut job = forge.pull_request(&clone);
        job.input("comment", "true")
            .stub("gh", &gh(""))
            .github(name, value);
        assert_eq!(job.run().code, 1);
        assert_eq!(job.log(), [""; 0]);
    }
}

#[test]
fn a_comment_that_is_not_allowed_changes_no_verdict() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let mut job = forge.pull_request(&clone);
    job.input("comment", "true").stub("gh", "exit 1");
    let outcome = job.run();
    outcome.is(1, "fail", "1");
    let why = "there is no comment (it needs the permission pull-requests: write); the report is in the summary";
    assert_eq!(outcome.said(), [why]);
}

#[test]
fn a_report_without_a_verdict_is_not_taken_for_one() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    fs::write(
        clone.path.join("contracts/orders.yaml"),
        "openapi: 3.1.0\npaths: [",
    )
    .expect("ours");
    let mut job = forge.pull_request(&clone);
    job.input("comment", "true").stub("gh", &gh(""));
    job.run().is(2, "error", "2");
    let report = fs::read_to_string(job.path("temp/contract-report/report.md")).expect("written");
    let expected = format!(
        "<!-- contract gate:check -->\n**There is no verdict**: the run ended with an error, which is in its log. \
         This is what could be compared.\n\n{report}"
    );
    assert_eq!(body(&job), expected);
}
