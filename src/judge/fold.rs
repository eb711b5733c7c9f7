//! New words all over one operation, or all over the components of one kind, are one edit of the documentation.

use super::{
    finding::{Finding, Mark, Reach},
    sites::Sites,
};
use crate::spec::FileId;
use foldhash::{HashMap, HashMapExt as _};
use serde_json::{Map, Value};

/// The rule whose findings say nothing that has to be decided one by one.
const WORDS: &str = "documentation-changed";

/// Tells all new words of an operation, or of the components of one kind, as one finding with every place they reach.
pub(super) fn fold_words(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = Vec::with_capacity(findings.len());
    let mut order: Vec<(String, Vec<Finding>)> = Vec::new();
    let mut index: HashMap<(FileId, String), usize> = HashMap::new();
    for finding in findings {
        let mark = finding.new.or(finding.old);
        let within = mark.zip(owner(&finding.pointer));
        match within {
            Some((mark, owner)) if finding.rule.id == WORDS => {
                let key = (mark.file, owner.to_owned());
                let group = *index.entry(key).or_insert_with(|| {
                    order.push((owner.to_owned(), Vec::new()));
                    order.len() - 1
                });
                order[group].1.push(finding);
            }
            _ => kept.push(finding),
        }
    }
    kept.extend(
        order
            .into_iter()
            .filter_map(|(owner, group)| fold(&owner, group)),
    );
    kept
}

/// The operation, or the kind of components, that a pointer leads into.
fn owner(pointer: &str) -> Option<&str> {
    let first = pointer.strip_prefix('/')?.split('/').next()?;
    let depth = match first {
        "paths" | "webhooks" | "x-webhooks" => 3,
        "components" => 2,
        "definitions" | "$defs" | "parameters" | "responses" => 1,
        _ => return None,
    };
    let mut ends = pointer.match_indices('/').map(|(at, _)| at).skip(depth);
    match ends.next() {
        Some(end) => Some(&pointer[..end]),
        None => (pointer.matches('/').count() == depth).then_some(pointer),
    }
}

fn fold(owner: &str, mut group: Vec<Finding>) -> Option<Finding> {
    let place = |mark: Option<Mark>| mark.map(|mark| (mark.file, mark.start));
    group.sort_by_key(|finding| (place(finding.new), place(finding.old)));
    if group.len() < 2 {
        return group.pop();
    }
    let said = |side: fn(&Finding) -> Option<&String>| {
        let all: Map<String, Value> = group
            .iter()
            .filter_map(|finding| {
                let words = serde_json::from_str(side(finding)?).ok()?;
                Some((finding.pointer[owner.len()..].to_owned(), words))
            })
            .collect();
        (!all.is_empty()).then(|| Value::Object(all).to_string())
    };
    let (before, after) = (
        said(|finding| finding.before.as_ref()),
        said(|finding| finding.after.as_ref()),
    );
    let (input, output) = (
        group.iter().filter_map(|finding| finding.input).max(),
        group.iter().filter_map(|finding| finding.output).max(),
    );
    let both = group
        .iter()
        .any(|finding| finding.reach != group[0].reach)
        .then_some(Reach::Both);
    let more = group.len() - 1;
    let sites = Sites::joined(group.iter().map(|finding| finding.sites.clone()).collect());
    let mut head = group.swap_remove(0);
    let places = if more == 1 { "place" } else { "places" };
    head.message = format!(
        "{}, and so are {more} more {places} of {owner}",
        head.message
    );
    if more == 1 {
        head.message = head.message.replace(", and so are 1", ", and so is 1");
    }
    head.reach = both.unwrap_or(head.reach);
    (head.input, head.output) = (input, output);
    (head.before, head.after) = (before, after);
    head.sites = sites;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn an_owner_is_an_operation_or_a_kind_of_components() {
        let table = [
            (
                "/components/schemas/Pet/properties/name/title",
                Some("/components/schemas"),
            ),
            ("/components/schemas/Pet", Some("/components/schemas")),
            ("/definitions/Pet/title", Some("/definitions")),
            ("/paths/~1pets/get/responses/200", Some("/paths/~1pets/get")),
            ("/paths/~1pets", None),
            ("/properties/name/title", None),
            ("", None),
        ];
        for (pointer, expected) in table {
            assert_eq!(owner(pointer), expected, "{pointer}");
        }
    }
}
