//! How many days lie between an announcement and a removal.

use crate::policy::files::{Audience, Stability, Windows};

/// The window of an element: by its stability, times what its audience asks for, and at least what consumers consented to.
///
/// `consented` is the longest life-span that an affected consumer was promised; it lengthens a window, and opens none where
/// nothing is promised.
#[must_use]
pub fn window(
    windows: &Windows,
    stability: Stability,
    audience: Audience,
    consented: Option<u32>,
) -> u32 {
    let days = match stability {
        Stability::Draft => windows.draft,
        Stability::Alpha => windows.alpha,
        Stability::Beta => windows.beta,
        Stability::Stable => windows.stable,
    };
    let factor = windows.audience_factor.get(&audience).copied().unwrap_or(1);
    let days = days.saturating_mul(factor);
    if days == 0 {
        0
    } else {
        days.max(consented.unwrap_or(0))
    }
}
