//! Canonical JSON text: keys in the order of RFC 8785, strings escaped as it says, numbers exact.

use crate::text::quote;
use crate::tree::{Kind, NodeId, Tree};
use std::{borrow::Cow, cmp::Ordering, collections::HashMap, fmt::Write, rc::Rc};

/// The longest text that stands inside another; a longer one is replaced by its digest.
pub(super) const LONGEST: usize = 4096;

/// A value whose parts may be other units, which are written in their places.
#[derive(Clone, Debug)]
pub(super) enum Form<'d> {
    /// Canonical text.
    Text(Cow<'d, str>),
    /// The unit of this number.
    Unit(u32),
    /// A list whose order counts.
    List(Vec<Form<'d>>),
    /// A list whose order does not count.
    Set(Vec<Form<'d>>),
    /// Keys in canonical order.
    Map(Vec<(Cow<'d, str>, Form<'d>)>),
}

impl<'d> Form<'d> {
    pub(super) const TRUE: Self = Self::Text(Cow::Borrowed("true"));
    pub(super) const FALSE: Self = Self::Text(Cow::Borrowed("false"));

    pub(super) fn string(text: &str) -> Self {
        Self::Text(Cow::Owned(quoted(text)))
    }

    pub(super) fn map(mut entries: Vec<(Cow<'d, str>, Self)>) -> Self {
        entries.sort_by(|a, b| order(&a.0, &b.0));
        Self::Map(entries)
    }

    /// Strings as a set without duplicates.
    pub(super) fn strings<'s>(texts: impl IntoIterator<Item = &'s str>) -> Self {
        Self::distinct(texts.into_iter().map(quoted).collect())
    }

    /// Canonical texts as a set without duplicates.
    pub(super) fn distinct(mut texts: Vec<String>) -> Self {
        texts.sort_unstable();
        texts.dedup();
        Self::List(
            texts
                .into_iter()
                .map(|text| Self::Text(text.into()))
                .collect(),
        )
    }

    /// One form as it is, several as a set.
    pub(super) fn together(mut forms: Vec<Self>) -> Self {
        if forms.len() == 1 {
            forms.remove(0)
        } else {
            Self::Set(forms)
        }
    }

    /// Appends the text, with units as `unit` writes them. Forms are shallow: what nests is a unit of its own.
    pub(super) fn write(&self, out: &mut String, unit: &mut dyn FnMut(u32, &mut String)) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Unit(id) => unit(*id, out),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out, unit);
                }
                out.push(']');
            }
            Self::Set(items) => {
                let mut texts: Vec<String> = items.iter().map(|item| item.text(unit)).collect();
                texts.sort_unstable();
                let _ = write!(out, "[{}]", texts.join(","));
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out, unit);
                }
                out.push('}');
            }
        }
    }

    /// The text by itself.
    pub(super) fn text(&self, unit: &mut dyn FnMut(u32, &mut String)) -> String {
        let mut out = String::new();
        self.write(&mut out, unit);
        out
    }

    /// The units in it.
    pub(super) fn units(&self, into: &mut Vec<u32>) {
        match self {
            Self::Text(_) => {}
            Self::Unit(id) => into.push(*id),
            Self::List(items) | Self::Set(items) => {
                for item in items {
                    item.units(into);
                }
            }
            Self::Map(entries) => entries.iter().for_each(|(_, value)| value.units(into)),
        }
    }
}

/// RFC 8785 section 3.2.3: by UTF-16 code units, which is not the order of UTF-8 bytes beyond the basic plane.
fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() || b.is_ascii() {
        a.cmp(b)
    } else {
        a.encode_utf16().cmp(b.encode_utf16())
    }
}

