//! The governance files of one side, read from its tree.

use super::{
    codeowners::Codeowners,
    files::{Baseline, Consumers, Fault, Ledger, Policy, Request, Usage},
    signature::{AllowedSigners, RevokedKeys},
};
use crate::world::{ReadError, Snapshot};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The folder that holds them.
pub const FOLDER: &str = ".contract";

/// The governance of one side; what is not there is as its defaults say.
#[derive(Debug, Default)]
pub struct State {
    /// The policy, where there is one.
    pub policy: Option<Policy>,
    /// `sha256:` and 64 hexadecimal digits of the policy's bytes.
    pub digest: Option<String>,
    /// The registry.
    pub consumers: Consumers,
    /// The ledger.
    pub ledger: Ledger,
    /// What is let through for a while.
    pub baseline: Baseline,
    /// Declared usage, by file from the root.
    pub usage: BTreeMap<String, Usage>,
    /// Keys, and those that are revoked.
    pub signers: AllowedSigners,
    /// Keys that count no more.
    pub revoked: RevokedKeys,
    /// Who reviews what.
    pub codeowners: Codeowners,
    /// Requests, by file from the root.
    pub requests: BTreeMap<String, Request>,
    /// What cannot be read of the files that the gate rests on.
    pub faults: Vec<Fault>,
    /// What cannot be read of keys, owners, and requests: it vouches for nobody, and the rest stands.
    pub doubts: Vec<Fault>,
    /// Every file below the folder, from the root.
    pub files: BTreeSet<String>,
}

impl State {
    /// Reads the governance files below `prefix`, the folder that stands for the root of the tree.
    ///
    /// # Errors
    /// When the tree cannot be read at all; what is wrong with one file is a fault.
    pub fn load(snapshot: &Snapshot, prefix: &str) -> Result<Self, ReadError> {
        let mut reader = Reader {
            snapshot,
            prefix,
            state: Self::default(),
        };
        let folder = reader.path(FOLDER);
        if snapshot.is_folder(&folder)? {
            let strip = |path: String| match prefix {
                "" => Some(path),
                prefix => Some(path.strip_prefix(prefix)?.strip_prefix('/')?.to_owned()),
            };
            for link in snapshot.links(&folder)?.into_iter().filter_map(strip) {
                reader.state.doubts.push(Fault {
                    file: link,
                    place: None,
                    message: "it is a symbolic link, and governance files are plain files"
                        .to_owned(),
                    help: Some("put the file itself here; a link is not followed".to_owned()),
                });
            }
            let listed = snapshot.list(&folder)?;
            reader.state.files = listed.into_iter().filter_map(strip).collect();
        }
        reader.read()?;
        Ok(reader.state)
    }

    /// The policy, or what holds without one.
    #[must_use]
    pub fn rules(&self) -> Policy {
        self.policy.clone().unwrap_or_default()
    }
}

struct Reader<'s> {
    snapshot: &'s Snapshot,
    prefix: &'s str,
    state: State,
}

