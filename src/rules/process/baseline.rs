//! What stood when the gate came: let through for a while, and told.

use super::governed;
use crate::rules::Rule;

pub(super) static RULES: &[Rule] = &[
    governed(
        "baselined",
        "`{element}` is let through until {until}: {reason}",
        "\
The baseline lists a change, which would be refused without it.

Consumers of that element are not asked, and no window protects them, for this one change.

Make the change an addition, or deprecate what has to go, before the day comes; then take the entry out of
`.contract/baseline.yaml`.
",
    ),
    governed(
        "baseline-expired",
        "the baseline let `{element}` through until {until}",
        "\
A change is listed in the baseline, and the last day of its entry is over.

The change is judged as any other again, and consumers are protected as from any other.

Settle the change, and take the entry out of `.contract/baseline.yaml`. A later day has to land on the base first.
",
    ),
    governed(
        "baseline-stale",
        "the baseline lists {rule} of `{element}`, and no change is that",
        "\
An entry of the baseline matches no change.

Nobody is hurt now. Should the same change come back, it would pass without a word.

Take the entry out: `contract baseline` writes the file anew with what still fails.
",
    ),
];
