//! One side's files: the entry, every file it references, and where each `$ref` leads.

use super::{
    check,
    diagnostic::{Diagnostic, Level},
    dialect::{Assume, Dialect, detect},
    error::{Fetch, LoadError, Unavailable},
    refs::{self, RefTable},
};
use crate::tree::{self, NodeId, Tree};
use foldhash::{HashMap, HashSet, HashSetExt as _};

/// A file of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// A node of a bundle: which file, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file.
    pub file: FileId,
    /// The node in the file's tree.
    pub node: NodeId,
}

/// One loaded file.
#[derive(Debug)]
pub struct Document {
    /// Path inside the side's root, `/`-separated; the key that `$ref`s are resolved against.
    pub path: String,
    /// Its nodes with their spans.
    pub tree: Tree,
    pub(super) refs: RefTable,
}

/// Everything one side of a comparison consists of.
#[derive(Debug)]
pub struct Bundle {
    /// The loaded files; the first is the entry.
    pub files: Vec<Document>,
    /// The entry's dialect; referenced files are read by it too.
    pub dialect: Dialect,
    /// What is wrong with these files by themselves.
    pub diagnostics: Vec<Diagnostic>,
    /// `$id`s of all files.
    pub(super) ids: HashMap<String, At>,
}

impl Bundle {
    /// Loads `entry` and all files it references, and finds what is wrong with them.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn load(
        name: &str,
        entry: &str,
        assume: Assume,
        fetch: &Fetch<'_>,
    ) -> Result<Self, LoadError> {
        let mut bundle = Self::open(name, entry, assume, fetch, None)?;
        let found = bundle.check();
        bundle.diagnostics.extend(found);
        Ok(bundle)
    }

    /// Loads `entry` and all files it references; [`check`](Self::check) finds the rest of what is wrong with them. Much of
    /// `entry` may be as in the `older` version.
    ///
    /// `name` is what the user calls the entry; `fetch` reads a path below the side's root, or an absolute URL.
    ///
    /// # Errors
    /// When the entry cannot be read or is of no known kind, and when a reference is refused. A reference that leads
    /// nowhere is a diagnostic, not an error.
    pub fn open(
        name: &str,
        entry: &str,
        assume: Assume,
        fetch: &Fetch<'_>,
        older: Option<&Self>,
    ) -> Result<Self, LoadError> {
        let bytes = fetch(entry).map_err(|cause| LoadError::Unavailable {
            name: name.to_owned(),
            asked: None,
            cause,
        })?;
        let older = older.map(|older| &older.files[0].tree);
        let tree = tree::parse_bytes_beside(name, bytes, older)?;
        let dialect = detect(&tree, assume).map_err(|unknown| LoadError::UnknownKind {
            name: name.to_owned(),
            position: tree.source().locate(tree.span(unknown.node).start),
            message: unknown.message,
            help: unknown.help,
        })?;
        let mut bundle = Self {
            files: Vec::new(),
            dialect,
            diagnostics: Vec::new(),
            ids: HashMap::default(),
        };
        // The first file always finds room.
        let _first = bundle.add(entry.to_owned(), tree);
        bundle.load_referenced(name, entry, fetch)?;
        Ok(bundle)
    }

    /// What is wrong with these files, but for what opening them has told.
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        check::check(self)
    }

    fn load_referenced(
        &mut self,
        name: &str,
        entry: &str,
        fetch: &Fetch<'_>,
    ) -> Result<(), LoadError> {
        let mut known: HashMap<String, Result<FileId, Unavailable>> =
            std::iter::once((entry.to_owned(), Ok(FileId(0)))).collect();
        let mut next = 0;
        while next < self.files.len() {
            for wanted in refs::files_wanted(&self.files[next]) {
                if known.contains_key(&wanted) || refs::is_known_id(self, &wanted) {
                    continue;
                }
                let loaded = match fetch(&wanted) {
                    Ok(bytes) => {
                        let shown = display_name(name, entry, &wanted);
                        match tree::parse_bytes(&shown, bytes) {
                            Ok(tree) => self.add(wanted.clone(), tree),
                            // Prose (`description: {$ref: intro.md}`) is no contract text.
                            Err(_) if !is_structured(&wanted) => Err(Unavailable {
                                message: "neither JSON nor YAML".to_owned(),
                                help: None,
                                refused: false,
                                exit: 2,
                            }),
                            Err(error) => return Err(error.into()),
                        }
                    }
                    Err(cause) => Err(cause),
                };
                known.insert(wanted, loaded);
            }
            next += 1;
        }
        let refused = refs::resolve_all(self, &known);
        if let Some((at, target, cause)) = refused {
            return Err(LoadError::Unavailable {
                name: target,
                asked: Some(self.describe(at)),
                cause,
            });
        }
        Ok(())
    }

    fn add(&mut self, path: String, tree: Tree) -> Result<FileId, Unavailable> {
        let Ok(id) = u16::try_from(self.files.len()).map(FileId) else {
            return Err(Unavailable {
                message: "more than 65,536 files".to_owned(),
                help: None,
                refused: true,
                exit: 2,
            });
        };
        for warning in tree.warnings() {
            self.diagnostics.push(Diagnostic {
                rule: "yaml-merge-key",
                level: Level::Warning,
                message: warning.message.clone(),
                file: id,
                offset: warning.span.start,
            });
        }
        for node in tree.ambiguities() {
            let text = tree.scalar_text(node).unwrap_or_default();
            self.diagnostics.push(Diagnostic {
                rule: "yaml-ambiguous-scalar",
                level: Level::Warning,
                message: format!(
                    "YAML 1.1 and 1.2 read the plain scalar {text} differently; quote it"
                ),
                file: id,
                offset: tree.span(node).start,
            });
        }
        let refs = RefTable::collect(&path, &tree, self.dialect);
        for (uri, node) in refs.ids() {
            // The first file to claim an `$id` keeps it.
            let at = At { file: id, node };
            self.ids.entry(uri.to_owned()).or_insert(at);
        }
        self.files.push(Document { path, tree, refs });
        Ok(id)
    }

    /// The entry's root node.
    #[must_use]
    pub fn root(&self) -> At {
        At {
            file: FileId(0),
            node: self.files[0].tree.root(),
        }
    }

    /// The tree that a node lives in.
    #[must_use]
    pub fn tree(&self, file: FileId) -> &Tree {
        &self.files[usize::from(file.0)].tree
    }

    /// The value of `key` in the map at `at`; `$ref`s are not followed.
    #[must_use]
    pub fn get(&self, at: At, key: &str) -> Option<At> {
        let node = self.tree(at.file).get(at.node, key)?;
        Some(At {
            file: at.file,
            node,
        })
    }

    /// The value of `key` in the map at `at`, its `$ref`s followed: real files put references anywhere.
    #[must_use]
    pub fn child(&self, at: At, key: &str) -> Option<At> {
        self.follow(self.get(at, key)?)
    }

    /// The string at `key` of the map at `at`.
    #[must_use]
    pub fn text(&self, at: At, key: &str) -> Option<&str> {
        let node = self.tree(at.file).get(at.node, key)?;
        self.tree(at.file).str(node)
    }

    /// The boolean at `key` of the map at `at`.
    #[must_use]
    pub fn flag(&self, at: At, key: &str) -> Option<bool> {
        let node = self.tree(at.file).get(at.node, key)?;
        self.tree(at.file).bool(node)
    }

    /// The entries of the map at `at`: name and value, in document order.
    pub fn entries(&self, at: At) -> impl Iterator<Item = (&str, At)> {
        let tree = self.tree(at.file);
        tree.entries(at.node).map(move |entry| {
            let value = At {
                file: at.file,
                node: entry.value,
            };
            (tree.key(entry.key), value)
        })
    }

    /// The items of the sequence at `at`.
    pub fn items(&self, at: At) -> impl Iterator<Item = At> {
        let file = at.file;
        self.tree(file)
            .items(at.node)
            .iter()
            .map(move |node| At { file, node: *node })
    }

    /// Where the `$ref` of the map at `at` leads: `None` when it has none or it leads nowhere.
    #[must_use]
    pub fn target(&self, at: At) -> Option<At> {
        self.files[usize::from(at.file.0)].refs.target(at.node)
    }

    /// Whether the map at `at` is a reference.
    #[must_use]
    pub fn is_ref(&self, at: At) -> bool {
        self.files[usize::from(at.file.0)].refs.is_ref(at.node)
    }

    /// The references in the subtree of `at`, in document order; what they lead to is not entered.
    #[must_use]
    pub fn references_in(&self, at: At) -> Vec<At> {
        let document = &self.files[usize::from(at.file.0)];
        let file = at.file;
        if let Some(range) = document.tree.subtree(at.node) {
            return document
                .refs
                .within(range)
                .map(|node| At { file, node })
                .collect();
        }
        // Aliases share nodes, so ids say nothing; each node is entered once.
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![at.node];
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            if document.refs.is_ref(node) {
                found.push(At { file, node });
            }
            let before = open.len();
            open.extend(document.tree.children(node));
            open[before..].reverse();
        }
        found
    }

    /// The node itself, or what its chain of `$ref`s ends in; `None` when the chain leads nowhere.
    #[must_use]
    pub fn follow(&self, at: At) -> Option<At> {
        let table = &self.files[usize::from(at.file.0)].refs;
        let mut at = if table.is_ref(at.node) {
            table.target(at.node)?
        } else {
            return Some(at);
        };
        // A chain longer than this is a cycle of aliases only, which `refs` has reported.
        for _ in 0..64 {
            let table = &self.files[usize::from(at.file.0)].refs;
            if !table.is_ref(at.node) {
                return Some(at);
            }
            at = table.target(at.node)?;
        }
        None
    }

    /// What a name or a reference in a discriminator's mapping means.
    #[must_use]
    pub fn named(&self, from: At, text: &str) -> Option<At> {
        refs::named(self, from, text)
    }

    /// `file:line:column` of a node.
    #[must_use]
    pub fn describe(&self, at: At) -> String {
        let tree = self.tree(at.file);
        let position = tree.source().locate(tree.span(at.node).start);
        format!("{}:{position}", tree.source().name())
    }

    /// Adds what is wrong with this side.
    pub(super) fn report(&mut self, rule: &'static str, level: Level, at: At, message: String) {
        let offset = self.tree(at.file).span(at.node).start;
        self.diagnostics.push(Diagnostic {
            rule,
            level,
            message,
            file: at.file,
            offset,
        });
    }
}

fn is_structured(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".json", ".yaml", ".yml"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// What to call a referenced file: `old/api.yaml` (typed for `api.yaml`) leads to `old/paths/x.yaml`.
fn display_name(name: &str, entry: &str, wanted: &str) -> String {
    let folder = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
    let inside = &entry[..folder(entry)];
    match wanted.strip_prefix(inside) {
        Some(rest) if !wanted.contains("://") => {
            let typed = name.rfind(['/', ':']).map_or(0, |end| end + 1);
            format!("{}{rest}", &name[..typed])
        }
        _ => wanted.to_owned(),
    }
}
