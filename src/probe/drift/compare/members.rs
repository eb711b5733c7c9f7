//! Members that come, go, and thin out.

use super::{Pair, evidence};
use crate::probe::drift::{
    drifts::{Evidence, What},
    path::Path,
    wilson::Rate,
};
use crate::spec::Segment;
use std::collections::BTreeSet;

impl Pair<'_> {
    pub(super) fn members(&mut self) {
        let mut paths: BTreeSet<Path> = self.old.paths();
        paths.extend(self.new.paths());
        for path in paths {
            if matches!(path.parent(), Some((_, Segment::Property(_)))) && self.is_watched(&path) {
                self.presence(&path);
            }
        }
    }

    fn presence(&mut self, path: &Path) {
        let (before, after) = (self.old.presence(path), self.new.presence(path));
        // Without an object around it on both sides, that object is the news.
        if before.of == 0 || after.of == 0 {
            return;
        }
        let evidence = evidence(self.rules, before, after);
        let strong = evidence == Evidence::Strong;
        let path = path.clone();
        let fallen = before.points_above(after) >= f64::from(self.rules.presence_drop);
        match (before.count, after.count) {
            (0, 0) => {}
            (0, _) => self.note(
                What::FieldNew {
                    path,
                    before,
                    after,
                },
                evidence,
            ),
            (_, 0) if strong || before.is_all() => self.note(
                What::FieldGone {
                    path,
                    before,
                    after,
                },
                evidence,
            ),
            (_, 0) => {}
            (_, _) if fallen && before.differs_from(after) => self.note(
                What::PresenceDrop {
                    path,
                    before,
                    after,
                },
                evidence,
            ),
            (_, _) => {}
        }
    }

    pub(super) fn nulls(&mut self, path: &Path, before: Rate, after: Rate) {
        let risen = after.points_above(before) >= f64::from(self.rules.null_rise);
        if risen && after.differs_from(before) {
            let path = path.clone();
            let evidence = evidence(self.rules, before, after);
            self.note(
                What::NullRise {
                    path,
                    before,
                    after,
                },
                evidence,
            );
        }
    }
}
