//! What can be typed for sign-offs, waivers, and consumers.

use super::date;
use crate::policy::files::{ConsumerKind, Tier, WaiverKind};
use clap::{
    Args, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::path::PathBuf;

/// What every command of this page ends with.
macro_rules! exit_codes {
    () => {
        "
Exit codes:
  0  done
  1  something that is needed is not there
  2  the command line, the policy, or a file that is malformed
  3  the run could not complete"
    };
}

/// Ask consumers for their word on what hurts them, and give it.
#[derive(Debug, Args)]
pub(in crate::cli) struct SignoffArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: SignoffCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SignoffCommand {
    /// Say who must sign what, write the request, and print a message for each consumer.
    ///
    /// The request goes to .contract/requests/, where a consumer of a lazy tier has been asked once it has landed.
    #[command(after_help = concat!("\
Examples:
  contract signoff request --base origin/main
  contract signoff request --base origin/main --consumer acme --bundle acme.json
", exit_codes!()))]
    Request(RequestArgs),
    /// Accept changes for a consumer.
    ///
    /// The changes are found again in both trees, and shown; the file that is written lists each place that hurts the consumer.
    #[command(after_help = concat!("\
Examples:
  contract signoff add --base origin/main --consumer mobile-app --all \\
      --reason \"8.2 reads .total\" --sign ~/.ssh/id_ed25519
  contract signoff add --bundle acme.json --all --reason \"not used\" --sign KEY
", exit_codes!()))]
    Add(WordArgs),
    /// Object to changes for a consumer: they do not land before somebody of the same consumer accepts them later.
    #[command(after_help = concat!("\
Example:
  contract signoff object --base origin/main --consumer mobile-app --change cf1:593dfaa16f6d \\
      --reason \"8.1 still shows it\" --sign ~/.ssh/id_ed25519
", exit_codes!()))]
    Object(WordArgs),
    /// List sign-offs and waivers with what each is worth, or what is still open.
    #[command(after_help = concat!("\
Examples:
  contract signoff list --expiring 14d
  contract signoff list --base origin/main --pending --format json
", exit_codes!()))]
    List(ListArgs),
    /// Say whether everything that is needed is signed, or whether these files count.
    #[command(after_help = concat!("\
Examples:
  contract signoff verify --base origin/main
  contract signoff verify --base origin/main 2026-11-20-legacy-total.yaml
", exit_codes!()))]
    Verify(VerifyArgs),
    /// Delete sign-offs and waivers that can match nothing any more: spent, expired, or for a change that is not made.
    #[command(after_help = concat!("\
Example:
  contract signoff prune --base origin/main --dry-run
", exit_codes!()))]
    Prune(PruneArgs),
}

/// What is compared, and when.
#[derive(Debug, Args)]
pub(in crate::cli) struct TreesArgs {
    /// What to compare with: a branch, tag, or commit, or a folder [default: HEAD].
    #[arg(long, value_name = "REF|DIR")]
    pub(in crate::cli) base: Option<String>,
    /// The date that windows are counted from, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RequestArgs {
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
    /// Ask about this contract only, by its id.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) contract: Option<String>,
    /// Ask this consumer only.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) consumer: Option<String>,
    /// Write the request here, or to standard output as - [default: .contract/requests/sr-<date>-<contract>.yaml].
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Write all that a partner without the repository needs to see and to sign, as one JSON file, and no request.
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    pub(in crate::cli) bundle: Option<PathBuf>,
}

/// Which changes, and why.
#[derive(Debug, Args)]
pub(in crate::cli) struct ChosenArgs {
    /// Everything that asks for this word and is still open.
    #[arg(long, conflicts_with = "change", required_unless_present = "change")]
    pub(in crate::cli) all: bool,
    /// A change, by a unique prefix of its fingerprint; may be repeated.
    #[arg(long, value_name = "cf1:PREFIX")]
    pub(in crate::cli) change: Vec<String>,
    /// Only changes of this contract, by its id.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) contract: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: String,
    /// Who decides, as `allowed_signers` names them [default: the only one who may].
    #[arg(long, value_name = "PRINCIPAL")]
    pub(in crate::cli) approver: Option<String>,
    /// The last day on which it counts, YYYY-MM-DD [default: the last that the policy allows].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) expires: Option<String>,
    /// Sign with this private key, a file of OpenSSH without a passphrase.
    #[arg(long, value_name = "KEY")]
    pub(in crate::cli) sign: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WordArgs {
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
    /// For whom, by its id in the registry.
    #[arg(long, value_name = "ID", required_unless_present = "bundle")]
    pub(in crate::cli) consumer: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) chosen: ChosenArgs,
    /// Something to be told with it; may be repeated.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) condition: Vec<String>,
    /// The request that it answers.
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) request: Option<String>,
    /// Answer a bundle instead of the repository, into the current folder.
    #[arg(long, value_name = "FILE", conflicts_with = "base")]
    pub(in crate::cli) bundle: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
    /// What is still open, instead of the files.
    #[arg(long, conflicts_with = "expiring")]
    pub(in crate::cli) pending: bool,
    /// Only files that count, and for so many days at most.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub(in crate::cli) expiring: Option<u32>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = ToldAs::Text)]
    pub(in crate::cli) format: ToldAs,
}

