//! What the gate rests on: policy, registry, keys, published versions, and the clock.

use super::governed;
use crate::rules::Rule;

pub(super) static RULES: &[Rule] = &[
    governed(
        "governance-file-invalid",
        "`{file}` is not valid: {why}",
        "\
A file below `.contract/` cannot be read as what it has to be.

What it says does not count: a window that it should set, a consumer that it should name, or an approval that it
should give is missing.

Correct it at the place that the message names; `contract schema` prints a JSON Schema for each kind of file.
",
    ),
    governed(
        "policy-loosened",
        "the policy asks for less: `{setting}` is {after}, formerly {before}",
        "\
A change makes the policy weaker.

Consumers get less than they were promised: a shorter window, fewer sign-offs, or more that may be waived. It does not
help the change that brings it, for the policy of the base decides; it takes effect once it has landed.

Let those who own the policy review it, best in a change of its own.
",
    ),
    governed(
        "policy-changed",
        "the policy has another `{setting}`: {after}, formerly {before}",
        "\
A change makes the policy another one, and not a weaker one.

Nobody is hurt. It takes effect once it has landed, for the policy of the base decides.

Let those who own the policy review it.
",
    ),
    governed(
        "contract-dropped",
        "contract `{contract}` is governed by the base's policy, and by head's no longer",
        "\
A contract leaves the policy.

Once that has landed, any break of it passes without a word, and its consumers are not asked. In this change it is
still governed.

Keep its entry. For a contract that ends, deprecate it (`contract:ID` in the ledger), remove it after its sunset, and
its entry after that.
",
    ),
    governed(
        "contract-ungoverned",
        "`{file}` is a contract that no entry of the policy names",
        "\
A contract is in the tree, and nothing in the policy names it.

Its breaks pass without a window and without a sign-off, and nobody owns it.

Add an entry to `contracts` in `.contract/contract.yaml`, with an owner.
",
    ),
    governed(
        "consumer-dropped",
        "consumer `{consumer}` leaves the registry",
        "\
A consumer is taken out of the registry.

Once that has landed, it is not asked any more, whatever breaks. In this change it still is.

Keep it while it uses anything. When it is really gone, one of its approvers signs off that it leaves.
",
    ),
    governed(
        "consumer-loosened",
        "consumer `{consumer}` is asked for less: its `{setting}` is {after}, formerly {before}",
        "\
A consumer's entry in the registry protects it less than before.

A lower tier, a smaller quorum, a shorter window, or a contract fewer: once that has landed, breaks reach it that it
would have been asked about. In this change the old entry still counts.

Let one of its approvers sign off on it, best in a change of its own.
",
    ),
    governed(
        "usage-narrowed",
        "the usage of `{consumer}` says less than on the base: {what}",
        "\
The usage file of a consumer lists less than before.

Once that has landed, the consumer is not asked about what is not listed. In this change the old file still counts as
well, so nobody clears a break by the same pull request.

Let one of its approvers review it: only they know what they use.
",
    ),
    governed(
        "record-dropped",
        "`{element}` is still there, and its record is gone from the ledger",
        "\
A record leaves the ledger, and what it is about is still there.

Consumers who planned with its sunset do not know what holds now; a later record would look like the first.

Put the record back. To keep the element for good, say so in the change; its next deprecation runs a full window.
",
    ),
    governed(
        "release-edited",
        "`{file}` is a published version, and was edited",
        "\
A snapshot of a published version was changed.

Consumers built against what was published; with the snapshot changed, nothing shows any more what they were promised,
so a break of it cannot be seen.

Put it back as it was, and publish the change as a new version.
",
    ),
    governed(
        "release-removed",
        "`{file}` is a published version, and is gone",
        "\
A snapshot of a published version was removed.

Consumers of that version are no longer looked after: what breaks only them is not seen.

Put it back while the version is live. A version that ends is deprecated as `version:ID@NAME` in the ledger, and
removed after its sunset.
",
    ),
    governed(
        "release-broken",
        "`{element}` breaks the live version `{version}`, and not the base",
        "\
The new version breaks a published one, and the base does not show it.

A break that was split over several changes, each compatible with the one before, hits consumers of the published
version at once.

Keep compatible with every live version, or wait until its sunset.
",
    ),
    governed(
        "signers-changed",
        "other keys count once this has landed: {what}",
        "\
The list of keys that may sign, or of those that are revoked, changes.

Whoever has a key there speaks for a consumer or for the governance team. The keys of the base decide; the new ones
count once they have landed.

Let those who own the list check each key by another way than this change.
",
    ),
    governed(
        "clock-overridden",
        "today is taken to be {today}",
        "\
The day was given by `--today`, and not taken from the clock.

With another day a window may look over that is not, so a pass says nothing about today.

Leave `--today` out where the result decides. In CI it needs `clock.allow_override` in the policy of the base.
",
    ),
    governed(
        "mode-warn",
        "the policy only warns, and refuses from {until} on",
        "\
The gate tells what is wrong, and lets it pass.

Until that day breaks land without window and sign-off, and consumers are only protected by whoever reads the
warnings.

Settle what is reported before the day comes. To begin earlier, set `mode: enforce` in `.contract/contract.yaml`.
",
    ),
];
