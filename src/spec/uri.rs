//! Joining references: RFC 3986 section 5.2, for URLs and for paths inside a bundle alike.

/// Whether a reference has a scheme and an authority.
pub(super) fn is_absolute(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once("://") else {
        return uri.starts_with("urn:");
    };
    !scheme.is_empty()
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// `reference` as seen from `base`. A path may keep leading `..` segments: whoever reads files refuses them.
pub(super) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if is_absolute(reference) {
        return reference.to_owned();
    }
    let (prefix, path) = split(base);
    if let Some(rest) = reference.strip_prefix("//") {
        let scheme = prefix.split("//").next().unwrap_or_default();
        return format!("{scheme}//{rest}");
    }
    if reference.starts_with('/') {
        return format!("{prefix}{}", normalise(reference));
    }
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let root = if prefix.is_empty() || folder.starts_with('/') {
        ""
    } else {
        "/"
    };
    format!(
        "{prefix}{}",
        normalise(&format!("{root}{folder}{reference}"))
    )
}

/// The scheme with its authority, and the path, of a URL; a plain path has no prefix.
fn split(base: &str) -> (&str, &str) {
    let Some(scheme) = base.find("://") else {
        return ("", base);
    };
    let authority = scheme + 3;
    match base[authority..].find('/') {
        Some(slash) => base.split_at(authority + slash),
        None => (base, ""),
    }
}

fn normalise(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let rooted = path.starts_with('/');
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            ".." if rooted => {}
            other => kept.push(other),
        }
    }
    let joined = kept.join("/");
    if rooted { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_join_as_rfc_3986_says() {
        let table = [
            ("api/openapi.yaml", "paths/x.yaml", "api/paths/x.yaml"),
            ("api/openapi.yaml", "../shared/y.yaml", "shared/y.yaml"),
            ("openapi.yaml", "../../etc/passwd", "../../etc/passwd"),
            ("openapi.yaml", "/etc/passwd", "/etc/passwd"),
            (
                "https://a.example/s/order.json",
                "item.json",
                "https://a.example/s/item.json",
            ),
            (
                "https://a.example",
                "item.json",
                "https://a.example/item.json",
            ),
            (
                "https://a.example/s/order.json",
                "/item.json",
                "https://a.example/item.json",
            ),
            (
                "https://a.example/s/order.json",
                "//b.example/x",
                "https://b.example/x",
            ),
            ("order.json", "urn:example:item", "urn:example:item"),
        ];
        for (base, reference, joined) in table {
            assert_eq!(join(base, reference), joined, "{base} + {reference}");
        }
    }
}
