//! CODEOWNERS: who reviews which file.

/// The rules of the file.
#[derive(Clone, Debug, Default)]
pub struct Codeowners {
    none: Vec<String>,
}

impl Codeowners {
    /// Reads the file.
    #[must_use]
    pub fn read(_text: &str) -> Self {
        Self::default()
    }

    /// The owners of a path.
    #[must_use]
    pub fn owners_of(&self, _path: &str) -> &[String] {
        &self.none
    }
}
