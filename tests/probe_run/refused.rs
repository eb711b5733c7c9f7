//! What is never sent.

use super::common::{honest, loud, repository};

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
    let place = "  --> .contract/contract.yaml:16:5
 16 │     kind: production         # nothing else is ever written to
    │     ^
";
    let unnamed = repository.probe(&["run", "payments"]);
    assert_eq!(
        (unnamed.code, unnamed.err),
        (
            2,
            format!(
                "error: `acme-sandbox` is production, and was not named\n{place}  help: name it: `--environment acme-sandbox`\n"
            )
        )
    );
    let writing = repository.probe(&["run", "--environment", "acme-sandbox", "--allow-writes"]);
    assert_eq!(
        (writing.code, writing.err),
        (
            2,
            format!(
                "error: `acme-sandbox` is production, which is never written to\n{place}  help: leave --allow-writes out, or name a sandbox\n"
            )
        )
    );
    assert_eq!(repository.sandbox.count(), 0);
    let (code, _) = repository.run(&["--contract", "payments.openapi.yaml"]);
    assert_eq!((code, repository.sandbox.count()), (0, 3));
}

#[test]
fn two_reports_do_not_overwrite_each_other() {
    let repository = repository(honest());
    for (outputs, error) in [
        (
            ["json:one.txt", "junit:one.txt"],
            "error: two reports cannot both go to one.txt\n  help: give each a file of its own\n",
        ),
        (
            ["json:-", "junit:-"],
            "error: two reports cannot both go to standard output\n  help: give one of them a file, such as --output junit:probe.xml\n",
        ),
    ] {
        let [one, other] = outputs;
        let told = repository.probe(&["run", "payments", "--output", one, "--output", other]);
        assert_eq!((told.code, told.err.as_str()), (2, error));
    }
    assert_eq!(repository.sandbox.count(), 0);
}

const POLICY: &str = ".contract/contract.yaml";
const SCENARIO: &str = ".contract/probes/payments.probe.yaml";

/// A file, what is written in it, what is written there instead, and what is said of it.
type Damage = (&'static str, &'static str, &'static str, &'static str);

