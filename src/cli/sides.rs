//! What `check` compares: the tree as it is, and its base.

use super::{
    args::CheckArgs,
    failure::Failure,
    find::{Naming, Tree, joined},
};
use crate::policy::{FOLDER, files::Policy};
use crate::report::Version;
use crate::world::{Area, AreaKind, GitError, Opener, Repository, Snapshot};
use std::{path::Path, rc::Rc, sync::Arc};

/// Both sides of a check.
pub(super) struct Sides {
    pub(super) head: Tree,
    pub(super) base: Tree,
    pub(super) head_version: Version,
    pub(super) base_version: Version,
    /// Where to look on both sides, by key: files and folders.
    pub(super) roots: Vec<String>,
    /// What each root was typed as, and whether it is a file in head.
    pub(super) typed: Vec<(String, AreaKind)>,
    /// A folder of head that is the base itself, when it lies inside; and the other way round.
    pub(super) hidden: (Option<String>, Option<String>),
}

/// Finds both sides.
pub(super) fn sides(args: &CheckArgs) -> Result<Sides, Failure> {
    let opener = Opener::here()?;
    let mut opener = match &args.reading.root {
        Some(root) => opener.with_root(root),
        None => opener,
    };
    let areas = areas(args, &mut opener)?;
    let opener = Rc::new(opener);
    let Some(base) = args.base.as_deref() else {
        let base = policys_base(&areas[0].snapshot);
        return against_commit(args, &opener, areas, base.as_deref());
    };
    // The base of a folder is a tree of its own, which `--root` says nothing about.
    let area = Opener::here()?.area(base)?;
    match area.kind {
        // Whoever proposes a change chooses the names of its folders, and must not choose the base with one.
        AreaKind::Folder if is_name(base) && Snapshot::commit(Path::new("."), base).is_ok() => {
            Err(Failure::usage(
                format!("the base `{base}` is a folder and a commit"),
                format!(
                    "write ./{base} for the folder, or move it away to compare with the commit"
                ),
            ))
        }
        AreaKind::Folder => against_folder(args, &opener, areas, base, area),
        AreaKind::File => Err(Failure::usage(
            format!("the base `{base}` is a file"),
            "give a folder that stands for PATH, or compare two files with `contract diff`",
        )),
        AreaKind::Absent => against_commit(args, &opener, areas, Some(base)),
    }
}

/// Whether what was typed could name a commit as well as a folder.
fn is_name(typed: &str) -> bool {
    !typed.starts_with(['.', '/', '\\']) && !Path::new(typed).is_absolute()
}

/// What the policy of a tree wants to be compared with. One that cannot be read says nothing here, and is a finding later.
fn policys_base(snapshot: &Snapshot) -> Option<String> {
    let file = format!("{FOLDER}/contract.yaml");
    let bytes = snapshot.read(&file).ok()?;
    Policy::read(&file, &bytes).ok()?.base
}

/// The areas that were named, or all of the tree around the current folder; all of one tree.
fn areas(args: &CheckArgs, opener: &mut Opener) -> Result<Vec<Area>, Failure> {
    let mut areas = Vec::new();
    for path in &args.paths {
        areas.push(opener.area(path)?);
    }
    if areas.is_empty() {
        let mut here = opener.area(".")?;
        here.below.clear();
        areas.push(here);
    }
    let root = areas[0].snapshot.root().map(Path::to_owned);
    if let Some(other) = areas
        .iter()
        .position(|area| area.snapshot.root() != root.as_deref())
    {
        return Err(Failure::usage(
            format!(
                "`{}` and `{}` are in different trees",
                args.paths[0], args.paths[other]
            ),
            "check one repository at a time, or name a folder above both with --root",
        ));
    }
    Ok(areas)
}

