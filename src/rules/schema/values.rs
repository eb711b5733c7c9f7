//! Closed lists of values, `enum` and `const`, and the open list `x-extensible-enum`.

use super::sides::{json, listed, short, sides};
use crate::rules::{Content, Detect, Hit, Hits, Rule, SchemaView};
use crate::spec::{At, Bundle, Schema, Types, Values};
use crate::tree::Kind;
use crate::variance::Effect;
use std::collections::HashMap;

/// The values a schema allows, where it lists them; `null` is the types' business.
pub(super) struct Closed {
    pub(super) at: At,
    pub(super) list: Vec<At>,
    pub(super) single: bool,
}

/// The type of a value.
pub(super) fn type_of(bundle: &Bundle, at: At) -> Types {
    let tree = bundle.tree(at.file);
    match tree.kind(at.node) {
        Kind::Null => Types::NULL,
        Kind::Bool => Types::BOOLEAN,
        Kind::Number if tree.decimal(at.node).is_some_and(|n| n.is_integer()) => Types::INTEGER,
        Kind::Number => Types::NUMBER.without(Types::INTEGER),
        Kind::String => Types::STRING,
        Kind::Seq => Types::ARRAY,
        Kind::Map => Types::OBJECT,
    }
}

/// Values of one side, found by what they are equal to.
struct Lookup<'b> {
    bundle: &'b Bundle,
    by_hash: HashMap<u64, Vec<At>>,
}

impl<'b> Lookup<'b> {
    fn new(bundle: &'b Bundle, list: &[At]) -> Self {
        let mut by_hash: HashMap<u64, Vec<At>> = HashMap::with_capacity(list.len());
        for value in list {
            let hash = bundle.tree(value.file).hash(value.node);
            by_hash.entry(hash).or_default().push(*value);
        }
        Self { bundle, by_hash }
    }

    fn holds(&self, bundle: &Bundle, value: At) -> bool {
        let tree = bundle.tree(value.file);
        self.by_hash
            .get(&tree.hash(value.node))
            .into_iter()
            .flatten()
            .any(|held| tree.same(value.node, self.bundle.tree(held.file), held.node))
    }
}

/// The list a schema is closed to: what all its lists have in common, and its types allow.
pub(super) fn closed(bundle: &Bundle, schema: &Schema<'_>) -> Option<Closed> {
    let (first, others) = schema.values.split_first()?;
    let mut list = first.list.clone();
    for other in others {
        let other = Lookup::new(bundle, &other.list);
        list.retain(|value| other.holds(bundle, *value));
    }
    list.retain(|value| {
        let kind = type_of(bundle, *value);
        kind != Types::NULL && schema.types.meets(kind)
    });
    // A boolean that may be either is no list.
    if schema.types.without(Types::NULL) == Types::BOOLEAN && list.len() >= 2 {
        return None;
    }
    Some(Closed {
        at: first.at,
        single: schema.values.iter().any(|values| values.single),
        list,
    })
}

fn words(bundle: &Bundle, list: &[At]) -> String {
    let words: Vec<String> = list.iter().map(|value| short(bundle, *value)).collect();
    listed(&words)
}

fn tail(bundle: &Bundle, value: At) -> String {
    format!(" > enum:{}", json(bundle, value))
}

fn value_removed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = lists(view) else {
        return;
    };
    let (bundle, after) = (view.old_bundle(), Lookup::new(view.new_bundle(), &new.list));
    for value in &old.list {
        if after.holds(bundle, *value) || !view.new.types.meets(type_of(bundle, *value)) {
            continue;
        }
        hits.push(
            Hit::at(Some(*value), Some(new.at))
                .before(Content::Node(*value))
                .hole("value", short(bundle, *value))
                .tail(tail(bundle, *value)),
        );
    }
}

fn value_added(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = lists(view) else {
        return;
    };
    let (bundle, before) = (view.new_bundle(), Lookup::new(view.old_bundle(), &old.list));
    for value in &new.list {
        if before.holds(bundle, *value) || !view.old.types.meets(type_of(bundle, *value)) {
            continue;
        }
        let hit = Hit::at(Some(old.at), Some(*value))
            .after(Content::Node(*value))
            .hole("value", short(bundle, *value))
            .tail(tail(bundle, *value));
        // Readers of a list that was published as open are ready for more.
        hits.push(if view.old.extensible.is_some() {
            hit.effect(Effect::Adds)
        } else {
            hit
        });
    }
}

/// Both lists, unless two constants stand against each other.
fn lists(view: &SchemaView<'_, '_>) -> Option<(Closed, Closed)> {
    let (old, new) = sides(view)?;
    let old = closed(view.old_bundle(), old)?;
    let new = closed(view.new_bundle(), new)?;
    (!(old.single && new.single)).then_some((old, new))
}

fn constant_changed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let (old_bundle, new_bundle) = (view.old_bundle(), view.new_bundle());
    let (Some(old), Some(new)) = (closed(old_bundle, old), closed(new_bundle, new)) else {
        return;
    };
    let ([before], [after]) = (old.list.as_slice(), new.list.as_slice()) else {
        return;
    };
    let told_by_types = !view.new.types.meets(type_of(old_bundle, *before));
    if old.single && new.single && !told_by_types && !view.equal(*before, *after) {
        hits.push(
            Hit::nodes(Some(*before), Some(*after))
                .hole("old", short(old_bundle, *before))
                .hole("new", short(new_bundle, *after)),
        );
    }
}

