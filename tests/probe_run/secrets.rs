//! Everything that the tests know and nobody may write: looked for in whatever a run leaves behind.

#![expect(clippy::disallowed_methods, reason = "tests look at every file")]

use std::{fs, path::Path, sync::LazyLock};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
};

/// Keys, tokens, and passwords of all vendors, and what their answers leak.
const SECRETS: [&str; 13] = [
    super::common::KEY,
    "cs_test_0_9fK2xQ",
    "cs_test_1_9fK2xQ",
    "cs_test_2_9fK2xQ",
    "s3cr3t/of+acme",
    "the-key-of-lies",
    "tok_live_0000_of_acme",
    "tok_short_of_acme",
    "c00kie-of-acme",
    "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
    "4111 1111 1111 1111",
    "jane.doe@mail.example.com",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_w",
];

/// As it is, in base64, and URL-encoded.
fn forms(secret: &str) -> Vec<String> {
    let escaped: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut forms = vec![secret.to_owned(), escaped.replace('+', "%20"), escaped];
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
        forms.push(engine.encode(secret));
    }
    forms
}

static FORMS: LazyLock<Vec<String>> =
    LazyLock::new(|| SECRETS.iter().flat_map(|secret| forms(secret)).collect());

/// Nothing secret is in a text.
pub(crate) fn assert_none(name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for form in &*FORMS {
        assert!(!text.contains(form), "{name} has {form}:\n{text}");
    }
}

/// Nothing secret is in any file of a folder; says which files there are.
pub(crate) fn assert_none_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            names.extend(assert_none_in(&path));
            continue;
        }
        let name = path.display().to_string();
        assert_none(&name, &fs::read(&path).expect("a file"));
        names.push(name);
    }
    names
}