/// A string in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// A value that is data, not contract: an example of what travels.
///
/// A number is `{"$number":"1"}`, so that it differs from a string; a key of the data's own that starts with `$` gets
/// one more, so that nothing written in a document passes for it.
pub(super) fn data(tree: &Tree, root: NodeId) -> String {
    let mut done: HashMap<NodeId, Rc<str>> = HashMap::new();
    let mut open = vec![(root, false)];
    loop {
        let Some((node, ready)) = open.pop() else {
            return done
                .remove(&root)
                .map_or_else(String::new, |text| text.to_string());
        };
        if done.contains_key(&node) {
            continue;
        }
        let containers = matches!(tree.kind(node), Kind::Seq | Kind::Map);
        if containers && !ready {
            open.push((node, true));
            open.extend(tree.children(node).map(|child| (child, false)));
            continue;
        }
        let mut text = String::new();
        value(tree, node, &done, &mut text);
        if text.len() > LONGEST && node != root {
            text = super::reference(&super::digest_of(&text));
        }
        done.insert(node, text.into());
    }
}

fn value(tree: &Tree, node: NodeId, done: &HashMap<NodeId, Rc<str>>, out: &mut String) {
    let child = |node: &NodeId| done.get(node).map_or("null", |text| text);
    match tree.kind(node) {
        Kind::Null => out.push_str("null"),
        Kind::Bool => out.push_str(if tree.bool(node) == Some(true) {
            "true"
        } else {
            "false"
        }),
        Kind::Number => {
            // Beyond what a decimal holds, the text is all that is known.
            let written = tree.number(node).unwrap_or_default();
            let exact = tree.decimal(node).map(|decimal| decimal.to_string());
            let _ = write!(
                out,
                r#"{{"$number":"{}"}}"#,
                exact.as_deref().unwrap_or(written)
            );
        }
        Kind::String => quote(tree.str(node).unwrap_or_default(), out),
        Kind::Seq => {
            let items: Vec<&str> = tree.items(node).iter().map(child).collect();
            let _ = write!(out, "[{}]", items.join(","));
        }
        Kind::Map => {
            let mut entries: Vec<(Cow<'_, str>, &str)> = tree
                .entries(node)
                .map(|entry| (literal(tree.key(entry.key)), child(&entry.value)))
                .collect();
            entries.sort_by(|a, b| order(&a.0, &b.0));
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                out.push_str(value);
            }
            out.push('}');
        }
    }
}

/// A name as a key among keys with a meaning of ours.
pub(super) fn literal(name: &str) -> Cow<'_, str> {
    if name.starts_with('$') {
        Cow::Owned(format!("${name}"))
    } else {
        Cow::Borrowed(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;
    use crate::tree::{Syntax, parse};

    fn canonical(text: &str, syntax: Syntax) -> String {
        let tree = parse(Source::new("data", text), syntax).expect("the text is well-formed");
        data(&tree, tree.root())
    }

    #[test]
    fn keys_are_in_the_order_of_rfc_8785() {
        let sorted = canonical(
            r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#,
            Syntax::Json,
        );
        let keys: Vec<&str> = sorted.split('"').skip(1).step_by(6).collect();
        assert_eq!(
            keys,
            [
                "\\r",
                "1",
                "\u{80}",
                "\u{f6}",
                "\u{20ac}",
                "\u{1f600}",
                "\u{fb33}"
            ]
        );
    }

    #[test]
    fn numbers_differ_from_strings_and_not_from_each_other() {
        let table = [
            ("1", r#"{"$number":"1"}"#),
            ("1.0", r#"{"$number":"1"}"#),
            ("\"1\"", r#""1""#),
            (r#"{"$number":"1"}"#, r#"{"$$number":"1"}"#),
            ("[1e2, null]", r#"[{"$number":"100"},null]"#),
        ];
        for (text, expected) in table {
            assert_eq!(canonical(text, Syntax::Json), expected);
            assert_eq!(canonical(text, Syntax::Yaml), expected);
        }
    }

    #[test]
    fn aliases_of_aliases_stay_small() {
        let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for level in 1..40 {
            let _ = writeln!(
                text,
                "a{level}: &a{level} [{}]",
                vec![format!("*a{}", level - 1); 8].join(", ")
            );
        }
        assert!(canonical(&text, Syntax::Yaml).len() < 200_000);
    }
}
