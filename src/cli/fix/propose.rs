//! What may be mended: members and values of the base that are gone, and what the other files of this folder know.

use super::{
    Found, Loaded, Proposal, Run,
    change::{Change, Step, made},
    notices, papers,
    problems::Problem,
};
use crate::judge::{Finding, Mark};
use crate::policy::Ruling;
use crate::report::Compared;
use crate::spec::{Bundle, Level};
use crate::text::Pointer;
use crate::tree::{Kind, NodeId, Tree};
use jiff::civil::Date;
use serde_json::json;

/// Everything that is worth a try.
pub(super) fn proposals<'b>(
    run: &Run<'_>,
    loaded: &Loaded,
    found: &Found<'b>,
) -> Vec<Proposal<'b>> {
    let today = match loaded {
        Loaded::Governed(gate) => Some(gate.today),
        Loaded::Plain(_) => None,
    };
    let mut proposals = Vec::new();
    for compared in &found.contracts {
        let (Some(old), Some(new)) = (compared.old, compared.new) else {
            continue;
        };
        for (finding, ruling) in compared.ruled() {
            if finding.level < Level::Error {
                continue;
            }
            let gone = Gone {
                old,
                new,
                finding,
                record: record(today, ruling),
            };
            let ways = match finding.rule.id {
                "property-removed" => gone.member(),
                "enum-value-removed" => gone.value(),
                _ => None,
            };
            if let Some(ways) = ways {
                let problem = Problem::of(compared, finding);
                proposals.push(Proposal { problem, ways });
            }
        }
    }
    if let Some(today) = today {
        proposals.extend(notices::proposals(run, found, today));
    }
    proposals.extend(papers::proposals(&run.sides, loaded, found));
    proposals
}

/// The record that a removal lacks: since when, and the earliest lawful sunset.
fn record(today: Option<Date>, ruling: Option<&Ruling>) -> Option<(Date, Date)> {
    let row = ruling?.row?;
    (row.rule.id == "removed-without-deprecation").then_some((today?, row.earliest?))
}

/// Something of the base that head no longer has.
struct Gone<'g, 'b> {
    old: &'b Bundle,
    new: &'b Bundle,
    finding: &'g Finding,
    record: Option<(Date, Date)>,
}

type Ways<'b> = Vec<(String, Vec<Step<'b>>)>;

