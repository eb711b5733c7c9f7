//! The sign-offs and waivers of head, and what head took away: who wrote each, and whether that counts.

use crate::policy::codeowners::Codeowners;
use crate::policy::files::{Fault, Signoff, SignoffRules, Waiver};
use crate::policy::signature::{
    AllowedSigners, NAMESPACE, RevokedKeys, SignatureError, Signed, Verified, authenticate,
};
use crate::policy::standing::{Presented, assure};
use crate::policy::state::{FOLDER, is_yaml};
use crate::world::{ReadError, Snapshot};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// One side's tree: where it is, and the folder that stands for its root.
#[derive(Clone, Copy)]
pub struct Tree<'t> {
    /// The files.
    pub snapshot: &'t Snapshot,
    /// The folder that stands for the root.
    pub prefix: &'t str,
    /// The governance files, from that folder.
    pub files: &'t BTreeSet<String>,
}

/// What decides whether an author is known.
#[derive(Clone, Copy)]
pub struct Keys<'k> {
    /// What the base's policy says.
    pub rules: &'k SignoffRules,
    /// The keys of the base.
    pub signers: &'k AllowedSigners,
    /// The base's revoked keys, and head's: a revocation counts at once.
    pub revoked: &'k RevokedKeys,
    /// The base's CODEOWNERS.
    pub codeowners: &'k Codeowners,
    /// The day.
    pub today: Date,
}

/// What lies on the table.
#[derive(Debug, Default)]
pub struct Papers {
    /// Sign-offs.
    pub signoffs: Vec<Presented<Signoff>>,
    /// Waivers.
    pub waivers: Vec<Presented<Waiver>>,
    /// What cannot be read.
    pub faults: Vec<Fault>,
}

/// One file with its signature, before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Laid<'l> {
    /// Its path from the root of the tree.
    pub file: &'l str,
    /// What it holds.
    pub bytes: &'l [u8],
    /// What the `.sig` file beside it holds.
    pub signature: Option<&'l [u8]>,
    /// Whether the base holds the same bytes at the same path.
    pub on_base: bool,
}

/// Reads one file, and says how its author is known: the raw bytes are authenticated before anything in them is read.
///
/// # Errors
/// Everything that is wrong with it, by its places.
pub fn present<T>(
    keys: Keys<'_>,
    laid: Laid<'_>,
    parse: impl Fn(&str, &[u8]) -> Result<T, Vec<Fault>>,
    approver: impl Fn(&T) -> &str,
) -> Result<Presented<T>, Vec<Fault>> {
    let Laid {
        file,
        bytes,
        signature,
        on_base,
    } = laid;
    let authentic = signature.map(|signature| {
        let signed = Signed { bytes, signature };
        authenticate(keys.signers, keys.revoked, NAMESPACE, signed)
    });
    let value = parse(file, bytes)?;
    let verified: Option<Result<Verified, SignatureError>> =
        authentic.map(|authentic| authentic.and_then(|it| it.by(approver(&value), keys.today)));
    let owners = keys.codeowners.owners_of(file);
    let owners: Vec<String> = owners.into_iter().map(str::to_owned).collect();
    Ok(Presented {
        file: file.to_owned(),
        value,
        counts: assure(keys.rules.trust, on_base, verified, &owners),
        withdrawn: false,
    })
}

impl Papers {
    /// Reads all sign-offs and waivers of both trees.
    ///
    /// # Errors
    /// When a tree cannot be read at all; what is wrong with one file is a fault.
    pub fn read(base: Tree<'_>, head: Tree<'_>, keys: Keys<'_>) -> Result<Self, ReadError> {
        let mut papers = Self::default();
        for (file, withdrawn) in listed(base, head, "signoffs") {
            if let Some(paper) =
                papers.paper(base, head, keys, &file, withdrawn, Signoff::read, |it| {
                    &it.approver
                })?
            {
                papers.signoffs.push(paper);
            }
        }
        for (file, withdrawn) in listed(base, head, "waivers") {
            if let Some(paper) =
                papers.paper(base, head, keys, &file, withdrawn, Waiver::read, |it| {
                    &it.approver
                })?
            {
                papers.waivers.push(paper);
            }
        }
        Ok(papers)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "two trees, their keys, and a kind of file"
    )]
    fn paper<T>(
        &mut self,
        base: Tree<'_>,
        head: Tree<'_>,
        keys: Keys<'_>,
        file: &str,
        withdrawn: bool,
        parse: impl Fn(&str, &[u8]) -> Result<T, Vec<Fault>>,
        approver: impl Fn(&T) -> &str,
    ) -> Result<Option<Presented<T>>, ReadError> {
        let tree = if withdrawn { base } else { head };
        let Some(bytes) = self.bytes(tree, file)? else {
            return Ok(None);
        };
        let signature = format!("{file}.sig");
        let signature = if tree.files.contains(&signature) {
            self.bytes(tree, &signature)?
        } else {
            None
        };
        let on_base = withdrawn
            || (base.files.contains(file)
                && base
                    .snapshot
                    .read(&base.path(file))
                    .is_ok_and(|landed| landed == bytes));
        let laid = Laid {
            file,
            bytes: &bytes,
            signature: signature.as_deref(),
            on_base,
        };
        match present(keys, laid, parse, approver) {
            Ok(paper) => Ok(Some(Presented { withdrawn, ..paper })),
            Err(faults) => {
                // What is on the base already was judged when it landed.
                if !withdrawn {
                    self.faults.extend(faults);
                }
                Ok(None)
            }
        }
    }

    fn bytes(&mut self, tree: Tree<'_>, file: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match tree.snapshot.read(&tree.path(file)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error @ ReadError::Git(_)) => Err(error),
            Err(error) => {
                self.faults.push(Fault {
                    file: file.to_owned(),
                    place: None,
                    message: error.to_string(),
                    help: error.help(),
                });
                Ok(None)
            }
        }
    }
}

impl Tree<'_> {
    fn path(&self, file: &str) -> String {
        match self.prefix {
            "" => file.to_owned(),
            prefix => format!("{prefix}/{file}"),
        }
    }
}

/// The YAML files of a folder in either tree, and whether head lacks them.
fn listed(base: Tree<'_>, head: Tree<'_>, folder: &str) -> Vec<(String, bool)> {
    let start = format!("{FOLDER}/{folder}/");
    let is_paper = |file: &&String| file.starts_with(&start) && is_yaml(file);
    let mut all: BTreeSet<&String> = head.files.iter().filter(is_paper).collect();
    all.extend(base.files.iter().filter(is_paper));
    all.into_iter()
        .map(|file| (file.clone(), !head.files.contains(file)))
        .collect()
}
