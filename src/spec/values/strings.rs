//! Keywords about strings.

use super::read::Reader;
use crate::inclusion::Types;
use crate::spec::formats;
use std::rc::Rc;

impl Reader<'_, '_> {
    pub(super) fn strings(&mut self) {
        if let Some(count) = self.count("minLength") {
            self.record.strings.shortest = count;
        }
        self.record.strings.longest = self.count("maxLength");
        if let Some(at) = self.get("pattern") {
            match self.context.files.str(at) {
                Some(pattern) => self.record.strings.patterns.push(pattern.into()),
                None => self.complain("pattern", at, "a pattern"),
            }
        }
        if self.context.formats {
            self.format();
        }
    }

    fn format(&mut self) {
        let Some(format) = self.text("format").map(Rc::<str>::from) else {
            return;
        };
        let asserts = if self.is_api() {
            formats::language(&format).is_some_and(|types| types.meets(Types::STRING))
        } else {
            formats::asserted(self.draft, &format)
        };
        if asserts {
            self.record.strings.formats.push(format);
        }
    }
}
