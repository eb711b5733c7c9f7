//! How long a string may be.

use super::count::{Fact, count};
use crate::rules::{Detect, Rule};
use crate::spec::Types;
use crate::variance::Effect;

/// The rules.
pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "max-length-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, and had no such limit",
        docs: "\
A string got an upper limit on its number of characters.

A consumer that sends more is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxLength", Types::STRING, Fact::Added);
        }),
    },
    Rule {
        id: "max-length-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have more than {limit}, without a limit",
        docs: "\
A string lost its upper limit on its number of characters.

A consumer that reads it and relies on the limit meets more characters than it has room for.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxLength", Types::STRING, Fact::Removed);
        }),
    },
    Rule {
        id: "max-length-lowered",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at most {limit}, down from {old}",
        docs: "\
The upper limit on the number of characters went down.

A consumer that sends a number of characters between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxLength", Types::STRING, Fact::Lowered);
        }),
    },
    Rule {
        id: "max-length-raised",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at most {limit}, up from {old}",
        docs: "\
The upper limit on the number of characters went up.

A consumer that reads a number of characters between the two limits may have no room for them.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "maxLength", Types::STRING, Fact::Raised);
        }),
    },
    Rule {
        id: "min-length-added",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, and had no such limit",
        docs: "\
A string got a lower limit on its number of characters.

A consumer that sends fewer is turned away.
Take what was taken before, or put the limit into a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minLength", Types::STRING, Fact::Added);
        }),
    },
    Rule {
        id: "min-length-removed",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} may have fewer than {limit}, without a limit",
        docs: "\
A string lost its lower limit on its number of characters.

A consumer that reads it and relies on the limit meets fewer characters, or none.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minLength", Types::STRING, Fact::Removed);
        }),
    },
    Rule {
        id: "min-length-raised",
        effect: Effect::Narrows,
        except: &[],
        message: "{subject} has at least {limit}, up from {old}",
        docs: "\
The lower limit on the number of characters went up.

A consumer that sends a number of characters between the two limits is turned away.
Keep the old limit, or publish the new one under a new version.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minLength", Types::STRING, Fact::Raised);
        }),
    },
    Rule {
        id: "min-length-lowered",
        effect: Effect::Widens,
        except: &[],
        message: "{subject} has at least {limit}, down from {old}",
        docs: "\
The lower limit on the number of characters went down.

A consumer that reads a number of characters between the two limits may have no use for so few.
Keep the limit for what consumers read, or announce it before a value goes beyond.
",
        detect: Detect::Schema(|view, hits| {
            count(view, hits, "minLength", Types::STRING, Fact::Lowered);
        }),
    },
];
