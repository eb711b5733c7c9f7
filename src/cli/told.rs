//! What goes to standard error, and how text is drawn.

use super::{
    args::{Telling, When},
    excerpt::escaped,
    failure::{Failure, Place},
};
use crate::world::{self, Stream};
use std::{fmt::Write as _, io::Write};

/// How this run speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    color: When,
    pub(super) unicode: bool,
    /// -1 is quiet, 0 is normal, and each `-v` is one more.
    pub(super) verbosity: i8,
}

impl Told {
    pub(super) fn new(telling: &Telling) -> Self {
        Self {
            color: telling.color,
            unicode: !telling.ascii && world::shows_unicode(),
            verbosity: if telling.quiet {
                -1
            } else {
                i8::try_from(telling.verbose).unwrap_or(i8::MAX)
            },
        }
    }

    /// Whether text on standard output, or in a file (`None`), is coloured.
    pub(super) fn colours(self, stream: Option<Stream>) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => stream.is_some_and(world::colours),
        }
    }

    /// One line for people, unless the run is quiet.
    pub(super) fn note(self, text: &str) {
        if self.verbosity >= 0 {
            write(&format!("{}\n", escaped(text)));
        }
    }

    /// A line for whoever waits at a terminal, in place of the one before; nothing clears it.
    pub(super) fn progress(self, text: &str) {
        if self.verbosity >= 0 && world::is_terminal(Stream::Err) {
            let text: String = escaped(text).chars().take(72).collect();
            write(&format!(
                "\r{text:<72}{}",
                if text.is_empty() { "\r" } else { "" }
            ));
        }
    }

    /// One line that is worth a look.
    pub(super) fn warning(self, message: &str, help: &str) {
        let paint = self.paint();
        write(&format!(
            "{}: {}\n  {}: {}\n",
            paint.yellow("warning"),
            escaped(message),
            paint.bold("help"),
            escaped(help)
        ));
    }

    /// The one form of every error.
    pub(super) fn failure(self, failure: &Failure) {
        let Failure {
            message,
            place,
            also,
            help,
            code: _,
        } = failure;
        let paint = self.paint();
        let mut text = format!(
            "{}: {}\n",
            paint.red("error"),
            paint.bold(&escaped(message))
        );
        if let Some(place) = place {
            self.place(&mut text, paint, place);
        }
        if let Some(also) = also {
            let (place, what) = also.as_ref();
            let _ = writeln!(text, "  {}: {}", paint.bold("note"), escaped(what));
            self.place(&mut text, paint, place);
        }
        if let Some(help) = help {
            let _ = writeln!(text, "  {}: {}", paint.bold("help"), escaped(help));
        }
        write(&text);
    }

    fn place(self, text: &mut String, paint: Paint, place: &Place) {
        let file = escaped(&place.file);
        let Some(position) = place.position else {
            let _ = writeln!(text, "  {} {file}", paint.blue("-->"));
            return;
        };
        let _ = writeln!(text, "  {} {file}:{position}", paint.blue("-->"));
        if let Some(excerpt) = &place.excerpt {
            let number = position.line.to_string();
            let gap = " ".repeat(number.len());
            let bar = paint.blue(if self.unicode { "│" } else { "|" });
            let number = paint.blue(&number);
            let indent = " ".repeat(excerpt.before);
            let mark = paint.red("^");
            let _ = writeln!(text, " {number} {bar} {}", excerpt.line);
            let _ = writeln!(text, " {gap} {bar} {indent}{mark}");
        }
    }

    fn paint(self) -> Paint {
        Paint(self.colours(Some(Stream::Err)))
    }
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn yellow(self, text: &str) -> String {
        self.with("1;33", text)
    }

    fn blue(self, text: &str) -> String {
        self.with("34", text)
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.0 {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Standard error may be closed; then nobody is there to be told.
fn write(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
