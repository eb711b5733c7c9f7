//! The texts that schemas are read from: a bundle's files, and the published metaschemas that they refer to.

use crate::spec::{At, Bundle, Dialect, Draft, FileId};
use crate::tree::{self, Kind, Tree};

/// The address of a document that asks for a metaschema.
const ASKING: &str = "json-schema:///asking";

/// Where a value stands, across the bundle and the metaschemas.
#[derive(Debug)]
pub(super) struct Files<'d> {
    pub(super) bundle: &'d Bundle,
    /// Metaschemas, each with its address; the first has the highest id.
    published: Vec<(String, Tree)>,
}

impl<'d> Files<'d> {
    pub(super) fn new(bundle: &'d Bundle) -> Self {
        Self {
            bundle,
            published: Vec::new(),
        }
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.bundle.dialect
    }

    pub(super) fn is_api(&self) -> bool {
        self.bundle.dialect.is_api()
    }

    pub(super) fn tree(&self, file: FileId) -> &Tree {
        let from_the_end = usize::from(u16::MAX - file.0);
        match self.published.get(from_the_end) {
            Some((_, tree)) => tree,
            None => self.bundle.tree(file),
        }
    }

    /// The files, each with the address its references start from.
    pub(super) fn all(&self) -> impl Iterator<Item = (FileId, &str)> {
        let own = (0u16..).zip(&self.bundle.files);
        own.map(|(id, document)| (FileId(id), document.path.as_str()))
    }

    /// Where the references of a file start from.
    pub(super) fn address(&self, file: FileId) -> Option<&str> {
        let document = self.bundle.files.get(usize::from(file.0));
        document.map(|document| document.path.as_str())
    }

    /// The metaschema of an address, read when first asked for.
    pub(super) fn metaschema(&mut self, address: &str) -> Option<FileId> {
        let address = address.trim_end_matches('#');
        let held = self.published.iter().position(|(held, _)| held == address);
        let place = match held {
            Some(place) => place,
            None => self.publish(address)?,
        };
        Some(FileId(u16::MAX - u16::try_from(place).ok()?))
    }

    fn publish(&mut self, address: &str) -> Option<usize> {
        let room = usize::from(u16::MAX) - self.bundle.files.len().min(usize::from(u16::MAX));
        let draft = match published_draft(address).filter(|_| self.published.len() < room)? {
            Draft::D4 => jsonschema::Draft::Draft4,
            Draft::D6 => jsonschema::Draft::Draft6,
            Draft::D7 => jsonschema::Draft::Draft7,
            Draft::D2019 => jsonschema::Draft::Draft201909,
            Draft::D2020 => jsonschema::Draft::Draft202012,
        };
        // A registry has those that a document of its own refers to.
        let registry = jsonschema::Registry::new()
            .draft(draft)
            .add(ASKING, serde_json::json!({ "$ref": address }))
            .and_then(jsonschema::RegistryBuilder::prepare)
            .ok()?;
        let resolver = registry.resolver(jsonschema::uri::from_str(ASKING).ok()?);
        let found = resolver.lookup(address).ok()?;
        let bytes = serde_json::to_vec(found.contents()).ok()?;
        let tree = tree::parse_bytes(address, bytes).ok()?;
        self.published.push((address.to_owned(), tree));
        Some(self.published.len() - 1)
    }

    pub(super) fn kind(&self, at: At) -> Kind {
        self.tree(at.file).kind(at.node)
    }

    pub(super) fn get(&self, at: At, key: &str) -> Option<At> {
        let node = self.tree(at.file).get(at.node, key)?;
        Some(At {
            file: at.file,
            node,
        })
    }

    /// A map or a list that API documents may keep elsewhere.
    pub(super) fn child(&self, at: At, key: &str) -> Option<At> {
        if self.is_api() {
            self.bundle.child(at, key)
        } else {
            self.get(at, key)
        }
    }

    pub(super) fn str(&self, at: At) -> Option<&str> {
        self.tree(at.file).str(at.node)
    }

    pub(super) fn text(&self, at: At, key: &str) -> Option<&str> {
        self.str(self.get(at, key)?)
    }

    pub(super) fn flag(&self, at: At, key: &str) -> Option<bool> {
        self.tree(at.file).bool(self.get(at, key)?.node)
    }

    pub(super) fn entries(&self, at: At) -> impl Iterator<Item = (&str, At)> {
        let tree = self.tree(at.file);
        tree.entries(at.node).map(move |entry| {
            let value = At {
                file: at.file,
                node: entry.value,
            };
            (tree.key(entry.key), value)
        })
    }

    pub(super) fn items(&self, at: At) -> impl Iterator<Item = At> {
        let file = at.file;
        let items = self.tree(file).items(at.node);
        items.iter().map(move |node| At { file, node: *node })
    }

    /// A value as JSON text, for names.
    pub(super) fn quote(&self, at: At) -> String {
        let mut text = String::new();
        match self.tree(at.file).write_json(at.node, &mut text) {
            Ok(()) => shorten(&text),
            Err(_) => format!("the value at {}", self.place(at)),
        }
    }

    /// A place by a name that no other place has, unless the whole documents are the same.
    pub(super) fn place(&self, at: At) -> String {
        let texts = self
            .bundle
            .files
            .iter()
            .map(|file| file.tree.source().text());
        let all: Vec<&str> = texts.collect();
        let pointer = self.tree(at.file).pointer(at.node);
        let path = self.address(at.file).unwrap_or_default();
        let digest = digest(&all.join("\n"));
        format!("{path}#{} ({digest})", pointer.as_str())
    }

    /// The draft that a resource says it is written in.
    pub(super) fn declared_draft(&self, at: At) -> Option<Draft> {
        Draft::of_schema_uri(self.text(at, "$schema")?)
    }
}

/// The draft that a published metaschema, or a vocabulary of one, belongs to.
pub(super) fn published_draft(address: &str) -> Option<Draft> {
    let path = address.split_once("://json-schema.org/")?.1;
    let drafts = [
        ("draft-04/", Draft::D4),
        ("draft-06/", Draft::D6),
        ("draft-07/", Draft::D7),
        ("draft/2019-09/", Draft::D2019),
        ("draft/2020-12/", Draft::D2020),
    ];
    let known = drafts.iter().find(|(folder, _)| path.starts_with(folder));
    known.map(|(_, draft)| *draft)
}

/// A text that fits into a sentence; what is left out is told by a digest, so that one name means one text.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST - 20).collect();
    format!("{head}… ({})", digest(text))
}

fn digest(text: &str) -> String {
    use sha2::Digest as _;
    let sum = sha2::Sha256::digest(text.as_bytes());
    sum.iter()
        .take(8)
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
