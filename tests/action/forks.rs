//! The workflow that asks for sign-offs on pull requests from forks: nothing of what the fork says is taken at its word.

use crate::{
    definition::{read, yaml},
    job::{Job, Outcome},
};
use serde_json::{Value, json};
use std::{fs, process::Command};

const REPORT: &str = "https://github.example/acme/shop/actions/runs/7";
const CHANGE: &str = "cf1:889354af8d07c8d2ff5dca1938683a6592e69b5e";

/// Runs the step on a report that the fork's run left; `found` is the comment that is there already.
fn asks(report: &Value, found: &str) -> Option<(Job, Outcome)> {
    if Command::new("jq").arg("--version").output().is_err() {
        eprintln!("skipped: jq is not installed");
        return None;
    }
    let workflow = yaml("workflow", &read("examples/workflows/sign-off-request.yml"));
    let step = &workflow["jobs"]["ask"]["steps"][0];
    let mut job = Job::new(&std::env::temp_dir());
    fs::write(job.path("left.json"), report.to_string()).expect("ours");
    let gh = format!(
        "printf '%s\\n' \"$*\" >> \"$HOME/log\"\n\
         for argument in \"$@\"; do if [[ $argument == body=@* ]]; then cp \"${{argument#body=@}}\" \"$HOME/body\"; fi; done\n\
         case \"$*\" in\n\
         *--paginate*) printf '{found}' ;;\n\
         *'--method GET'*) echo 5 ;;\n\
         'run download'*) mkdir -p \"${{!#}}\"; cp \"$HOME/left.json\" \"${{!#}}/report.json\" ;;\n\
         esac"
    );
    job.stub("gh", &gh);
    let run = "github.event.workflow_run";
    let known = [
        ("github.token", "s3cr3t"),
        (&*format!("{run}.id"), "7"),
        (&*format!("{run}.html_url"), REPORT),
        (&*format!("{run}.head_sha"), "0123abc"),
        (&*format!("{run}.head_repository.owner.login"), "mallory"),
        (&*format!("{run}.head_branch"), "$(touch pwned)"),
    ];
    let outcome = job.run_step(step, &known);
    assert_eq!(outcome.code, 0, "{}", outcome.log);
    assert_eq!(
        job.log()[0],
        "api --method GET repos/acme/shop/pulls --field state=open --raw-field head=mallory:$(touch pwned) --jq [.[] | \
         select(.head.sha == env.HEAD_SHA) | .number][0] // empty"
    );
    Some((job, outcome))
}

fn change(fingerprint: &str, who: &str, status: &str) -> Value {
    json!({"fingerprint": fingerprint, "message": "@everyone", "obligations": [
        {"kind": "window", "who": "orders", "status": "missing"},
        {"kind": "signoff", "who": who, "status": status},
    ]})
}

#[test]
fn missing_sign_offs_are_asked_for_with_the_command() {
    let report = json!({"changes": [
        change(CHANGE, "mobile-app", "missing"),
        change(CHANGE, "mobile-app", "missing"),
        change(CHANGE, "web", "met"),
    ]});
    let Some((job, _)) = asks(&report, "") else {
        return;
    };
    let body = fs::read_to_string(job.path("body")).expect("it was posted");
    let expected = format!(
        "<!-- contract sign-offs -->\n### Sign-offs are missing\n\n- [ ] `mobile-app`: `contract signoff add --base origin/main \
         --consumer mobile-app --change {CHANGE}`\n\nThe [report]({REPORT}) has the changes.\n"
    );
    assert_eq!(body, expected);
    assert!(job.log()[3].starts_with("api --method POST repos/acme/shop/issues/5/comments "));
}

#[test]
fn a_forged_report_puts_no_text_into_the_comment() {
    let hostile = [
        change(CHANGE, "@acme/admins please merge", "missing"),
        change(CHANGE, "a`b", "missing"),
        change(CHANGE, "a\nb", "missing"),
        change("cf1:x](https://evil.example)", "web", "missing"),
        json!({"fingerprint": CHANGE, "obligations": [{"kind": "signoff", "who": "web\n", "status": "x"}]}),
    ];
    let Some((job, _)) = asks(&json!({"changes": hostile}), "42\\n43\\n") else {
        return;
    };
    let body = fs::read_to_string(job.path("body")).expect("it was posted");
    let expected = format!(
        "<!-- contract sign-offs -->\n### No sign-off is missing\n\nThe [report]({REPORT}) has the changes.\n"
    );
    assert_eq!(body, expected);
    assert!(job.log()[3].starts_with("api --method PATCH repos/acme/shop/issues/comments/42 "));
}

#[test]
fn a_pull_request_that_was_fine_all_along_is_left_alone() {
    let Some((job, _)) = asks(&json!({"changes": []}), "") else {
        return;
    };
    assert_eq!(job.log().len(), 3);
}
