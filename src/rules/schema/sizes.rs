//! How many items an array has, and how many members an object.

use super::count::{Fact, count};
use crate::rules::{Detect, Rule};
use crate::spec::Types;
use crate::variance::Effect;

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "max-items-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, and had no such limit",
        docs: "\
An array got an upper limit on its number of items.

A consumer that sends more is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxItems", Types::ARRAY, Fact::Added);
        }),
    },
    Rule {
        id: "max-items-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have more than {limit}, without a limit",
        docs: "\
An array lost its upper limit on its number of items.

A consumer that reads it and relies on the limit meets more items than it has room for.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxItems", Types::ARRAY, Fact::Removed);
        }),
    },
    Rule {
        id: "max-items-lowered",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, down from {old}",
        docs: "\
The upper limit on the number of items went down.

A consumer that sends a number of items between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxItems", Types::ARRAY, Fact::Lowered);
        }),
    },
    Rule {
        id: "max-items-raised",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at most {limit}, up from {old}",
        docs: "\
The upper limit on the number of items went up.

A consumer that reads a number of items between the two limits may have no room for them.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxItems", Types::ARRAY, Fact::Raised);
        }),
    },
    Rule {
        id: "min-items-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, and had no such limit",
        docs: "\
An array got a lower limit on its number of items.

A consumer that sends fewer is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minItems", Types::ARRAY, Fact::Added);
        }),
    },
    Rule {
        id: "min-items-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have fewer than {limit}, without a limit",
        docs: "\
An array lost its lower limit on its number of items.

A consumer that reads it and relies on the limit meets fewer items, or none.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minItems", Types::ARRAY, Fact::Removed);
        }),
    },
    Rule {
        id: "min-items-raised",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, up from {old}",
        docs: "\
The lower limit on the number of items went up.

A consumer that sends a number of items between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minItems", Types::ARRAY, Fact::Raised);
        }),
    },
    Rule {
        id: "min-items-lowered",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at least {limit}, down from {old}",
        docs: "\
The lower limit on the number of items went down.

A consumer that reads a number of items between the two limits may have no use for so few.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minItems", Types::ARRAY, Fact::Lowered);
        }),
    },
    Rule {
        id: "max-properties-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, and had no such limit",
        docs: "\
An object got an upper limit on its number of members.

A consumer that sends more is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxProperties", Types::OBJECT, Fact::Added);
        }),
    },
    Rule {
        id: "max-properties-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have more than {limit}, without a limit",
        docs: "\
An object lost its upper limit on its number of members.

A consumer that reads it and relies on the limit meets more members than it has room for.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxProperties", Types::OBJECT, Fact::Removed);
        }),
    },
    Rule {
        id: "max-properties-lowered",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, down from {old}",
        docs: "\
The upper limit on the number of members went down.

A consumer that sends a number of members between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxProperties", Types::OBJECT, Fact::Lowered);
        }),
    },
    Rule {
        id: "max-properties-raised",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at most {limit}, up from {old}",
        docs: "\
The upper limit on the number of members went up.

A consumer that reads a number of members between the two limits may have no room for them.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxProperties", Types::OBJECT, Fact::Raised);
        }),
    },
    Rule {
        id: "min-properties-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, and had no such limit",
        docs: "\
An object got a lower limit on its number of members.

A consumer that sends fewer is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minProperties", Types::OBJECT, Fact::Added);
        }),
    },
    Rule {
        id: "min-properties-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have fewer than {limit}, without a limit",
        docs: "\
An object lost its lower limit on its number of members.

A consumer that reads it and relies on the limit meets fewer members, or none.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minProperties", Types::OBJECT, Fact::Removed);
        }),
    },
    Rule {
        id: "min-properties-raised",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, up from {old}",
        docs: "\
The lower limit on the number of members went up.

A consumer that sends a number of members between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minProperties", Types::OBJECT, Fact::Raised);
        }),
    },
    Rule {
        id: "min-properties-lowered",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at least {limit}, down from {old}",
        docs: "\
The lower limit on the number of members went down.

A consumer that reads a number of members between the two limits may have no use for so few.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minProperties", Types::OBJECT, Fact::Lowered);
        }),
    },
];