/// The tree around the current folder as it is on disk, or the one below another folder.
pub(super) fn working_tree(folder: Option<&Path>) -> Result<Tree, Failure> {
    let mut opener = Opener::here()?;
    if let Some(folder) = folder {
        opener = opener.with_root(folder);
    }
    let folder = folder.map_or(".".into(), Path::to_string_lossy);
    let area = opener.area(&folder)?;
    Ok(on_disk(&Rc::new(opener), area.snapshot, String::new()))
}

/// The same tree in a commit.
pub(super) fn committed_tree(rev: &str) -> Result<Tree, Failure> {
    let here = working_tree(None)?;
    let root = here.snapshot.root().unwrap_or(Path::new("."));
    let commit = Snapshot::commit(root, rev)?;
    let mut tree = Tree::of_commit(Arc::new(commit), &below_top(root));
    tree.naming = Naming::Git(rev.to_owned());
    Ok(tree)
}

/// A folder as a commit of its repository knows it.
pub(super) fn below_top(folder: &Path) -> String {
    let top = Repository::discover(folder).map(|found| found.root().to_owned());
    let below = top.and_then(|top| folder.strip_prefix(top).ok().map(Path::to_owned));
    let below = below.unwrap_or_default();
    below.to_string_lossy().replace('\\', "/")
}

fn against_folder(
    args: &CheckArgs,
    opener: &Rc<Opener>,
    mut areas: Vec<Area>,
    typed: &str,
    base: Area,
) -> Result<Sides, Failure> {
    if areas.len() > 1 {
        return Err(Failure::usage(
            "a folder as the base stands for one PATH, and several are named",
            "name one folder, or give --base a branch, a tag, or a commit",
        ));
    }
    let area = areas.remove(0);
    let (prefix, key) = match area.kind {
        AreaKind::Folder => (area.below, String::new()),
        // The folder stands for the one that the file is in.
        AreaKind::File | AreaKind::Absent => match area.below.rsplit_once('/') {
            Some((folder, file)) => (folder.to_owned(), file.to_owned()),
            None => (String::new(), area.below),
        },
    };
    let (head_tree, base_tree) = (&area.snapshot, &base.snapshot);
    let hidden = (
        inside(head_tree, &prefix, base_tree, &base.below),
        inside(base_tree, &base.below, head_tree, &prefix),
    );
    Ok(Sides {
        head_version: Version {
            label: args.paths.first().map_or(".", String::as_str).to_owned(),
            commit: None,
        },
        base_version: Version {
            label: typed.to_owned(),
            commit: None,
        },
        head: on_disk(opener, area.snapshot, prefix),
        base: on_disk(opener, base.snapshot, base.below),
        roots: vec![key],
        typed: typed_as(args, &[area.kind]),
        hidden,
    })
}

fn against_commit(
    args: &CheckArgs,
    opener: &Rc<Opener>,
    areas: Vec<Area>,
    wanted: Option<&str>,
) -> Result<Sides, Failure> {
    let rev = wanted.unwrap_or("HEAD");
    let snapshot = Arc::clone(&areas[0].snapshot);
    let root = snapshot.root().unwrap_or(Path::new("."));
    let repository = Repository::discover(root);
    // Without a working tree, every contract of the commit would seem to be gone.
    if let Some(bare) = repository.as_ref().filter(|it| it.work_tree().is_none()) {
        return Err(Failure::usage(
            format!(
                "{} is bare: it has no working tree to check",
                bare.root().display()
            ),
            "check in a working tree (git worktree add), or compare with `contract diff OLD:PATH NEW:PATH`",
        ));
    }
    let commit = Snapshot::commit(root, rev).map_err(|error| explained(error, args, wanted))?;
    // Paths of a commit start at the top of the repository, which --root may be below.
    let prefix = below_top(root);
    Ok(Sides {
        head_version: Version {
            label: snapshot.label(),
            commit: None,
        },
        base_version: Version {
            label: commit.label(),
            commit: commit.commit_id().map(str::to_owned),
        },
        head: on_disk(opener, snapshot, String::new()),
        base: Tree {
            snapshot: Arc::new(commit),
            prefix,
            naming: Naming::Git(rev.to_owned()),
        },
        typed: typed_as(
            args,
            &areas.iter().map(|area| area.kind).collect::<Vec<_>>(),
        ),
        roots: areas.into_iter().map(|area| area.below).collect(),
        hidden: (None, None),
    })
}

