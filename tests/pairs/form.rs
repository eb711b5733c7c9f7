//! What a schema is written in, and what can be said there.

use contract::spec::Draft;

/// What a schema is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Bare(Draft),
    Api30,
    Api31,
}

/// What not every form can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Booleans,
    Const,
    TypeLists,
    PatternProperties,
    Prefix,
    /// `contains` and `propertyNames`.
    Contains,
    Conditions,
    /// `minContains`, `dependentRequired`, and `dependentSchemas`.
    Dependent,
    Unevaluated,
    /// Keywords beside `$ref`.
    Siblings,
    /// `format` that asserts.
    Formats,
}

impl Form {
    pub(crate) fn of(choice: usize) -> Self {
        match choice % 10 {
            4 => Self::Bare(Draft::D4),
            5 => Self::Bare(Draft::D7),
            6 => Self::Bare(Draft::D2019),
            7 => Self::Api30,
            8 | 9 => Self::Api31,
            _ => Self::Bare(Draft::D2020),
        }
    }

    pub(crate) fn is_api(self) -> bool {
        matches!(self, Self::Api30 | Self::Api31)
    }

    pub(crate) fn says(self, word: Word) -> bool {
        let since = |draft: Draft| match self {
            Self::Api30 => false,
            Self::Api31 => true,
            Self::Bare(own) => own >= draft,
        };
        match word {
            Word::Booleans | Word::Const | Word::Contains => since(Draft::D6),
            Word::TypeLists | Word::PatternProperties | Word::Prefix => self != Self::Api30,
            Word::Conditions => since(Draft::D7),
            Word::Dependent | Word::Siblings => since(Draft::D2019),
            Word::Unevaluated => since(Draft::D2020),
            Word::Formats => self.is_api(),
        }
    }
}
