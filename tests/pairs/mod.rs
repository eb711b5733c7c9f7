//! Pairs of schemas, the second an edit of the first, in every form that a contract is written in.

pub(crate) mod choices;
pub(crate) mod form;
pub(crate) mod mutate;
pub(crate) mod places;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod tolerant;
pub(crate) mod validators;
pub(crate) mod values;
pub(crate) mod write;

use choices::Choices;
use contract::spec::{Assume, At, Bundle, Unavailable};
use form::Form;
use proptest::{collection::vec, prelude::*};
use schema::{Maker, Refs};
use serde_json::Value;
use validators::Validators;

/// What a pair is made from.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    form: u8,
    schema: Vec<u8>,
    edits: Vec<u8>,
    pub(crate) seed: u64,
}

/// One side of a pair.
pub(crate) struct Version {
    pub(crate) document: Value,
    pub(crate) validators: Validators,
    pub(crate) bundle: Bundle,
}

/// A schema and an edit of it.
pub(crate) struct Pair {
    pub(crate) form: Form,
    pub(crate) old: Version,
    pub(crate) new: Version,
}

/// Edits that are tried until one shows.
const MOST_EDITS: usize = 4;

/// How the second schema comes from the first.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Anything may change.
    Any,
    /// Other words, the same values.
    Words,
}

pub(crate) fn recipes() -> impl Strategy<Value = Recipe> {
    (
        any::<u8>(),
        vec(any::<u8>(), 4..90),
        vec(any::<u8>(), 8..40),
        any::<u64>(),
    )
        .prop_map(|(form, schema, edits, seed)| Recipe {
            form,
            schema,
            edits,
            seed,
        })
}

impl Recipe {
    /// The pair; both sides are alike where no edit shows.
    pub(crate) fn pair(&self, edit: Edit) -> Pair {
        let form = Form::of(usize::from(self.form));
        let mut choices = Choices::new(&self.schema);
        let old = Maker {
            form,
            choices: &mut choices,
            refs: Refs::Anywhere,
        }
        .root();
        let mut choices = Choices::new(&self.edits);
        let old = write::settled(form, &old);
        let mut new = old.clone();
        for _ in 0..MOST_EDITS {
            new = match edit {
                Edit::Any => mutate::mutated(form, &new, &mut choices),
                Edit::Words => mutate::reworded(&new, &mut choices),
            };
            new = write::settled(form, &new);
            if new != old {
                break;
            }
        }
        Pair {
            form,
            old: Version::new(form, &old),
            new: Version::new(form, &new),
        }
    }
}

impl Version {
    /// Where the schema stands in its document.
    pub(crate) fn root(&self) -> At {
        let root = self.bundle.root();
        let path: &[&str] = if self.bundle.dialect.is_api() {
            &["components", "schemas", "Root"]
        } else {
            &[]
        };
        path.iter().fold(root, |at, key| {
            self.bundle.get(at, key).expect("it was written there")
        })
    }

    fn new(form: Form, schema: &Value) -> Self {
        let document = write::document(form, schema);
        let validators = Validators::new(form, schema, &document);
        let bundle = bundle(form, &document);
        Self {
            document,
            validators,
            bundle,
        }
    }
}

/// A document as it is loaded.
pub(crate) fn bundle(form: Form, document: &Value) -> Bundle {
    let assume = match form {
        Form::Bare(draft) => Assume {
            schema: true,
            draft: Some(draft),
        },
        Form::Api30 | Form::Api31 => Assume::default(),
    };
    Bundle::load("it.json", "it.json", assume, &|path: &str| {
        if path == "it.json" {
            return Ok(document.to_string().into_bytes());
        }
        Err(Unavailable {
            message: format!("no such file: {path}"),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{error}: {document}"))
}
