//! Numbers that look random and come again: the same seed waits the same times.

/// `SplitMix64`: small, well spread, and nobody's secrets depend on it.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The numbers of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The numbers of a seed for one of many things, each by its name, so that none depends on who was first.
    #[must_use]
    pub fn of(seed: u64, names: &[&str]) -> Self {
        // FNV-1a; a byte that no name has keeps `ab`, `c` and `a`, `bc` apart.
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
        for byte in names.iter().flat_map(|name| name.bytes().chain([0xff])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }

    /// The next one.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From nothing up to `most`.
    pub fn up_to(&mut self, most: u64) -> u64 {
        // The high half of the product is spread evenly, as good as: `most` is far below 2^64.
        let wide = u128::from(self.next()) * (u128::from(most) + 1);
        u64::try_from(wide >> 64).unwrap_or(most)
    }
}
