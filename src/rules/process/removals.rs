//! What goes, and what changes in a way that breaks: when that is lawful, and when it is not.

use super::governed;
use crate::rules::Rule;

pub(super) static RULES: &[Rule] = &[
    governed(
        "removed-before-sunset",
        "`{element}` is removed before its sunset (sunset: {sunset}; days left: {left})",
        "\
A deprecated element is removed before the day that was announced.

Consumers were promised that it stays until its sunset, as the base has it, and those who still move find it gone.

Put it back until that day. An emergency needs a waiver of the governance team: `contract waiver add`.
",
    ),
    governed(
        "removed-after-sunset",
        "`{element}` is removed after its sunset on {sunset}",
        "\
A deprecated element is removed, and its sunset has passed.

It is still a break: consumers who have not moved fail. It was announced, though, and its window is over, so it may
land with the sign-offs of the consumers that it affects. It is always reported.

Ask for the sign-offs that are missing: `contract signoff request` says whose, and the command for each.
",
    ),
    governed(
        "removed-without-deprecation",
        "`{element}` is removed without a deprecation; announced today, it could go on {earliest}, after {days} days",
        "\
An element is removed that was never deprecated.

Consumers had no warning: their next call fails, or a value that they read is gone.

Put it back, mark it `deprecated`, and add `x-deprecation` with a sunset no earlier than the message says, a
replacement, and a guide. What OpenAPI cannot mark goes to `.contract/deprecations.yaml`. Remove it after that day.
",
    ),
    governed(
        "removed-grandfathered",
        "`{element}` is removed, and its old deprecation has no sunset; with one set today, it could go on {earliest}",
        "\
An element is removed whose deprecation is older than the policy, and never got a sunset.

Consumers have seen the mark, perhaps for years, but never a day: nobody told them that it would be now.

Put it back, and set `sunset` in its record in `.contract/deprecations.yaml`, no earlier than the message says.
",
    ),
    governed(
        "removed-unstable",
        "`{element}` is removed, and was only {stability}, for which nothing is promised",
        "\
An element is removed whose stability has no window.

Consumers who built on it were told that it may go at any time. It is reported so that they hear of it.

There is nothing to do. The policy says how long each stability is kept (`windows`).
",
    ),
    governed(
        "removal-in-freeze",
        "`{element}` is removed in the freeze from {from} to {to}: {why}",
        "\
An element is removed at a time in which nothing may be.

The policy keeps this time free of breaks, because consumers cannot react in it, or because a failure costs more than
usual.

Wait until the freeze is over. An emergency needs a waiver of the governance team: `contract waiver add`.
",
    ),
    governed(
        "too-few-live-versions",
        "`{element}` keeps too few live versions: {left} of {least}",
        "\
A published version goes, and fewer stay than the policy wants.

Consumers of the old version have no overlap in which both work, so they have to move in one step, on the provider's
day.

Keep the version until a newer one is published. The policy says how many stay (`min_live_versions`).
",
    ),
    governed(
        "announced-change",
        "`{element}` changes as announced for {sunset}",
        "\
An element changes in a way that breaks consumers, exactly as was announced, and the announced day has come.

It is still a break: consumers who have not prepared fail. Its window is over, so it may land with the sign-offs of
the consumers that it affects. It is always reported.

Ask for the sign-offs that are missing: `contract signoff request` says whose, and the command for each.
",
    ),
    governed(
        "unannounced-breaking-change",
        "`{element}` changes in a breaking way that {why}; the earliest day is {earliest}",
        "\
An element changes in a way that breaks consumers, and no announcement covers it.

Consumers had no warning: what they send is refused, or what they read is something that they cannot handle.

Best add a new element beside the old one, and deprecate the old one. Else announce the change in
`.contract/deprecations.yaml` with `kind: change`, the digest of what comes (`after`), and a sunset no earlier than
the message says, and land the change on that day.
",
    ),
    governed(
        "changed-unstable",
        "`{element}` changes in a breaking way, and is only {stability}, for which nothing is promised",
        "\
An element whose stability has no window changes in a way that breaks consumers.

Consumers who built on it were told that it may change at any time. It is reported so that they hear of it.

There is nothing to do. The policy says how long each stability is kept (`windows`).
",
    ),
];
