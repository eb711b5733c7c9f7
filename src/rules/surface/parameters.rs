//! Parameters: which there are, and which are needed.

use super::words::{is_swagger, keyword, reworded};
use crate::rules::{Content, Detect, Hit, Rule};
use crate::spec::{In, Parameter};
use crate::variance::Effect;

/// A path parameter that no placeholder stands for is not on the wire.
fn placed(parameter: &Parameter<'_>, hit: Hit) -> Hit {
    if parameter.position.is_some() {
        hit
    } else {
        hit.effect(Effect::Annotates)
    }
}

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "parameter-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A parameter that an operation understood is gone.

A consumer that sends it is turned away, or, worse, gets an answer to another question than it asked.
Deprecate it first, and remove it when nobody sends it any more.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some(parameter) = view.pair.gone()
                && parameter.place != In::Path
            {
                hits.push(Hit::nodes(Some(parameter.at), None));
            }
        }),
    },
    Rule {
        id: "parameter-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added, and may be left out",
        docs: "\
An operation understands a parameter that it did not know, and does not need it.

Nobody is hurt: a request without it works as before.
Make sure that leaving it out means what it always meant.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some(parameter) = view.pair.fresh()
                && !parameter.required
            {
                hits.push(Hit::nodes(None, Some(parameter.at)));
            }
        }),
    },
    Rule {
        id: "parameter-required-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} was added, and has to be sent",
        docs: "\
An operation needs a parameter that it did not know before.

No consumer sends it yet, so every call is turned away. A `default` does not help: it speaks of what a server assumes,
and `required` says that it assumes nothing.
Make it optional, and let its absence mean what it always meant.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some(parameter) = view.pair.fresh()
                && parameter.required
                && parameter.place != In::Path
            {
                hits.push(Hit::nodes(None, Some(parameter.at)));
            }
        }),
    },
    Rule {
        id: "path-parameter-added",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is described now",
        docs: "\
A placeholder that stood in the path all along got a description of its values.

The path reads as before, but a value that its schema turns away may have worked.
Describe what the server accepted all along.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some(parameter) = view.pair.fresh()
                && parameter.place == In::Path
            {
                hits.push(placed(parameter, Hit::nodes(None, Some(parameter.at))));
            }
        }),
    },
    Rule {
        id: "path-parameter-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is not described any more",
        docs: "\
A placeholder that still stands in the path lost the description of its values.

The path reads as before, but consumers no longer learn which values it takes.
Keep the description.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some(parameter) = view.pair.gone()
                && parameter.place == In::Path
            {
                hits.push(placed(parameter, Hit::nodes(Some(parameter.at), None)));
            }
        }),
    },
    Rule {
        id: "parameter-became-required",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has to be sent",
        docs: "\
A parameter that could be left out has to be sent.

A consumer that leaves it out is turned away. A `default` does not help.
Keep it optional, and let its absence mean what it always meant.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.required
                && new.required
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "parameter-became-optional",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may be left out",
        docs: "\
A parameter that had to be sent may be left out.

Where consumers send it, nobody is hurt. Where the provider sends it, in a callback or a webhook, a consumer that
counts on it misses it.
Where the provider sends it, keep sending it always.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.required
                && !new.required
            {
                hits.push(keyword(view, (old.at, new.at), "required"));
            }
        }),
    },
    Rule {
        id: "parameter-moved",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} travels in the {new}, formerly in the {old}",
        docs: "\
A parameter travels in another part of the request.

A consumer that sends it where it was is turned away, or its value is silently dropped.
Understand both places until every consumer has moved.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.place != new.place
            {
                let (before, after) = (old.place.word(), new.place.word());
                hits.push(
                    keyword(view, (old.at, new.at), "in")
                        .before(Content::text(before))
                        .after(Content::text(after))
                        .hole("old", before)
                        .hole("new", after),
                );
            }
        }),
    },
    Rule {
        id: "parameter-renamed",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is called `{new}`, formerly `{old}`",
        docs: "\
A placeholder of the path got another name.

Nothing on the wire changes: the value stands at the same position. Generated clients may name an argument after it.
Nothing to do.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.place == In::Path
                && new.place == In::Path
                && old.name != new.name
            {
                let hit = keyword(view, (old.at, new.at), "name");
                hits.push(hit.hole("old", &old.name).hole("new", &new.name));
            }
        }),
    },
    Rule {
        id: "parameter-deprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is deprecated",
        docs: "\
The parameter was marked as deprecated.

Nobody is hurt yet: it works as before, and consumers learn that it will go.
Say in the description what to send instead, and until when it stays.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && !old.deprecated
                && new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "parameter-undeprecated",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is not deprecated any more",
        docs: "\
The mark of deprecation is gone from the parameter.

Nobody is hurt; consumers that stopped sending it did so for nothing.
Announce that it stays.
",
        detect: Detect::Parameter(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.deprecated
                && !new.deprecated
            {
                hits.push(keyword(view, (old.at, new.at), "deprecated"));
            }
        }),
    },
    Rule {
        id: "parameter-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a parameter or its examples changed.

Nothing on the wire changes.
Read the words: rules that only they state bind consumers all the same.
",
        detect: Detect::Parameter(|view, hits| {
            // In Swagger 2.0 the parameter is its own schema, and the schema's words are told there.
            if let Some((old, new)) = view.pair.both()
                && !is_swagger(view)
            {
                let keywords = ["description", "example", "examples"];
                reworded(view, (old.at, new.at), &keywords, hits);
            }
        }),
    },
];
