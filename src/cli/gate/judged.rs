//! The gate at work: documents compared, changes ruled on, and all of it ready to be told.

use super::{Gate, releases::Release};
use crate::cli::pairs::Paired;
use crate::diff::{self, Elements, Options};
use crate::judge::{self, Finding, Marked, Side};
use crate::policy::{
    Governance, Notice,
    files::LevelOverride,
    gate::{self, Case, Entry, Ground, Subject},
};
use crate::report::Compared;
use crate::rules::Rule;
use crate::spec::{self, Bundle, Contract, Level};
use std::collections::BTreeSet;

/// Every contract with what the policy says of its changes.
pub(crate) struct Judged<'g> {
    pub(crate) contracts: Vec<Compared<'g>>,
    pub(crate) governance: Governance,
}

/// Both sides of a contract, read.
struct Sides<'g> {
    pair: &'g Paired,
    old: Option<Contract<'g>>,
    new: Option<Contract<'g>>,
}

/// What changed in a contract.
struct Changes {
    findings: Vec<Finding>,
    marked: Vec<Marked>,
}

/// Both sides and changes of all contracts, in one order.
struct Read<'r, 'g> {
    sides: &'r [Sides<'g>],
    changes: &'r [Changes],
    elements: &'r [(Option<Elements<'r, 'g>>, Option<Elements<'r, 'g>>)],
}

