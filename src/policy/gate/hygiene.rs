//! What is to be said about the files of sign-offs, as notices of the gate.

use crate::policy::outcome::Notice;
use crate::policy::standing;
use crate::rules::Rule;

/// One notice; its sentence is the judgement's own, which knows more than the rule's.
pub(super) fn notice(found: &standing::Notice) -> Notice {
    let rule = Rule::find(found.kind.id()).expect("the catalogue has every notice");
    let notice = Notice {
        rule,
        level: found.kind.level(),
        contract: None,
        element: found.element.clone(),
        fingerprint: None,
        message: found.message.clone(),
        file: None,
        line: None,
        column: None,
        help: found.help.clone(),
        earliest: None,
    };
    notice.in_file(&found.file, found.place)
}