/// A form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum ToldAs {
    /// For people.
    Text,
    /// For machines.
    Json,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// Sign-offs and waivers, which need not be in .contract yet; the signature lies beside each as FILE.sig.
    #[arg(value_name = "FILE")]
    pub(in crate::cli) files: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PruneArgs {
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
    /// Only say what would go.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// Open the gate for a change without its window and its sign-offs.
#[derive(Debug, Args)]
pub(in crate::cli) struct WaiverArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: WaiverCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum WaiverCommand {
    /// Waive changes, in the name of the team that the policy names for it.
    #[command(after_help = concat!("\
Example:
  contract waiver add --base origin/main --kind security --change cf1:593dfaa16f6d \\
      --reason \"CVE-2026-1234: the field leaks addresses\" --sign ~/.ssh/id_ed25519
", exit_codes!()))]
    Add(WaiverAddArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct WaiverAddArgs {
    #[command(flatten)]
    pub(in crate::cli) trees: TreesArgs,
    /// Why such a thing is right.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(in crate::cli) kind: WaiverKind,
    #[command(flatten)]
    pub(in crate::cli) chosen: ChosenArgs,
}

/// Keep the registry: who uses which contract.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConsumerArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: ConsumerCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ConsumerCommand {
    /// Add a consumer to .contract/consumers.yaml, and leave what stands there as it is.
    #[command(after_help = concat!("\
Example:
  contract consumer add mobile-app --contract orders --tier critical \\
      --approver dana@mobile --approver lee@mobile --quorum 1 \\
      --usage .contract/usage/mobile-app.orders.yaml
", exit_codes!()))]
    Add(ConsumerAddArgs),
    /// Hold the registry against the contracts: usage that names what is not there, approvers without a key.
    #[command(after_help = concat!("\
Example:
  contract consumer check
", exit_codes!()))]
    Check,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ConsumerAddArgs {
    /// Its id: small letters, digits, and hyphens.
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// A contract that it uses, by its id; may be repeated.
    #[arg(long, value_name = "ID", required = true)]
    pub(in crate::cli) contract: Vec<String>,
    /// A principal of `allowed_signers` who answers for it; may be repeated.
    #[arg(long, value_name = "PRINCIPAL", required = true)]
    pub(in crate::cli) approver: Vec<String>,
    /// How many of them have to accept.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(in crate::cli) quorum: u32,
    /// How much depends on it.
    #[arg(long, value_name = "TIER", value_parser = tiers(), default_value = "standard")]
    pub(in crate::cli) tier: Tier,
    /// What it is.
    #[arg(long, value_name = "KIND", value_parser = consumer_kinds(), default_value = "internal")]
    pub(in crate::cli) kind: ConsumerKind,
    /// What people call it.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) name: Option<String>,
    /// How to reach its people.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) contact: Option<String>,
    /// A file below .contract that says what it uses of one of the contracts; may be repeated.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) usage: Vec<String>,
    /// The life-span of a deprecation that it consented to.
    #[arg(long, value_name = "DAYS", value_parser = days)]
    pub(in crate::cli) min_window: Option<u32>,
}

/// `14` or `14d`.
fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let days = number.parse().ok().filter(|_| is_number);
    days.ok_or_else(|| "write a number of days, such as 14d".to_owned())
}

/// The words of an enum, and nothing else.
fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(move |one| word(*one))).map(move |text| {
        let mut all = all.iter().copied();
        all.find(|one| word(*one) == text)
            .expect("only words of the enum are possible")
    })
}

fn kinds() -> impl TypedValueParser<Value = WaiverKind> {
    words(WaiverKind::ALL, WaiverKind::word)
}

fn tiers() -> impl TypedValueParser<Value = Tier> {
    words(Tier::ALL, Tier::word)
}

fn consumer_kinds() -> impl TypedValueParser<Value = ConsumerKind> {
    words(ConsumerKind::ALL, ConsumerKind::word)
}
