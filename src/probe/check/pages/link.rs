//! Links between pages (RFC 8288), and references against the URL they were found at.

use crate::probe::exchange::Response;

/// The target of the link with `rel=next`.
pub(super) fn next(response: &Response) -> Option<String> {
    let all = response.headers_named("link").flat_map(links);
    let mut next = all.filter(|(relation, _)| relation == "next");
    next.next().map(|(_, target)| target)
}

/// RFC 8288: relations with their targets.
pub(crate) fn links(value: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((target, after)) = after.split_once('>') else {
            break;
        };
        // Parameters run to the comma before the next target.
        let end = after
            .find(", <")
            .or_else(|| after.find(",<"))
            .unwrap_or(after.len());
        for parameter in after[..end].split(';') {
            let Some((name, relation)) = parameter.split_once('=') else {
                continue;
            };
            if name.trim().eq_ignore_ascii_case("rel") {
                let relation = relation.trim().trim_end_matches(',').trim_matches('"');
                for one in relation.split_whitespace() {
                    found.push((one.to_ascii_lowercase(), target.trim().to_owned()));
                }
            }
        }
        rest = &after[end..];
    }
    found
}

/// A reference against the URL it was found at (RFC 3986 section 5.2, without `..`, which no list needs).
pub(crate) fn resolve(base: &str, reference: &str) -> String {
    if reference.contains("://") {
        return reference.to_owned();
    }
    let (scheme, rest) = base.split_once("://").unwrap_or(("https", base));
    if let Some(host) = reference.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if reference.starts_with('/') {
        return format!("{scheme}://{host}{reference}");
    }
    if reference.starts_with('?') {
        return format!("{scheme}://{host}{path}{reference}");
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{scheme}://{host}{folder}/{reference}")
}
