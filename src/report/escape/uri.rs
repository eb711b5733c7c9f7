//! For a path as a URI reference.

use std::fmt::Write;

/// RFC 3986, section 4.2: a colon in the first segment would make it a scheme, so none is left. An absolute path
/// becomes a `file` URI, and a URL stays one.
pub(in crate::report) fn uri(path: &str) -> String {
    let (scheme, rest) = match path.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (format!("{scheme}://"), rest),
        _ if path.starts_with('/') => ("file://".to_owned(), path),
        Some(_) | None => (String::new(), path),
    };
    let is_url = scheme.starts_with("http");
    let mut out = scheme;
    for byte in rest.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b':' | b'?' | b'=' | b'&' | b'%' if is_url => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(uri("api/orders.yaml"), "api/orders.yaml");
        assert_eq!(uri("a b/#1:é%.yaml"), "a%20b/%231%3A%C3%A9%25.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
        assert_eq!(
            uri("https://example.com:8080/a.yaml?v=1&<"),
            "https://example.com:8080/a.yaml?v=1&%3C"
        );
        assert_eq!(uri("javascript://x"), "javascript%3A//x");
    }
}
