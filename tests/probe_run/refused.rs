//! What is never sent.

use super::common::{honest, repository};

#[test]
fn a_plan_sends_nothing_and_always_says_the_same() {
    let repository = repository(honest());
    let plan = || repository.probe(&["plan", "--allow-writes"]);
    let (first, second) = (plan(), plan());
    assert_eq!((first.code, first.err.as_str()), (0, ""));
    assert_eq!(first.out, second.out);
    let last = first.out.lines().last();
    assert_eq!(last, Some("4 steps, at most 6 requests; nothing was sent"));
    assert_eq!(repository.sandbox.count(), 0);
}

#[test]
fn production_is_asked_only_by_its_name_and_never_written_to() {
    let repository = repository(honest());
    repository.replace(
        ".contract/contract.yaml",
        "kind: sandbox  ",
        "kind: production",
    );
    let unnamed = repository.probe(&["run", "payments"]);
    assert_eq!(
        (unnamed.code, unnamed.err.as_str()),
        (
            2,
            "error: `acme-sandbox` is production, and was not named\n  help: name it: `--environment acme-sandbox`\n"
        )
    );
    let writing = repository.probe(&["run", "--environment", "acme-sandbox", "--allow-writes"]);
    assert_eq!(
        (writing.code, writing.err.as_str()),
        (
            2,
            "error: `acme-sandbox` is production, which is never written to\n  help: leave --allow-writes out, or name a sandbox\n"
        )
    );
    assert_eq!(repository.sandbox.count(), 0);
    let (code, _) = repository.run(&["--contract", "payments.openapi.yaml"]);
    assert_eq!((code, repository.sandbox.count()), (0, 3));
}

#[test]
fn what_is_wrong_is_told_before_anything_is_sent() {
    let mut repository = repository(honest());
    repository.key = None;
    let cases: [(&[&str], &str); 5] = [
        (
            &["run", "--environment", "acme-sandbox"],
            "error: `acme-sandbox`: the key of `acmeKey` is missing: the environment variable `ACME_KEY` is not set\n  help: set the variable, or write the file, where this runs\n",
        ),
        (
            &["run", "--environment", "acme-sandbx"],
            "error: there is no environment `acme-sandbx`\n  help: did you mean `acme-sandbox`?\n",
        ),
        (
            &["run", "paymets", "--environment", "acme-sandbox"],
            "error: there is no scenario `paymets`\n  help: did you mean `payments`?\n",
        ),
        (
            &[
                "run",
                "--environment",
                "acme-sandbox",
                "--input",
                "amount=5",
            ],
            "error: no scenario has an input `amount`\n  help: they have no inputs\n",
        ),
        (
            &[
                "run",
                "--environment",
                "acme-sandbox",
                "--replay",
                "none.cassette",
            ],
            "error: there is no cassette `none.cassette`\n  help: keep one with `contract probe record --cassette FILE`\n",
        ),
    ];
    for (args, expected) in cases {
        let ended = repository.probe(args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(ended.err, expected, "{args:?}");
    }
    assert_eq!(repository.sandbox.count(), 0);
}
