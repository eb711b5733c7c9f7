//! Git's objects by id, through one `git cat-file --batch` that lives as long as its snapshot.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use super::{
    git::{self, GitError},
    repository::Repository,
};

/// What git has under a name.
pub(super) enum Answer {
    /// An object.
    Object(Object),
    /// Nothing.
    Missing,
    /// An abbreviation that fits several objects.
    Ambiguous,
}

/// An object's id and bytes.
pub(super) struct Object {
    pub(super) id: String,
    pub(super) bytes: Vec<u8>,
}

/// A running `git cat-file --batch`; it ends when this is dropped.
pub(super) struct Objects {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    pub(super) fn start(repository: &Repository) -> Result<Self, GitError> {
        let mut git = git::command(repository.root());
        git.args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = git
            .spawn()
            .map_err(|error| git::not_started(&git, &error))?;
        let ask = child.stdin.take();
        let answers = child.stdout.take().expect("it was piped a line above");
        Ok(Self {
            child,
            ask,
            answers: BufReader::with_capacity(1 << 16, answers),
        })
    }

    /// Asks for an object by any name that git knows; a line break would be read as two names.
    pub(super) fn get(&mut self, repository: &Repository, name: &str) -> Result<Answer, GitError> {
        debug_assert!(!name.contains('\n'), "callers refuse line breaks");
        self.exchange(name).map_err(|error| {
            // What is left of a broken answer must not be taken for the next one.
            self.ask = None;
            why_it_ended(repository, &error)
        })
    }

    fn exchange(&mut self, name: &str) -> io::Result<Answer> {
        let ended = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let ask = self.ask.as_mut().ok_or_else(ended)?;
        ask.write_all(format!("{name}\n").as_bytes())?;
        ask.flush()?;
        let mut header = Vec::new();
        self.answers.read_until(b'\n', &mut header)?;
        let header = String::from_utf8_lossy(&header);
        let Some(header) = header.strip_suffix('\n') else {
            return Err(ended());
        };
        if header.ends_with(" missing") {
            return Ok(Answer::Missing);
        }
        if header.ends_with(" ambiguous") {
            return Ok(Answer::Ambiguous);
        }
        let mut words = header.split(' ');
        let (Some(id), Some(_), Some(Ok(size))) = (
            words.next(),
            words.next(),
            words.next().map(str::parse::<u64>),
        ) else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                header.to_owned(),
            ));
        };
        let mut bytes = Vec::new();
        (&mut self.answers).take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        Ok(Answer::Object(Object {
            id: id.to_owned(),
            bytes,
        }))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // It ends by itself at the end of its input; the kill is for one that is stuck on an answer nobody reads.
        drop(self.ask.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A git that ended early said why on a stream nobody kept; a small command on the same repository says it again.
fn why_it_ended(repository: &Repository, error: &io::Error) -> GitError {
    match git::output(repository.root(), ["rev-parse", "--git-dir"]) {
        Err(said) => said,
        Ok(_) => GitError::Failed {
            command: "cat-file".to_owned(),
            message: error.to_string(),
        },
    }
}
