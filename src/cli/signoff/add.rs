//! `contract signoff add` and `object`: a consumer's word, in a file that lists what it is about.

use super::{
    Change, Here, Made, bundle, by_contract, changes, expires, here::consumer, one_of, select, show,
};
use crate::cli::{args::WordArgs, excerpt::escaped, failure::Failure, output, told::Told};
use crate::policy::{
    FOLDER,
    files::{Consumer, Decision, Signoff},
    gate::{Laid, present},
    standing::Uncounted,
};
use crate::world::keeps_bytes;
use jiff::civil::Date;
use std::fmt::Write;

pub(super) fn run(args: &WordArgs, decision: Decision, told: Told) -> Result<u8, Failure> {
    if let Some(bundle) = &args.bundle {
        return bundle::sign(bundle, args, decision, told);
    }
    let id = args.consumer.as_deref().unwrap_or_default();
    let mut here = Here::load(&args.trees, told)?;
    let registry = here.gate.registry();
    let consumer = consumer(&registry, id)?;
    if let Some(contract) = &args.chosen.contract {
        here.contract(contract)?;
    }
    let all = changes(&here.judged());
    let chosen = chosen(&all, args, id, decision)?;
    let word = Word::new(
        args,
        decision,
        consumer,
        (here.gate.today, here.gate.policy.signoff.max_age),
    )?;
    let mut text = String::new();
    let folder = format!("{FOLDER}/signoffs/{id}");
    let on_disk = here.on_disk(&folder);
    let mut made = Vec::new();
    for (contract, changes) in by_contract(&chosen.iter().collect::<Vec<_>>()) {
        let signoff = word.signoff(contract, &changes);
        let is_free = |name: &str| !on_disk.join(name).exists();
        made.push(Made::new(
            signoff.yaml(),
            (word.issued, word.infix()),
            &changes,
            args.chosen.sign.as_deref(),
            is_free,
            Signoff::read,
        )?);
    }
    for made in &made {
        made.is_by(&word.approver, &here.gate.keys())?;
    }
    for change in &chosen {
        text.push_str(&show(change, told));
        text.push('\n');
    }
    text.push_str(&word.sentence(chosen.len()));
    let mut files = Vec::new();
    for made in &made {
        for name in made.write(&on_disk)? {
            let _ = writeln!(
                text,
                "wrote {}",
                escaped(&here.name(&format!("{folder}/{name}")))
            );
        }
        let file = format!("{folder}/{}", made.name);
        let laid = Laid {
            file: &file,
            bytes: &made.bytes,
            signature: made.signature.as_deref().map(str::as_bytes),
            on_base: false,
        };
        let presented = present(here.gate.keys(), laid, Signoff::read, |it| &it.approver);
        here.gate.papers.signoffs.extend(presented.ok());
        files.push(file);
    }
    text.push_str(&worth(&here, &files));
    output::print(text.as_bytes())?;
    unprotected(&here, &files, told);
    Ok(0)
}

/// What each new file is worth, and what to do where it is nothing.
pub(in crate::cli) fn worth(here: &Here, files: &[String]) -> String {
    let governance = here.judged().governance;
    let mut text = String::new();
    for file in files {
        let Some(paper) = governance.papers.iter().find(|paper| paper.file == *file) else {
            continue;
        };
        let _ = match &paper.until {
            Ok(until) => writeln!(text, "it counts until {until}: commit it, and push"),
            Err(Uncounted::Unsigned { why }) => {
                writeln!(text, "it does not count yet: {}", escaped(why))
            }
            Err(why) => writeln!(
                text,
                "it is worth nothing: it {}",
                escaped(&why.to_string())
            ),
        };
        let mut notices = governance.notices.iter();
        let notice = notices.find(|notice| notice.file.as_ref() == Some(file));
        let help = notice.and_then(|notice| notice.help.as_deref());
        if let (Err(_), Some(help)) = (&paper.until, help) {
            let _ = writeln!(text, "  {}", escaped(help));
        }
    }
    text
}

/// Warns where git may change the bytes that were signed.
pub(in crate::cli) fn unprotected(here: &Here, files: &[String], told: Told) {
    let root = here.sides.head.snapshot.root();
    let open = files.iter().find(|file| {
        let path = here.sides.head.path(file);
        root.is_some_and(|root| !keeps_bytes(root, &path))
    });
    if let Some(file) = open {
        let folder = file.split('/').take(2).collect::<Vec<_>>().join("/");
        told.warning(
            &format!("git may change the line endings of {file}, and then no signature holds"),
            &format!("write `{folder}/** -text` into .gitattributes, and commit that too"),
        );
    }
}

