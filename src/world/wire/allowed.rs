//! Which hosts were named.

use reqwest::Url;

use super::error::WireError;

/// A host as a URL spells it, and a port.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::world) struct Host {
    name: String,
    /// Without one, the scheme's own port.
    port: Option<u16>,
}

impl Host {
    /// Reads `HOST` or `HOST:PORT`.
    pub(in crate::world) fn parse(text: &str) -> Result<Self, WireError> {
        let error = || WireError::BadHost {
            text: text.to_owned(),
        };
        // Any character that starts another part of a URL would make this name another host than it seems to.
        if text.is_empty() || text.contains(['/', '\\', '@', '?', '#', '*', ' ']) {
            return Err(error());
        }
        // Under this scheme no port that a person writes is the default one, which the URL would drop.
        let url = Url::parse(&format!("ftp://{text}/")).map_err(|_| error())?;
        let port = match url.port() {
            None if text.ends_with(":21") => Some(21),
            port => port,
        };
        let name = url.host_str().ok_or_else(error)?.to_owned();
        Ok(Self { name, port })
    }

    /// The name alone, as a URL spells it.
    pub(in crate::world) fn name(&self) -> &str {
        &self.name
    }

    /// Whether a URL is on this host.
    pub(in crate::world) fn holds(&self, url: &Url) -> bool {
        let port = match self.port {
            Some(port) => url.port_or_known_default() == Some(port),
            None => url.port().is_none(),
        };
        port && url.host_str() == Some(self.name.as_str())
    }
}

/// The host of a URL as a person would name it.
pub(in crate::world) fn spelled(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(host: &str, url: &str) -> bool {
        let host = Host::parse(host).expect("a host");
        host.holds(&Url::parse(url).expect("a URL"))
    }

    #[test]
    fn a_host_is_matched_exactly() {
        assert!(holds("api.example.com", "https://API.example.com/a.yaml"));
        assert!(holds("api.example.com", "http://api.example.com:80/a.yaml"));
        assert!(holds(
            "api.example.com:443",
            "https://api.example.com/a.yaml"
        ));
        assert!(holds(
            "api.example.com:8443",
            "https://api.example.com:8443/"
        ));
        assert!(holds("[2606:4700::1111]:80", "http://[2606:4700:0::1111]/"));
        assert!(holds("bücher.example", "https://xn--bcher-kva.example/"));
        assert!(!holds("example.com", "https://api.example.com/"));
        assert!(!holds(
            "api.example.com",
            "https://api.example.com.evil.example/"
        ));
        assert!(!holds("api.example.com", "https://api.example.com:8443/"));
        assert!(!holds("api.example.com:8443", "https://api.example.com/"));
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in [
            "",
            "https://a.example",
            "a.example/b",
            "u@a.example",
            "*.example",
            "a b",
            "a:99999",
        ] {
            assert!(Host::parse(text).is_err(), "{text}");
        }
    }
}