/// The second folder as a path in the first tree, when it lies below the first folder.
fn inside(tree: &Snapshot, prefix: &str, other: &Snapshot, below: &str) -> Option<String> {
    let root = tree.root()?;
    let path = other.root()?.join(below);
    let rest = path.strip_prefix(root.join(prefix)).ok()?;
    let rest = rest.to_string_lossy().replace('\\', "/");
    (!rest.is_empty()).then(|| joined(prefix, &rest))
}

fn explained(error: GitError, args: &CheckArgs, wanted: Option<&str>) -> Failure {
    let (rev, default) = (wanted.unwrap_or("HEAD"), wanted.is_none());
    match error {
        GitError::NoRepository { path } if default => Failure::usage(
            format!(
                "there is nothing to compare with: {} is not inside a git repository",
                path.display()
            ),
            "give --base a folder that holds the published contracts",
        ),
        GitError::NoRepository { path } => Failure::usage(
            format!(
                "there is no folder `{rev}`, and {} is not inside a git repository that could have a commit of that name",
                path.display()
            ),
            "give --base a folder that holds the published contracts",
        ),
        GitError::NoCommit { .. } if default => Failure::usage(
            "there is nothing to compare with: the repository has no commit yet",
            "commit the contracts first, or give --base a folder that holds the published ones",
        ),
        error @ GitError::NoCommit { .. } if args.base.is_none() => {
            let failure = Failure::from(error);
            let message = format!("{}, which is the `base` of the policy", failure.message);
            Failure { message, ..failure }
        }
        error @ GitError::NoCommit { .. } => {
            let failure = Failure::from(error);
            let message = format!("{}, and there is no folder of that name", failure.message);
            Failure { message, ..failure }
        }
        error => error.into(),
    }
}

fn on_disk(opener: &Rc<Opener>, snapshot: Arc<Snapshot>, prefix: String) -> Tree {
    let opener = Rc::clone(opener);
    Tree {
        snapshot,
        prefix,
        naming: Naming::Disk(Box::new(move |path| opener.shown(&path))),
    }
}

fn typed_as(args: &CheckArgs, kinds: &[AreaKind]) -> Vec<(String, AreaKind)> {
    args.paths
        .iter()
        .cloned()
        .zip(kinds.iter().copied())
        .collect()
}

impl Sides {
    /// Two trees that nobody named: commits of one repository, or the empty tree and another; only what lies at or below
    /// `roots` is looked at.
    pub(super) fn between(base: Tree, head: Tree, roots: Vec<String>) -> Self {
        let version = |tree: &Tree| Version {
            label: tree.snapshot.label(),
            commit: tree.snapshot.commit_id().map(str::to_owned),
        };
        Self {
            head_version: version(&head),
            base_version: version(&base),
            head,
            base,
            roots,
            typed: Vec::new(),
            hidden: (None, None),
        }
    }

    /// Whether head has a migration guide; a URL is there.
    pub(super) fn has_guide(&self, guide: &str) -> bool {
        guide.contains("://") || self.head.snapshot.exists(&self.head.path(guide))
    }

    /// The keys that were named one by one.
    pub(super) fn named(&self) -> impl Iterator<Item = &String> {
        let typed = self.typed.iter().zip(&self.roots);
        typed.filter_map(|((_, kind), root)| match kind {
            AreaKind::File => Some(root),
            AreaKind::Folder | AreaKind::Absent => None,
        })
    }

    /// Where the contracts were looked for, for people.
    pub(super) fn place(&self) -> String {
        match self.typed.as_slice() {
            [] => self.head_version.label.clone(),
            typed => typed
                .iter()
                .map(|(path, _)| path.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }
    }
}
