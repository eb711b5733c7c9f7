//! What no other rule names and the proof engine sees: `judge` raises these.

use crate::rules::{Detect, Rule};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "schema-narrowed",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} no longer allows every value that it allowed",
        docs: "\
The schema rejects a value that it allowed before, and no single keyword tells why.

A consumer that sends such a value is turned away. The finding shows one that the old version accepts and the new one
rejects; a validator has checked both.

Compare the two versions with the value in hand: most often several keywords only narrow together, or a value has
come to fit two branches of `oneOf`. Widen one of them again or keep the branches apart, or publish the new schema
under a new name or version.
",
        detect: Detect::Proved,
    },
    Rule {
        id: "schema-widened",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} allows values that it did not allow before",
        docs: "\
The schema allows a value that it rejected before, and no single keyword tells why.

A reader that was built against the old version may meet a value it cannot understand. The finding shows one that the
new version may send and the old one rejects; a validator has checked both.

Compare the two versions with the value in hand: most often several keywords only widen together, or branches
of `oneOf` no longer overlap. Narrow one of them again, or tell readers before such values are sent.
",
        detect: Detect::Proved,
    },
    Rule {
        id: "schema-changed",
        effect: Effect::Obscures,
        except: &[],
        message: "{subject} changed in a way that could not be decided",
        docs: "\
The schema is written differently, no single keyword tells what that does, and neither a proof nor a payload was found.

Consumers may be hurt or may not be: the finding says which limit was met, or which keyword is beyond the engine.

Write the edit in smaller steps or in simpler keywords, so that it can be decided; or have the consumers confirm it.
",
        detect: Detect::Proved,
    },
];
