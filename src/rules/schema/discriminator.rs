//! The `discriminator`: the member that tells which branch an object belongs to.

use super::sides::{named, sides};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Discriminator, Schema, SchemaId, Schemas};
use crate::variance::Effect;
use std::collections::BTreeMap;

/// Where one value leads.
struct Target<'d> {
    text: &'d str,
    at: At,
    /// The branch it names, where it names one.
    branch: Option<SchemaId>,
    /// Not written down: the component's name is the value (section 4.8.25 of the specification).
    implicit: bool,
}

fn last(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// Every value the discriminator tells apart, written down or not.
fn targets<'d>(
    schemas: &Schemas<'d>,
    schema: &Schema<'d>,
    discriminator: &Discriminator<'d>,
    subtypes: &[(&'d str, At)],
) -> BTreeMap<&'d str, Target<'d>> {
    let bundle = schemas.bundle;
    let branches: Vec<(&'d str, At)> = schema
        .groups
        .iter()
        .flat_map(|group| &group.branches)
        .filter_map(|at| Some((bundle.text(*at, "$ref")?, *at)))
        .collect();
    let mut found: BTreeMap<&'d str, Target<'d>> = BTreeMap::new();
    for (value, (text, at)) in &discriminator.mapping {
        let branch = branches
            .iter()
            .find(|(reference, _)| reference == text || last(reference) == *text);
        let target = Target {
            text,
            at: *at,
            branch: branch.map(|(_, at)| schemas.of_node(*at)),
            implicit: false,
        };
        found.insert(value, target);
    }
    for (reference, at) in branches {
        let mapped = discriminator
            .mapping
            .values()
            .any(|(text, _)| *text == reference || *text == last(reference));
        if !mapped {
            found.entry(last(reference)).or_insert(Target {
                text: reference,
                at,
                branch: Some(schemas.of_node(at)),
                implicit: true,
            });
        }
    }
    for (value, at) in subtypes {
        found.entry(value).or_insert(Target {
            text: value,
            at: *at,
            branch: Some(schemas.of_node(*at)),
            implicit: true,
        });
    }
    found
}

/// The discriminators of both sides.
fn both<'v, 'd>(
    view: &SchemaView<'v, 'd>,
) -> Option<(&'v Discriminator<'d>, &'v Discriminator<'d>)> {
    let (old, new) = sides(view)?;
    old.discriminator.as_ref().zip(new.discriminator.as_ref())
}

fn presence(view: &SchemaView<'_, '_>, hits: &mut Hits, added: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let (old, new) = (old.discriminator.as_ref(), new.discriminator.as_ref());
    if old.is_some() == new.is_some() || new.is_some() != added {
        return;
    }
    let property = new
        .or(old)
        .map_or("", |discriminator| discriminator.property);
    hits.push(
        Hit::nodes(old.map(|one| one.at), new.map(|one| one.at)).hole("property", named(property)),
    );
}

fn property_changed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    if let Some((old, new)) = both(view)
        && old.property != new.property
    {
        hits.push(
            Hit::at(Some(old.at), Some(new.at))
                .before(Content::text(old.property))
                .after(Content::text(new.property))
                .hole("old", named(old.property))
                .hole("new", named(new.property)),
        );
    }
}

#[derive(PartialEq)]
enum Fact {
    Added,
    Removed,
    Changed,
}

fn mapping(view: &SchemaView<'_, '_>, hits: &mut Hits, wanted: &Fact) {
    let Some((old_one, new_one)) = both(view) else {
        return;
    };
    let old = targets(&view.graph.old, view.old, old_one, view.subtypes.0);
    let new = targets(&view.graph.new, view.new, new_one, view.subtypes.1);
    match wanted {
        Fact::Removed => {
            for (value, target) in old.iter().filter(|(value, _)| !new.contains_key(**value)) {
                // A value that nobody wrote down goes with its branch, and the branch is told.
                if !(target.implicit && is_loose(view, target.at, true)) {
                    let hit = Hit::at(Some(target.at), Some(new_one.at));
                    hits.push(told(hit, value, target).before(Content::Node(target.at)));
                }
            }
        }
        Fact::Added => {
            for (value, target) in new.iter().filter(|(value, _)| !old.contains_key(**value)) {
                if !(target.implicit && is_loose(view, target.at, false)) {
                    let hit = Hit::at(Some(old_one.at), Some(target.at));
                    hits.push(told(hit, value, target).after(Content::Node(target.at)));
                }
            }
        }
        Fact::Changed => {
            for (value, before) in &old {
                if let Some(after) = new.get(value)
                    && !leads_alike(view, before, after)
                {
                    let hit = Hit::at(Some(before.at), Some(after.at))
                        .before(Content::Node(before.at))
                        .after(Content::Node(after.at))
                        .hole("old", named(last(before.text)));
                    hits.push(told(hit, value, after));
                }
            }
        }
    }
}

fn told(hit: Hit, value: &str, target: &Target<'_>) -> Hit {
    hit.hole("value", serde_json::Value::from(value))
        .hole("target", named(last(target.text)))
        .tail(format!(" > mapping:{}", serde_json::Value::from(value)))
}

/// Whether a branch has no counterpart.
fn is_loose(view: &SchemaView<'_, '_>, at: At, old: bool) -> bool {
    view.branches.iter().any(|group| {
        let list = if old { &group.removed } else { &group.added };
        list.iter().any(|branch| branch.at == at)
    })
}

/// Whether two targets are the same schema, or one that took its place.
fn leads_alike(view: &SchemaView<'_, '_>, old: &Target<'_>, new: &Target<'_>) -> bool {
    let succeeded = old.branch.zip(new.branch).is_some_and(|(old, new)| {
        view.branches
            .iter()
            .flat_map(|group| &group.matched)
            .any(|matched| matched.old == old && matched.new == new)
    });
    succeeded || last(old.text) == last(new.text)
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "discriminator-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} tells its alternatives apart by {property}",
        docs: "\
A schema names the member that tells its alternatives apart.

Nobody: no value changes, and generated code may tell the alternatives apart sooner.
Make the member required in every alternative.
",
        detect: Detect::Hint(|view, hits| presence(view, hits, true)),
    },
    Rule {
        id: "discriminator-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} no longer tells its alternatives apart by {property}",
        docs: "\
A schema no longer names the member that tells its alternatives apart.

Generated code that picks the alternative by it can no longer do so; validators notice nothing.
Keep the discriminator as long as the alternatives are there.
",
        detect: Detect::Hint(|view, hits| presence(view, hits, false)),
    },
    Rule {
        id: "discriminator-property-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} tells its alternatives apart by {new}, and did by {old}",
        docs: "\
Another member tells the alternatives apart.

Code that picks the alternative by the old member picks the wrong one, or none; validators notice nothing.
Send both members, and change the discriminator in a new version.
",
        detect: Detect::Hint(property_changed),
    },
    Rule {
        id: "discriminator-mapping-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} knows {value} as {target}",
        docs: "\
A discriminator got one more value.

Nobody by this alone: the alternative it leads to is a finding of its own where it is new.
Nothing; look at the alternative.
",
        detect: Detect::Hint(|view, hits| mapping(view, hits, &Fact::Added)),
    },
    Rule {
        id: "discriminator-mapping-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} no longer knows {value}, which led to {target}",
        docs: "\
A discriminator lost a value.

Without a mapping the values are the names of the components, so a renamed component loses its value, too.
Code that meets or sends the value no longer finds its alternative; validators notice nothing.
Keep the value in the mapping, also for a component that was renamed.
",
        detect: Detect::Hint(|view, hits| mapping(view, hits, &Fact::Removed)),
    },
    Rule {
        id: "discriminator-mapping-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} reads {value} as {target}, and read it as {old}",
        docs: "\
A value of a discriminator leads to another schema.

Code that picks the alternative by the value reads it as something else; validators notice nothing.
Give the other schema a value of its own.
",
        detect: Detect::Hint(|view, hits| mapping(view, hits, &Fact::Changed)),
    },
];