/// What goes through the gate: a contract, or a live version of it.
type Coming<'r, 'g> = (&'r Sides<'g>, Option<&'g Release>, Entry<'r, 'g>);

impl Gate {
    /// Sends every contract through the gate.
    pub(crate) fn judge(&self, has_guide: &dyn Fn(&str) -> bool) -> Judged<'_> {
        let sides: Vec<Sides<'_>> = self
            .pairs
            .list
            .iter()
            .map(|pair| Sides {
                pair,
                old: pair.old.as_ref().map(|(_, bundle)| spec::read(bundle)),
                new: pair.new.as_ref().map(|(_, bundle)| spec::read(bundle)),
            })
            .collect();
        let changes: Vec<Changes> = sides
            .iter()
            .map(|side| changes(side, &side.pair.options))
            .collect();
        let elements: Vec<(Option<Elements<'_, '_>>, Option<Elements<'_, '_>>)> = sides
            .iter()
            .map(|side| {
                let id = &side.pair.options.contract;
                (
                    side.old
                        .as_ref()
                        .map(|contract| Elements::new(contract, id)),
                    side.new
                        .as_ref()
                        .map(|contract| Elements::new(contract, id)),
                )
            })
            .collect();
        let ground = Ground {
            today: self.today,
            base: self.typed.as_deref(),
            policy: &self.policy,
            consumers: (&self.base.consumers, &self.head.consumers),
            has_guide,
        };
        let case = Case {
            ground,
            base: &self.base,
            head: &self.head,
            signoffs: &self.papers.signoffs,
            waivers: &self.papers.waivers,
            landed: &self.landed,
            contracts: &self.terms,
            governed: self.base.policy.is_some(),
        };
        let read = Read {
            sides: &sides,
            changes: &changes,
            elements: &elements,
        };
        let entries = self.entries(&read);
        let mut told = Vec::new();
        let mut through = Vec::new();
        for (side, release, entry) in entries {
            told.push((side, release));
            through.push(entry);
        }
        let mut notices = self.notices.clone();
        notices.extend(self.live_versions());
        let (gated, mut governance) = gate::gate(&case, through, notices);
        for ((_, release), gated) in told.iter().zip(&gated) {
            let broken = release.map(|release| (release, &gated.findings));
            governance
                .notices
                .extend(broken.into_iter().flat_map(breaks));
        }
        governance.clock_overridden = self.clock_overridden;
        let mut contracts: Vec<Compared<'_>> = Vec::new();
        for ((side, release), gated) in told.into_iter().zip(gated) {
            if release.is_some() && gated.findings.is_empty() {
                continue;
            }
            contracts.push(compared(side, release, gated));
        }
        contracts.sort_by(|a, b| a.name.cmp(&b.name));
        Judged {
            contracts,
            governance,
        }
    }

    /// Every contract on its way into the gate, and the live versions that head breaks.
    fn entries<'g, 'r>(&'g self, read: &'r Read<'r, 'g>) -> Vec<Coming<'r, 'g>> {
        let mut entries = Vec::new();
        for (((side, changes), elements), id) in read
            .sides
            .iter()
            .zip(read.changes)
            .zip(read.elements)
            .zip(&self.ids)
        {
            let entry = |findings: Vec<Finding>| Entry {
                subject: Subject::new(
                    &self.terms[id],
                    &side.pair.key,
                    (elements.0.as_ref(), elements.1.as_ref()),
                    (&self.base.ledger.list, &self.head.ledger.list),
                    &changes.marked,
                ),
                findings,
                levels: self.levels(id, &side.pair.key),
                deprecated: Box::new(move || deprecated(side, side.old.as_ref())),
                dated: Box::new(move || deprecated(side, side.new.as_ref())),
                file: side.pair.key.clone(),
            };
            let mut findings = changes.findings.clone();
            if self.base.policy.is_some() {
                findings.extend(self.promises(id));
            }
            entries.push((side, None, entry(findings)));
            for release in self.releases.iter().filter(|it| it.contract == *id) {
                let broken = broken(side, release, &changes.findings, elements.0.as_ref());
                let mut broken_entry = entry(broken);
                broken_entry.subject.marked = &[];
                broken_entry.dated = Box::new(Vec::new);
                entries.push((side, Some(release), broken_entry));
            }
        }
        entries
    }

    /// The levels that hold for a contract: those of the policy, then its own.
    fn levels(&self, id: &str, path: &str) -> Vec<&LevelOverride> {
        let entries = self.policy.contracts.iter().flatten();
        let mut own = entries.filter(|entry| {
            entry.governs(path) && entry.id_of(path) == id || entry.id.as_deref() == Some(id)
        });
        let own = own.next().map_or(&[][..], |entry| &entry.levels);
        self.policy.levels.iter().chain(own).collect()
    }

    /// Changes of promises about a whole contract: consumers that are dropped, and versions that end.
    fn promises(&self, id: &str) -> Vec<Finding> {
        let mut findings = gate::dropped(&self.base, &self.head, id, self.leaving.contains(id));
        for release in self
            .releases
            .iter()
            .filter(|it| it.contract == id && !it.kept)
        {
            let rule = Rule::find("release-removed").expect("the catalogue has it");
            let element = format!("version:{id}@{}", release.version);
            let holes = [("file", release.file.clone())];
            let before = serde_json::Value::from(release.version.as_str()).to_string();
            let content = (Some(before), None);
            findings.push(judge::raised(id, rule, vec![element], &holes, content));
        }
        findings
    }

    /// Versions that end too soon for those who are left.
    fn live_versions(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for (id, terms) in &self.terms {
            let all = || self.releases.iter().filter(|it| it.contract == *id);
            let left = all().filter(|it| it.kept).count();
            let least = usize::try_from(terms.min_live_versions).unwrap_or(usize::MAX);
            if left < all().count() && left < least {
                let (left, least) = (left.to_string(), least.to_string());
                let element = format!("contract:{id}");
                let holes = [
                    ("element", element.as_str()),
                    ("left", left.as_str()),
                    ("least", least.as_str()),
                ];
                notices.push(
                    Notice::new("too-few-live-versions", Level::Error, &holes).about(id, &element),
                );
            }
        }
        notices
    }
}

fn changes(side: &Sides<'_>, options: &Options) -> Changes {
    match (&side.old, &side.new) {
        (Some(old), Some(new)) => {
            let comparison = diff::compare(old, new, options.clone());
            Changes {
                marked: judge::marked(&comparison),
                findings: judge::judge(&comparison),
            }
        }
        (Some(old), None) => one_sided(side, old.bundle, Side::Old),
        (None, Some(new)) => one_sided(side, new.bundle, Side::New),
        (None, None) => Changes {
            findings: Vec::new(),
            marked: Vec::new(),
        },
    }
}

