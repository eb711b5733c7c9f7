//! The `$ref`s that lead from a path of the contract to a place that several of them share.

use crate::judge::Mark;
use crate::spec::{At, Bundle, FileId};
use crate::text::Span;
use std::collections::{BTreeMap, HashSet, VecDeque};

/// A chain longer than this tells nobody anything.
const MOST: usize = 10;

/// How many places are looked at for one chain.
const TRIED: usize = 2_000;

/// Every reference of a version, by what it leads to.
pub(super) struct Hops<'b> {
    bundle: &'b Bundle,
    /// What is referred to, with the references, by file.
    targets: BTreeMap<FileId, Vec<(Span, Vec<At>)>>,
}

impl<'b> Hops<'b> {
    pub(super) fn of(bundle: &'b Bundle) -> Self {
        let mut by_target: BTreeMap<At, Vec<At>> = BTreeMap::new();
        for (number, file) in bundle.files.iter().enumerate() {
            let root = At {
                file: FileId(u16::try_from(number).unwrap_or(u16::MAX)),
                node: file.tree.root(),
            };
            for reference in bundle.references_in(root) {
                if let Some(target) = bundle.target(reference) {
                    by_target.entry(target).or_default().push(reference);
                }
            }
        }
        let mut targets: BTreeMap<FileId, Vec<(Span, Vec<At>)>> = BTreeMap::new();
        for (target, references) in by_target {
            let span = bundle.tree(target.file).span(target.node);
            let entry = targets.entry(target.file).or_default();
            entry.push((span, references));
        }
        for spans in targets.values_mut() {
            spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        }
        Self { bundle, targets }
    }

    /// The references on the shortest way to a place, the outermost first; none for a place that no reference leads to.
    pub(super) fn to(&self, mark: Mark) -> Vec<Mark> {
        let mut open = VecDeque::from([(mark, Vec::new())]);
        let mut seen = HashSet::new();
        while let Some((at, chain)) = open.pop_front() {
            let references = self.references(at);
            if references.is_empty() || chain.len() == MOST {
                return chain.into_iter().rev().collect();
            }
            for reference in references {
                if seen.len() > TRIED || !seen.insert(reference) {
                    continue;
                }
                let span = self.bundle.tree(reference.file).span(reference.node);
                let hop = Mark {
                    file: reference.file,
                    start: span.start,
                    end: span.end,
                    absent: false,
                };
                let mut chain = chain.clone();
                chain.push(hop);
                open.push_back((hop, chain));
            }
        }
        Vec::new()
    }

    /// The references to the innermost target around a place.
    fn references(&self, at: Mark) -> &[At] {
        let Some(targets) = self.targets.get(&at.file) else {
            return &[];
        };
        let before = targets.partition_point(|(span, _)| span.start <= at.start);
        // Spans nest, so the last that begins before the place and ends after it is the innermost.
        let around = targets[..before]
            .iter()
            .rev()
            .find(|(span, _)| span.end >= at.end);
        around.map_or(&[], |(_, references)| references)
    }
}
