//! Security requirements: what a caller has to show.

use super::alternatives::{Need, differences};
use crate::rules::{Detect, Hit, Hits, Rule, View};
use crate::spec::{At, Operation, Requirement, Surface};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "security-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} cannot be called without credentials any more",
        docs: "\
An operation that anyone could call needs credentials.

A consumer that calls it without any is turned away.
Keep it open, or announce a date and let consumers register first.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::Closed = need {
                    push(view, hits, whole(view));
                }
            }
        }),
    },
    Rule {
        id: "security-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} can be called without credentials",
        docs: "\
An operation that needed credentials can be called by anyone.

No consumer is hurt: credentials that are sent are ignored.
Make sure that this is meant.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::Opened = need {
                    push(view, hits, whole(view));
                }
            }
        }),
    },
    Rule {
        id: "security-alternative-removed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} cannot be called with {needed} any more",
        docs: "\
One of the ways to authenticate is gone.

A consumer that uses it is turned away, though others get in.
Keep accepting it until every consumer has moved to another way.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::Gone(old) = need {
                    let hit = Hit::nodes(Some(old.at), said(view).1);
                    push(view, hits, hit.hole("needed", words(old)));
                }
            }
        }),
    },
    Rule {
        id: "security-alternative-added",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} can be called with {needed}",
        docs: "\
There is one more way to authenticate.

Nobody is hurt: the other ways work as before.
Nothing to do.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::Fresh(new) = need {
                    let hit = Hit::nodes(said(view).0, Some(new.at));
                    push(view, hits, hit.hole("needed", words(new)));
                }
            }
        }),
    },
    Rule {
        id: "security-scheme-required",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} needs `{scheme}` beside {needed}",
        docs: "\
One more kind of credential is needed at the same time as those that were.

A consumer that shows only the old ones is turned away.
Offer the stronger combination as a further alternative first.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::SchemeMore(old, new, scheme) = need {
                    let hit = Hit::nodes(Some(old.at), Some(new.at)).hole("scheme", scheme);
                    push(view, hits, hit.hole("needed", words(old)));
                }
            }
        }),
    },
    Rule {
        id: "security-scheme-no-longer-required",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} does not need `{scheme}` any more, only {needed}",
        docs: "\
One kind of credential fewer is needed.

Nobody is hurt: a consumer that still shows it gets in as before.
Make sure that this is meant.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::SchemeLess(old, new, scheme) = need {
                    let hit = Hit::nodes(Some(old.at), Some(new.at)).hole("scheme", scheme);
                    push(view, hits, hit.hole("needed", words(new)));
                }
            }
        }),
    },
    Rule {
        id: "security-scope-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} needs the scope `{scope}` of `{scheme}`",
        docs: "\
A token needs one more scope.

Tokens that were issued without it are turned away, and users have to consent anew.
Accept the old scopes until every consumer has asked for the new one.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::ScopeMore(old, new, scheme, scope) = need {
                    let hit = Hit::nodes(Some(old.at), Some(new.at)).hole("scheme", scheme);
                    push(view, hits, hit.hole("scope", scope));
                }
            }
        }),
    },
    Rule {
        id: "security-scope-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} does not need the scope `{scope}` of `{scheme}` any more",
        docs: "\
A token needs one scope fewer.

Nobody is hurt: a token that carries it gets in as before.
Make sure that this is meant.
",
        detect: Detect::Operation(|view, hits| {
            for need in differences(view) {
                if let Need::ScopeLess(old, new, scheme, scope) = need {
                    let hit = Hit::nodes(Some(old.at), Some(new.at)).hole("scheme", scheme);
                    push(view, hits, hit.hole("scope", scope));
                }
            }
        }),
    },
];

type Operations<'v, 'c, 'd> = View<'v, 'c, 'd, Operation<'d>>;

/// The nodes that say what is needed; `None` where nothing says anything.
fn said(view: &Operations<'_, '_, '_>) -> (Option<At>, Option<At>) {
    let at = |operation: &Operation<'_>| {
        (operation.security.at != operation.at).then_some(operation.security.at)
    };
    (view.pair.old.and_then(at), view.pair.new.and_then(at))
}

fn whole(view: &Operations<'_, '_, '_>) -> Hit {
    let (old, new) = said(view);
    Hit::nodes(old, new)
}

fn push(view: &Operations<'_, '_, '_>, hits: &mut Hits, hit: Hit) {
    let called = view
        .pair
        .new
        .is_none_or(|operation| operation.surface == Surface::Path);
    // What the provider shows when it calls back is for the consumer to check or to ignore.
    hits.push(if called {
        hit
    } else {
        hit.effect(Effect::Alters)
    });
}

/// The schemes that are needed together, as a sentence names them.
fn words(requirement: &Requirement<'_>) -> String {
    let names: Vec<String> = requirement
        .schemes
        .keys()
        .map(|name| format!("`{name}`"))
        .collect();
    names.join(" and ")
}
