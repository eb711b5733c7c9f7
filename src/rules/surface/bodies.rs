//! Request bodies: whether one may or must be sent.

use super::words::{is_swagger, keyword, reworded};
use crate::rules::{Detect, Hit, Rule};
use crate::spec::{Body, Shape};
use crate::variance::Effect;

/// A form of Swagger 2.0 is needed when one of its fields is, which the field's own rule tells.
fn is_form(body: &Body<'_>) -> bool {
    body.content
        .iter()
        .any(|media| matches!(media.shape, Some(Shape::Form(_))))
}

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "request-body-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
An operation that took a request body takes none any more.

Consumers that send one are turned away, or what they send is silently dropped.
Keep accepting the body, and say in the description that it has no effect.
",
        detect: Detect::Body(|view, hits| {
            if let Some(body) = view.pair.gone() {
                hits.push(Hit::nodes(Some(body.at), None));
            }
        }),
    },
    Rule {
        id: "request-body-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added, and may be left out",
        docs: "\
An operation takes a request body that it did not take before, and does not need it.

Nobody is hurt: a request without a body works as before.
Nothing to do.
",
        detect: Detect::Body(|view, hits| {
            if let Some(body) = view.pair.fresh()
                && !body.required
            {
                hits.push(Hit::nodes(None, Some(body.at)));
            }
        }),
    },
    Rule {
        id: "request-body-required-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} was added, and has to be sent",
        docs: "\
An operation needs a request body that it did not take before.

Every consumer that calls it without a body, as all did so far, is turned away.
Make the body optional and give what it says a default.
",
        detect: Detect::Body(|view, hits| {
            if let Some(body) = view.pair.fresh()
                && body.required
            {
                hits.push(Hit::nodes(None, Some(body.at)));
            }
        }),
    },
    Rule {
        id: "request-body-became-required",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to be sent",
        docs: "\
A request body that could be left out has to be sent.

A consumer that leaves it out is turned away.
Keep it optional.
",
        detect: Detect::Body(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.required
                && new.required
                && !(is_form(old) && is_form(new))
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "request-body-became-optional",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may be left out",
        docs: "\
A request body that had to be sent may be left out.

Where consumers send it, nobody is hurt. Where the provider sends it, in a callback or a webhook, a consumer that
counts on it gets none.
Where the provider sends it, keep sending it always.
",
        detect: Detect::Body(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.required
                && !new.required
                && !(is_form(old) && is_form(new))
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "request-body-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a request body changed.

Nothing on the wire changes.
Read the words: rules that only they state bind consumers all the same.
",
        detect: Detect::Body(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !is_swagger(view)
            {
                reworded(view, (old.at, new.at), &["description"], hits);
            }
        }),
    },
];
