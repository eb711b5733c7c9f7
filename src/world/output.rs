//! What leaves the process: reports on standard output, and files that are written whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use thiserror::Error;

use super::error::INCOMPLETE;

/// Whether somebody read the report to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Every byte was taken.
    All,
    /// The reader closed the pipe, as `head` does: a quiet end, not an error.
    ReaderGone,
}

/// Writes to standard output and flushes it.
///
/// # Errors
///
/// A full disk and the like; a closed pipe is not an error.
pub fn write_stdout(bytes: &[u8]) -> io::Result<Written> {
    let mut out = stdout();
    out.write_all(bytes)?;
    out.finish()
}

/// Standard output, buffered.
#[must_use]
pub fn stdout() -> Stdout {
    Stdout(Pipe::new(io::stdout()))
}

/// Standard output, buffered, and quiet once the reader has gone; call [`Stdout::finish`] at the end.
pub struct Stdout(Pipe<io::Stdout>);

impl Stdout {
    /// Flushes, and says whether the reader stayed.
    ///
    /// # Errors
    ///
    /// A full disk and the like; a closed pipe is not an error.
    pub fn finish(self) -> io::Result<Written> {
        self.0.finish()
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

struct Pipe<W: Write> {
    to: BufWriter<W>,
    written: Written,
}

impl<W: Write> Pipe<W> {
    fn new(to: W) -> Self {
        Self {
            to: BufWriter::with_capacity(1 << 16, to),
            written: Written::All,
        }
    }

    fn finish(mut self) -> io::Result<Written> {
        self.flush()?;
        Ok(self.written)
    }

    fn quiet<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.written = Written::ReaderGone;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written == Written::ReaderGone {
            return Ok(bytes.len());
        }
        let result = self.to.write(bytes);
        self.quiet(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.written == Written::ReaderGone {
            return Ok(());
        }
        let result = self.to.flush();
        self.quiet(result, ())
    }
}

/// Writes a file so that a reader sees the old bytes or the new ones, never half of them.
///
/// A symbolic link is kept and its target replaced; a device or pipe such as `/dev/stdout` is written to directly.
///
/// # Errors
///
/// The folder is absent, closed to us, or full; then the old file is untouched.
pub fn write_file_atomically(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    replace(path, bytes).map_err(|source| OutputError {
        path: path.to_owned(),
        source,
    })
}

/// Whether a file was written that must not be there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is new.
    New,
    /// Something of that name was there, and stays as it was.
    WasThere,
}

/// Writes a file where nothing is, and the folders on the way to it.
///
/// # Errors
///
/// A folder is closed to us or full, or a file is in its place.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<Made, OutputError> {
    create(path, bytes).map_err(|source| OutputError {
        path: path.to_owned(),
        source,
    })
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<Made> {
    // A link that leads nowhere is something, too.
    if fs::symlink_metadata(path).is_ok() {
        return Ok(Made::WasThere);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Made::WasThere),
        Err(error) => return Err(error),
    };
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // It was not there before; a part of it must not be taken for all.
        let _ = fs::remove_file(path);
    }
    written.map(|()| Made::New)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let existing = fs::metadata(path).ok();
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if existing.as_ref().is_some_and(|found| !found.is_file()) {
        return OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (mut file, beside) = create_beside(&target)?;
    let result = (|| {
        if let Some(existing) = existing {
            file.set_permissions(existing.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&beside, &target)
    })();
    if result.is_err() {
        // The first error is the one to tell; a leftover that cannot be removed either has the same cause.
        let _ = fs::remove_file(&beside);
    }
    result
}

/// A new file in the same folder, because a rename is atomic only within one file system.
fn create_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = target
        .file_name()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        hidden.push(format!(".{}-{count}.tmp", process::id()));
        let beside = target.with_file_name(hidden);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            // Left by a run that was killed, or put there by somebody else: never ours to overwrite.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && count < 1000 => {}
            result => return Ok((result?, beside)),
        }
    }
}

/// A report or a governance file could not be written.
#[derive(Debug, Error)]
#[error("{} cannot be written: {source}", path.display())]
pub struct OutputError {
    /// The file that was to be written.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl OutputError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        (self.source.kind() == io::ErrorKind::NotFound)
            .then(|| "create the folder first".to_owned())
    }

    /// The exit code of a run that ends with this error.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        INCOMPLETE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(self.0))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_left_ends_the_report_quietly() {
        let mut pipe = Pipe::new(Closed(io::ErrorKind::BrokenPipe));
        pipe.write_all(&vec![b'x'; 1 << 18]).expect("quiet");
        pipe.write_all(b"more").expect("quiet");
        assert_eq!(pipe.finish().expect("quiet"), Written::ReaderGone);
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let mut pipe = Pipe::new(Closed(io::ErrorKind::StorageFull));
        pipe.write_all(b"short").expect("still in the buffer");
        assert!(pipe.finish().is_err());
    }
}