const DAMAGES: &[Damage] = &[
    (
        POLICY,
        "{env: ACME_KEY}",
        "sk_acme_written_out",
        "error: `api_key` is written out, and it is a secret
  --> .contract/contract.yaml:21:26
  help: keep it in an environment variable or a file, and write `{env: NAME}` or `{file: PATH}`; if it was ever committed, change it
",
    ),
    (
        POLICY,
        "{env: ACME_KEY}",
        "{env: ACME_OTHER_KEY}",
        "error: `acme-sandbox`: the key of `acmeKey` is missing: the environment variable `ACME_OTHER_KEY` is not set
  --> .contract/contract.yaml:21:7
 21 │       acmeKey: {api_key: {env: ACME_OTHER_KEY}}
    │       ^
  help: set the variable, or write the file, where this runs
",
    ),
    (
        POLICY,
        "{env: ACME_KEY}",
        "{file: keys/acme}",
        "error: `acme-sandbox`: the key of `acmeKey` is missing: `HERE/keys/acme` cannot be read: No such file or directory (os error 2)
  --> .contract/contract.yaml:21:7
 21 │       acmeKey: {api_key: {file: keys/acme}}
    │       ^
  help: set the variable, or write the file, where this runs
",
    ),
    (
        POLICY,
        "acmeKey:",
        "acmeKy:",
        "error: nothing says where the key `acmeKy` of `acme-sandbox` goes: the contract has no such API key
  --> .contract/contract.yaml:21:7
 21 │       acmeKy: {api_key: {env: ACME_KEY}}
    │       ^
  help: call it as the contract's security scheme, or give it `in` and `name`
",
    ),
    (
        POLICY,
        "${ACME_URL:-http://127.0.0.1:8899}",
        "${ACME_OTHER_URL}",
        "error: `acme-sandbox`: the URL needs a variable: the environment variable `ACME_OTHER_URL` is not set
  --> .contract/contract.yaml:15:5
 15 │     base_url: ${ACME_OTHER_URL}
    │     ^
  help: set the variable, or give it a default: `${NAME:-https://…}`
",
    ),
    (
        POLICY,
        "${ACME_URL:-http://127.0.0.1:8899}",
        "http://127.0.0.1:8899
    allow_hosts: [sandbox.acme.example]",
        "error: `acme-sandbox`: `base_url` cannot be asked: `127.0.0.1:8899` is not among the allowed hosts
  --> .contract/contract.yaml:15:5
 15 │     base_url: http://127.0.0.1:8899
    │     ^
  help: list its host in `allow_hosts`; plain http needs `plain_http: true` beyond this machine
",
    ),
    (
        POLICY,
        "kind: sandbox",
        "knd: sandbox",
        "error: an environment needs the key `kind`
  --> .contract/contract.yaml:15:5
  help: add `kind:` with its value
error: an environment has no key `knd`
  --> .contract/contract.yaml:16:5
  help: did you mean `kind`?
",
    ),
    (
        POLICY,
        "per_second: 50",
        "per_second: fifty",
        "error: `per_second` has to be a whole number, not a string
  --> .contract/contract.yaml:17:30
  help: write digits
",
    ),
    (
        SCENARIO,
        "mode: write",
        "mode: wrte",
        "error: `mode` cannot be `wrte`
  --> .contract/probes/payments.probe.yaml:5:7
 5 │ mode: wrte
   │       ^
  help: did you mean `write`?
",
    ),
    (
        SCENARIO,
        "operation: createPayment",
        "operation: createPaymnt",
        "error: the step `create` cannot be done: the contract has no operation `createPaymnt`; did you mean `createPayment`?
  --> .contract/probes/payments.probe.yaml:7:5
 7 │   - id: create
   │     ^
  help: make the scenario and the contract agree
",
    ),
    (
        SCENARIO,
        "path: {id:",
        "path: {idd:",
        "error: the step `create` cannot be done: the operation has no path parameter `idd`; did you mean `id`?
  --> .contract/probes/payments.probe.yaml:7:5
 7 │   - id: create
   │     ^
  help: make the scenario and the contract agree
",
    ),
    (
        SCENARIO,
        "{example: small",
        "{example: smal",
        "error: the step `create` cannot be done: the body: there is no example `smal`; did you mean `small`?
  --> .contract/probes/payments.probe.yaml:7:5
 7 │   - id: create
   │     ^
  help: make the scenario and the contract agree
",
    ),
    (
        SCENARIO,
        "contract: acme-payments",
        "contract: acme-paymnts",
        "error: there is no contract `acme-paymnts`, nor such a file
  --> .contract/probes/payments.probe.yaml:3:11
  help: did you mean `acme-payments`?
",
    ),
    (
        SCENARIO,
        "environment: acme-sandbox",
        "environment: acme-sandbx",
        "error: there is no environment `acme-sandbx`
  help: did you mean `acme-sandbox`?
",
    ),
    (
        SCENARIO,
        "{jsonpath: $.id}",
        "{jsonpath: '$.[id'}",
        "error: `$.[id` is not a JSONPath of RFC 9535: in dot member name, must start with lowercase alpha or '_'
  --> .contract/probes/payments.probe.yaml:12:30
 12 │     capture: {id: {jsonpath: '$.[id'}}
    │                              ^
  help: write it as RFC 9535 has it: `$.data[*].id`
",
    ),
    (
        SCENARIO,
        "\"${id}\"",
        "\"${ids}\"",
        "error: no earlier step captures `ids`
  --> .contract/probes/payments.probe.yaml:13:52
 13 │ ... cleanup: {operation: deletePayment, path: {id: \"${ids}\"}}
    │                                                    ^
  help: did you mean `id`?
",
    ),
];

#[test]
fn what_is_wrong_in_a_file_is_told_where_it_is_and_nothing_is_sent() {
    let mut found = String::new();
    let mut expected = String::new();
    for (file, old, new, said) in DAMAGES {
        let repository = repository(honest());
        repository.replace(file, old, new);
        let ended = repository.probe(&["run", "payments", "--allow-writes"]);
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (2, ""),
            "{new}: {}",
            ended.err
        );
        assert_eq!(repository.sandbox.count(), 0, "{new}");
        let here = repository.folder.path().canonicalize().expect("a folder");
        found.push_str(&ended.err.replace(&here.display().to_string(), "HERE"));
        expected.push_str(said);
    }
    assert_eq!(found, expected, "found:\n{found}");
}

#[test]
fn a_cassette_that_lacks_an_exchange_is_our_mistake() {
    let repository = repository(honest());
    let ended = repository.probe(&[
        "record",
        "--environment",
        "acme-sandbox",
        "--allow-writes",
        "--cassette",
        "acme.cassette",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.out);
    let asked = repository.sandbox.count();
    let tape = repository.read("acme.cassette");
    let lines = tape.lines().filter(|line| !line.contains("getStatus"));
    let cut: Vec<&str> = lines.collect();
    repository.write("cut.cassette", &format!("{}\n", cut.join("\n")));
    let (code, report) = repository.run(&["--replay", "cut.cassette"]);
    assert_eq!(
        (code, loud(&report)),
        (
            2,
            vec!["evidence inconclusive: the cassette has no exchange of `op:GET /status` in step `acme-payments/getStatus`, and this is number 1".to_owned()]
        )
    );
    repository.write("no.cassette", "{\"x\":1}\n");
    repository.write("broken.cassette", &format!("{}\n{{\n", cut[0]));
    for (file, said) in [
        (
            "none.cassette",
            "error: there is no cassette `none.cassette`\n  help: keep one with `contract probe record --cassette FILE`\n",
        ),
        (
            "no.cassette",
            "error: the file is no cassette\n  --> no.cassette:1:1\n  help: record it again with `contract probe record`\n",
        ),
        (
            "broken.cassette",
            "error: the exchange cannot be read: EOF while parsing an object\n  --> broken.cassette:2:1\n  help: record it again with `contract probe record`\n",
        ),
    ] {
        let ended = repository.probe(&["run", "--environment", "acme-sandbox", "--replay", file]);
        assert_eq!((ended.code, ended.err.as_str()), (2, said), "{file}");
    }
    assert_eq!(repository.sandbox.count(), asked);
}

#[test]
fn what_is_wrong_is_told_before_anything_is_sent() {
    let mut repository = repository(honest());
    repository.key = None;
    let cases: [(&[&str], &str); 4] = [
        (
            &["run", "--environment", "acme-sandbox"],
            "error: `acme-sandbox`: the key of `acmeKey` is missing: the environment variable `ACME_KEY` is not set\n  --> .contract/contract.yaml:21:7\n 21 │       acmeKey: {api_key: {env: ACME_KEY}}\n    │       ^\n  help: set the variable, or write the file, where this runs\n",
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
    ];
    for (args, expected) in cases {
        let ended = repository.probe(args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(ended.err, expected, "{args:?}");
    }
    assert_eq!(repository.sandbox.count(), 0);
}
