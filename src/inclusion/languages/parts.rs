//! Parts of patterns, simplified as they are made.

use super::{
    class::Class,
    expression::{Expressions, Facts, Language, PLAIN, Part, PartKind, Passes},
    pattern::Pattern,
};
use std::rc::Rc;

impl Expressions {
    /// A part from a parsed pattern.
    pub(super) fn compile(&mut self, pattern: &Pattern) -> Part {
        match pattern {
            Pattern::Empty => Part::EMPTY,
            Pattern::Class(class) => self.class(Rc::clone(class)),
            Pattern::Sequence(parts) => {
                let mut all = Part::EMPTY;
                for part in parts.iter().rev() {
                    let part = self.compile(part);
                    all = self.sequence(part, all);
                }
                all
            }
            Pattern::Choice(choices) => {
                let choices = choices.iter().map(|choice| self.compile(choice)).collect();
                self.choice(choices)
            }
            Pattern::Repeat { of, fewest, most } => {
                let of = self.compile(of);
                self.repeat(of, *fewest, *most)
            }
            Pattern::Start => self.assertion(PartKind::Start, |facts| facts.starts = true),
            Pattern::End => self.assertion(PartKind::End, |_| ()),
            Pattern::Edge(holds) => {
                self.assertion(PartKind::Edge(*holds), |facts| facts.edges = true)
            }
            Pattern::Ahead(of, holds) => {
                let of = self.compile(of);
                self.ahead(of, *holds)
            }
            Pattern::Behind(of, holds) => {
                let of = self.compile(of);
                let ends = self.then(of, Language::END);
                let ends = self.anywhere(ends);
                let known = self.behinds.iter().position(|known| *known == ends);
                let number = known.unwrap_or_else(|| {
                    self.behinds.push(ends);
                    self.behinds.len() - 1
                });
                self.assertion(PartKind::Behind(number, *holds), |facts| {
                    facts.behinds = true;
                })
            }
        }
    }

    pub(super) fn class(&mut self, class: Rc<Class>) -> Part {
        let fewest = if class.is_empty() { u64::MAX } else { 1 };
        self.add_part(PartKind::Class(class), Facts { fewest, ..PLAIN })
    }

    fn assertion(&mut self, kind: PartKind, say: impl FnOnce(&mut Facts)) -> Part {
        let mut facts = Facts {
            passes: Passes::Depends,
            ..PLAIN
        };
        say(&mut facts);
        self.add_part(kind, facts)
    }

    pub(super) fn ahead(&mut self, of: Part, holds: bool) -> Part {
        let inner = self.part_facts(of);
        if holds && inner.passes == Passes::Always {
            return Part::EMPTY;
        }
        let kind = PartKind::Ahead(of, holds);
        self.add_part(kind, PLAIN.with(inner, Passes::Depends, 0))
    }

    /// Whether nothing can be read by it.
    pub(super) fn is_never(&self, part: Part) -> bool {
        matches!(self.part(part), PartKind::Class(class) if class.is_empty())
    }

    pub(super) fn sequence(&mut self, first: Part, then: Part) -> Part {
        if first == Part::EMPTY || self.is_never(then) {
            return then;
        }
        if then == Part::EMPTY || self.is_never(first) {
            return first;
        }
        let (one, two) = (self.part_facts(first), self.part_facts(then));
        let passes = match (one.passes, two.passes) {
            (Passes::Never, _) | (_, Passes::Never) => Passes::Never,
            (Passes::Always, Passes::Always) => Passes::Always,
            (Passes::Depends, _) | (_, Passes::Depends) => Passes::Depends,
        };
        let facts = one.with(two, passes, one.fewest.saturating_add(two.fewest));
        self.add_part(PartKind::Sequence(first, then), facts)
    }

    pub(super) fn choice(&mut self, choices: Vec<Part>) -> Part {
        let mut flat = Vec::with_capacity(choices.len());
        for choice in choices {
            match self.part(choice) {
                PartKind::Choice(inner) => flat.extend(inner.iter().copied()),
                _ => flat.push(choice),
            }
        }
        flat.retain(|choice| !self.is_never(*choice));
        flat.sort_unstable();
        flat.dedup();
        match flat.as_slice() {
            [] => self.class(Rc::new(Class::of([]))),
            [one] => *one,
            _ => {
                let mut facts = Facts {
                    fewest: u64::MAX,
                    ..PLAIN
                };
                for choice in &flat {
                    let more = self.part_facts(*choice);
                    let passes = match (facts.passes, more.passes) {
                        (Passes::Always, _) | (_, Passes::Always) => Passes::Always,
                        (Passes::Never, Passes::Never) => Passes::Never,
                        (Passes::Depends, _) | (_, Passes::Depends) => Passes::Depends,
                    };
                    facts = facts.with(more, passes, facts.fewest.min(more.fewest));
                }
                self.add_part(PartKind::Choice(flat.into()), facts)
            }
        }
    }

    pub(super) fn repeat(&mut self, of: Part, fewest: u32, most: Option<u32>) -> Part {
        if most == Some(0) || of == Part::EMPTY {
            return Part::EMPTY;
        }
        if (fewest, most) == (1, Some(1)) {
            return of;
        }
        let inner = self.part_facts(of);
        if self.is_never(of) {
            return if fewest == 0 { Part::EMPTY } else { of };
        }
        // A body that may be empty can be passed as often as wanted.
        let fewest = if inner.passes == Passes::Always {
            0
        } else {
            fewest
        };
        if fewest == 0 && matches!(self.part(of), PartKind::Repeat(_, 0, None)) {
            return of;
        }
        let passes = if fewest == 0 {
            Passes::Always
        } else {
            inner.passes
        };
        let facts = PLAIN.with(
            inner,
            passes,
            inner.fewest.saturating_mul(u64::from(fewest)),
        );
        self.add_part(PartKind::Repeat(of, fewest, most), facts)
    }
}
