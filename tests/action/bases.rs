//! What a change is compared with, in every kind of clone and for every event.

use crate::{
    fixture::{Clone, Forge},
    job::{Job, Outcome},
};
use std::fs;

/// The one breaking change of the pull request, and nothing of what others merged since it was opened.
#[track_caller]
fn only_its_own(outcome: &Outcome) {
    outcome.is(1, "fail", "1");
    assert_eq!(outcome.output("breaking"), "1", "{}", outcome.log);
}

/// Both breaking changes.
#[track_caller]
fn since_it_was_opened(outcome: &Outcome) {
    outcome.is(1, "fail", "1");
    assert_eq!(outcome.output("breaking"), "2", "{}", outcome.log);
}

#[track_caller]
fn refused(outcome: &Outcome, why: &str) {
    assert_eq!(outcome.said(), [why], "{}", outcome.log);
    outcome.is(3, "", "");
}

#[test]
fn a_merge_commit_with_its_parents_is_compared_with_the_first_one() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2)).fresh();
    only_its_own(&forge.pull_request(&clone).run());
    assert_eq!(clone.fetched(), None, "nothing had to be fetched");
}

#[test]
fn a_merge_commit_without_its_parents_fetches_the_first_one_alone() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1)).fresh();
    assert_eq!(clone.commits(), 1);
    only_its_own(&forge.pull_request(&clone).run());
    assert_eq!(clone.fetched().as_ref(), Some(&forge.main));
    assert!(clone.is_shallow());
}

#[test]
fn a_whole_clone_stays_whole() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.branch, None).fresh();
    let commits = clone.commits();
    let mut job = forge.pull_request(&clone);
    // The branch is checked out, and not the merge: the base is what the input says, and has to be fetched.
    job.input("base", "main");
    job.run().is(1, "fail", "1");
    assert_eq!(clone.fetched().as_ref(), Some(&forge.main));
    assert!(!clone.is_shallow());
    assert_eq!(clone.commits(), commits);
    clone.git(&["merge-base", "HEAD", &forge.main]);
}

#[test]
fn a_branch_that_ends_in_a_merge_is_not_taken_for_the_merge_of_the_pull_request() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.branch, None);
    clone.git(&["fetch", "--quiet", "origin", &forge.main]);
    clone.git(&["merge", "--quiet", "--no-edit", &forge.main]);
    since_it_was_opened(&forge.pull_request(&clone).run());
}

#[test]
fn a_merge_queue_is_compared_with_the_base_of_the_group() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1)).fresh();
    let mut job = Job::new(&clone.path);
    job.github("event_name", "merge_group")
        .github("ref", "refs/heads/gh-readonly-queue/main/pr-1-0000")
        .github("sha", &forge.merge)
        .github("event.merge_group.base_sha", &forge.main);
    only_its_own(&job.run());
    assert_eq!(clone.fetched().as_ref(), Some(&forge.main));
}

#[test]
fn a_push_is_compared_with_what_was_there_before() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1)).fresh();
    let mut job = Job::new(&clone.path);
    job.github("sha", &forge.merge)
        .github("event.before", &forge.opened_on);
    since_it_was_opened(&job.run());
}

#[test]
fn without_anything_to_compare_with_there_is_no_verdict() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1));
    for before in ["", "0000000000000000000000000000000000000000", "main"] {
        let mut job = Job::new(&clone.path);
        job.github("sha", &forge.merge)
            .github("event.before", before);
        refused(
            &job.run(),
            "the event push has no base; set the input 'base'",
        );
    }
}

#[test]
fn the_base_is_never_compared_with_itself() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.main, Some(1));
    let mut job = forge.pull_request(&clone);
    job.github("event_name", "pull_request_target")
        .github("ref", "refs/heads/main")
        .github("sha", &forge.main)
        .github("event.pull_request.base.sha", &forge.main);
    refused(
        &job.run(),
        "what is checked out is the base itself, so nothing was compared; check out what the event pull_request_target is about",
    );
}

#[test]
fn a_base_that_is_gone_is_no_verdict() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1));
    let mut job = forge.pull_request(&clone);
    job.input("base", "gone");
    refused(
        &job.run(),
        "the base cannot be fetched, for the reason above",
    );
}

