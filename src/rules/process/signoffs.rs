//! Whether those who are hurt agree, and what is wrong with the files that say so.

use super::governed;
use crate::rules::Rule;

pub(super) static RULES: &[Rule] = &[
    governed(
        "signoff-missing",
        "`{element}` lacks the sign-off of {who}",
        "\
A break affects a consumer who has not agreed to it.

That consumer fails when the change lands, and may not even know of it.

Run `contract signoff request` for what to send to whom. An approver of the consumer answers with `contract signoff
add`, in a file that is signed, or that lands on the base first. Where the consumer does not use the element, its
usage file can say so.
",
    ),
    governed(
        "signoff-objected",
        "`{element}` meets an objection of {who}, by {by}: {reason}",
        "\
A consumer objects to a break.

It has said that it would be hurt, and why. An objection blocks whatever the other approvers say.

Talk to them. When they are content, an approver of the same consumer accepts with a later date: `contract signoff
add`.
",
    ),
    governed(
        "change-waived",
        "`{element}` is waived until {until} by {by}, as {kind}",
        "\
A break lands without its window or its sign-offs, because the governance team says so.

Consumers get less warning than they were promised. That is why waivers are short, name each change, and are always
reported.

Tell the consumers that are hurt. After the day that the message names the waiver is void.
",
    ),
    governed(
        "signoff-unused",
        "the sign-off matches no change of {contract}",
        "\
A sign-off names a change that is not there.

Often the change was edited after it was signed, so that its fingerprint is another, and whoever signed believes to
have agreed to it.

Ask for a new sign-off where the change is still meant; otherwise remove the file with `contract signoff prune`.
",
    ),
    governed(
        "signoff-spent",
        "the {paper} is spent: what it allows has happened",
        "\
A sign-off names a change that has landed, or a deprecation that is over.

Nobody is hurt: it cannot be used again, even if the element comes back and is deprecated anew.

Remove it with `contract signoff prune` when you like.
",
    ),
    governed(
        "signoff-expired",
        "the {paper} counted until {date}",
        "\
A sign-off has expired.

What was right for the consumer then may not be now, so it does not count any more.

Ask for a new one: `contract signoff request`.
",
    ),
    governed(
        "signoff-expiring",
        "the {paper} counts until {date}",
        "\
A sign-off that is needed here expires soon.

When the change lands later than that, the gate refuses it, and the consumer has to be asked again.

Land the change before that day, or ask for a new sign-off.
",
    ),
    governed(
        "signoff-unknown-consumer",
        "the sign-off is for `{consumer}`, which is not in the base's registry",
        "\
A sign-off speaks for a consumer that is not in the registry of the base.

It counts for nobody, and perhaps the one that was meant is still missing.

Correct the name, or add the consumer to `.contract/consumers.yaml` first: `contract consumer add`.
",
    ),
    governed(
        "signoff-not-required",
        "nobody asked {consumer} about this change",
        "\
A sign-off answers for a consumer whom the change does not affect.

Nobody is hurt: it is more than was asked for.

There is nothing to do. If the consumer is affected after all, its entry in the registry or its usage file lacks
something.
",
    ),
    governed(
        "signoff-wrong-contract",
        "the {paper} is about the contract `{contract}`, {why}",
        "\
A sign-off names another contract than the one that its changes belong to.

Whoever signed it may have read the wrong contract, so it does not count.

Ask for a new one, written by `contract signoff add`.
",
    ),
    governed(
        "signoff-not-approver",
        "the sign-off is by {approver}, who is no approver of {consumer} on the base",
        "\
A sign-off is given by someone who is no approver of the consumer.

Those who are hurt have not agreed; somebody else did in their name. It does not count.

Ask one of the `approvers` in `.contract/consumers.yaml`, as the base has it.
",
    ),
    governed(
        "signoff-unsigned",
        "the sign-off does not count: {why}",
        "\
Nothing proves who wrote a sign-off.

Anyone who can open a pull request could have written it in the name of a consumer, so it does not count.

Let the approver sign it (`contract signoff add --sign KEY`), or land the file on the base first, where the policy's
`signoff.trust` allows that. Signed files must not change by a byte, not even in their line ends.
",
    ),
    governed(
        "signoff-summary-mismatch",
        "the {paper} calls this change {said}, and it is {is}",
        "\
A sign-off describes a change as something that it is not.

The fingerprint decides and nobody can read it, so whoever signed under a false caption agreed to something else.

Have the file written by `contract signoff add`, which takes rule and element from the change itself, and ask again.
",
    ),
    governed(
        "signoff-too-long",
        "the sign-off is valid for {days} days, and the base's policy allows {most}",
        "\
A sign-off is meant to count for longer than the policy allows.

What a consumer agreed to long ago may hurt it today, so it does not count.

Write an `expires` that is nearer to `issued`; the policy has the limit (`signoff.max_age`).
",
    ),
    governed(
        "signoff-misplaced",
        "the sign-off is for `{consumer}`, and is not in its folder, .contract/signoffs/{consumer}/",
        "\
A sign-off lies in the folder of another consumer.

Who guards that folder has reviewed it, and not the consumer that it speaks for, so it does not count.

Move it to `.contract/signoffs/` and the consumer's id.
",
    ),
    governed(
        "signoff-not-counted",
        "the sign-off {why}",
        "\
A sign-off is outside of what the policy lets count.

It is dated to a day that has not come, or given by someone who answers for the contract itself and not for its
consumers. Those who are hurt have not agreed.

Date it to the day of the decision, and let an approver decide who is none of the owner's people; the policy can allow
the latter (`signoff.allow_self_approval`).
",
    ),
    governed(
        "signoff-withdrawn",
        "the {answer} of {approver} is taken away, and holds until that has landed",
        "\
A change takes away an answer that stands in its way.

Whoever objected was not asked. Deleting the file would silence them in the very change that they object to, so the
answer holds until its removal is on the base.

Talk to them: an approver of the same consumer accepts with a later date. To remove a file that is out of date, land
that in a change of its own.
",
    ),
    governed(
        "signer-key-expiring",
        "the key of {principal} is valid until {date}, and what it signed counts no longer",
        "\
A key of an approver expires soon.

Signatures by it do not count from that day on, not even older ones, so what was signed has to be signed again.

Add a new key for the same principal to `.contract/allowed_signers`, in a change of its own.
",
    ),
    governed(
        "waiver-refused",
        "the waiver {why}",
        "\
A waiver does not count.

Consumers would get less warning than they were promised, so a waiver needs the people, the kind, and the limits of
the policy, as the base has it.

Correct what the message names, and let enough people of the team in `waivers.approvers` sign.
",
    ),
    governed(
        "waiver-unused",
        "the waiver matches no change of {contract}",
        "\
A waiver names a change that is not there.

Often the change was edited after it was waived, so that its fingerprint is another. A waiver that stays behind is a
door left open until it expires.

Ask for a new one where the change is still meant; otherwise remove the file.
",
    ),
];
