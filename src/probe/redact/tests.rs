//! No secret survives in any form, nothing else is lost, and twice is once.

use std::io::Write;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use proptest::prelude::*;
use url::form_urlencoded;

use super::*;

fn hiding(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::new();
    for secret in secrets {
        redactor.hide(secret).unwrap();
    }
    redactor
}

#[test]
fn a_known_secret_is_hidden_in_every_form() {
    let redactor = hiding(&["p@ss/wörd \"1\" & <2>"]);
    for (written, clean) in [
        ("say p@ss/wörd \"1\" & <2> now", "say ‹***› now"),
        (
            "q=p%40ss%2Fw%C3%B6rd%20%221%22%20%26%20%3C2%3E&r",
            "q=‹***›&r",
        ),
        ("q=p%40ss%2fw%c3%b6rd+%221%22+%26+%3c2%3e", "q=‹***›"),
        (r#""p@ss/wörd \"1\" & <2>""#, "\"‹***›\""),
        (r#""p@ss\/w\u00f6rd \"1\" & <2>""#, "\"‹***›\""),
        (
            r#""{\"k\":\"p@ss/wörd \\\"1\\\" & <2>\"}""#,
            r#""{\"k\":\"‹***›\"}""#,
        ),
        (
            "<a>p@ss/wörd &quot;1&quot; &amp; &lt;2&gt;</a>",
            "<a>‹***›</a>",
        ),
        ("p@ss/wörd", "p@ss/wörd"),
    ] {
        assert_eq!(redactor.text(written), clean);
    }
}

#[test]
fn secrets_that_overlap_are_both_hidden_whole() {
    let redactor = hiding(&["abcdef", "defghi", "cde-"]);
    assert_eq!(redactor.text("xabcdefghiy"), "x‹***›y");
    assert_eq!(redactor.text("abcdefabcdef"), "‹***›‹***›");
}

#[test]
fn what_could_not_be_hidden_is_refused() {
    let mut redactor = Redactor::new();
    assert_eq!(redactor.hide("abc"), Err(HideError::TooShort));
    assert_eq!(redactor.hide("ab‹cd"), Err(HideError::LikeMask));
    assert_eq!(redactor.hide("example.invalid"), Err(HideError::LikeMask));
    assert_eq!(redactor.text("abc ab‹cd"), "abc ab‹cd");
}

#[test]
fn what_looks_like_a_secret_is_hidden_and_what_does_not_stays() {
    let redactor = Redactor::new();
    let bcrypt = "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW";
    for (written, clean) in [
        (format!("{{\"password\":\"{bcrypt}\"}}"), "{\"password\":\"‹***›\"}"),
        (bcrypt.replace('$', "%24"), "‹***›"),
        (bcrypt.replace('W', "\\/"), "‹***›"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b/dWRWJTmaaJObG x".into(), "‹***› x"),
        ("$6$rounds=5000$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1".into(), "‹***›"),
        ("pbkdf2_sha256$260000$abcDEF$aGVsbG8gd29ybGQ=".into(), "‹***›"),
        ("t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_w&".into(), "t=‹***›&"),
        ("write to Jane.Doe+x@mail.example.com, or not".into(), "write to someone@example.invalid, or not"),
        ("e=jane%40example.com".into(), "e=someone@example.invalid"),
        ("{\"card\":4111111111111111}".into(), "{\"card\":9000000000000000}"),
        ("4111 1111 1111 1111".into(), "9000 0000 0000 0000"),
        ("3782-822463-10005".into(), "9000-000000-00000"),
        ("Authorization: Bearer abc.def".into(), "Authorization: Bearer ‹***›"),
        ("[\"authorization\",\"s3cret\"]".into(), "[\"authorization\",\"‹***›\"]"),
        ("Set-Cookie: sid=abcdef; Path=/".into(), "Set-Cookie: sid=‹***›; Path=/"),
    ] {
        assert_eq!(redactor.text(&written), clean, "{written}");
    }
    for plain in [
        "4111111111111112",
        "1795168800123456",
        "41111111111111111111111",
        "2026-11-20 10:00:00",
        "0e6f2c1a-4111-1111-1111-1111aaaa1111",
        "package@1.2.3",
        "@handle and a@b",
        "$2 and $1$x$y",
        "eyJust.a.word",
        "the authorization was fine",
        "the authorization, which was fine",
        "‹***› someone@example.invalid 9000000000000000",
    ] {
        assert_eq!(redactor.text(plain), plain);
    }
}

#[test]
fn headers_that_carry_credentials_keep_only_what_is_none() {
    let redactor = hiding(&["s3cret"]);
    for (name, value, clean) in [
        ("Authorization", "Basic YWJj", "‹***›"),
        ("cookie", "a=b; c=d", "‹***›"),
        ("X-Api-Key", "k", "‹***›"),
        (
            "Set-Cookie",
            "sid=abc; Path=/; HttpOnly",
            "sid=‹***›; Path=/; HttpOnly",
        ),
        ("set-cookie", "sid=abc", "sid=‹***›"),
        ("set-cookie", "abc", "=‹***›"),
        ("X-Request-Id", "r-1", "r-1"),
        ("Location", "/a?token=s3cret", "/a?token=‹***›"),
    ] {
        assert_eq!(redactor.header(name, value), clean);
    }
}

/// A secret as vendors make them, and as nobody should.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_-]{4,40}",
        "[ -~]{4,24}",
        "[a-zäöüß€\\n\"\\\\/&<>' +%=]{4,16}",
    ]
    .prop_filter("refused", |secret| Redactor::new().hide(secret).is_ok())
}

fn forms_in_use(secret: &str, before: &str, after: &str) -> Vec<String> {
    let around = format!("{before}{secret}{after}");
    vec![
        around.clone(),
        form_urlencoded::byte_serialize(around.as_bytes()).collect(),
        STANDARD.encode(&around),
        URL_SAFE_NO_PAD.encode(&around),
        serde_json::Value::from(around).to_string(),
    ]
}

/// Whether the secret can be read out of a text, or out of what the text encodes.
fn survives(text: &[u8], secret: &str) -> bool {
    let has = |bytes: &[u8]| memchr::memmem::find(bytes, secret.as_bytes()).is_some();
    let words = text.split(|byte| !(byte.is_ascii_alphanumeric() || b"+/=_-".contains(byte)));
    let decoded = words.flat_map(|word| {
        [
            STANDARD.decode(word).ok(),
            URL_SAFE_NO_PAD.decode(word).ok(),
        ]
    });
    let form = form_urlencoded::parse(text).fold(String::new(), |form, (key, value)| {
        form + &key + "=" + &value
    });
    has(text) || has(form.as_bytes()) || decoded.flatten().any(|bytes| has(&bytes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_known_secret_survives_in_any_form(
        secret in secret(),
        other in secret(),
        before in "[a-z{\":,= ]{0,5}",
        after in "[a-z}\",& ]{0,5}",
    ) {
        let redactor = hiding(&[&secret, &other]);
        for written in forms_in_use(&secret, &before, &after) {
            let clean = redactor.redact(written.as_bytes());
            prop_assert!(!survives(&clean, &secret), "{written} became {}", String::from_utf8_lossy(&clean));
        }
    }

    #[test]
    fn what_comes_out_comes_out_again(secret in secret(), other in secret(), text in "[ -~\\n‹›*äé]{0,80}") {
        let redactor = hiding(&[&secret, &other]);
        let written = format!("{text}{secret}{text}{other}4111111111111111 a@b.example");
        let once = redactor.redact(written.as_bytes()).into_owned();
        let twice = redactor.redact(&once);
        prop_assert_eq!(&once[..], &*twice);
    }

    #[test]
    fn pieces_come_out_as_the_whole_would(
        secrets in prop::collection::vec(secret(), 1..3),
        texts in prop::collection::vec("[a-z \\n]{0,60}", 1..12),
        sizes in prop::collection::vec(1_usize..50, 1..20),
    ) {
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        let redactor = hiding(&secrets);
        let pairs = texts.iter().zip(secrets.iter().cycle());
        let written = pairs.fold(String::new(), |written, (text, secret)| written + text + secret);
        let mut writer = Redacting::with_window(&redactor, Vec::new(), 16, 64);
        let mut rest = written.as_bytes();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, more) = rest.split_at((*size).min(rest.len()));
            writer.write_all(piece).unwrap();
            rest = more;
        }
        let streamed = writer.finish().unwrap();
        for secret in &secrets {
            prop_assert!(!survives(&streamed, secret));
        }
        prop_assert_eq!(String::from_utf8_lossy(&streamed), redactor.text(&written));
    }

    #[test]
    fn what_holds_no_secret_stays_as_it_is(text in "[a-z0-9 {}\":,\\n]{0,200}") {
        let redactor = hiding(&["S3CRET-value"]);
        prop_assert_eq!(redactor.text(&text), text);
    }
}
