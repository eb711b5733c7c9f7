//! What the environment says about the terminal: colours, characters, and width.

use std::{
    env,
    io::{self, IsTerminal},
};

/// How wide a report is that no terminal shows.
const WIDTH: usize = 80;

/// The streams a run writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output, for reports.
    Out,
    /// Standard error, for everything else.
    Err,
}

/// Whether somebody sits before a stream.
#[must_use]
pub fn is_terminal(stream: Stream) -> bool {
    match stream {
        Stream::Out => io::stdout().is_terminal(),
        Stream::Err => io::stderr().is_terminal(),
    }
}

/// Whether to colour a stream when nobody said: `NO_COLOR`, then `CLICOLOR_FORCE` and `FORCE_COLOR`, then `CLICOLOR=0` and
/// `TERM=dumb`, then whether it is a terminal.
#[must_use]
pub fn colours(stream: Stream) -> bool {
    colours_by(variable, || is_terminal(stream))
}

fn colours_by(variable: impl Fn(&str) -> Option<String>, terminal: impl Fn() -> bool) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let forced = |name: &str| set(name).is_some_and(|value| value != "0");
    if set("NO_COLOR").is_some() {
        return false;
    }
    if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") {
        return true;
    }
    let off = set("CLICOLOR").is_some_and(|value| value == "0")
        || set("TERM").is_some_and(|value| value == "dumb");
    !off && terminal()
}

/// Whether the locale says that letters beyond ASCII are shown; one that is not set says nothing against it.
#[must_use]
pub fn shows_unicode() -> bool {
    shows_unicode_by(variable)
}

fn shows_unicode_by(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The columns of the terminal that standard output is, or 80.
#[must_use]
pub fn width() -> usize {
    terminal_size::terminal_size_of(io::stdout())
        .map_or(WIDTH, |(width, _)| usize::from(width.0))
        .max(40)
}

fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        move |name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        }
    }

    type Set = &'static [(&'static str, &'static str)];

    #[test]
    fn colour_follows_the_order_that_people_expect() {
        let table: [(Set, bool, bool); 8] = [
            (&[], true, true),
            (&[], false, false),
            (&[("NO_COLOR", "")], true, true),
            (&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], true, false),
            (&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], false, true),
            (&[("FORCE_COLOR", "0")], true, true),
            (&[("CLICOLOR", "0")], true, false),
            (&[("TERM", "dumb")], true, false),
        ];
        for (pairs, terminal, expected) in table {
            assert_eq!(
                colours_by(environment(pairs), || terminal),
                expected,
                "{pairs:?} {terminal}"
            );
        }
    }

    #[test]
    fn the_first_locale_that_is_set_counts() {
        assert!(shows_unicode_by(environment(&[])));
        assert!(shows_unicode_by(environment(&[("LANG", "C.UTF-8")])));
        assert!(shows_unicode_by(environment(&[("LANG", "de_DE.utf8")])));
        assert!(!shows_unicode_by(environment(&[("LANG", "C")])));
        let overruled = [("LC_ALL", "POSIX"), ("LANG", "en_US.UTF-8")];
        assert!(!shows_unicode_by(environment(&overruled)));
    }
}
