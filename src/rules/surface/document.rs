//! The document as a whole: its title, its version, its words, and its language.

use super::words::{equal, keyword, reworded};
use crate::rules::{Content, Detect, Hit, Rule, View};
use crate::spec::{At, Contract, quoted};
use crate::variance::Effect;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "title-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the title is {new}, formerly {old}",
        docs: "\
The title of the document changed.

Nothing on the wire changes. Generated clients may be named after it.
Nothing to do.
",
        detect: Detect::Document(|view, hits| hits.0.extend(info(view, "title"))),
    },
    Rule {
        id: "version-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the version is {new}, formerly {old}",
        docs: "\
The version of the document changed.

Nothing on the wire changes: what did is told apart.
Nothing to do.
",
        detect: Detect::Document(|view, hits| hits.0.extend(info(view, "version"))),
    },
    Rule {
        id: "document-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of the document changed",
        docs: "\
The words about the document changed: its description, its terms, its licence, or whom to ask.

Nothing on the wire changes.
Read the terms: they may bind consumers in ways that no schema says.
",
        detect: Detect::Document(|view, hits| {
            if let Some((old, new)) = infos(view) {
                let keywords = [
                    "summary",
                    "description",
                    "termsOfService",
                    "contact",
                    "license",
                ];
                reworded(view, (old, new), &keywords, hits);
                let roots = (view.old_bundle().root(), view.new_bundle().root());
                reworded(view, roots, &["externalDocs"], hits);
            }
        }),
    },
    Rule {
        id: "dialect-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the document is written in {new}, formerly in {old}",
        docs: "\
The document is written in another version of its language.

Nothing on the wire changes: both versions are read into one model, and what differs there is told apart.
Tools of consumers may not read the new one.
Publish the old form beside the new one as long as consumers generate from it.
",
        detect: Detect::Document(|view, hits| {
            let (old, new) = (view.comparison.old.dialect, view.comparison.new.dialect);
            if old == new {
                return;
            }
            let roots = (view.old_bundle().root(), view.new_bundle().root());
            let said = |bundle: &crate::spec::Bundle, root: At| {
                ["openapi", "swagger", "$schema"]
                    .into_iter()
                    .find_map(|key| bundle.get(root, key))
            };
            let nodes = (
                said(view.old_bundle(), roots.0).unwrap_or(roots.0),
                said(view.new_bundle(), roots.1).unwrap_or(roots.1),
            );
            hits.push(
                Hit::at(Some(nodes.0), Some(nodes.1))
                    .before(Content::text(old.name()))
                    .after(Content::text(new.name()))
                    .hole("old", old.name())
                    .hole("new", new.name()),
            );
        }),
    },
    Rule {
        id: "tag-added",
        effect: Effect::Annotates,
        except: &[],
        message: "the tag `{name}` was added",
        docs: "\
The document describes one more tag.

Nothing on the wire changes.
Nothing to do.
",
        detect: Detect::Document(|view, hits| {
            for (name, at) in &view.comparison.new.tags {
                if tag(view.comparison.old, name).is_none() {
                    let hit = Hit::nodes(None, Some(*at)).hole("name", name);
                    hits.push(hit.tail(format!(" > tag:{}", quoted(name))));
                }
            }
        }),
    },
    Rule {
        id: "tag-removed",
        effect: Effect::Annotates,
        except: &[],
        message: "the tag `{name}` was removed",
        docs: "\
The document does not describe a tag any more.

Nothing on the wire changes.
Nothing to do.
",
        detect: Detect::Document(|view, hits| {
            for (name, at) in &view.comparison.old.tags {
                if tag(view.comparison.new, name).is_none() {
                    let hit = Hit::nodes(Some(*at), None).hole("name", name);
                    hits.push(hit.tail(format!(" > tag:{}", quoted(name))));
                }
            }
        }),
    },
    Rule {
        id: "tag-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the tag `{name}` is described differently",
        docs: "\
The words about a tag changed, or its place among others.

Nothing on the wire changes.
Nothing to do.
",
        detect: Detect::Document(|view, hits| {
            for (name, at) in &view.comparison.old.tags {
                let after = tag(view.comparison.new, name);
                if after.is_some() && !equal(view, Some(*at), after) {
                    let hit = Hit::nodes(Some(*at), after).hole("name", name);
                    hits.push(hit.tail(format!(" > tag:{}", quoted(name))));
                }
            }
        }),
    },
];

type Documents<'v, 'c, 'd> = View<'v, 'c, 'd, Contract<'d>>;

fn tag(contract: &Contract<'_>, name: &str) -> Option<At> {
    let mut tags = contract.tags.iter();
    tags.find(|(known, _)| *known == name).map(|(_, at)| *at)
}

fn infos(view: &Documents<'_, '_, '_>) -> Option<(At, At)> {
    view.comparison.old.info.zip(view.comparison.new.info)
}

/// A field of `info` that holds another text.
fn info(view: &Documents<'_, '_, '_>, key: &str) -> Option<Hit> {
    let (old, new) = infos(view)?;
    let (before, after) = (view.old_bundle(), view.new_bundle());
    if equal(view, before.get(old, key), after.get(new, key)) {
        return None;
    }
    let show = |bundle: &crate::spec::Bundle, at: At| {
        let at = bundle.get(at, key);
        let text = at.and_then(|at| {
            let tree = bundle.tree(at.file);
            tree.str(at.node).or_else(|| tree.scalar_text(at.node))
        });
        text.map_or_else(|| "not said".to_owned(), |text| format!("`{text}`"))
    };
    let hit = keyword(view, (old, new), key);
    Some(
        hit.hole("old", show(before, old))
            .hole("new", show(after, new)),
    )
}
