mod laws;

use super::*;
use crate::inclusion::Reason;

fn one(pattern: &str) -> Texts {
    Texts::Pattern(pattern.into())
}

fn not(texts: Texts) -> Texts {
    Texts::Not(Box::new(texts))
}

fn find(texts: &Texts, longest: Option<u64>) -> Found {
    let question = Question {
        texts,
        shortest: 0,
        longest,
        bound: Bound::Outer,
    };
    Languages::new(10_000).find(&question).0
}

/// A text of the first and not of the second.
fn between(small: &str, large: &str) -> Found {
    find(&Texts::All(vec![one(small), not(one(large))]), None)
}

fn text(text: &str) -> Found {
    Found::Text(text.to_owned())
}

#[test]
fn escapes_and_classes() {
    let mut languages = Languages::new(10_000);
    for (pattern, yes, no) in [
        (r"^\x41\u0042\u{43}\cA\0$", "ABC\u{1}\0", "ABC"),
        (r"^\uD83D\uDE00$", "😀", "a"),
        (r"^[\uD83D\uDE00-\u{1F64F}]$", "😁", "a"),
        (r"^[^\d\s-]$", "x", "-"),
        (r"^[\w-.]$", "-", ","),
        (r"^[a-z&&^b]$", "&", "-"),
        (r"^[\b]$", "\u{8}", "b"),
        (r"^\/\-\_\.$", "/-_.", "/-_x"),
        (r"^[^]$", "\n", ""),
        (r"^(?<year>\d{4})$", "2024", "١٢٣٤"),
        (r"^\s$", "\u{feff}", "\u{85}"),
        (r"^.$", "x", "\n"),
        (r"^\p{Lu}$", "Ä", "ä"),
        (r"^\P{Lu}$", "ä", "Ä"),
        (r"^\p{Script=Greek}$", "α", "a"),
        (r"^(?i)straße$", "STRAẞE", "strasse"),
        (r"^(?i:a)b$", "Ab", "AB"),
        (r"^a]}$", "a]}", "a"),
        (r"^a{2}?$", "aa", "a"),
        (r"^x*?$", "xx", "y"),
        (r"\Aa\z", "a", "aa"),
    ] {
        assert_eq!(languages.matches(pattern, yes), Some(true), "{pattern}");
        assert_eq!(languages.matches(pattern, no), Some(false), "{pattern}");
    }
    assert_eq!(languages.matches("[]", "a"), Some(false));
    assert_eq!(languages.matches("^.$", "\u{2028}"), None, "engines differ");
}

#[test]
fn what_is_no_pattern_or_read_differently_is_left_alone() {
    let mut languages = Languages::new(10_000);
    for pattern in [
        "(",
        ")",
        "a**",
        "*",
        "[a",
        "[z-a]",
        r"\q",
        r"\",
        "a{",
        "a{2,1}",
        "a{,2}",
        "(?=a)*",
        "a++",
        r"\<a",
        "[]a]",
        "(?m)^a",
        "(?>a)",
        r"\u{110000}",
        "^*",
        r"\p{Nonsense}",
        r"\x4",
        r"\c1",
    ] {
        assert_eq!(languages.matches(pattern, "a"), None, "{pattern}");
    }
    assert_eq!(
        languages.matches(&format!("{}a{}", "(".repeat(300), ")".repeat(300)), "a"),
        None
    );
}

#[test]
fn what_is_not_regular_is_matched_by_another_engine() {
    let mut languages = Languages::new(10_000);
    assert_eq!(languages.matches(r"^(a|b)\1$", "aa"), Some(true));
    assert_eq!(languages.matches(r"^(a|b)\1$", "ab"), Some(false));
    assert_eq!(languages.matches(r"(?<=a(?=b))b", "ab"), Some(true));
    assert_eq!(languages.matches(r"^(ä)\1$", "ää"), None);
}

#[test]
fn anchors_stand_anywhere() {
    assert_eq!(between("^a|b$", "a|b"), Found::Nothing);
    assert_eq!(between("(^a|^b)c", "^[ab]c"), Found::Nothing);
    assert_eq!(between("a$b", "x"), Found::Nothing);
    assert_eq!(between("(^|,)a(,|$)", "a"), Found::Nothing);
    assert_eq!(between("a", "(^|,)a(,|$)"), text("aa"));
    assert_eq!(between("^(?:a$|b)+$", "^b*a?$"), Found::Nothing);
}

#[test]
fn looking_ahead_is_an_intersection() {
    let password = r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{10,}$";
    assert_eq!(
        between(password, r"^(?=.*[a-z])(?=.*\d).{8,}$"),
        Found::Nothing
    );
    assert_eq!(between(r"^(?=.*\d).{2,}$", password), text("a0"));
    assert_eq!(between("^(?!x-)[a-z-]+$", "^[a-z-]+$"), Found::Nothing);
    assert_eq!(between("^[a-z-]+$", "^(?!x-)[a-z-]+$"), text("x-"));
    assert_eq!(between("^(?:(?!foo).)*$", "^[^]*$"), Found::Nothing);
    assert_eq!(between("foo", "^(?:(?!foo)[^])*$"), text("foo"));
    assert_eq!(between("^(?:(?!foo)[^])*$", "^(?![^]*foo)"), Found::Nothing);
    assert_eq!(between("^(?![^]*foo)", "^(?:(?!foo)[^])*$"), Found::Nothing);
}

