//! What is announced about an element: deprecations, their dates, and what they have to say.

use super::governed;
use crate::rules::Rule;

pub(super) static RULES: &[Rule] = &[
    governed(
        "deprecation-without-sunset",
        "`{element}` is deprecated, and no day says until when it stays; the earliest is {earliest}",
        "\
An element becomes deprecated, and nothing says until when it stays.

Consumers cannot plan: without a day the removal comes too early for some, and too late for whoever maintains it.
Nothing without a sunset can ever be removed through the gate.

Add `sunset` to its `x-deprecation`, or to its record in `.contract/deprecations.yaml`. The window counts from today
or from `since`, whichever is later; the message names the earliest day.
",
    ),
    governed(
        "deprecation-window-too-short",
        "`{element}` has its sunset on {sunset}, before {earliest}, with which the window of {days} days ends",
        "\
A deprecation ends before the window that the policy promises has passed.

Consumers were promised so many days to move; those who plan with them find the element gone.

Move `sunset` to the day that the message names, or later. The window is the policy's for the element's stability,
times the factor of the contract's audience, and never shorter than the `min_window` of a consumer. A `since` in the
past does not shorten it: the window counts from today at the earliest.
",
    ),
    governed(
        "deprecation-backdated",
        "`{element}` is said to be deprecated since {since}, more than {days} days before today, {today}",
        "\
A deprecation that is new says that it has been there for a while.

Nothing is gained, for windows count from the day the record lands. But who reads the record believes that consumers
have known since then, and they have not.

Write the day of the announcement. For what was announced elsewhere before there was a policy, `contract init
--from-history` writes grandfathered records.
",
    ),
    governed(
        "sunset-before-deprecation",
        "`{element}` has its sunset on {sunset}, before it is deprecated on {since}",
        "\
A deprecation ends before it begins.

Clients that read both dates from the `Deprecation` and `Sunset` headers are told nonsense; RFC 9745 forbids it.

Correct one of the two dates; the sunset lies at least the window of the policy after `since`.
",
    ),
    governed(
        "deprecation-without-replacement",
        "`{element}` is deprecated, and nothing says what to use instead",
        "\
An element becomes deprecated without a word on what to use instead.

Consumers know that they have to leave and not where to go, so they stay until the last day.

Add `replacement` with the id of the element that takes its place. Where there is none, write `replacement: none` and
a `reason`.
",
    ),
    governed(
        "deprecation-bad-replacement",
        "`{element}` is to be replaced by `{replacement}`, which {why}",
        "\
The replacement of a deprecated element is none that consumers can move to.

It does not exist in this version, goes no later than what it replaces, or promises less stability. Who follows the
advice has to move twice, or cannot move at all.

Name an element that is there, stays longer, and is at least as stable; publish it first where it is not there yet.
",
    ),
    governed(
        "deprecation-without-guide",
        "`{element}` is deprecated without a migration guide",
        "\
An element becomes deprecated, and no guide tells how to move away from it.

Each consumer has to find out alone how the replacement differs, and each finds out something else.

Write a guide, and name it in `guide`: a path in the repository, or a URL. The policy says from which stability on one
is wanted (`deprecation.require_guide`).
",
    ),
    governed(
        "deprecation-guide-missing",
        "`{element}` names the migration guide `{guide}`, which is not in the tree",
        "\
A deprecation names a migration guide that does not exist.

Consumers follow the link when they have to move, and find nothing.

Add the file, or correct the path: it counts from the root of the repository, and stays inside of it.
",
    ),
    governed(
        "born-deprecated",
        "`{element}` is new, and deprecated already",
        "\
A new element arrives deprecated.

Whoever adopts it has to leave it again; its window runs from the first day, while consumers still read about it as
something new.

Leave it out, or publish it without the mark, and deprecate it when there is something better.
",
    ),
    governed(
        "sunset-moved-earlier",
        "`{element}` has its sunset on {after}, moved earlier from {before}",
        "\
The sunset of a deprecated element moved to an earlier day.

Consumers planned with the day that was announced; those who move last find the element gone while they are on their
way. This is a break of what was promised, even where the new day leaves a full window.

Keep the day, or ask every affected consumer for a sign-off with `contract signoff request`.
",
    ),
    governed(
        "sunset-removed",
        "`{element}` is still deprecated, and its sunset on {before} is gone",
        "\
A deprecated element has no sunset any more.

Consumers who planned with the day do not know what holds now, and a later date could be set as if it were the first.

Put the day back. To give more time, set a later one; to keep the element, drop its deprecation as a whole.
",
    ),
    governed(
        "sunset-extended",
        "`{element}` stays until {after}, formerly until {before}",
        "\
The sunset of a deprecated element moved to a later day.

Nobody is hurt: consumers have more time than they were promised.

There is nothing to do. From now on the later day is the promise.
",
    ),
    governed(
        "since-rewritten",
        "`{element}` has another day of deprecation: {after}, formerly {before}",
        "\
The day on which an element was deprecated was changed afterwards.

Sign-offs are bound to the deprecation that they answer, by that day; rewriting it makes the record say something that
consumers were never told, and kills the approvals that they gave.

Put the day back. To start over, drop the deprecation in one change and announce it again in another: its window then
runs anew.
",
    ),
    governed(
        "undeprecated",
        "`{element}` is no longer deprecated; its sunset was {sunset}",
        "\
A deprecated element is not deprecated any more.

Nobody is hurt: it stays. Consumers who have moved already did so in vain, and may want to know.

There is nothing to do. Sign-offs for its removal are void, and a later deprecation runs its full window.
",
    ),
    governed(
        "deprecated-promoted",
        "`{element}` is deprecated, and becomes {after}, formerly {before}",
        "\
A deprecated element becomes more stable than it was.

Its removal was announced with the shorter window of the lower stability, and could land right after a promise of the
higher one.

Keep its stability while it is deprecated, or drop the deprecation: what is going does not graduate.
",
    ),
    governed(
        "stability-decreased",
        "`{element}` becomes {after}, formerly {before}",
        "\
An element promises less stability than it did.

Consumers relied on the longer window; with the lower level the element could be gone in the next change. So this step
is a break by itself.

Keep the stability. Where the promise really cannot be kept, ask every affected consumer for a sign-off with `contract
signoff request`.
",
    ),
    governed(
        "deprecation-conflict",
        "`{element}` has other dates in the contract ({inline}) than in the ledger ({ledger})",
        "\
A contract and the ledger date the same deprecation differently.

Consumers who read the contract plan with one day, and those who read the ledger with another.

Keep the dates in one of the two: in `x-deprecation` where the contract can hold them, in
`.contract/deprecations.yaml` where it cannot.
",
    ),
    governed(
        "deprecation-malformed",
        "`{element}` says something about its life that cannot be read: {why}",
        "\
What is said about the life of an element is not in the form that it needs.

A date that cannot be read is no date: the element counts as deprecated without it, and consumers who read the
contract with other tools may see something else.

Correct what the message names. Dates are quoted and have the form \"2027-03-01\"; stabilities are `draft`, `alpha`,
`beta`, and `stable`.
",
    ),
    governed(
        "deprecation-overdue",
        "`{element}` could have been removed since {sunset}, {days} days ago",
        "\
A deprecated element is still there long after its sunset.

Consumers learn that sunsets mean nothing, and the next one is not believed. Whoever has moved did so under a false
threat.

Remove it, with the sign-offs that it needs; or set a later sunset, or drop the deprecation. The policy says how many
days may pass (`deprecation.overdue_after`).
",
    ),
];
