//! ECMA-262 patterns with the `u` flag, and what the validator accepts beside it where its meaning is plain.

use super::{
    bracket,
    class::Class,
    cursor::Cursor,
    escape,
    pattern::{Pattern, Reading},
};
use std::rc::Rc;

/// How deep groups may nest.
const DEEPEST: usize = 150;

/// How long a pattern may be.
const LONGEST: usize = 20_000;

/// How often a pattern may look behind.
const MOST_BEHIND: usize = 8;

/// Why a pattern has no language here: the rest of a sentence that begins with "the pattern".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsupported {
    /// It is no pattern, or engines read it differently.
    Odd(&'static str),
    /// It is one of ECMA-262, but not regular.
    Irregular(&'static str),
}

/// What is wrong with a pattern that is none.
pub(super) const INVALID: Unsupported = Unsupported::Odd("is not one of ECMA-262");

impl Unsupported {
    /// The rest of the sentence.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Odd(why) | Self::Irregular(why) => why,
        }
    }
}

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Parsed {
    /// What it says.
    pub(super) pattern: Pattern,
    /// Whether the other reading may say something else.
    pub(super) differs: bool,
}

/// Reads a pattern.
pub(super) fn parse(text: &str, reading: Reading) -> Result<Parsed, Unsupported> {
    if text.len() > LONGEST {
        return Err(Unsupported::Odd("is too long"));
    }
    let looks = ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .any(|mark| text.contains(mark));
    let mut parser = Parser {
        rest: Cursor::new(text),
        flags: Flags::default(),
        depth: 0,
        reading,
        looks,
        differs: false,
        irregular: None,
        behinds: 0,
    };
    let pattern = parser.choice()?;
    if parser.rest.peek().is_some() {
        return Err(INVALID);
    }
    if let Some(why) = parser.irregular {
        return Err(Unsupported::Irregular(why));
    }
    Ok(Parsed {
        pattern,
        differs: parser.differs,
    })
}

#[derive(Clone, Copy, Debug, Default)]
struct Flags {
    ignore_case: bool,
    dot_all: bool,
}

pub(super) struct Parser {
    pub(super) rest: Cursor,
    flags: Flags,
    depth: usize,
    pub(super) reading: Reading,
    /// Whether it looks around: the validator's engine then reads `\d`, `\w`, and `\s` as Unicode does.
    pub(super) looks: bool,
    pub(super) differs: bool,
    /// What was met that no regular language has.
    pub(super) irregular: Option<&'static str>,
    behinds: usize,
}