#[test]
fn looking_behind_is_exact() {
    assert_eq!(
        between("^(?!-)[a-z-]{1,63}(?<!-)$", "^[a-z](?:[a-z-]{0,61}[a-z])?$"),
        Found::Nothing
    );
    assert_eq!(
        between("^[a-z](?:[a-z-]{0,61}[a-z])?$", "^(?!-)[a-z-]{1,63}(?<!-)$"),
        Found::Nothing
    );
    assert_eq!(
        between("^[a-z-]{1,63}$", "^(?!-)[a-z-]{1,63}(?<!-)$"),
        text("-")
    );
    assert_eq!(between("^a[a-z-]*$", "^[a-z-]*(?<!-)$"), text("a-"));
    assert_eq!(between("(?<=^|,)a", "^a|,a"), Found::Nothing);
}

#[test]
fn edges_of_words() {
    // The validator's engine has more words than ASCII's.
    assert_eq!(between(r"\bfoo\b", r"(^|[^a-zA-Z0-9_])foo"), Found::Nothing);
    assert_eq!(between(r"(^|[^a-z])foo", r"\bfoo"), text("0foo"));
    assert_eq!(between(r"^\Bfoo", "^b"), Found::Nothing);
}

#[test]
fn a_proof_holds_in_every_reading() {
    // The validator's engine lets `.` match a carriage return.
    assert_eq!(
        between("^.$", r"^[^\n\r\u2028\u2029]$"),
        Found::Unknown(Reason(
            r"engines read the patterns `^.$` and `^[^\n\r\u2028\u2029]$` differently".into()
        ))
    );
    assert_eq!(between(r"^[^\n\r\u2028\u2029]$", "^.$"), Found::Nothing);
    assert_eq!(
        between(r"^[^\n]$", "^.$"),
        Found::Unknown(Reason(
            r"engines read the patterns `^[^\n]$` and `^.$` differently".into()
        ))
    );
    assert_eq!(between(r"^\w$", "^[A-Za-z0-9_]$"), Found::Nothing);
}

#[test]
fn explosions_end_early() {
    let huge = [
        "(a|b)*a(a|b){40}c",
        "^((a{1,100}){1,100}){1,100}$",
        "(.{1,5000}x){1,5000}",
        "a.{500}b",
    ];
    for pattern in huge {
        let answer = between(pattern, "^[^]{0,20}$");
        assert!(!matches!(answer, Found::Nothing), "{pattern}");
    }
    let deep = format!("^{}$", "(a?".repeat(140) + &")".repeat(140));
    assert_eq!(between("^b", &deep), text("b"));
    assert_eq!(
        between("^[a-z]{1,5000}$", "^[a-z]{1,5000}$"),
        Found::Nothing
    );
    assert_eq!(
        between("^[a-z]{1,4000}$", "^[a-z]{1,5000}$"),
        Found::Nothing
    );
    assert_eq!(
        between("^(?:a|b)*a(?:a|b){40}$", "^[ab]*a[ab]{41}$"),
        text(&"a".repeat(41))
    );
    let pairs = [
        ("^[ab]*a[ab]{40}$", "^[ab]*[ac][ab]{40}$", "1000000 steps"),
        ("^[ab]{1,64000}$", "^[ab]{1,65000}$", "10000 states"),
    ];
    for (small, large, limit) in pairs {
        let reason = format!("the patterns `{small}` and `{large}` need more than {limit}");
        assert_eq!(between(small, large), Found::Unknown(Reason(reason.into())));
    }
}

#[test]
fn long_and_deep_patterns_do_not_run_out_of_room() {
    let long = |part: &str| format!("^(?:{})*$", part.repeat(15_000 / part.len()));
    for part in [
        "a",
        "a?",
        "(?=a)",
        "(?=a)b?",
        "(?:^|b)",
        r"\b",
        "(?:a|(?=b))",
        "a{0,9}",
    ] {
        let pattern = long(part);
        let mut languages = Languages::new(10_000);
        let answers = [
            languages.matches(&pattern, ""),
            languages.matches(&pattern, "ab"),
        ];
        assert_ne!(answers[0], Some(false), "{part}");
        assert_ne!(
            between(&pattern, &format!("{pattern}|b")),
            text("b"),
            "{part}"
        );
    }
    let deep = |left: &str, right: &str| format!("{}a{}", left.repeat(140), right.repeat(140));
    for (left, right) in [
        ("(", ")"),
        ("(?=", ")"),
        ("(?!", ")"),
        ("(a|", ")*"),
        ("(b?", "){2,3}"),
    ] {
        let answer = between(&deep(left, right), "^c");
        assert!(!matches!(answer, Found::Nothing), "{left} {answer:?}");
    }
}