fn list_added(view: &SchemaView<'_, '_>, hits: &mut Hits, single: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let bundle = view.new_bundle();
    if closed(view.old_bundle(), old).is_some() {
        return;
    }
    if let Some(list) = closed(bundle, new).filter(|list| list.single == single)
        && meets(bundle, &list.list, old)
    {
        hits.push(Hit::nodes(None, Some(list.at)).hole("values", words(bundle, &list.list)));
    }
}

fn list_removed(view: &SchemaView<'_, '_>, hits: &mut Hits, single: bool) {
    let Some((old, new)) = sides(view) else {
        return;
    };
    let bundle = view.old_bundle();
    if closed(view.new_bundle(), new).is_some() {
        return;
    }
    if let Some(list) = closed(bundle, old).filter(|list| list.single == single)
        && meets(bundle, &list.list, new)
    {
        hits.push(Hit::nodes(Some(list.at), None).hole("values", words(bundle, &list.list)));
    }
}

/// Whether the other side's types leave any of the values; if not, the types tell it all.
fn meets(bundle: &Bundle, list: &[At], other: &Schema<'_>) -> bool {
    list.is_empty()
        || list
            .iter()
            .any(|value| other.types.meets(type_of(bundle, *value)))
}

/// The known values of open lists on both sides.
fn open<'v>(view: &SchemaView<'v, '_>) -> Option<(&'v Values, &'v Values)> {
    let (old, new) = sides(view)?;
    old.extensible.as_ref().zip(new.extensible.as_ref())
}

fn known_removed(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = open(view) else { return };
    let (bundle, after) = (view.old_bundle(), Lookup::new(view.new_bundle(), &new.list));
    for value in old
        .list
        .iter()
        .filter(|value| !after.holds(bundle, **value))
    {
        hits.push(
            Hit::at(Some(*value), Some(new.at))
                .before(Content::Node(*value))
                .hole("value", short(bundle, *value))
                .tail(tail(bundle, *value)),
        );
    }
}

fn known_added(view: &SchemaView<'_, '_>, hits: &mut Hits) {
    let Some((old, new)) = open(view) else { return };
    let (bundle, before) = (view.new_bundle(), Lookup::new(view.old_bundle(), &old.list));
    for value in new
        .list
        .iter()
        .filter(|value| !before.holds(bundle, **value))
    {
        hits.push(
            Hit::at(Some(old.at), Some(*value))
                .after(Content::Node(*value))
                .hole("value", short(bundle, *value))
                .tail(tail(bundle, *value)),
        );
    }
}

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "enum-value-removed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} no longer allows {value}",
        docs: "\
A closed list of values lost one.

A consumer that sends the value is turned away.
Go on taking the value, mark it as deprecated, and remove it when its window has passed.
",
        detect: Detect::Schema(value_removed),
    },
    Rule {
        id: "enum-value-added",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} also allows {value}",
        docs: "\
A closed list of values got one more.

A consumer that reads the value and handles only those it knows fails on the new one.
Publish the list as open (`x-extensible-enum`) before values are added, or give the new value a new version.
",
        detect: Detect::Schema(value_added),
    },
    Rule {
        id: "enum-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} allows only {values}",
        docs: "\
A value that was free has to be one of a closed list.

A consumer that sends anything else is turned away.
List every value that consumers send, or publish the list as open (`x-extensible-enum`).
",
        detect: Detect::Schema(|view, hits| list_added(view, hits, false)),
    },
    Rule {
        id: "enum-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is no longer limited to {values}",
        docs: "\
A closed list of values became free.

A consumer that reads the value and handles only those of the list fails on others.
Keep the list for what consumers read, and add values to it one by one.
",
        detect: Detect::Schema(|view, hits| list_removed(view, hits, false)),
    },
    Rule {
        id: "const-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} is always {values}",
        docs: "\
A value became a constant.

A consumer that sends anything else is turned away.
Take the other values for a while, and ignore what they ask for.
",
        detect: Detect::Schema(|view, hits| list_added(view, hits, true)),
    },
    Rule {
        id: "const-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} is no longer always {values}",
        docs: "\
A value that was a constant became free.

A consumer that reads it and relies on the constant, often to tell kinds of objects apart, fails.
Keep the constant, and give what varies a member of its own.
",
        detect: Detect::Schema(|view, hits| list_removed(view, hits, true)),
    },
    Rule {
        id: "const-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is always {new}, and was always {old}",
        docs: "\
A constant has another value.

Whoever sends the old value is turned away, and whoever reads looks for it in vain.
Add a branch with the new constant beside the one with the old.
",
        detect: Detect::Schema(constant_changed),
    },
    Rule {
        id: "extensible-enum-value-removed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} no longer knows {value}",
        docs: "\
An open list of known values lost one.

A consumer that sends the value is no longer understood.
Go on taking the value until nobody sends it.
",
        detect: Detect::Hint(known_removed),
    },
    Rule {
        id: "extensible-enum-value-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} also knows {value}",
        docs: "\
An open list of known values got one more.

Nobody who keeps the contract is hurt: readers of an open list expect values they do not know.
Nothing; announce what the value means.
",
        detect: Detect::Hint(known_added),
    },
];
