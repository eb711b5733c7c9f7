//! One edit, one finding: sightings of the same edit become one entry with all its sites.

use super::{
    canon::Canon,
    exchange::{Exchange, Payload, Scenes, exchange, wrapped},
    finding::{self, Finding, Mark, Proof, Witness},
    fingerprint::Prefix,
    fold::fold_words,
    proof::Engine,
    run::{Seen, Sighting},
    sites::{Sites, Spot},
    spots::Spots,
};
use crate::diff::{Comparison, PairId, PlaceId};
use crate::spec::{At, Bundle, Level, Ruling};
use crate::variance::{Direction, Effect, Verdict};
use foldhash::{HashMap, HashMapExt as _, HashSet};

/// Why an edit of a scalar that YAML 1.1 and 1.2 read differently never breaks by itself.
const AMBIGUOUS: &str = "YAML 1.1 and YAML 1.2 read this scalar differently";

/// What an edit without a better reason is undecided for.
const OPEN: &str = "the edit alone does not tell whether values are lost";

/// Merges sightings into findings, the worst first.
pub(super) fn merge<'a, 'c, 'd>(
    comparison: &'a Comparison<'c, 'd>,
    sightings: Vec<Sighting>,
    engine: Engine<'a, 'c, 'd>,
    safe: HashSet<PairId>,
) -> Vec<Finding> {
    let pairs = sightings.iter().flat_map(|sighting| match sighting.seen {
        Seen::Schemas(pair) => [Some(pair), sighting.shown],
        Seen::Place(_) => [None, None],
    });
    let wanted: HashSet<PairId> = pairs.flatten().collect();
    let mut order: Vec<Vec<Sighting>> = Vec::new();
    let mut index: HashMap<Edit, usize> = HashMap::new();
    for sighting in sightings {
        let edit = Edit::of(&sighting);
        let group = *index.entry(edit).or_insert_with(|| {
            order.push(Vec::new());
            order.len() - 1
        });
        order[group].push(sighting);
    }
    let mut merger = Merger {
        comparison,
        spots: Spots::new(comparison, &wanted, safe),
        old: Canon::new(&comparison.graph.old),
        new: Canon::new(&comparison.graph.new),
        engine,
        scenes: None,
    };
    let findings = order.iter().filter_map(|group| merger.finding(group));
    let mut findings = fold_words(findings.collect());
    findings.sort_by(|a, b| {
        b.verdict
            .cmp(&a.verdict)
            .then_with(|| a.new.cmp(&b.new))
            .then_with(|| a.old.cmp(&b.old))
            .then_with(|| a.rule.id.cmp(b.rule.id))
            .then_with(|| a.sites.first_element().cmp(&b.sites.first_element()))
    });
    findings
}

/// What makes two sightings the same edit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Edit {
    rule: &'static str,
    old: Option<At>,
    new: Option<At>,
    tail: String,
    holes: Vec<(&'static str, String)>,
    /// Tells edits without a node of their own apart.
    place: Option<PlaceId>,
}

impl Edit {
    fn of(sighting: &Sighting) -> Self {
        let hit = &sighting.hit;
        let nowhere = hit.old.is_none() && hit.new.is_none();
        let (old, new) = if nowhere {
            sighting.around
        } else {
            (hit.old, hit.new)
        };
        Self {
            rule: sighting.rule.id,
            old,
            new,
            // The tail of a shared schema's edit is the same at every site; a status or a name may differ.
            tail: hit.tail.clone(),
            holes: hit.holes.clone(),
            place: match sighting.seen {
                Seen::Place(place) if nowhere && old.is_none() && new.is_none() => Some(place),
                Seen::Place(_) | Seen::Schemas(_) => None,
            },
        }
    }
}

/// A sighting with the verdict that counts.
#[derive(Clone, Copy)]
struct Capped<'g> {
    sighting: &'g Sighting,
    verdict: Verdict,
}

struct Merger<'a, 'c, 'd> {
    comparison: &'a Comparison<'c, 'd>,
    spots: Spots<'a, 'c, 'd>,
    old: Canon<'a, 'd>,
    new: Canon<'a, 'd>,
    engine: Engine<'a, 'c, 'd>,
    /// Found when the first witness is shown.
    scenes: Option<Scenes<'a, 'c, 'd>>,
}

