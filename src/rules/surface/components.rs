//! Components that no operation uses: published, though nobody is bound by them yet.

use crate::rules::{Detect, Hit, Rule};
use crate::spec::Component;
use crate::variance::Effect;

/// Examples say nothing about what may travel.
fn effect(component: &Component<'_>, effect: Effect) -> Effect {
    if component.section == "examples" {
        Effect::Annotates
    } else {
        effect
    }
}

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "unused-component-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A component that no operation uses is gone.

No call changes, but other documents may refer to it, and generated clients lose a type.
Find out who refers to it before it goes.
",
        detect: Detect::Component(|view, hits| {
            if let Some(component) = view.pair.gone() {
                let hit = Hit::nodes(Some(component.at), None);
                hits.push(hit.effect(effect(component, Effect::Alters)));
            }
        }),
    },
    Rule {
        id: "unused-component-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
A component was added that no operation uses.

Nobody is hurt.
Nothing to do.
",
        detect: Detect::Component(|view, hits| {
            if let Some(component) = view.pair.fresh() {
                let hit = Hit::nodes(None, Some(component.at));
                hits.push(hit.effect(effect(component, Effect::Adds)));
            }
        }),
    },
    Rule {
        id: "unused-component-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} changed",
        docs: "\
A component that no operation uses says something else. Schemas are compared in detail instead.

No call changes, but other documents may refer to it.
Find out who refers to it, and change a copy.
",
        detect: Detect::Component(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.section != "schemas"
            {
                let hit = Hit::nodes(Some(old.at), Some(new.at));
                hits.push(hit.effect(effect(old, Effect::Alters)));
            }
        }),
    },
];
