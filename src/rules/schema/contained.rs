//! How many items of an array meet its `contains`.

use super::count::{Fact, max_contains, min_contains};
use crate::rules::{Detect, Rule};
use crate::variance::Effect;

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "max-contains-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, and had no such limit",
        docs: "\
An array got an upper limit on its number of matching items.

A consumer that sends more is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| max_contains(view, hits, Fact::Added)),
    },
    Rule {
        id: "max-contains-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have more than {limit}, without a limit",
        docs: "\
An array lost its upper limit on its number of matching items.

A consumer that reads it and relies on the limit meets more matching items than it has room for.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| max_contains(view, hits, Fact::Removed)),
    },
    Rule {
        id: "max-contains-lowered",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, down from {old}",
        docs: "\
The upper limit on the number of matching items went down.

A consumer that sends a number of matching items between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| max_contains(view, hits, Fact::Lowered)),
    },
    Rule {
        id: "max-contains-raised",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at most {limit}, up from {old}",
        docs: "\
The upper limit on the number of matching items went up.

A consumer that reads a number of matching items between the two limits may have no room for them.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| max_contains(view, hits, Fact::Raised)),
    },
    Rule {
        id: "min-contains-raised",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, up from {old}",
        docs: "\
The lower limit on the number of matching items went up.

A consumer that sends a number of matching items between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| min_contains(view, hits, Fact::Raised)),
    },
    Rule {
        id: "min-contains-lowered",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at least {limit}, down from {old}",
        docs: "\
The lower limit on the number of matching items went down.

A consumer that reads a number of matching items between the two limits may have no use for so few.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| min_contains(view, hits, Fact::Lowered)),
    },
];