impl Merger<'_, '_, '_> {
    fn finding(&mut self, group: &[Sighting]) -> Option<Finding> {
        // A pair that no place of the surface reaches says nothing to anyone.
        let group: Vec<Capped<'_>> = group.iter().filter_map(|it| self.capped(it)).collect();
        let sightings: Vec<&Sighting> = group.iter().map(|it| it.sighting).collect();
        let spots = self.spots.of(&sightings);
        let first = *sightings.first()?;
        let verdict_in = |direction: Option<Direction>| {
            let those = group.iter().filter(|it| it.sighting.direction == direction);
            those.map(|it| it.verdict).max()
        };
        let (input, output) = (
            verdict_in(Some(Direction::Input)),
            verdict_in(Some(Direction::Output)),
        );
        let verdict = verdict_in(None).max(input).max(output)?;
        let before = first
            .hit
            .before
            .as_ref()
            .map(|content| (self.old.json(content), self.old.digest(content)));
        let after = first
            .hit
            .after
            .as_ref()
            .map(|content| (self.new.json(content), self.new.digest(content)));
        let prefix = Prefix::new(
            &self.comparison.options.contract,
            first.rule.id,
            before.as_ref().map(|(_, digest)| digest.as_str()),
            after.as_ref().map(|(_, digest)| digest.as_str()),
            None,
        );
        let (told, nearest) = self.told(&group, verdict)?;
        let sites = Sites::reached(&self.spots.surface, spots, &first.hit.tail, prefix)?;
        let (old_bundle, new_bundle) = (self.comparison.old.bundle, self.comparison.new.bundle);
        let shown = (
            first.entries.0.or(first.hit.old),
            first.entries.1.or(first.hit.new),
        );
        let pointer = match (shown.1, shown.0) {
            (Some(at), _) => pointer(new_bundle, at),
            (None, Some(at)) => pointer(old_bundle, at),
            (None, None) => first
                .around
                .1
                .map_or_else(String::new, |at| pointer(new_bundle, at)),
        };
        Some(Finding {
            rule: first.rule,
            verdict,
            level: level(verdict),
            reach: match (input, output) {
                (Some(_), Some(_)) => finding::Reach::Both,
                (Some(_), None) => finding::Reach::One(Direction::Input),
                (None, Some(_)) => finding::Reach::One(Direction::Output),
                (None, None) => finding::Reach::None,
            },
            input,
            output,
            message: self.message(first, &nearest),
            pointer,
            old: mark(old_bundle, shown.0, first.around.0),
            new: mark(new_bundle, shown.1, first.around.1),
            before: before.map(|(json, _)| json),
            after: after.map(|(json, _)| json),
            proof: match self.proof(told, verdict) {
                Proof::Witness(witness) => {
                    Proof::Witness(Box::new(self.shown(*witness, told.shown, &nearest)))
                }
                other => other,
            },
            sites,
        })
    }

    /// The sighting to tell, and where: at the nearest place where it is as bad as the finding.
    ///
    /// Of several, one with a witness there shows most, and else no proof is claimed that one of them lacks.
    fn told<'g>(&mut self, group: &[Capped<'g>], verdict: Verdict) -> Option<(&'g Sighting, Spot)> {
        let worst = group.iter().filter(|it| it.verdict == verdict);
        let worst: Vec<&Sighting> = worst.map(|it| it.sighting).collect();
        let nearest = self.spots.of(&worst).first()?.clone();
        let mut shown = worst
            .iter()
            .filter(|it| matches!(it.proof, Some(Proof::Witness(_))));
        let shown = shown.find(|sighting| {
            let spots = self.spots.of(&[sighting]);
            spots.iter().any(|spot| spot.place == nearest.place)
        });
        let bare = || worst.iter().find(|it| it.proof.is_none());
        let told = *shown.or_else(bare).or_else(|| worst.first())?;
        Some((told, nearest))
    }

    /// A witness with the message that carries it at the nearest place.
    fn shown(&mut self, mut witness: Witness, pair: Option<PairId>, nearest: &Spot) -> Witness {
        // The payload may be one of a schema around the edit.
        let spots = pair.map(|pair| self.spots.of_pair(pair));
        let mut spots = spots.iter().flat_map(|spots| spots.iter());
        let around = spots.find(|spot| spot.place == nearest.place);
        witness.exchange = self.exchange(&witness, around.unwrap_or(nearest));
        witness
    }

    fn exchange(&mut self, witness: &Witness, nearest: &Spot) -> Option<Exchange> {
        let scenes = self
            .scenes
            .get_or_insert_with(|| Scenes::new(self.comparison));
        let scene = scenes.at(nearest.place, witness.valid_under)?;
        let (root, steps) = self.spots.steps(nearest)?;
        if let Some(whole) = self.engine.whole(root, &steps, witness) {
            return Some(exchange(
                &scene,
                Payload::Whole(&whole.payload),
                witness.valid_under,
                &whole.ruling,
            ));
        }
        let value = serde_json::from_str(&witness.payload).ok()?;
        let (_, path) = wrapped(&steps, serde_json::Value::Null)?;
        let ruling = Ruling {
            valid: false,
            keyword: Some(witness.keyword.clone()),
            at: Some(witness.at.clone()),
            member: None,
        };
        Some(exchange(
            &scene,
            Payload::Inner(&path, &value),
            witness.valid_under,
            &ruling,
        ))
    }

    /// A sighting with its verdict, no worse than its places and its spelling allow; `None` where nothing reaches it.
    fn capped<'g>(&mut self, sighting: &'g Sighting) -> Option<Capped<'g>> {
        let spots = self.spots.of(&[sighting]);
        if spots.is_empty() {
            return None;
        }
        // Nobody uses it yet, or two readers of the same bytes disagree: not a break by itself.
        let is_capped = Sites::unused(&self.spots.surface, &spots) || self.is_ambiguous(sighting);
        let verdict = if is_capped {
            sighting.verdict.min(Verdict::Risky)
        } else {
            sighting.verdict
        };
        Some(Capped { sighting, verdict })
    }

    fn is_ambiguous(&self, sighting: &Sighting) -> bool {
        let ambiguous = |bundle: &Bundle, at: Option<At>| {
            at.is_some_and(|at| bundle.tree(at.file).ambiguous(at.node).is_some())
        };
        ambiguous(self.comparison.old.bundle, sighting.hit.old)
            || ambiguous(self.comparison.new.bundle, sighting.hit.new)
    }

    fn proof(&self, sighting: &Sighting, verdict: Verdict) -> Proof {
        if self.is_ambiguous(sighting) && verdict == Verdict::Risky {
            return Proof::Undecided(AMBIGUOUS.into());
        }
        if let Some(proof) = &sighting.proof {
            return proof.clone();
        }
        match sighting.effect {
            Effect::Removes => Proof::Removed,
            Effect::Obscures => Proof::Undecided(sighting.hit.reason.unwrap_or(OPEN).into()),
            Effect::Narrows
            | Effect::Widens
            | Effect::Shifts
            | Effect::Adds
            | Effect::Alters
            | Effect::Annotates => Proof::Rule,
        }
    }

    fn message(&self, sighting: &Sighting, nearest: &Spot) -> String {
        let mut message = sighting.rule.message.to_owned();
        for (name, value) in &sighting.hit.holes {
            message = message.replace(&format!("{{{name}}}"), value);
        }
        if message.contains("{subject}") {
            message = message.replace("{subject}", &subject(self.comparison, nearest));
        }
        message
    }
}

/// What a sentence calls the place: the member, item, or parameter, and where it stands.
fn subject(comparison: &Comparison<'_, '_>, nearest: &Spot) -> String {
    let place = comparison.places.subject(nearest.place);
    if nearest.path.is_empty() {
        place
    } else {
        format!("`{}` in {place}", nearest.path.trim_start_matches('.'))
    }
}

/// The level a verdict has without a policy.
pub(super) fn level(verdict: Verdict) -> Level {
    match verdict {
        Verdict::Breaking | Verdict::Undecided => Level::Error,
        Verdict::Risky => Level::Warning,
        Verdict::Additive | Verdict::Neutral => Level::Note,
    }
}

fn pointer(bundle: &Bundle, at: At) -> String {
    bundle.tree(at.file).pointer(at.node).to_string()
}

fn mark(bundle: &Bundle, node: Option<At>, around: Option<At>) -> Option<Mark> {
    let at = node.or(around)?;
    let span = bundle.tree(at.file).span(at.node);
    Some(Mark {
        file: at.file,
        start: span.start,
        end: span.end,
        absent: node.is_none(),
    })
}
