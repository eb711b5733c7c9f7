//! A writer that lets nothing through that is hidden.

use std::io::{self, Write};

use super::Redactor;

/// How much is looked at together; more is kept back where something that is hidden may not have ended.
const WINDOW: usize = 64 << 10;
/// At least this much is kept back: longer than anything that is known by its looks, but for what has no end.
const TAIL: usize = 4 << 10;

/// Redacts what is written to it. [`finish`](Self::finish) writes the rest; what was not finished is lost, and not leaked.
#[derive(Debug)]
#[must_use = "finish it, or its end is not written"]
pub struct Redacting<'r, W> {
    redactor: &'r Redactor,
    inner: W,
    kept: Vec<u8>,
    window: usize,
    tail: usize,
}

impl<'r, W: Write> Redacting<'r, W> {
    /// Writes to this writer what this redactor leaves.
    pub fn new(redactor: &'r Redactor, inner: W) -> Self {
        Self::with_window(redactor, inner, WINDOW, TAIL)
    }

    pub(super) fn with_window(
        redactor: &'r Redactor,
        inner: W,
        window: usize,
        tail: usize,
    ) -> Self {
        Self {
            redactor,
            inner,
            kept: Vec::new(),
            window,
            tail: tail.max(redactor.longest),
        }
    }

    /// Writes what was kept back, and gives the writer back.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        let rest = self.redactor.redact(&self.kept);
        self.inner.write_all(&rest)?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    /// Writes what nothing that comes later can make a part of a secret.
    fn advance(&mut self) -> io::Result<()> {
        let Some(most) = self.kept.len().checked_sub(self.tail) else {
            return Ok(());
        };
        let mut end = most;
        // Between lines nothing begins that is known by its looks, but a secret that is known may have lines of its own.
        for hidden in self.redactor.hidden(&self.kept).iter().rev() {
            end = line_start(&self.kept, end);
            if hidden.place.contains(&end) {
                end = hidden.place.start;
            }
        }
        end = line_start(&self.kept, end);
        let clean = self.redactor.redact(&self.kept[..end]);
        self.inner.write_all(&clean)?;
        self.kept.drain(..end);
        Ok(())
    }
}

/// The last place up to an end at which a line starts.
fn line_start(bytes: &[u8], end: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |at| at + 1)
}

impl<W: Write> Write for Redacting<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() >= self.window + self.tail {
            self.advance()?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: what is kept back may be half a secret.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
