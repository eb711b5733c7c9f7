//! Globs of paths, and of element ids.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Paths that one of several globs names: `*` is anything within a folder, `**` any folders, `?` one character, `[ab]` and
/// `{yaml,json}` alternatives.
#[derive(Clone, Debug)]
pub struct PathGlobs(GlobSet);

impl PathGlobs {
    /// The globs together.
    ///
    /// # Errors
    /// What is wrong with the first that is none, a lower-case fragment.
    pub fn new<'g>(globs: impl IntoIterator<Item = &'g str>) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for text in globs {
            let glob = GlobBuilder::new(text)
                .literal_separator(true)
                .backslash_escape(false)
                .build();
            set.add(glob.map_err(|error| error.kind().to_string())?);
        }
        set.build()
            .map(Self)
            .map_err(|error| error.kind().to_string())
    }

    /// Whether one of them names a path, which is written from the root of the repository and with `/`.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

/// Stands for ` > ` while globs of elements are matched; no element id has it.
const STEP: char = '\u{1}';

/// Whether a glob matches an element id as a whole: `*` is anything within a step, `**` anything, and all else itself.
#[must_use]
pub fn element_matches(glob: &str, element: &str) -> bool {
    let steps = |text: &str| text.replace(" > ", STEP.encode_utf8(&mut [0; 4]));
    let element: Vec<char> = steps(element).chars().collect();
    let glob = steps(glob);
    let mut glob = glob.chars().peekable();
    // After how many characters of the element the glob so far may end.
    let mut ends = vec![false; element.len() + 1];
    ends[0] = true;
    while let Some(c) = glob.next() {
        if c == '*' {
            let far = glob.next_if_eq(&'*').is_some();
            for at in 0..element.len() {
                ends[at + 1] |= ends[at] && (far || element[at] != STEP);
            }
        } else {
            for at in (0..element.len()).rev() {
                ends[at + 1] = ends[at] && element[at] == c;
            }
            ends[0] = false;
        }
    }
    ends[element.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_two_do_not() {
        for (glob, path, matches) in [
            ("contracts/*.yaml", "contracts/a.yaml", true),
            ("contracts/*.yaml", "contracts/a/b.yaml", false),
            ("contracts/**/*.yaml", "contracts/a.yaml", true),
            ("contracts/**/*.yaml", "contracts/a/b/c.yaml", true),
            ("contracts/**", "contracts/a/b.json", true),
            ("**/openapi.{yaml,json}", "openapi.json", true),
            ("**/openapi.{yaml,json}", "a/b/openapi.yaml", true),
            ("**/openapi.{yaml,json}", "a/b/openapi.toml", false),
            ("v[0-9].yaml", "v1.yaml", true),
            ("v?.yaml", "v/.yaml", false),
            ("A.yaml", "a.yaml", false),
        ] {
            let globs = PathGlobs::new([glob]).expect("a glob");
            assert_eq!(globs.matches(path), matches, "{glob} {path}");
        }
        assert_eq!(
            PathGlobs::new(["a", "{b"]).err().as_deref(),
            Some("unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)")
        );
    }

    #[test]
    fn a_star_stays_in_its_step_and_two_do_not() {
        let element =
            "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .items[].sku";
        for (glob, matches) in [
            (element, true),
            ("op:GET /v1/orders/{}", false),
            ("op:GET * > **", true),
            ("op:* > resp:200 > * > body > .items[].sku", true),
            ("op:* > resp:200 > * > .items[].sku", false),
            ("**.sku", true),
            ("** > body > **", true),
            ("op:*", false),
            ("*", false),
            ("**", true),
            ("***", true),
            ("", false),
            ("op:GET /v1/orders/{id} > **", false),
        ] {
            assert_eq!(element_matches(glob, element), matches, "{glob}");
        }
    }
}
