use super::*;
use crate::inclusion::languages::{Bound, Found, Languages, Question, Texts};
use proptest::prelude::*;

const NAMES: [&str; 16] = [
    "date",
    "time",
    "date-time",
    "duration",
    "uuid",
    "ipv4",
    "ipv6",
    "hostname",
    "email",
    "uri",
    "iri",
    "uri-reference",
    "iri-reference",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
];

/// Texts near the border of some format.
const NEAR: [&str; 52] = [
    "",
    "a",
    "-a",
    "a-",
    "a--b",
    "xn--a",
    "a.b",
    "a.b.",
    ".a",
    "A1",
    "a_b",
    "2024-02-29",
    "2023-02-29",
    "2000-02-29",
    "1900-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "2024-1-1",
    "23:59:60Z",
    "22:59:60Z",
    "23:59:60+00:00",
    "24:00:00Z",
    "12:00:00",
    "12:00:00.Z",
    "12:00:00.5z",
    "12:00:00+24:00",
    "2024-01-31T12:00:00Z",
    "2024-01-31 12:00:00Z",
    "P",
    "PT",
    "P1Y1D",
    "P1W",
    "P1W1D",
    "P1DT",
    "PT1H1S",
    "P1YT1H",
    "1.2.3.4",
    "01.2.3.4",
    "1.2.3.256",
    "::",
    "1::",
    "1:2:3:4:5:6:7::",
    "1:2:3:4:5:6:7:8",
    "1::2:3:4:5:6:7:8",
    "::1.2.3.4",
    "1:2:3:4:5:6:1.2.3.4",
    "1.2.3.4::",
    "12345::",
    "fe80::1%eth0",
    "a@b",
    "N <a@b.c>",
];

fn validator(name: &str) -> jsonschema::Validator {
    let schema = serde_json::json!({ "format": name });
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

/// What the validator says lies between what is sure.
fn check(
    name: &str,
    validator: &jsonschema::Validator,
    languages: &mut Languages,
    text: &str,
) -> bool {
    let format = named(name).unwrap();
    let inner = languages.matches(&format.inner, text).unwrap();
    let outer = languages.matches(&format.outer, text).unwrap();
    let valid = validator.is_valid(&serde_json::json!(text));
    (valid || !inner) && (outer || !valid)
}

#[test]
fn samples_and_texts_near_the_border() {
    let mut languages = Languages::new(10_000);
    for name in NAMES {
        let validator = validator(name);
        let format = named(name).unwrap();
        for sample in format.samples {
            assert!(
                validator.is_valid(&serde_json::json!(sample)),
                "{name} {sample}"
            );
            assert_eq!(
                languages.format(name, sample),
                Some(true),
                "{name} {sample}"
            );
        }
        for text in NEAR
            .iter()
            .chain(NAMES.iter().flat_map(|name| named(name).unwrap().samples))
        {
            assert!(
                check(name, &validator, &mut languages, text),
                "{name} {text}"
            );
        }
    }
}

#[test]
fn what_is_sure_is_possible() {
    for name in NAMES {
        let format = named(name).unwrap();
        let [inner, outer] = [format.inner, format.outer].map(Texts::Pattern);
        let texts = Texts::All(vec![inner, Texts::Not(Box::new(outer))]);
        let question = Question {
            texts: &texts,
            shortest: 0,
            longest: None,
            bound: Bound::Outer,
        };
        assert_eq!(
            Languages::new(10_000).find(&question).0,
            Found::Nothing,
            "{name}"
        );
    }
}

#[test]
fn formats_inside_others() {
    for (small, large) in INSIDE {
        let validator = validator(large);
        for sample in named(small).unwrap().samples {
            assert!(
                validator.is_valid(&serde_json::json!(sample)),
                "{small} {large} {sample}"
            );
        }
    }
}

fn mutated(text: &str, at: usize, with: &str, cut: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = at.min(characters.len());
    let rest = (at + cut).min(characters.len());
    let [head, tail] =
        [&characters[..at], &characters[rest..]].map(|part| part.iter().collect::<String>());
    format!("{head}{with}{tail}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_validator_lies_between_what_is_sure_and_what_is_possible(
        which in 0..NAMES.len(),
        from in 0..NAMES.len() + NEAR.len(),
        edits in prop::collection::vec((0_usize..40, "[0-9a-fA-FTZPYWDHMS:./%~@+ xn-]{0,2}", 0_usize..3), 0..4),
    ) {
        let name = NAMES[which];
        let start = match NAMES.get(from) {
            Some(name) => named(name).unwrap().samples[0],
            None => NEAR[from - NAMES.len()],
        };
        let text = edits.iter().fold(start.to_owned(), |text, (at, with, cut)| mutated(&text, *at, with, *cut));
        prop_assert!(check(name, &validator(name), &mut Languages::new(10_000), &text), "{} {}", name, text);
    }

    #[test]
    fn what_is_sure_is_accepted(which in 0..NAMES.len(), words in prop::collection::vec("[0-9a-zA-Z.:/@+-]{1,12}", 3)) {
        // Walks away from texts already seen, so that it meets more than the shortest.
        let name = NAMES[which];
        let hint = words[0].chars().next().unwrap_or('a');
        let texts = Texts::All(vec![
            Texts::Pattern(named(name).unwrap().inner),
            Texts::Pattern(format!("[{}]", if hint == '-' { "\\-".to_owned() } else { hint.to_string() }).into()),
        ]);
        let question = Question { texts: &texts, shortest: words[1].len() as u64, longest: None, bound: Bound::Inner };
        if let (Found::Text(text), _) = Languages::new(10_000).find(&question) {
            prop_assert!(validator(name).is_valid(&serde_json::json!(text)), "{} {}", name, text);
        }
    }
}