fn one_sided(side: &Sides<'_>, bundle: &Bundle, which: Side) -> Changes {
    let finding = judge::one_sided(bundle, which, &side.pair.options.contract, &side.pair.key);
    Changes {
        findings: vec![finding],
        marked: Vec::new(),
    }
}

/// Everything that one side deprecates.
fn deprecated(side: &Sides<'_>, contract: Option<&Contract<'_>>) -> Vec<String> {
    let Some(contract) = contract else {
        return Vec::new();
    };
    let marked = super::marked(contract, &side.pair.options);
    let all: BTreeSet<String> = marked.into_iter().flat_map(|one| one.elements).collect();
    all.into_iter().collect()
}

/// What head breaks of a live version, and neither the base nor head's own change does.
fn broken<'g>(
    side: &Sides<'g>,
    release: &'g Release,
    known: &[Finding],
    base: Option<&Elements<'_, 'g>>,
) -> Vec<Finding> {
    let live = spec::read(&release.bundle);
    let options = || side.pair.options.clone();
    let Some(new) = &side.new else {
        return Vec::new();
    };
    let found = judge::judge(&diff::compare(&live, new, options()));
    let gates = |finding: &Finding| finding.level == Level::Error;
    if !found.iter().any(gates) {
        return Vec::new();
    }
    let element = |finding: &Finding| finding.sites.first_element();
    let told: BTreeSet<String> = known.iter().filter(|it| gates(it)).map(element).collect();
    // What the base broke already was judged when it landed; what it removed and head brings back is new.
    let landed: BTreeSet<String> = side.old.as_ref().map_or_else(BTreeSet::new, |old| {
        let landed = judge::judge(&diff::compare(&live, old, options()));
        let landed = landed.iter().filter(|it| gates(it)).map(element);
        landed
            .filter(|it| base.is_some_and(|base| base.locate(it).complete))
            .collect()
    });
    let fresh = found.into_iter().filter(gates);
    fresh
        .filter(|finding| !told.contains(&element(finding)) && !landed.contains(&element(finding)))
        .collect()
}

/// What breaks a live version, told beside the changes themselves.
fn breaks((release, findings): (&Release, &Vec<Finding>)) -> Vec<Notice> {
    let loud = findings
        .iter()
        .filter(|finding| finding.level == Level::Error);
    loud.map(|finding| {
        let site = finding.sites.first();
        let element = site.as_ref().map_or("", |site| &site.element);
        let holes = [("element", element), ("version", &release.version)];
        let mut notice = Notice::new("release-broken", Level::Error, &holes)
            .about(&release.contract, element)
            .in_file(&release.file, None);
        notice.fingerprint = site.as_ref().map(|site| site.fingerprint.clone());
        notice
    })
    .collect()
}

fn compared<'g>(
    side: &Sides<'g>,
    release: Option<&'g Release>,
    gated: gate::Gated,
) -> Compared<'g> {
    let pair = side.pair;
    let (old, new) = (
        pair.old.as_ref().map(|(_, bundle)| bundle),
        pair.new.as_ref().map(|(_, bundle)| bundle),
    );
    let shown = pair.new.as_ref().or(pair.old.as_ref());
    let name = shown.map_or(pair.key.as_str(), |(name, _)| name).to_owned();
    let operations = side.new.as_ref().or(side.old.as_ref());
    let complaints = match (old, new) {
        (Some(old), Some(new)) => judge::complaints(old, new),
        (Some(old), None) => judge::complaints_of(old, Side::Old),
        (None, Some(new)) => judge::complaints_of(new, Side::New),
        (None, None) => Vec::new(),
    };
    Compared {
        name: match release {
            Some(release) => format!("{name} (against {})", release.version),
            None => name,
        },
        contract: pair.options.contract.clone(),
        old: release.map_or(old, |release| Some(&release.bundle)),
        new,
        operations: operations.map_or(0, |contract| contract.operations().len()),
        reading: pair.options.reading,
        findings: gated.findings,
        complaints: if release.is_some() {
            Vec::new()
        } else {
            complaints
        },
        rulings: gated.rulings,
    }
}
