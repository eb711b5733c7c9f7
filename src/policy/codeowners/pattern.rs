//! Patterns of CODEOWNERS: gitignore's, without negation and ranges, and with `/*` for files directly inside only.

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    ending: Ending,
}

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// `**`: any number of folders.
    Folders,
    Name(Vec<Piece>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// `*`.
    Any,
    /// `?`.
    One,
    Letter(char),
}

/// What the last part means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// `docs`: the file, or all below the folder.
    Either,
    /// `docs/` and `docs/**`: all below the folder.
    Below,
    /// `docs/*`: what is directly inside.
    Inside,
}

impl Pattern {
    /// Reads a pattern; `None` for one that matches nothing.
    pub(super) fn read(text: &str) -> Option<Self> {
        let names = split(text)?;
        let (first, last) = (names.first()?, names.last()?);
        let is_folder = last.is_empty();
        let names: Vec<&Vec<Piece>> = names
            .iter()
            .skip(usize::from(first.is_empty()))
            .filter(|name| !name.is_empty())
            .collect();
        let is_anywhere = names.len() == 1 && !first.is_empty();
        let mut parts: Vec<Part> = Vec::new();
        if is_anywhere {
            parts.push(Part::Folders);
        }
        for name in &names {
            let part = if **name == [Piece::Any, Piece::Any] {
                Part::Folders
            } else {
                Part::Name((*name).clone())
            };
            parts.push(part);
        }
        let is_star = names.last().is_some_and(|name| **name == [Piece::Any]);
        let ending = match parts.last()? {
            Part::Folders => Ending::Below,
            Part::Name(_) if is_folder => Ending::Below,
            Part::Name(_) if is_star && !is_anywhere => Ending::Inside,
            Part::Name(_) => Ending::Either,
        };
        // The last `**` is what `Below` says.
        if parts.len() > 1 && parts.last() == Some(&Part::Folders) {
            parts.pop();
        }
        Some(Self { parts, ending })
    }

    /// Whether it matches the path of a file.
    pub(super) fn matches(&self, path: &str) -> bool {
        let names: Vec<Vec<char>> = path.split('/').map(|name| name.chars().collect()).collect();
        // After how many names the parts so far can end.
        let mut ends = vec![false; names.len() + 1];
        ends[0] = true;
        for part in &self.parts {
            let mut next = vec![false; names.len() + 1];
            match part {
                Part::Folders => {
                    let first = ends.iter().position(|end| *end);
                    next.iter_mut()
                        .skip(first.unwrap_or(usize::MAX))
                        .for_each(|end| *end = true);
                }
                Part::Name(pieces) => {
                    for (at, name) in names.iter().enumerate() {
                        next[at + 1] = ends[at] && is_name(pieces, name);
                    }
                }
            }
            ends = next;
        }
        match self.ending {
            Ending::Either => ends.contains(&true),
            Ending::Below => ends[..names.len()].contains(&true),
            Ending::Inside => ends[names.len()],
        }
    }
}

/// The pieces between slashes; `None` where something is not read.
fn split(text: &str) -> Option<Vec<Vec<Piece>>> {
    let mut names = vec![Vec::new()];
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        let piece = match c {
            '/' => {
                names.push(Vec::new());
                continue;
            }
            '*' => Piece::Any,
            '?' => Piece::One,
            '\\' => Piece::Letter(letters.next()?),
            '[' | ']' => return None,
            c => Piece::Letter(c),
        };
        names.last_mut()?.push(piece);
    }
    Some(names)
}

/// Only the last `*` is ever tried again.
fn is_name(pieces: &[Piece], name: &[char]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < name.len() {
        let fits = match pieces.get(at) {
            Some(Piece::Any) => {
                star = Some((at, from));
                at += 1;
                continue;
            }
            Some(Piece::One) => true,
            Some(Piece::Letter(letter)) => *letter == name[from],
            None => false,
        };
        if fits {
            at += 1;
            from += 1;
            continue;
        }
        let Some((star_at, star_from)) = star else {
            return false;
        };
        star = Some((star_at, star_from + 1));
        at = star_at + 1;
        from = star_from + 1;
    }
    pieces[at..].iter().all(|piece| *piece == Piece::Any)
}
