//! Bare schemas: which `$id` is in force where, and where each reference leads (JSON Schema 2020-12 core, section 8.2).

use super::files::{Files, published_draft};
use crate::spec::{At, Dialect, Draft, FileId, uri};
use crate::text::{Pointer, percent_decode};
use crate::tree::{Kind, NodeId};
use foldhash::{HashMap, HashSet};

/// A schema resource by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ResourceId(u32);

/// A schema with an address of its own, or the root of a file.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) root: At,
    pub(super) draft: Draft,
    /// Of what its own references are relative to.
    base: String,
    anchors: HashMap<String, Anchor>,
    /// `$recursiveAnchor: true`.
    pub(super) recursive: bool,
}

impl Resource {
    /// The places that `$dynamicRef` may lead to, by name.
    pub(super) fn dynamic(&self) -> impl Iterator<Item = (&str, At)> {
        let dynamic = self.anchors.iter().filter(|(_, anchor)| anchor.dynamic);
        dynamic.map(|(name, anchor)| (name.as_str(), anchor.at))
    }
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    at: At,
    dynamic: bool,
    /// Whether another schema claims the same name: validators differ in which they take.
    disputed: bool,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) at: At,
    /// The `$dynamicAnchor` that it was found by.
    pub(super) dynamic: Option<String>,
    /// Whether several schemas claim the name that it was found by.
    pub(super) disputed: bool,
}

/// The resources of all files.
#[derive(Debug, Default)]
pub(super) struct Resources {
    list: Vec<Resource>,
    by_address: HashMap<String, ResourceId>,
    by_file: HashMap<FileId, ResourceId>,
    /// Addresses that several schemas claim: validators differ in which they take.
    disputed: HashSet<String>,
    /// Which resource a schema belongs to, where its file has more than one.
    owners: HashMap<At, ResourceId>,
    /// Whether any resource has an anchor that depends on the way to it.
    pub(super) dynamic: bool,
}

impl Resources {
    pub(super) fn of(files: &Files<'_>) -> Self {
        let mut resources = Self::default();
        if let Dialect::Schema(draft) = files.dialect() {
            let all: Vec<(FileId, String)> = files
                .all()
                .map(|(file, path)| (file, path.to_owned()))
                .collect();
            for (file, path) in all {
                resources.add_file(files, file, &path, draft);
            }
        }
        resources
    }

    pub(super) fn get(&self, id: ResourceId) -> &Resource {
        &self.list[id.0 as usize]
    }

    fn add_file(&mut self, files: &Files<'_>, file: FileId, path: &str, draft: Draft) {
        let node = files.tree(file).root();
        let root = At { file, node };
        let first = self.list.len();
        let id = self.add(root, draft, path.to_owned());
        self.by_file.insert(file, id);
        self.by_address.entry(path.to_owned()).or_insert(id);
        let mut open = vec![(root, id)];
        while let Some((at, outer)) = open.pop() {
            let id = self.identify(files, at, outer);
            if self.owners.insert(at, id).is_some() {
                // Aliases share nodes, and the first way to them counts.
                continue;
            }
            for child in subschemas(files, at) {
                open.push((child, id));
            }
        }
        if self.list.len() == first + 1 {
            self.owners.retain(|at, _| at.file != file);
        }
    }

