//! The same place in both versions, or in one of them only.

/// A thing of the old version, of the new one, or of both.
#[derive(Debug)]
pub struct Pair<'a, T> {
    /// As published.
    pub old: Option<&'a T>,
    /// As proposed.
    pub new: Option<&'a T>,
}

impl<T> Clone for Pair<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pair<'_, T> {}

impl<'a, T> Pair<'a, T> {
    /// In both versions.
    pub const fn of(old: &'a T, new: &'a T) -> Self {
        Self {
            old: Some(old),
            new: Some(new),
        }
    }

    /// Only in the old version.
    pub const fn removed(old: &'a T) -> Self {
        Self {
            old: Some(old),
            new: None,
        }
    }

    /// Only in the new version.
    pub const fn added(new: &'a T) -> Self {
        Self {
            old: None,
            new: Some(new),
        }
    }

    /// Both sides, when both are there.
    #[must_use]
    pub const fn both(&self) -> Option<(&'a T, &'a T)> {
        match (self.old, self.new) {
            (Some(old), Some(new)) => Some((old, new)),
            _ => None,
        }
    }

    /// The old side, when it has no successor.
    #[must_use]
    pub const fn gone(&self) -> Option<&'a T> {
        match (self.old, self.new) {
            (Some(old), None) => Some(old),
            _ => None,
        }
    }

    /// The new side, when it has no predecessor.
    #[must_use]
    pub const fn fresh(&self) -> Option<&'a T> {
        match (self.old, self.new) {
            (None, Some(new)) => Some(new),
            _ => None,
        }
    }
}

/// Pairs two lists by key: every old item with its successor in old order, then the new items without predecessor.
pub(super) fn by_key<'a, T, K: Eq + std::hash::Hash>(
    old: &'a [T],
    new: &'a [T],
    key: impl Fn(&T) -> K,
) -> Vec<Pair<'a, T>> {
    use foldhash::{HashMap, HashMapExt as _, HashSet};
    let mut successors: HashMap<K, Vec<&'a T>> = HashMap::with_capacity(new.len());
    for item in new.iter().rev() {
        successors.entry(key(item)).or_default().push(item);
    }
    let mut pairs: Vec<Pair<'a, T>> = old
        .iter()
        .map(
            |item| match successors.get_mut(&key(item)).and_then(Vec::pop) {
                Some(successor) => Pair::of(item, successor),
                None => Pair::removed(item),
            },
        )
        .collect();
    // What is left has no predecessor; pointers tell which, since equal keys may repeat.
    let matched: HashSet<*const T> = pairs
        .iter()
        .filter_map(|pair| pair.new.map(std::ptr::from_ref))
        .collect();
    pairs.extend(
        new.iter()
            .filter(|item| !matched.contains(&std::ptr::from_ref(*item)))
            .map(Pair::added),
    );
    pairs
}
