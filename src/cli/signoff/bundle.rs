//! A bundle: all that a partner without the repository needs to see and to sign (`contract.bundle/v1`).

use super::{Change, Made, add::Word, change::Asked, select, show, show::safe};
use crate::cli::{
    args::WordArgs,
    excerpt::escaped,
    failure::{Failure, Place},
    output,
    told::Told,
};
use crate::judge::Site;
use crate::policy::files::{Consumer, ConsumerKind, Decision, Signoff, Tier};
use crate::world;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

/// What a bundle says that it is.
const SCHEMA: &str = "contract.bundle/v1";
/// More than any bundle needs.
const MOST: u64 = 64 * 1024 * 1024;

/// A bundle, for one consumer and about one contract.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bundle {
    schema: String,
    contract: String,
    consumer: String,
    /// Who may sign.
    approvers: Vec<String>,
    /// The day it was made.
    issued: String,
    /// How many days a sign-off may count.
    max_age: u32,
    changes: Vec<Bundled>,
}

/// One change.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bundled {
    rule: String,
    verdict: String,
    message: String,
    before: Option<Value>,
    after: Option<Value>,
    /// What the owner has to do, and when.
    window: Option<String>,
    /// Every place that hurts the consumer.
    sites: Vec<BundledSite>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundledSite {
    element: String,
    fingerprint: String,
}

impl Bundle {
    /// What concerns one consumer of one contract.
    pub(super) fn new(
        consumer: &Consumer,
        contract: &str,
        changes: &[Change],
        (today, max_age): (Date, u32),
    ) -> Self {
        let value = |json: &Option<String>| {
            let json = json.as_deref()?;
            // What cannot be read as JSON is shown as it is.
            Some(serde_json::from_str(json).unwrap_or_else(|_| Value::from(json)))
        };
        let changes = changes.iter().map(|change| Bundled {
            rule: change.rule.clone(),
            verdict: change.verdict.clone(),
            message: change.message.clone(),
            before: value(&change.before),
            after: value(&change.after),
            window: change.window.clone(),
            sites: change.sites.iter().map(site).collect(),
        });
        Self {
            schema: SCHEMA.to_owned(),
            contract: contract.to_owned(),
            consumer: consumer.id.clone(),
            approvers: consumer.approvers.clone(),
            issued: today.to_string(),
            max_age,
            changes: changes.collect(),
        }
    }

    /// The file.
    pub(super) fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("texts, numbers, and lists of them");
        safe(&format!("{text}\n"))
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = world::read_file(path, MOST)?;
        let wrong = |message: String, help: &str| {
            let mut failure = Failure::usage(message, help);
            failure.place = Some(Box::new(Place::file(path.display().to_string())));
            failure
        };
        let again = "ask for it again: contract signoff request --bundle FILE";
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| wrong(format!("this is no JSON: {error}"), again))?;
        match value.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(other) if other.starts_with("contract.bundle/") => {
                return Err(wrong(
                    format!("`{other}` is a version that this program does not know"),
                    "it reads contract.bundle/v1; a newer program may read more",
                ));
            }
            Some(_) | None => {
                return Err(wrong(
                    "this is no bundle of changes to sign".to_owned(),
                    again,
                ));
            }
        }
        let bundle: Self = serde_json::from_value(value)
            .map_err(|error| wrong(format!("the bundle is malformed: {error}"), again))?;
        if bundle.changes.iter().any(|change| change.sites.is_empty()) {
            return Err(wrong("a change of the bundle is nowhere".to_owned(), again));
        }
        Ok(bundle)
    }

    fn change(&self, bundled: &Bundled) -> Change {
        let json = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        let sites: Vec<Site> = bundled
            .sites
            .iter()
            .map(|site| Site {
                element: site.element.clone(),
                fingerprint: site.fingerprint.clone(),
            })
            .collect();
        Change {
            contract: self.contract.clone(),
            rule: bundled.rule.clone(),
            verdict: bundled.verdict.clone(),
            message: bundled.message.clone(),
            before: json(&bundled.before),
            after: json(&bundled.after),
            window: bundled.window.clone(),
            asked: vec![Asked {
                consumer: self.consumer.clone(),
                sites: sites.clone(),
                obligation: None,
            }],
            sites,
            authorised: false,
        }
    }

    /// The consumer, as far as the bundle knows it.
    fn consumer(&self) -> Consumer {
        Consumer {
            id: self.consumer.clone(),
            name: None,
            tier: Tier::default(),
            kind: ConsumerKind::default(),
            contact: None,
            approvers: self.approvers.clone(),
            quorum: 1,
            min_window: None,
            uses: Vec::new(),
            place: crate::policy::files::Place::default(),
        }
    }
}

fn site(site: &Site) -> BundledSite {
    BundledSite {
        element: site.element.clone(),
        fingerprint: site.fingerprint.clone(),
    }
}

/// Answers a bundle, into the current folder.
pub(super) fn sign(
    file: &Path,
    args: &WordArgs,
    decision: Decision,
    told: Told,
) -> Result<u8, Failure> {
    let bundle = Bundle::read(file)?;
    for (named, is) in [
        (&args.consumer, &bundle.consumer),
        (&args.chosen.contract, &bundle.contract),
    ] {
        if let Some(named) = named.as_ref().filter(|named| *named != is) {
            return Err(Failure::usage(
                format!("the bundle is for {is}, not for {named}"),
                "leave the option out, or ask for a bundle of your own",
            ));
        }
    }
    let typed = args.trees.today.as_deref();
    if typed.is_some() && world::in_ci() {
        return Err(Failure::usage(
            "--today is refused in CI: a bundle brings no policy that allows it",
            "leave --today out",
        ));
    }
    let today = match typed.map(world::parse_date) {
        Some(Ok(day)) => day,
        Some(Err(error)) => return Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
        None => world::today(),
    };
    let all: Vec<Change> = bundle
        .changes
        .iter()
        .map(|one| bundle.change(one))
        .collect();
    let all: Vec<&Change> = all.iter().collect();
    let chosen = if args.chosen.all {
        all
    } else {
        select(&all, &args.chosen.change, "of the bundle")?
    };
    let consumer = bundle.consumer();
    let word = Word::new(args, decision, &consumer, (today, bundle.max_age))?;
    let made = Made::new(
        word.signoff(&bundle.contract, &chosen).yaml(),
        (word.issued, word.infix()),
        &chosen,
        args.chosen.sign.as_deref(),
        |name| !Path::new(name).exists(),
        Signoff::read,
    )?;
    let mut text = String::new();
    for change in &chosen {
        text.push_str(&show(change, told));
        text.push('\n');
    }
    text.push_str(&word.sentence(chosen.len()));
    for name in made.write(&PathBuf::from("."))? {
        let _ = writeln!(text, "wrote {}", escaped(&name));
    }
    if made.signature.is_none() {
        let _ = writeln!(
            text,
            "not signed yet: run `ssh-keygen -Y sign -n contract-signoff@v1 -f KEY {}`",
            made.name
        );
    }
    let _ = writeln!(
        text,
        "send both files to whoever sent the bundle: they belong into .contract/signoffs/{}/",
        escaped(&bundle.consumer)
    );
    output::print(text.as_bytes())?;
    Ok(0)
}
