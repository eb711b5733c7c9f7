//! JSON Pointers (RFC 6901): the path of a value in a document.

use std::{borrow::Cow, fmt};

/// The path of a value, kept in its escaped form; the root is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

/// Why a text is not a JSON Pointer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PointerError {
    /// It is neither empty nor starts with a slash.
    #[error("a JSON Pointer is empty or starts with `/`, this one starts with `{0}`")]
    Start(char),
    /// A tilde that is neither `~0` nor `~1`.
    #[error("`~` at byte {at} of the JSON Pointer is neither `~0` nor `~1`")]
    Escape {
        /// Where the tilde is.
        at: usize,
    },
}

impl Pointer {
    /// The pointer to a whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Checks and keeps a pointer as written, `/paths/~1pets/get` for one.
    ///
    /// # Errors
    /// When it does not start with a slash, or has a tilde that escapes nothing.
    pub fn parse(text: &str) -> Result<Self, PointerError> {
        if let Some(first) = text.chars().next()
            && first != '/'
        {
            return Err(PointerError::Start(first));
        }
        let bytes = text.as_bytes();
        for (at, _) in text.match_indices('~') {
            if !matches!(bytes.get(at + 1), Some(b'0' | b'1')) {
                return Err(PointerError::Escape { at });
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it points to the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The escaped text; the same as `Display` writes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Goes one step down, by a key or an index as it is, unescaped.
    pub fn push(&mut self, segment: &str) {
        self.0.push('/');
        for character in segment.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                _ => self.0.push(character),
            }
        }
    }

    /// The pointer one step down from this one.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        let mut child = Self(String::with_capacity(self.0.len() + segment.len() + 1));
        child.0.push_str(&self.0);
        child.push(segment);
        child
    }

    /// The steps from the root, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        // The text before the first slash is always empty and no segment; the root has no slash at all.
        self.0.split('/').skip(1).map(|segment| {
            if segment.contains('~') {
                // RFC 6901, section 4: `~1` before `~0`, or `~01` would decode to a slash.
                Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(segment)
            }
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_comes_back() {
        let steps = ["paths", "/pets/{id}", "", "a~b", "~1", "0", "ä"];
        let mut pointer = Pointer::root();
        for step in steps {
            pointer.push(step);
        }
        assert_eq!(pointer.to_string(), "/paths/~1pets~1{id}//a~0b/~01/0/ä");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), steps);
        assert_eq!(Pointer::parse(pointer.as_str()), Ok(pointer));
    }

    #[test]
    fn the_root_has_no_segments_and_a_slash_has_one() {
        assert_eq!(Pointer::root().segments().count(), 0);
        assert_eq!(Pointer::root().child("").as_str(), "/");
        let slash = Pointer::parse("/").expect("a pointer to the empty key");
        assert_eq!(slash.segments().collect::<Vec<_>>(), [""]);
    }

    #[test]
    fn malformed_pointers_are_refused() {
        assert_eq!(Pointer::parse("a/b"), Err(PointerError::Start('a')));
        assert_eq!(Pointer::parse("/a~"), Err(PointerError::Escape { at: 2 }));
        assert_eq!(Pointer::parse("/~2"), Err(PointerError::Escape { at: 1 }));
    }
}
