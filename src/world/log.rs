//! What landed on a branch, commit by commit along first parents, as far back as the clone goes.

use super::{
    git::{self, GitError},
    history,
    repository::Repository,
};
use jiff::civil::Date;

/// Which commits to list; those that change none of the files are left out.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Leave out what this commit already has; a name that git knows.
    pub after: Option<&'w str>,
    /// The last commit; a name that git knows.
    pub to: &'w str,
    /// Files and folders, from the top of the repository.
    pub paths: &'w [String],
    /// How other files of interest end, upper case or lower: `.yaml`.
    pub ends: &'w [&'w str],
    /// An extended regular expression: only commits that add or remove a line that it matches.
    pub lines: Option<&'w str>,
}

/// One commit of a branch's own history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// Its id.
    pub id: String,
    /// The commit before it on the branch; the first has none, and neither has the last of a shallow clone.
    pub parent: Option<String>,
    /// The day it was committed, in UTC.
    pub on: Date,
    /// The first line of its message.
    pub subject: String,
    /// The wanted files that it changed, against its first parent.
    pub files: Vec<String>,
}

/// The history of a branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Its commits, the oldest first.
    pub commits: Vec<Landed>,
    /// Where a shallow clone ends, if that is within what was asked for: the id of that commit, and its day.
    pub cut: Option<(String, Date)>,
}

/// Starts the line of a commit; no line of text does.
const START: char = '\u{1}';

impl Repository {
    /// Lists what landed along first parents.
    ///
    /// # Errors
    ///
    /// Git is absent, or does not know one of the commits.
    pub fn log(&self, wanted: &Wanted<'_>) -> Result<Log, GitError> {
        let range = match wanted.after {
            Some(after) => format!("{after}..{}", wanted.to),
            None => wanted.to.to_owned(),
        };
        let mut args = vec![
            "log".to_owned(),
            "--first-parent".to_owned(),
            // Whatever the configuration of the user says.
            "--no-show-signature".to_owned(),
            "--no-follow".to_owned(),
            // Merges are compared with their first parent, too.
            "-m".to_owned(),
            "--reverse".to_owned(),
            "--no-renames".to_owned(),
            "--name-only".to_owned(),
            "-z".to_owned(),
            format!("--format={START}%H%n%P%n%ct%n%s"),
        ];
        if let Some(lines) = wanted.lines {
            args.push(format!("-G{lines}"));
        }
        args.extend([
            "--end-of-options".to_owned(),
            range.clone(),
            "--".to_owned(),
        ]);
        let named = wanted.paths.iter().map(|path| format!(":(literal){path}"));
        args.extend(named);
        args.extend(wanted.ends.iter().map(|end| format!(":(icase)*{end}")));
        let text = git::output_of(self.root(), args, git::Paths::Patterns)?;
        Ok(Log {
            commits: commits(&String::from_utf8_lossy(&text)),
            cut: self.cut(&range)?,
        })
    }

    /// Where a shallow clone ends.
    fn cut(&self, range: &str) -> Result<Option<(String, Date)>, GitError> {
        if !self.is_shallow() {
            return Ok(None);
        }
        let text = git::output(
            self.root(),
            [
                "log",
                "--first-parent",
                "--max-parents=0",
                "--format=%H %ct",
                "--end-of-options",
                range,
                "--",
            ],
        )?;
        let text = String::from_utf8_lossy(&text);
        let Some((id, seconds)) = text.lines().last().and_then(|line| line.split_once(' ')) else {
            return Ok(None);
        };
        Ok(date(seconds).map(|on| (id.to_owned(), on)))
    }
}

/// Reads `START ID \n PARENTS \n SECONDS \n SUBJECT` and the names that follow, with NUL between all of them.
fn commits(text: &str) -> Vec<Landed> {
    let mut commits: Vec<Landed> = Vec::new();
    for piece in text.split('\0') {
        let piece = piece.strip_prefix('\n').unwrap_or(piece);
        if let Some(landed) = piece.strip_prefix(START).and_then(landed) {
            commits.push(landed);
        } else if let Some(last) = commits.last_mut().filter(|_| !piece.is_empty()) {
            last.files.push(piece.to_owned());
        }
    }
    commits
}

fn landed(text: &str) -> Option<Landed> {
    let mut lines = text.splitn(4, '\n');
    let id = lines.next()?.to_owned();
    let parent = lines.next()?.split(' ').next().unwrap_or_default();
    let on = date(lines.next()?)?;
    let subject = lines.next()?;
    // Names follow the subject in the same piece where nothing else ends it.
    let (subject, first) = subject.split_once('\n').unwrap_or((subject, ""));
    let first = first.trim_start_matches('\n');
    Some(Landed {
        id,
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        on,
        subject: subject.to_owned(),
        files: (!first.is_empty())
            .then(|| first.to_owned())
            .into_iter()
            .collect(),
    })
}

fn date(seconds: &str) -> Option<Date> {
    history::day(seconds.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_and_their_files_are_told_apart() {
        let text = "\u{1}aa\nbb cc\n1763596800\nmerge\0\napi/x.yaml\0a\nb.yaml\0\0\u{1}bb\n\n0\n\0";
        let landed = |id: &str, parent: Option<&str>, on, subject: &str, files: &[&str]| Landed {
            id: id.to_owned(),
            parent: parent.map(str::to_owned),
            on,
            subject: subject.to_owned(),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
        };
        assert_eq!(
            commits(text),
            [
                landed(
                    "aa",
                    Some("bb"),
                    Date::constant(2025, 11, 20),
                    "merge",
                    &["api/x.yaml", "a\nb.yaml"]
                ),
                landed("bb", None, Date::constant(1970, 1, 1), "", &[]),
            ]
        );
    }
}