impl<'b> Gone<'_, 'b> {
    /// A member of an object, as it was, and as required as it was.
    fn member(&self) -> Option<Ways<'b>> {
        let old = &self.old.files[usize::from(self.finding.old?.file.0)].tree;
        let new = self.finding.new?;
        let file = &self.new.files[usize::from(new.file.0)];
        let pointer = Pointer::parse(&self.finding.pointer).ok()?;
        let mut segments: Vec<String> = pointer.segments().map(Into::into).collect();
        let key = segments.pop()?;
        if segments.pop()? != "properties" {
            return None;
        }
        let schema = at(old, &segments)?;
        let members = old.get(schema, "properties")?;
        let place = of_mark(&file.tree, new, Kind::Map).or_else(|| {
            let pointer = pointer_of(&segments);
            file.tree.at_pointer(file.tree.root(), &pointer)
        })?;
        let home = file.tree.pointer(place);
        let step = |change| Step {
            file: file.path.clone(),
            change,
        };
        // Where nothing is left of them, all come back together.
        let (map, holder, back) = match file.tree.get(place, "properties") {
            Some(_) => (home.child("properties"), members, key.clone()),
            None => (home.clone(), schema, "properties".to_owned()),
        };
        let mut steps = vec![step(Change::Entry {
            map,
            base: old,
            holder,
            key: back,
        })];
        let required = old.get(schema, "required");
        let named = |node: &NodeId| old.str(*node) == Some(key.as_str());
        if let Some((holder, place)) =
            required.and_then(|seq| Some((seq, old.items(seq).iter().position(named)?)))
        {
            steps.push(step(Change::Merge {
                map: home.clone(),
                made: made(r#"{"required": []}"#)?,
            }));
            steps.push(step(Change::Item {
                seq: home.child("required"),
                base: old,
                holder,
                place,
            }));
        }
        let member = old.get(members, &key)?;
        let record = self.record.filter(|_| old.get(member, "$ref").is_none());
        let record = record.map(|(since, sunset)| {
            let (since, sunset) = (since.to_string(), sunset.to_string());
            let text = json!({"since": since, "sunset": sunset}).to_string();
            let text = format!(r#"{{"deprecated": true, "x-deprecation": {text}}}"#);
            (home.child("properties").child(&key), text)
        });
        Some(self.ways(&format!("member `{key}` is back"), &steps, record))
    }

    /// A value of an enum, at its old place among the others.
    fn value(&self) -> Option<Ways<'b>> {
        let mark = self.finding.old?;
        let old = &self.old.files[usize::from(mark.file.0)].tree;
        let new = self.finding.new?;
        let file = &self.new.files[usize::from(new.file.0)];
        let seq = of_mark(&file.tree, new, Kind::Seq)?;
        let item = old.nodes().find(|node| is_at(old, *node, mark))?;
        let (holder, place) = old.nodes().find_map(|seq| {
            let place = old.items(seq).iter().position(|one| *one == item)?;
            Some((seq, place))
        })?;
        let pointer = file.tree.pointer(seq);
        let steps = [Step {
            file: file.path.clone(),
            change: Change::Item {
                seq: pointer.clone(),
                base: old,
                holder,
                place,
            },
        }];
        let mut segments: Vec<String> = pointer.segments().map(Into::into).collect();
        segments.pop();
        let written = self.finding.before.clone()?;
        let key = old.str(item).map_or_else(|| written.clone(), str::to_owned);
        let record = self.record.map(|(since, sunset)| {
            let dates = json!({"since": since.to_string(), "sunset": sunset.to_string()});
            let text = json!({"x-enum-deprecations": {key: dates}}).to_string();
            (pointer_of(&segments), text)
        });
        Some(self.ways(&format!("the value {written} is back"), &steps, record))
    }

    /// With its record where it lacks one, and without.
    fn ways(&self, what: &str, steps: &[Step<'b>], record: Option<(Pointer, String)>) -> Ways<'b> {
        let mut ways = Vec::new();
        let made = record.and_then(|(map, text)| Some((map, made(&text)?)));
        if let (Some((map, made)), Some((_, sunset))) = (made, self.record) {
            let mut steps = steps.to_vec();
            steps.push(Step {
                file: steps[0].file.clone(),
                change: Change::Merge { map, made },
            });
            ways.push((format!("{what}, deprecated until {sunset}"), steps));
        }
        let plain = if ways.is_empty() {
            what.to_owned()
        } else {
            format!("{what}, and not deprecated: the policy asks for more than dates")
        };
        ways.push((plain, steps.to_vec()));
        ways
    }
}

fn at(tree: &Tree, segments: &[String]) -> Option<NodeId> {
    tree.at_pointer(tree.root(), &pointer_of(segments))
}

fn pointer_of(segments: &[String]) -> Pointer {
    let mut pointer = Pointer::root();
    for segment in segments {
        pointer.push(segment);
    }
    pointer
}

fn of_mark(tree: &Tree, mark: Mark, kind: Kind) -> Option<NodeId> {
    tree.nodes()
        .find(|node| tree.kind(*node) == kind && is_at(tree, *node, mark))
}

fn is_at(tree: &Tree, node: NodeId, mark: Mark) -> bool {
    let span = tree.span(node);
    (span.start, span.end) == (mark.start, mark.end)
}

/// The contract with this id.
pub(super) fn contract<'f, 'b>(found: &'f Found<'b>, id: &str) -> Option<&'f Compared<'b>> {
    found.contracts.iter().find(|one| one.contract == id)
}
