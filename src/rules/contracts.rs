//! Whole contracts that come and go.

use super::{Detect, Rule};
use crate::variance::Effect;

/// The one family; `judge` raises its rules, for there is nothing to compare.
pub(super) static FAMILIES: &[&[Rule]] = &[WHOLE];

static WHOLE: &[Rule] = &[
    Rule {
        id: "contract-removed",
        effect: Effect::Removes,
        except: &[],
        message: "contract `{contract}` is removed",
        docs: "\
A contract that the base has is gone, file and all.

Every consumer of it is left without the promise it was built on: whatever the provider still answers, nothing says
that it will tomorrow. Where the service goes as well, every call fails.

Deprecate the contract first, tell its consumers until when they can rely on it, and remove it after that day. A
contract that only moved keeps its title or `$id`, and is then compared with its old place.
",
        detect: Detect::Raised,
    },
    Rule {
        id: "contract-added",
        effect: Effect::Adds,
        except: &[],
        message: "contract `{contract}` is new",
        docs: "\
A contract that the base does not have is there.

Nobody depends on it yet, so nobody is hurt. From the next change on, everything in it is a promise.

Look once more at names, required members, and closed lists of values: only today are they free to change.
",
        detect: Detect::Raised,
    },
];