#[test]
fn a_folder_of_the_pull_request_cannot_pass_for_the_base() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    // The very contracts of the pull request, under the name of the commit that it is compared with.
    let planted = clone.path.join(&forge.main);
    fs::create_dir(&planted).expect("a new folder");
    let why = format!("there is a file with the name of the base, {}", forge.main);
    refused(&forge.pull_request(&clone).run(), &why);
    fs::remove_dir(planted).expect("it was there");
    // A name that the workflow gives is a branch, whatever folders there are.
    fs::create_dir(clone.path.join("main")).expect("a new folder");
    let mut job = forge.pull_request(&clone);
    job.input("base", "main");
    only_its_own(&job.run());
}

#[test]
fn a_repository_in_the_tree_does_not_bring_its_settings() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    clone.git(&["init", "--quiet", "--bare", "planted"]);
    let mut job = forge.pull_request(&clone);
    job.input("working-directory", "planted");
    refused(
        &job.run(),
        "there is no repository here that git wants to read; run actions/checkout before",
    );
}

#[test]
fn a_folder_is_written_as_one() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.branch, Some(1));
    clone.git(&["fetch", "--quiet", "origin", &forge.opened_on]);
    let published = tempfile::tempdir().expect("a temporary folder");
    let contract = "contracts/orders.yaml";
    fs::create_dir(published.path().join("contracts")).expect("a new folder");
    fs::copy(clone.path.join(contract), published.path().join(contract)).expect("readable");
    let mut job = Job::new(&clone.path);
    job.input("base", &published.path().to_string_lossy())
        .input("extra-args", contract);
    job.run().is(0, "pass", "0");
    job.input("base", "./published");
    refused(&job.run(), "the base is a folder that is not there");
}

#[test]
fn a_base_is_a_name_and_nothing_else() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(2));
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        "--upload-pack=touch pwned",
        "-q",
        "+refs/heads/*:refs/heads/*",
        "refs/heads/main:refs/heads/pwned",
        "main\n::error::pwned",
        "main\nbase=pwned",
    ];
    for base in hostile {
        let mut job = forge.pull_request(&clone);
        job.input("base", base);
        refused(
            &job.run(),
            "the base is not a commit of this clone, and has no name that can be fetched",
        );
        untouched(&clone);
    }
}

fn untouched(clone: &Clone) {
    assert!(!clone.path.join("pwned").exists());
}

#[test]
fn the_token_goes_to_the_forge_and_into_no_argument() {
    let forge = Forge::new();
    let clone = forge.clone(&forge.merge, Some(1));
    let mut job = forge.pull_request(&clone);
    // git as it is, but it tells what it was given.
    let git = "printf '%s\\n' \"$*\" >> \"$HOME/log\"\n\
               if [[ $* == *fetch* ]]; then env | grep ^GIT_CONFIG_ | sort >> \"$HOME/log\"; fi\n\
               PATH=\"${PATH#*:}\" exec git \"$@\"";
    job.stub("git", git)
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "safe.directory")
        .env("GIT_CONFIG_VALUE_0", "*");
    let outcome = job.run();
    only_its_own(&outcome);
    let log = job.log();
    // x-access-token:s3cr3t
    let login = "eC1hY2Nlc3MtdG9rZW46czNjcjN0";
    let settings: Vec<&String> = log
        .iter()
        .filter(|line| line.starts_with("GIT_CONFIG_"))
        .collect();
    let header = format!("GIT_CONFIG_VALUE_1=AUTHORIZATION: basic {login}");
    assert_eq!(
        settings,
        [
            "GIT_CONFIG_COUNT=2",
            "GIT_CONFIG_KEY_0=safe.directory",
            "GIT_CONFIG_KEY_1=http.https://github.example/.extraheader",
            "GIT_CONFIG_NOSYSTEM=1",
            "GIT_CONFIG_VALUE_0=*",
            &header,
        ]
    );
    let told = |line: &&String| line.contains(login) || line.contains("s3cr3t");
    assert_eq!(log.iter().filter(told).count(), 1, "{log:#?}");
    assert!(outcome.log.contains(&format!("::add-mask::{login}\n")));
    let settings = fs::read_to_string(clone.path.join(".git/config")).expect("readable");
    assert!(!settings.contains(login));
}
