//! Who may say what about which change, and until when: every refusal.

use crate::{Repo, TODAY, common::governed::orders, removed, run};

fn refused(repo: &Repo, args: &str, error: &str) {
    let before = repo.files(".contract");
    let output = run(repo, args);
    assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args}");
    assert_eq!(output.stderr, error, "{args}");
    assert_eq!(repo.files(".contract"), before, "{args}");
}

#[test]
fn nothing_is_signed_that_is_not_asked_for() {
    let repo = removed();
    for (args, error) in [
        (
            "signoff add --consumer mobile-ap --all --reason x",
            "error: there is no consumer `mobile-ap`\n  help: did you mean `mobile-app`?\n",
        ),
        (
            "signoff add --consumer orders --all --reason x",
            "error: orders is not affected, so its word is not needed\n  help: the word of mobile-app is needed\n",
        ),
        (
            "signoff add --consumer mobile-app --all --contract order --reason x",
            "error: there is no contract `order`\n  help: did you mean `orders`?\n",
        ),
        (
            "signoff add --consumer mobile-app --change cf1:ffff --reason x",
            "error: no change asking mobile-app begins with `cf1:ffff`\n  \
             help: there are cf1:0a8c7794f218 (property-removed at .legacyTotal)\n",
        ),
        (
            "signoff add --consumer mobile-app --change cf1: --reason x",
            "error: `cf1:` is no beginning of a fingerprint\n  \
             help: copy it from the report: cf1: and small hexadecimal digits\n",
        ),
        (
            "signoff add --consumer mobile-app --all --reason x --approver sam@orders",
            "error: sam@orders does not decide for mobile-app\n  help: the base lets dana@mobile decide\n",
        ),
        (
            "signoff add --consumer mobile-app --all --reason x --expires 2026-11-30",
            "error: --expires 2026-11-30 is too late: the policy allows 180 days\n  \
             help: write a day up to 2026-11-29, or leave it out\n",
        ),
        (
            "signoff add --consumer mobile-app --all --reason x --expires 2026-06-01",
            "error: --expires 2026-06-01 is over: today is 2026-06-02\n  \
             help: write a day up to 2026-11-29, or leave it out\n",
        ),
        (
            "signoff add --consumer mobile-app --all --reason ~",
            "error: `reason` is empty\n  help: write the value, or remove the key\n",
        ),
        (
            "waiver add --kind previously-approved --all --reason x",
            "error: the base's policy does not allow waivers of the kind previously-approved\n  \
             help: it allows security, legal, spec-correction, never-shipped, benign\n",
        ),
        (
            "waiver add --kind legal --all --reason x --approver dana@mobile",
            "error: dana@mobile does not decide for governance\n  help: the base lets lee@governance decide\n",
        ),
        (
            "waiver add --kind legal --all --reason x --expires 2026-07-03",
            "error: --expires 2026-07-03 is too late: the policy allows 30 days\n  \
             help: write a day up to 2026-07-02, or leave it out\n",
        ),
    ] {
        refused(&repo, args, error);
    }
    run(&repo, "signoff add --consumer mobile-app --reason x").ends(2);
    run(&repo, "signoff add --all --reason x").ends(2);
    run(&repo, "waiver add --kind whim --all --reason x").ends(2);
}

#[test]
fn only_a_key_that_is_the_approver_s_signs() {
    let repo = removed();
    let key = |name: &str| crate::fixture_path(&format!("signatures/{name}"));
    let args = "signoff add --consumer mobile-app --all --reason x --sign";
    let run_it = "run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, which asks for it";
    for (name, error) in [
        (
            "pat",
            format!(
                "error: the key is protected by a passphrase\n  --> {}\n  \
                 help: {run_it}; leave --sign out to have that file written\n",
                key("pat")
            ),
        ),
        (
            "signoff.yaml",
            format!(
                "error: this is not a private key in the format of OpenSSH\n  --> {}\n  \
                 help: make one with `ssh-keygen -t ed25519`, or convert this one with `ssh-keygen -p -f KEY`\n",
                key("signoff.yaml")
            ),
        ),
        (
            "lee",
            "error: the key SHA256:Fa4SG4TWjUIMXkbH+uhmHVH3v1T4/8LlYjLaVPq3CaA is that of lee@governance, not of dana@mobile\n  \
             help: let the approver that the file names sign it, or name the one who did\n"
                .to_owned(),
        ),
    ] {
        refused(&repo, &format!("{args} KEY:{name}"), &error);
    }
    refused(
        &repo,
        &format!("{args} nowhere"),
        "error: this machine has no file `nowhere`\n  \
         help: check the spelling: upper and lower case differ, and paths in a commit start at its root\n",
    );
}

