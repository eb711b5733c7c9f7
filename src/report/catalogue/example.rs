//! Each rule's fixture, which is also its example.

use include_dir::{Dir, include_dir};

static FIXTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fixtures/rules");

/// The old and the new version; the one that a whole contract is missing from is absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    pub(super) before: Option<&'static str>,
    pub(super) after: Option<&'static str>,
}

/// The example of a rule.
pub(super) fn of(rule: &str) -> Option<Example> {
    let text = |side: &str| {
        let file = FIXTURES.get_file(format!("{rule}/{side}.yaml"))?;
        file.contents_utf8()
    };
    let (before, after) = (text("old"), text("new"));
    (before.is_some() || after.is_some()).then_some(Example { before, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples are part of the program; they stay examples.
    const MOST: usize = 600_000;

    #[test]
    fn the_examples_are_small() {
        fn size(dir: &Dir<'_>) -> usize {
            let files: usize = dir.files().map(|file| file.contents().len()).sum();
            files + dir.dirs().map(size).sum::<usize>()
        }
        assert!(size(&FIXTURES) < MOST, "{} bytes", size(&FIXTURES));
        assert!(of("no-such-rule").is_none());
    }
}
