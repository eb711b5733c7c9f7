//! The keys of a tree, each kept once, and the hashes that trees share.

use super::node::{Sym, Text};
use foldhash::fast::SeedableRandomState;
use std::{
    hash::{BuildHasher, Hasher},
    sync::LazyLock,
};

/// One seed for the whole run: hashes compare between trees, yet nobody can prepare a collision.
static SEED: LazyLock<Seed> = LazyLock::new(|| {
    let state = SeedableRandomState::random();
    Seed {
        left: state.hash_one(1_u64),
        right: state.hash_one(2_u64),
        state,
    }
});

/// Hashes texts, and folds hashes into one another.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    state: SeedableRandomState,
    left: u64,
    right: u64,
}

impl Seed {
    pub(super) fn get() -> Self {
        SEED.clone()
    }

    pub(super) fn text(&self, text: &[u8]) -> u64 {
        let mut hasher = self.state.build_hasher();
        hasher.write(text);
        hasher.finish()
    }

    pub(super) fn value(&self, value: impl std::hash::Hash) -> u64 {
        self.state.hash_one(value)
    }

    /// Folds two hashes; the order matters.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "both halves of the product are used"
    )]
    pub(super) fn mix(&self, one: u64, other: u64) -> u64 {
        let product = u128::from(one ^ self.left) * u128::from(other ^ self.right);
        (product as u64) ^ (product >> 64) as u64
    }
}

/// An interner over texts that live elsewhere.
#[derive(Debug)]
pub(super) struct Keys {
    texts: Vec<Text>,
    hashes: Vec<u64>,
    /// Open addressing, a power of two, at most half full; symbols plus one, zero is free.
    table: Vec<u32>,
}

impl Keys {
    pub(super) fn new() -> Self {
        Self {
            texts: Vec::new(),
            hashes: Vec::new(),
            table: vec![0; 64],
        }
    }

    pub(super) fn text(&self, key: Sym) -> Text {
        self.texts[key.index()]
    }

    pub(super) fn hash(&self, key: Sym) -> u64 {
        self.hashes[key.index()]
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The symbol of a text with this hash, told apart by `same`.
    pub(super) fn find(&self, hash: u64, same: impl Fn(Text) -> bool) -> Option<Sym> {
        let slot = self.slot(hash, same);
        self.table[slot].checked_sub(1).map(Sym)
    }

    /// The symbol of a text, new or known.
    pub(super) fn intern(&mut self, hash: u64, text: Text, same: impl Fn(Text) -> bool) -> Sym {
        let slot = self.slot(hash, same);
        if let Some(known) = self.table[slot].checked_sub(1) {
            return Sym(known);
        }
        // Each key takes a byte of a source below 4 GiB at least, so symbols fit.
        let number = u32::try_from(self.texts.len()).expect("fewer keys than bytes");
        self.texts.push(text);
        self.hashes.push(hash);
        self.table[slot] = number + 1;
        if self.texts.len() * 2 > self.table.len() {
            self.grow();
        }
        Sym(number)
    }

    fn slot(&self, hash: u64, same: impl Fn(Text) -> bool) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = low(hash) & mask;
        loop {
            let Some(symbol) = self.table[slot].checked_sub(1) else {
                return slot;
            };
            if self.hashes[symbol as usize] == hash && same(self.texts[symbol as usize]) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        self.table.clear();
        self.table.resize(mask + 1, 0);
        for (symbol, hash) in (1..).zip(&self.hashes) {
            let mut slot = low(*hash) & mask;
            while self.table[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.table[slot] = symbol;
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "only the low bits choose a slot"
)]
fn low(hash: u64) -> usize {
    hash as usize
}
