//! Which members or items of a value a schema evaluated (JSON Schema 2020-12 core, section 7.7).

/// Whether a child of the value at hand was evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// No schema evaluated it.
    No,
    /// A branch evaluated it of which is not known whether the value belongs to it.
    Maybe,
    /// A schema evaluated it.
    Yes,
}

/// The marks of all children, provided that the schema holds; by position, members in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// No child of so many is evaluated.
    pub(super) fn none(children: usize) -> Self {
        Self(vec![Mark::No; children])
    }

    /// The same number of children, none evaluated.
    pub(super) fn blank(&self) -> Self {
        Self::none(self.0.len())
    }

    /// The mark of a child.
    pub(super) fn get(&self, child: usize) -> Mark {
        self.0.get(child).copied().unwrap_or(Mark::No)
    }

    /// Raises the mark of a child.
    pub(super) fn raise(&mut self, child: usize, mark: Mark) {
        if let Some(old) = self.0.get_mut(child) {
            *old = (*old).max(mark);
        }
    }

    /// Every child is evaluated.
    pub(super) fn fill(&mut self) {
        self.0.fill(Mark::Yes);
    }

    /// Adds what a branch evaluated that holds (`Some(true)`) or may hold (`None`).
    pub(super) fn join(&mut self, branch: &Self, holds: Option<bool>) {
        let cap = match holds {
            Some(true) => Mark::Yes,
            None => Mark::Maybe,
            Some(false) => return,
        };
        for (child, mark) in branch.0.iter().enumerate() {
            self.raise(child, (*mark).min(cap));
        }
    }
}
