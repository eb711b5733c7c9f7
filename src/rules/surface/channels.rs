//! Webhooks and callbacks: what the provider calls.

use crate::rules::{Content, Detect, Hit, Rule};
use crate::spec::Surface;
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "webhook-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A webhook that the provider called is gone.

Consumers that wait for it are never told again, and nothing fails to let them know.
Keep calling it beside whatever replaces it until every consumer has moved.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.gone()
                && operation.surface == Surface::Webhook
            {
                hits.push(Hit::nodes(Some(operation.at), None));
            }
        }),
    },
    Rule {
        id: "webhook-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
The provider offers to call a webhook that did not exist before.

Nobody is hurt: only consumers that ask for it are called.
If existing subscriptions get it without asking, tell those consumers first.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.fresh()
                && operation.surface == Surface::Webhook
            {
                hits.push(Hit::nodes(None, Some(operation.at)));
            }
        }),
    },
    Rule {
        id: "callback-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A callback that an operation promised is gone.

Consumers that handed over a URL wait for a call that never comes.
Keep calling it beside whatever replaces it until every consumer has moved.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.gone()
                && matches!(operation.surface, Surface::Callback(_))
            {
                hits.push(Hit::nodes(Some(operation.at), None));
            }
        }),
    },
    Rule {
        id: "callback-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
An operation promises a callback that did not exist before.

Nobody is hurt, as long as only consumers that hand over the URL are called.
Nothing to do.
",
        detect: Detect::Operation(|view, hits| {
            if let Some(operation) = view.pair.fresh()
                && matches!(operation.surface, Surface::Callback(_))
            {
                hits.push(Hit::nodes(None, Some(operation.at)));
            }
        }),
    },
    Rule {
        id: "callback-expression-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} goes to `{new}`, formerly to `{old}`",
        docs: "\
The expression that says which URL is called back became another one.

The provider calls an address that a consumer written for the old contract never gave, or gave for something else.
Add a callback under a new name, and keep the old one until every consumer has moved.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && matches!(old.surface, Surface::Callback(_))
                && old.path != new.path
            {
                let hit = Hit::at(Some(old.item), Some(new.item))
                    .before(Content::text(old.path))
                    .after(Content::text(new.path));
                hits.push(hit.hole("old", old.path).hole("new", new.path));
            }
        }),
    },
];