impl Parser {
    /// Everything up to the end of the group.
    fn choice(&mut self) -> Result<Pattern, Unsupported> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unsupported::Odd("nests too deep"));
        }
        let flags = self.flags;
        let mut choices = vec![self.sequence()?];
        while self.rest.eat("|") {
            choices.push(self.sequence()?);
        }
        self.flags = flags;
        self.depth -= 1;
        Ok(match choices.pop() {
            Some(one) if choices.is_empty() => one,
            Some(last) => {
                choices.push(last);
                Pattern::Choice(choices)
            }
            None => Pattern::Empty,
        })
    }

    fn sequence(&mut self) -> Result<Pattern, Unsupported> {
        let mut parts = Vec::new();
        while let Some(next) = self.rest.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            if let Some(atom) = self.atom()? {
                parts.push(self.quantified(atom)?);
            }
        }
        Ok(match parts.pop() {
            Some(one) if parts.is_empty() => one,
            Some(last) => {
                parts.push(last);
                Pattern::Sequence(parts)
            }
            None => Pattern::Empty,
        })
    }

    /// An atom or assertion; none for a group that only sets flags.
    fn atom(&mut self) -> Result<Option<Pattern>, Unsupported> {
        Ok(Some(match self.rest.next().ok_or(INVALID)? {
            '^' => Pattern::Start,
            '$' => Pattern::End,
            '.' => self.dot(),
            '(' => return self.group(),
            '[' => {
                let class = bracket::class(self)?;
                self.class(class)
            }
            '\\' => escape::outside(self)?,
            '*' | '+' | '?' | '{' => return Err(INVALID),
            other => self.class(Class::one(other)),
        }))
    }

    fn dot(&mut self) -> Pattern {
        if self.flags.dot_all {
            return Pattern::Class(Rc::new(Class::any()));
        }
        self.differs = true;
        let ends = match self.reading {
            Reading::Standard => Class::line_ends(),
            Reading::Validator => Class::one('\n'),
        };
        Pattern::Class(Rc::new(ends.not()))
    }

    /// One character of a class, in any case where the flag says so.
    pub(super) fn class(&self, class: Class) -> Pattern {
        Pattern::Class(Rc::new(if self.flags.ignore_case {
            escape::fold(&class)
        } else {
            class
        }))
    }

    /// Whether case does not count here.
    pub(super) fn ignores_case(&self) -> bool {
        self.flags.ignore_case
    }

    fn group(&mut self) -> Result<Option<Pattern>, Unsupported> {
        let flags = self.flags;
        let (mut ahead, mut behind) = (None, None);
        if self.rest.eat("?") {
            match self.rest.next().ok_or(INVALID)? {
                ':' => {}
                '=' => ahead = Some(true),
                '!' => ahead = Some(false),
                'P' if self.rest.eat("<") => self.name()?,
                '<' if matches!(self.rest.peek(), Some('=' | '!')) => {
                    behind = Some(self.rest.next() == Some('='));
                }
                '<' => self.name()?,
                first => {
                    if !self.set_flags(first)? {
                        return Ok(None);
                    }
                }
            }
        }
        let inside = self.choice()?;
        if !self.rest.eat(")") {
            return Err(INVALID);
        }
        self.flags = flags;
        if behind.is_some() {
            self.behinds += 1;
            if self.behinds > MOST_BEHIND || !inside.is_closed() {
                self.irregular = Some("looks behind in a way that is not understood");
            }
        }
        Ok(Some(match (ahead, behind) {
            (Some(holds), _) => Pattern::Ahead(Box::new(inside), holds),
            (None, Some(holds)) => Pattern::Behind(Box::new(inside), holds),
            // Keeps a group apart from what a quantifier may not follow.
            (None, None) => Pattern::Sequence(vec![inside]),
        }))
    }

    pub(super) fn name(&mut self) -> Result<(), Unsupported> {
        while let Some(next) = self.rest.next() {
            match next {
                '>' => return Ok(()),
                '_' | '$' => {}
                other if other.is_alphanumeric() => {}
                _ => return Err(INVALID),
            }
        }
        Err(INVALID)
    }

    /// `(?i:` or, as the validator accepts it, `(?i)` for the rest of the group; whether a group follows.
    fn set_flags(&mut self, first: char) -> Result<bool, Unsupported> {
        let (mut next, mut on) = (first, true);
        loop {
            match next {
                'i' => self.flags.ignore_case = on,
                's' => self.flags.dot_all = on,
                'u' if on => {}
                '-' if on => on = false,
                ':' => return Ok(true),
                ')' => return Ok(false),
                'm' | 'x' => return Err(Unsupported::Odd("sets a flag that is not understood")),
                _ => return Err(INVALID),
            }
            next = self.rest.next().ok_or(INVALID)?;
        }
    }

    fn quantified(&mut self, atom: Pattern) -> Result<Pattern, Unsupported> {
        let (fewest, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.rest.next();
                self.counts()?
            }
            _ => return Ok(atom),
        };
        self.rest.next();
        // Lazy or not: the language is the same.
        self.rest.eat("?");
        let again = matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'));
        let bare = matches!(
            atom,
            Pattern::Start
                | Pattern::End
                | Pattern::Edge(_)
                | Pattern::Ahead(..)
                | Pattern::Behind(..)
        );
        if again || bare {
            return Err(INVALID);
        }
        Ok(Pattern::Repeat {
            of: Box::new(atom),
            fewest,
            most,
        })
    }

    /// `n`, `n,`, or `n,m` up to the closing brace, which is left.
    fn counts(&mut self) -> Result<(u32, Option<u32>), Unsupported> {
        let fewest = self.rest.number().ok_or(INVALID)?;
        let most = if self.rest.eat(",") {
            self.rest.number()
        } else {
            Some(fewest)
        };
        if self.rest.peek() != Some('}') || most.is_some_and(|most| most < fewest) {
            return Err(INVALID);
        }
        Ok((fewest, most))
    }
}