    fn add(&mut self, root: At, draft: Draft, base: String) -> ResourceId {
        let id = ResourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Resource {
            root,
            draft,
            base,
            anchors: HashMap::default(),
            recursive: false,
        });
        id
    }

    /// Reads the identifiers of a schema; the resource that it belongs to.
    fn identify(&mut self, files: &Files<'_>, at: At, outer: ResourceId) -> ResourceId {
        let (root, outer_draft) = (self.get(outer).root, self.get(outer).draft);
        // How the root is read was decided already, whatever it says of itself.
        let declared = files.declared_draft(at).filter(|_| at != root);
        let draft = declared.unwrap_or(outer_draft);
        let keyword = if draft == Draft::D4 { "id" } else { "$id" };
        let replaced = draft < Draft::D2019 && files.get(at, "$ref").is_some();
        let said = files.text(at, keyword).filter(|_| !replaced).unwrap_or("");
        let (address, name) = said.split_once('#').unwrap_or((said, ""));
        let mut id = outer;
        if !address.is_empty() {
            let base = join(&self.get(outer).base, address);
            if root == at {
                self.list[outer.0 as usize].base.clone_from(&base);
            } else {
                id = self.add(at, draft, base.clone());
            }
            let known = *self.by_address.entry(base.clone()).or_insert(id);
            if self.get(known).root != at {
                self.disputed.insert(base);
            }
        }
        let resource = &mut self.list[id.0 as usize];
        let mut anchor = |name: &str, dynamic| {
            let first = resource.anchors.entry(name.to_owned()).or_insert(Anchor {
                at,
                dynamic,
                disputed: false,
            });
            first.disputed |= first.at != at;
        };
        if draft < Draft::D2019 {
            if !name.is_empty() {
                anchor(name, false);
            }
            return id;
        }
        if draft >= Draft::D2020
            && let Some(name) = files.text(at, "$dynamicAnchor")
        {
            anchor(name, true);
            self.dynamic = true;
        }
        if let Some(name) = files.text(at, "$anchor") {
            anchor(name, false);
        }
        if draft == Draft::D2019
            && resource.root == at
            && files.flag(at, "$recursiveAnchor") == Some(true)
        {
            resource.recursive = true;
            self.dynamic = true;
        }
        id
    }

    /// The resource that a schema belongs to.
    pub(super) fn owner(&self, files: &Files<'_>, at: At) -> Option<ResourceId> {
        if let Some(id) = self.owners.get(&at) {
            return Some(*id);
        }
        let mut owner = *self.by_file.get(&at.file)?;
        if self.owners.is_empty() {
            return Some(owner);
        }
        // Below a keyword that nobody knows: the nearest schema around it tells.
        let tree = files.tree(at.file);
        let mut place = At {
            file: at.file,
            node: tree.root(),
        };
        for segment in tree.pointer(at.node).segments() {
            place.node = step(files, place, &segment)?;
            owner = self.owners.get(&place).copied().unwrap_or(owner);
        }
        Some(owner)
    }

    /// Where a reference leads that stands in a resource.
    pub(super) fn resolve(
        &mut self,
        files: &mut Files<'_>,
        from: ResourceId,
        text: &str,
    ) -> Option<Target> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut disputed = false;
        let start = if address.is_empty() {
            from
        } else {
            let resource = self.get(from);
            let beside = files
                .address(resource.root.file)
                .map(|file| join(file, address));
            let absolute = join(&resource.base, address);
            disputed = self.disputed.contains(&absolute);
            // What an `$id` makes a URL may still be the file beside this one.
            let beside = beside.and_then(|path| self.by_path(&path));
            self.addressed(files, &absolute).or(beside)?
        };
        let fragment = percent_decode(fragment).ok()?;
        let root = self.get(start).root;
        if fragment.is_empty() {
            return Some(Target {
                at: root,
                dynamic: None,
                disputed,
            });
        }
        if fragment.starts_with('/') {
            let pointer = Pointer::parse(&fragment).ok()?;
            let node = files.tree(root.file).at_pointer(root.node, &pointer)?;
            return Some(Target {
                at: At {
                    file: root.file,
                    node,
                },
                dynamic: None,
                disputed,
            });
        }
        let anchor = self.get(start).anchors.get(fragment.as_ref())?;
        Some(Target {
            at: anchor.at,
            dynamic: anchor.dynamic.then(|| fragment.into_owned()),
            disputed: disputed || anchor.disputed,
        })
    }

    fn by_path(&self, path: &str) -> Option<ResourceId> {
        let decoded = percent_decode(path).ok()?;
        let exact = self.by_address.get(path);
        exact
            .or_else(|| self.by_address.get(decoded.as_ref()))
            .copied()
    }

    fn addressed(&mut self, files: &mut Files<'_>, address: &str) -> Option<ResourceId> {
        if let Some(id) = self.by_path(address) {
            return Some(id);
        }
        let file = files.metaschema(address)?;
        let draft = published_draft(address)?;
        self.add_file(files, file, address, draft);
        self.by_file.get(&file).copied()
    }
}

fn step(files: &Files<'_>, at: At, segment: &str) -> Option<NodeId> {
    let tree = files.tree(at.file);
    match tree.kind(at.node) {
        Kind::Map => tree.get(at.node, segment),
        Kind::Seq => tree
            .items(at.node)
            .get(segment.parse::<usize>().ok()?)
            .copied(),
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => None,
    }
}

/// [`uri::join`], with the slash at the end that a folder's address has.
fn join(base: &str, reference: &str) -> String {
    let mut joined = uri::join(base, reference);
    if reference.ends_with('/') && !joined.ends_with('/') {
        joined.push('/');
    }
    joined
}

/// The schemas right below a schema, in the places where any draft keeps one.
fn subschemas(files: &Files<'_>, at: At) -> Vec<At> {
    let mut found = Vec::new();
    for (keyword, value) in files.entries(at) {
        match keyword {
            "additionalItems"
            | "additionalProperties"
            | "contains"
            | "contentSchema"
            | "else"
            | "if"
            | "not"
            | "propertyNames"
            | "then"
            | "unevaluatedItems"
            | "unevaluatedProperties" => found.push(value),
            "items" if files.kind(value) != Kind::Seq => found.push(value),
            "items" | "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                found.extend(files.items(value));
            }
            "$defs" | "definitions" | "dependentSchemas" | "patternProperties" | "properties"
            | "dependencies" => found.extend(files.entries(value).map(|(_, schema)| schema)),
            _ => {}
        }
    }
    found.retain(|at| files.kind(*at) == Kind::Map);
    found
}
