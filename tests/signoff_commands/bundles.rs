//! A partner without the repository signs a bundle, and its answer counts.

use crate::{Repo, TODAY, common::governed::fixture_path, removed, run};

const BUNDLE: &str = r#"{
  "schema": "contract.bundle/v1",
  "contract": "orders",
  "consumer": "mobile-app",
  "approvers": [
    "dana@mobile"
  ],
  "issued": "2026-06-02",
  "max_age": 180,
  "changes": [
    {
      "rule": "property-removed",
      "verdict": "breaking",
      "message": "the application/json body of GET /v1/orders/{id} no longer has member `legacyTotal`",
      "before": {
        "deprecated": true,
        "type": "string",
        "x-deprecation": {
          "guide": "docs/migration.md",
          "reason": "nobody needs it",
          "replacement": "none",
          "since": "2026-03-01",
          "sunset": "2026-06-01"
        }
      },
      "after": null,
      "window": "its sunset was 2026-06-01",
      "sites": [
        {
          "element": "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal",
          "fingerprint": "cf1:0a8c7794f218dc4ab07a20dec75d4cafd337e228"
        }
      ]
    }
  ]
}
"#;

/// A folder that is no repository.
fn elsewhere() -> Repo {
    let repo = Repo::new();
    std::fs::remove_dir_all(repo.path().join(".git")).expect("it was just made");
    repo
}

fn sign(partner: &Repo, more: &[&str]) -> crate::Output {
    let args = [
        "signoff",
        "add",
        "--bundle",
        "acme.json",
        "--reason",
        "fine",
        "--today",
        TODAY,
    ];
    partner.contract(&[&args[..], more].concat())
}

#[test]
fn a_partner_signs_without_the_repository() {
    let repo = removed();
    run(&repo, "signoff request --bundle acme.json").is(
        0,
        "wrote acme.json for mobile-app: send it with the command\n  \
         contract signoff add --bundle acme.json --all --reason \"...\" --sign KEY\n",
        "",
    );
    let bundle = repo.read("acme.json");
    assert_eq!(bundle, BUNDLE);
    assert_eq!(repo.files(".contract/requests"), [""; 0]);

    let partner = elsewhere();
    partner.write("acme.json", &bundle);
    let key = fixture_path("signatures/dana");
    let signed = sign(&partner, &["--all", "--sign", &key]);
    signed.ends(0);
    assert_eq!(
        signed.stdout.split_once("\n\n").expect("two blocks").1,
        "dana@mobile accepts this for mobile-app, until 2026-11-29: fine\n\
         wrote 2026-06-02-legacy-total.yaml\n\
         wrote 2026-06-02-legacy-total.yaml.sig\n\
         send both files to whoever sent the bundle: they belong into .contract/signoffs/mobile-app/\n"
    );

    let name = "2026-06-02-legacy-total.yaml";
    let answer = partner.path().join(name);
    let answer = answer.to_str().expect("UTF-8");
    run(&repo, &format!("signoff verify {answer}")).is(
        0,
        &format!("{answer}: counts until 2026-11-29\n"),
        "",
    );
    let folder = ".contract/signoffs/mobile-app";
    for name in [name, "2026-06-02-legacy-total.yaml.sig"] {
        repo.write(&format!("{folder}/{name}"), &partner.read(name));
    }
    run(&repo, "check --quiet").ends(0);
}

#[test]
fn a_bundle_is_held_against_what_it_says() {
    let partner = elsewhere();
    let refuse = |bundle: &str, more: &[&str], error: &str| {
        partner.write("acme.json", bundle);
        let output = sign(&partner, more);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{error}");
        assert_eq!(output.stderr, error);
    };
    refuse(
        BUNDLE,
        &["--all", "--consumer", "acme"],
        "error: the bundle is for mobile-app, not for acme\n  \
         help: leave the option out, or ask for a bundle of your own\n",
    );
    refuse(
        BUNDLE,
        &["--change", "cf1:ffff"],
        "error: no change of the bundle begins with `cf1:ffff`\n  \
         help: there are cf1:0a8c7794f218 (property-removed at .legacyTotal)\n",
    );
    refuse(
        BUNDLE,
        &["--all", "--expires", "2027-06-01"],
        "error: --expires 2027-06-01 is too late: the policy allows 180 days\n  \
         help: write a day up to 2026-11-29, or leave it out\n",
    );
    refuse(
        &BUNDLE.replace("bundle/v1", "bundle/v2"),
        &["--all"],
        "error: `contract.bundle/v2` is a version that this program does not know\n  --> acme.json\n  \
         help: it reads contract.bundle/v1; a newer program may read more\n",
    );
    refuse(
        "{}",
        &["--all"],
        "error: this is no bundle of changes to sign\n  --> acme.json\n  \
         help: ask for it again: contract signoff request --bundle FILE\n",
    );
    refuse(
        &BUNDLE.replace("cf1:0a8c", "cf1:xxxx"),
        &["--all"],
        "error: `fingerprint` is no `cf1:` with 40 hexadecimal digits\n  \
         help: copy it whole from the report; its letters are small\n",
    );
    assert_eq!(partner.files(""), ["acme.json"]);
}

#[test]
fn without_a_key_it_says_how_to_sign() {
    let partner = elsewhere();
    partner.write("acme.json", BUNDLE);
    let signed = sign(&partner, &["--all"]);
    assert_eq!(
        signed.stdout.split_once("\n\n").expect("two blocks").1,
        "dana@mobile accepts this for mobile-app, until 2026-11-29: fine\n\
         wrote 2026-06-02-legacy-total.yaml\n\
         not signed yet: run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY 2026-06-02-legacy-total.yaml`\n\
         send both files to whoever sent the bundle: they belong into .contract/signoffs/mobile-app/\n"
    );
}
