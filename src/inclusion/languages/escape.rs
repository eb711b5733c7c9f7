//! Escapes and character classes of patterns.

use super::{
    class::Class,
    parse::{INVALID, Parser, Unsupported},
    pattern::{Pattern, Reading},
};
use regex_syntax::hir::{Class as Parsed, ClassUnicode, ClassUnicodeRange, HirKind};

/// An escape outside a character class; the backslash is read.
pub(super) fn outside(parser: &mut Parser) -> Result<Pattern, Unsupported> {
    Ok(match parser.rest.peek().ok_or(INVALID)? {
        'b' | 'B' => {
            // The validator's engine takes Unicode's words.
            parser.differs = true;
            Pattern::Edge(parser.rest.next() == Some('b'))
        }
        // Not of ECMA-262, but the validator accepts them and their meaning is plain.
        'A' => {
            parser.rest.next();
            Pattern::Start
        }
        'z' => {
            parser.rest.next();
            Pattern::End
        }
        '<' | '>' => {
            return Err(Unsupported::Odd(
                "has an escape that engines read differently",
            ));
        }
        '1'..='9' => {
            while parser.rest.peek().is_some_and(|c| c.is_ascii_digit()) {
                parser.rest.next();
            }
            parser.irregular = Some("refers back to a group");
            Pattern::Empty
        }
        'k' => {
            parser.rest.next();
            if !parser.rest.eat("<") {
                return Err(INVALID);
            }
            parser.name()?;
            parser.irregular = Some("refers back to a group");
            Pattern::Empty
        }
        _ => {
            let class = match set(parser)? {
                Some(set) => set,
                None => point(parser)?.map_or_else(|| Class::of([]), Class::one),
            };
            parser.class(class)
        }
    })
}

/// An escape that stands for a set, or nothing read.
pub(super) fn set(parser: &mut Parser) -> Result<Option<Class>, Unsupported> {
    let Some(letter) = parser.rest.peek() else {
        return Err(INVALID);
    };
    let class = match letter.to_ascii_lowercase() {
        'd' => perl(parser, Class::digits(), r"\d"),
        'w' => perl(parser, Class::word(), r"\w"),
        's' => perl(parser, Class::space(), r"\s"),
        'p' => return property(parser).map(Some),
        _ => return Ok(None),
    };
    parser.rest.next();
    if letter.is_ascii_lowercase() {
        return Ok(Some(class));
    }
    if parser.ignores_case() && letter == 'W' {
        return Err(Unsupported::Odd(
            "has an escape that engines read differently",
        ));
    }
    Ok(Some(class.not()))
}

/// `\d`, `\w`, or `\s`: the validator's engine takes Unicode's beside look-around.
fn perl(parser: &mut Parser, standard: Class, escape: &str) -> Class {
    if !parser.looks {
        return standard;
    }
    parser.differs = true;
    match parser.reading {
        Reading::Standard => standard,
        Reading::Validator => unicode(escape).unwrap_or(standard),
    }
}

/// What Unicode calls so.
pub(super) fn unicode(escape: &str) -> Option<Class> {
    match regex_syntax::parse(escape).ok()?.kind() {
        HirKind::Class(Parsed::Unicode(class)) => Some(from_unicode(class)),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            text.chars().next().map(Class::one)
        }
        HirKind::Empty
        | HirKind::Class(Parsed::Bytes(_))
        | HirKind::Look(_)
        | HirKind::Repetition(_)
        | HirKind::Capture(_)
        | HirKind::Concat(_)
        | HirKind::Alternation(_) => None,
    }
}

fn from_unicode(class: &ClassUnicode) -> Class {
    Class::of(
        class
            .iter()
            .map(|range| (range.start() as u32, range.end() as u32)),
    )
}

/// A class with every character that differs from one of it in case alone.
pub(super) fn fold(class: &Class) -> Class {
    let ranges = class.ranges().iter().filter_map(|(from, to)| {
        Some(ClassUnicodeRange::new(
            char::from_u32(*from)?,
            char::from_u32(*to)?,
        ))
    });
    let mut unicode = ClassUnicode::new(ranges);
    match unicode.try_case_fold_simple() {
        Ok(()) => from_unicode(&unicode),
        Err(_) => class.clone(),
    }
}

/// `\p{…}`, `\P{…}`, and `\pL`, which the validator accepts.
fn property(parser: &mut Parser) -> Result<Class, Unsupported> {
    let negated = parser.rest.next() == Some('P');
    if negated && parser.ignores_case() {
        return Err(Unsupported::Odd(
            "has an escape that engines read differently",
        ));
    }
    let mut name = String::new();
    if parser.rest.eat("{") {
        while !parser.rest.eat("}") {
            match parser.rest.next().ok_or(INVALID)? {
                // `Script:Greek` and `^Greek` are not of ECMA-262.
                c if c.is_ascii_alphanumeric() || matches!(c, '_' | '=') => name.push(c),
                _ => return Err(INVALID),
            }
        }
    } else {
        name.extend(parser.rest.next().filter(char::is_ascii_alphabetic));
    }
    if name.is_empty() {
        return Err(INVALID);
    }
    let class = unicode(&format!("\\p{{{name}}}"))
        .ok_or(Unsupported::Odd("names a property that is not known"))?;
    Ok(if negated { class.not() } else { class })
}

/// An escape that stands for one character; none for half a surrogate pair, which no text has.
pub(super) fn point(parser: &mut Parser) -> Result<Option<char>, Unsupported> {
    Ok(Some(match parser.rest.next().ok_or(INVALID)? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        'f' => '\u{c}',
        '0' if !parser.rest.peek().is_some_and(|c| c.is_ascii_digit()) => '\0',
        'c' => {
            let letter = parser
                .rest
                .next()
                .filter(char::is_ascii_alphabetic)
                .ok_or(INVALID)?;
            char::from(letter as u8 % 32)
        }
        'x' | 'u' if parser.rest.eat("{") => return braced(parser),
        'x' => return hex(parser, 2).map(char::from_u32),
        'u' => {
            let lead = hex(parser, 4)?;
            return Ok(char::from_u32(lead).or_else(|| pair(parser, lead)));
        }
        other if !other.is_alphanumeric() => other,
        _ => return Err(INVALID),
    }))
}

fn pair(parser: &mut Parser, lead: u32) -> Option<char> {
    let here = parser.rest.position();
    if (0xD800..0xDC00).contains(&lead)
        && parser.rest.eat("\\u")
        && let Ok(trail @ 0xDC00..=0xDFFF) = hex(parser, 4)
    {
        return char::from_u32(0x1_0000 + ((lead - 0xD800) << 10) + (trail - 0xDC00));
    }
    parser.rest.back_to(here);
    None
}

fn hex(parser: &mut Parser, digits: usize) -> Result<u32, Unsupported> {
    let mut value = 0;
    for _ in 0..digits {
        let digit = parser
            .rest
            .next()
            .and_then(|c| c.to_digit(16))
            .ok_or(INVALID)?;
        value = value * 16 + digit;
    }
    Ok(value)
}

fn braced(parser: &mut Parser) -> Result<Option<char>, Unsupported> {
    let (mut value, mut digits) = (0_u32, 0);
    while !parser.rest.eat("}") {
        let digit = parser
            .rest
            .next()
            .and_then(|c| c.to_digit(16))
            .ok_or(INVALID)?;
        value = value.saturating_mul(16).saturating_add(digit);
        digits += 1;
    }
    if digits == 0 || value > char::MAX as u32 {
        return Err(INVALID);
    }
    Ok(char::from_u32(value))
}
