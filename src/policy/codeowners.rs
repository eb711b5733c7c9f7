//! CODEOWNERS: whose review the forge demands for a path.
//!
//! GitHub's format, with the sections of GitLab. In doubt a path has no owner: one that the forge does not know would let a
//! sign-off count that nobody has to review.

mod line;
mod pattern;

#[cfg(test)]
mod tests;

use super::files::Fault;
use line::{Line, Owners};
use pattern::Pattern;

/// Where forges look for the file; the first that exists counts.
pub const PLACES: [&str; 4] = [
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitlab/CODEOWNERS",
];

/// Who owns which paths, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codeowners {
    sections: Vec<Section>,
}

/// What stands below one heading; before the first one stand the rules of GitHub.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    /// In lower case: headings that differ in case are one.
    name: String,
    /// Whether the forge demands no review.
    optional: bool,
    rules: Vec<Rule>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    pattern: Pattern,
    /// Nobody, where the path is exempt.
    owners: Vec<String>,
}

impl Codeowners {
    /// Reads the file.
    ///
    /// Every line that cannot be read is a fault; the other lines stand. Where only an owner cannot be read, the line
    /// stands too, and gives nobody.
    #[must_use]
    pub fn read(file: &str, bytes: &[u8]) -> (Self, Vec<Fault>) {
        let Ok(text) = str::from_utf8(bytes) else {
            return (Self::default(), vec![line::not_text(file)]);
        };
        let mut read = Self {
            sections: vec![Section::default()],
        };
        let mut faults = Vec::new();
        let mut current = 0;
        let mut defaults: Vec<String> = Vec::new();
        for (text, number) in text.lines().zip(1..) {
            let (line, fault) = line::read(text);
            faults.extend(fault.map(|fault| fault.at(file, number)));
            match line {
                Line::Blank => {}
                Line::Heading {
                    name,
                    optional,
                    owners,
                } => {
                    current = read.section(&name.to_lowercase(), optional);
                    defaults = owners;
                }
                Line::Rule { pattern, owners } => {
                    let owners = match owners {
                        Owners::Named(owners) => owners,
                        Owners::Default => defaults.clone(),
                        Owners::Nobody => Vec::new(),
                    };
                    read.sections[current].rules.push(Rule { pattern, owners });
                }
            }
        }
        (read, faults)
    }

    /// The owners of a path, given from the root and without a slash before it: in each section those of the last rule
    /// that matches, each once. Sections whose review is optional give none.
    #[must_use]
    pub fn owners_of(&self, path: &str) -> Vec<&str> {
        let mut owners: Vec<&str> = Vec::new();
        for section in self.sections.iter().filter(|section| !section.optional) {
            let rule = section
                .rules
                .iter()
                .rev()
                .find(|rule| rule.pattern.matches(path));
            for owner in rule.into_iter().flat_map(|rule| &rule.owners) {
                if !owners.contains(&owner.as_str()) {
                    owners.push(owner);
                }
            }
        }
        owners
    }

    /// The position of the section of that name; optional only while every heading of it says so.
    fn section(&mut self, name: &str, optional: bool) -> usize {
        if let Some(at) = self
            .sections
            .iter()
            .position(|section| section.name == name)
        {
            self.sections[at].optional &= optional;
            return at;
        }
        self.sections.push(Section {
            name: name.to_owned(),
            optional,
            rules: Vec::new(),
        });
        self.sections.len() - 1
    }
}