#[test]
fn without_a_signature_it_says_how_the_file_will_count() {
    let repo = removed();
    let said = run(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine",
    );
    said.ends(0);
    let end = "dana@mobile accepts this for mobile-app, until 2026-11-29: fine\n\
               wrote .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml\n\
               it does not count yet: it is neither signed nor on the base\n  \
               sign it with `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY FILE`, or land it first in a change of its own\n";
    assert_eq!(said.stdout.split_once("\n\n").expect("two blocks").1, end);
    // A second one stands beside it, and makes everything answered.
    run(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine --sign KEY:dana",
    )
    .ends(0);
    refused(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine",
        "error: nothing is open for mobile-app: all that asks for its word is answered\n  \
         help: name changes with --change to answer again\n",
    );
    assert_eq!(
        repo.files(".contract/signoffs"),
        [
            ".contract/signoffs/mobile-app/2026-06-02-legacy-total-2.yaml",
            ".contract/signoffs/mobile-app/2026-06-02-legacy-total-2.yaml.sig",
            ".contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml",
        ]
    );
}

#[test]
fn line_endings_that_git_may_change_are_warned_of() {
    let repo = removed();
    repo.git(&["rm", "--quiet", ".gitattributes"], TODAY);
    let said = run(
        &repo,
        "signoff add --consumer mobile-app --all --reason fine --sign KEY:dana",
    );
    assert_eq!(said.code, 0);
    assert_eq!(
        said.stderr,
        "warning: git may change the line endings of .contract/signoffs/mobile-app/2026-06-02-legacy-total.yaml, and then no \
         signature holds\n  help: write `.contract/signoffs/** -text` into .gitattributes, and commit that too\n"
    );
}

#[test]
fn a_prefix_that_two_changes_share_is_refused() {
    let repo = removed();
    // Members by the dozen, until two fingerprints begin alike.
    let members: Vec<String> = (0..20).map(|n| format!("m{n}: {{type: string}}")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    repo.write("contracts/orders.yaml", &orders(&members));
    repo.commit("Publish more", "2026-06-01");
    repo.write("contracts/orders.yaml", &orders(&[]));
    let pending = run(&repo, "signoff list --pending --format json");
    let pending: serde_json::Value = serde_json::from_str(&pending.stdout).expect("JSON");
    let mut digits: Vec<char> = pending["pending"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["fingerprints"][0].as_str()?.chars().nth(4))
        .collect();
    assert_eq!(digits.len(), 20);
    digits.sort_unstable();
    let twice = digits.windows(2).find(|two| two[0] == two[1]);
    let digit = twice.expect("20 changes, 16 digits")[0];
    let many = digits.iter().filter(|one| **one == digit).count();
    let output = run(
        &repo,
        &format!("signoff add --consumer mobile-app --change {digit} --reason x"),
    );
    assert_eq!(output.code, 2);
    let first = output.stderr.lines().next();
    let error = format!("error: `{digit}` is the beginning of {many} changes asking mobile-app");
    assert_eq!(first, Some(error.as_str()));
    // All of them at once are one file.
    run(
        &repo,
        "signoff add --consumer mobile-app --all --reason x --sign KEY:dana",
    )
    .ends(0);
    let file = repo.files(".contract/signoffs").remove(0);
    assert!(file.ends_with("-and-19-more.yaml"), "{file}");
    assert_eq!(repo.read(&file).matches("fingerprint: ").count(), 20);
}

#[test]
fn without_a_policy_on_the_base_nobody_is_asked() {
    let repo = Repo::new();
    repo.write("contracts/orders.yaml", &orders(&[]));
    repo.commit("Publish orders", "2026-03-01");
    let output = run(&repo, "signoff request");
    assert_eq!((output.code, output.stdout.as_str()), (2, ""));
    let help = "  help: write .contract/contract.yaml, and land it in a change of its own";
    assert_eq!(output.stderr.lines().nth(1), Some(help));
}