/// The changes that are meant, as they concern the consumer.
fn chosen(
    all: &[Change],
    args: &WordArgs,
    id: &str,
    decision: Decision,
) -> Result<Vec<Change>, Failure> {
    let contract = args.chosen.contract.as_deref();
    let is_of = |change: &&Change| contract.is_none_or(|contract| change.contract == contract);
    let concerning: Vec<Change> = all
        .iter()
        .filter(is_of)
        .filter_map(|change| change.of(id))
        .collect();
    if concerning.is_empty() {
        return Err(not_asked(all, id));
    }
    if args.chosen.all {
        let objects = decision == Decision::Object;
        let open: Vec<Change> = concerning
            .into_iter()
            .filter(|change| objects || change.is_open())
            .collect();
        if open.is_empty() {
            return Err(Failure::usage(
                format!("nothing is open for {id}: all that asks for its word is answered"),
                "name changes with --change to answer again",
            ));
        }
        return Ok(open);
    }
    let concerning: Vec<&Change> = concerning.iter().collect();
    let others: Vec<&Change> = all.iter().filter(|it| it.of(id).is_none()).collect();
    match select(&concerning, &args.chosen.change, &format!("asking {id}")) {
        Ok(chosen) => Ok(chosen.into_iter().cloned().collect()),
        // One that is there, and hurts others.
        Err(error) => match select(&others, &args.chosen.change, "") {
            Ok(found) => Err(not_asked(
                &found.into_iter().cloned().collect::<Vec<_>>(),
                id,
            )),
            Err(_) => Err(error),
        },
    }
}

/// Nobody asks the consumer.
fn not_asked(all: &[Change], id: &str) -> Failure {
    let mut others: Vec<&str> = all
        .iter()
        .flat_map(|change| &change.asked)
        .map(|asked| asked.consumer.as_str())
        .collect();
    others.sort_unstable();
    others.dedup();
    let help = if all.is_empty() {
        "nothing that is compared needs anybody's word; is --base what is published?".to_owned()
    } else if others.is_empty() {
        "nobody's word is needed".to_owned()
    } else {
        format!("the word of {} is needed", others.join(", "))
    };
    Failure::usage(
        format!("{id} is not affected, so its word is not needed"),
        help,
    )
}

/// What somebody says, whatever it is about.
pub(super) struct Word<'w> {
    args: &'w WordArgs,
    decision: Decision,
    consumer: &'w str,
    approver: String,
    pub(super) issued: Date,
    expires: Date,
}

impl<'w> Word<'w> {
    pub(super) fn new(
        args: &'w WordArgs,
        decision: Decision,
        consumer: &'w Consumer,
        (today, max_age): (Date, u32),
    ) -> Result<Self, Failure> {
        let approver = args.chosen.approver.as_deref();
        Ok(Self {
            args,
            decision,
            consumer: &consumer.id,
            approver: one_of(approver, &consumer.approvers, &consumer.id)?,
            issued: today,
            expires: expires(args.chosen.expires.as_deref(), today, max_age)?,
        })
    }

    pub(super) fn signoff(&self, contract: &str, changes: &[&Change]) -> Signoff {
        Signoff {
            consumer: self.consumer.to_owned(),
            approver: self.approver.clone(),
            decision: self.decision,
            contract: contract.to_owned(),
            request: self.args.request.clone(),
            changes: changes.iter().flat_map(|change| change.signed()).collect(),
            reason: self.args.chosen.reason.clone(),
            issued: self.issued,
            expires: self.expires,
            conditions: self.args.condition.clone(),
        }
    }

    /// What the file's name says of the decision.
    pub(super) const fn infix(&self) -> &'static str {
        match self.decision {
            Decision::Accept => "",
            Decision::Object => "-object",
            Decision::Abstain => "-abstain",
        }
    }

    /// `dana@mobile accepts this for mobile-app until 2026-11-29`.
    pub(super) fn sentence(&self, changes: usize) -> String {
        let decides = match self.decision {
            Decision::Accept => "accepts",
            Decision::Object => "objects to",
            Decision::Abstain => "abstains from",
        };
        let what = match changes {
            1 => "this".to_owned(),
            many => format!("these {many} changes"),
        };
        format!(
            "{} {decides} {what} for {}, until {}: {}\n",
            escaped(&self.approver),
            escaped(self.consumer),
            self.expires,
            escaped(&self.args.chosen.reason)
        )
    }
}
