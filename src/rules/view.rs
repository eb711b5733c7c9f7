//! What a detector gets to see.

use super::schema::member::Fate;
use crate::diff::{
    BranchPairs, Comparison, Coverage, Graph, Heirs, Pair, Reading, SchemaPair, covering,
};
use crate::spec::{At, Bundle, Property, Response, Schema};
use crate::variance::{Direction, Polarity};
use std::cell::OnceCell;

/// A thing of the surface in both versions, or in one.
#[derive(Debug)]
pub struct View<'v, 'c, 'd, T> {
    /// Both sides.
    pub pair: Pair<'c, T>,
    /// Everything else, for rules that have to look around.
    pub comparison: &'v Comparison<'c, 'd>,
    /// Which way values travel here; `None` where nothing travels.
    pub direction: Option<Direction>,
}

impl<'d, T> View<'_, '_, 'd, T> {
    /// The files of the old side.
    #[must_use]
    pub fn old_bundle(&self) -> &'d Bundle {
        self.comparison.old.bundle
    }

    /// The files of the new side.
    #[must_use]
    pub fn new_bundle(&self) -> &'d Bundle {
        self.comparison.new.bundle
    }
}

/// A response in both versions, or in one.
#[derive(Debug)]
pub struct ResponseView<'v, 'c, 'd> {
    /// Both sides.
    pub view: View<'v, 'c, 'd, Response<'d>>,
    /// How the status was matched.
    pub coverage: Coverage,
}

/// A schema in both versions.
#[derive(Debug)]
pub struct SchemaView<'v, 'd> {
    /// As published.
    pub old: &'v Schema<'d>,
    /// As proposed.
    pub new: &'v Schema<'d>,
    /// Which way values travel.
    pub direction: Direction,
    /// Whether values here count for or against the schema around.
    pub polarity: Polarity,
    /// What a schema says about members it does not name.
    pub reading: Reading,
    /// Whether `format` asserts.
    pub formats_assert: bool,
    /// All schemas.
    pub graph: &'v Graph<'d>,
    /// The nodes that ask for these schemas, references as they stand.
    pub nodes: Option<(At, At)>,
    /// What a base is extended to before and after: the discriminator's value and the subtype.
    pub subtypes: (Heirs<'v, 'd>, Heirs<'v, 'd>),
    /// How the branches were paired.
    pub branches: &'v [BranchPairs],
    /// What became of the members, once a rule has asked.
    pub(super) fates: OnceCell<Vec<Fate<'v, 'd>>>,
}

impl<'v, 'd> SchemaView<'v, 'd> {
    /// A pair of the comparison, with its schemas before and after.
    #[must_use]
    pub fn of(
        comparison: &'v Comparison<'_, 'd>,
        pair: &'v SchemaPair,
        (old, new): (&'v Schema<'d>, &'v Schema<'d>),
    ) -> Self {
        let graph = &comparison.graph;
        Self {
            old,
            new,
            direction: pair.question.direction,
            polarity: pair.question.polarity,
            reading: comparison.options.reading,
            formats_assert: comparison.new.dialect.is_api() || comparison.options.assert_format,
            graph,
            nodes: pair.nodes,
            subtypes: (
                graph.subtypes.0.of_schema(&graph.old, pair.question.old),
                graph.subtypes.1.of_schema(&graph.new, pair.question.new),
            ),
            branches: &pair.branches,
            fates: OnceCell::new(),
        }
    }

    /// The files of the old side.
    #[must_use]
    pub fn old_bundle(&self) -> &'d Bundle {
        self.graph.old.bundle
    }

    /// The files of the new side.
    #[must_use]
    pub fn new_bundle(&self) -> &'d Bundle {
        self.graph.new.bundle
    }

    /// Whether two nodes are equal values: JSON Schema equality, `1` is `1.0`.
    #[must_use]
    pub fn equal(&self, old: At, new: At) -> bool {
        let (old_tree, new_tree) = (
            self.old_bundle().tree(old.file),
            self.new_bundle().tree(new.file),
        );
        old_tree.same(old.node, new_tree, new.node)
    }

    /// Whether a member of the old side is on the wire in this direction.
    #[must_use]
    pub fn old_travels(&self, property: &Property<'d>) -> bool {
        self.graph
            .travels(&self.graph.old, &property.nodes, self.direction)
    }

    /// Whether a member of the new side is on the wire in this direction.
    #[must_use]
    pub fn new_travels(&self, property: &Property<'d>) -> bool {
        self.graph
            .travels(&self.graph.new, &property.nodes, self.direction)
    }

    /// What declares a member in the new version that its `properties` do not name.
    #[must_use]
    pub fn new_covering(&self, name: &str) -> Vec<At> {
        covering(self.new, name)
    }

    /// What declares a member in the old version that its `properties` do not name.
    #[must_use]
    pub fn old_covering(&self, name: &str) -> Vec<At> {
        covering(self.old, name)
    }
}

/// One `anyOf` or `oneOf` and its counterpart.
#[derive(Debug)]
pub struct BranchView<'v, 'd> {
    /// The schema around.
    pub schema: &'v SchemaView<'v, 'd>,
    /// The branches.
    pub branches: &'v BranchPairs,
    /// The whole pair.
    pub pair: &'v SchemaPair,
}