impl Reader<'_> {
    fn path(&self, file: &str) -> String {
        match self.prefix {
            "" => file.to_owned(),
            prefix => format!("{prefix}/{file}"),
        }
    }

    fn bytes(&mut self, file: &str) -> Result<Option<Vec<u8>>, ReadError> {
        match self.snapshot.read(&self.path(file)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(ReadError::Absent { .. }) => Ok(None),
            Err(error @ ReadError::Git(_)) => Err(error),
            Err(error) => {
                self.state.faults.push(Fault {
                    file: file.to_owned(),
                    place: None,
                    message: error.to_string(),
                    help: error.help(),
                });
                Ok(None)
            }
        }
    }

    /// One file by its reader; its faults are kept.
    fn file<T>(
        &mut self,
        file: &str,
        read: impl Fn(&str, &[u8]) -> Result<T, Vec<Fault>>,
    ) -> Result<Option<T>, ReadError> {
        let Some(bytes) = self.bytes(file)? else {
            return Ok(None);
        };
        match read(file, &bytes) {
            Ok(value) => Ok(Some(value)),
            Err(faults) => {
                self.state.faults.extend(faults);
                Ok(None)
            }
        }
    }

    fn read(&mut self) -> Result<(), ReadError> {
        let policy = format!("{FOLDER}/contract.yaml");
        if let Some(bytes) = self.bytes(&policy)? {
            self.state.digest = Some(digest(&bytes));
        }
        self.state.policy = self.file(&policy, Policy::read)?;
        let consumers = format!("{FOLDER}/consumers.yaml");
        self.state.consumers = self.file(&consumers, Consumers::read)?.unwrap_or_default();
        let ledger = format!("{FOLDER}/deprecations.yaml");
        self.state.ledger = self.file(&ledger, Ledger::read)?.unwrap_or_default();
        let baseline = format!("{FOLDER}/baseline.yaml");
        self.state.baseline = self.file(&baseline, Baseline::read)?.unwrap_or_default();
        self.usage()?;
        let signers = format!("{FOLDER}/allowed_signers");
        if let Some(bytes) = self.bytes(&signers)? {
            let (read, faults) = AllowedSigners::read(&signers, &bytes);
            self.state.signers = read;
            self.state.doubts.extend(faults);
        }
        let revoked = format!("{FOLDER}/revoked_keys");
        if let Some(bytes) = self.bytes(&revoked)? {
            let (read, faults) = RevokedKeys::read(&revoked, &bytes);
            self.state.revoked = read;
            self.state.doubts.extend(faults);
        }
        for file in [
            ".github/CODEOWNERS",
            "CODEOWNERS",
            "docs/CODEOWNERS",
            ".gitlab/CODEOWNERS",
        ] {
            if let Some(bytes) = self.bytes(file)? {
                let (read, faults) = Codeowners::read(file, &bytes);
                self.state.codeowners = read;
                self.state.doubts.extend(faults);
                break;
            }
        }
        let requests: Vec<String> = self.below("requests");
        let sound = std::mem::take(&mut self.state.faults);
        for file in requests {
            if let Some(request) = self.file(&file, Request::read)? {
                self.state.requests.insert(file, request);
            }
        }
        let doubtful = std::mem::replace(&mut self.state.faults, sound);
        self.state.doubts.extend(doubtful);
        Ok(())
    }

    /// Usage files: those that the registry names.
    fn usage(&mut self) -> Result<(), ReadError> {
        let consumers = self.state.consumers.clone();
        for consumer in &consumers.list {
            for one in &consumer.uses {
                let Some(usage) = &one.usage else {
                    continue;
                };
                let file = format!("{FOLDER}/{usage}");
                if self.state.usage.contains_key(&file) {
                    continue;
                }
                let had = self.state.faults.len();
                match self.file(&file, Usage::read)? {
                    Some(read) => {
                        self.state.usage.insert(file, read);
                    }
                    None if self.state.faults.len() == had => self.state.faults.push(Fault {
                        file: format!("{FOLDER}/consumers.yaml"),
                        place: Some(one.place),
                        message: format!("there is no usage file `{file}`"),
                        help: Some(
                            "add the file, or leave `usage` out: everything is used then"
                                .to_owned(),
                        ),
                    }),
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// The YAML files in a folder below `.contract`.
    fn below(&self, folder: &str) -> Vec<String> {
        let start = format!("{FOLDER}/{folder}/");
        let files = self.state.files.iter();
        files
            .filter(|file| file.starts_with(&start) && is_yaml(file))
            .cloned()
            .collect()
    }
}

/// Whether a file is called what governance files are called.
pub(super) fn is_yaml(file: &str) -> bool {
    let name = file.to_ascii_lowercase();
    [".yaml", ".yml"].iter().any(|end| name.ends_with(end))
}

/// `sha256:` and 64 hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut out = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
