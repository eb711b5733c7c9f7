//! The JSON reader: RFC 8259 to the letter, without recursion.

use super::{
    build::Builder,
    document::Tree,
    error::{Flaw, Read},
    graft::Older,
    node::{Shape, Text},
    parse::offset,
    string::{escape, plain_end, spaces_end},
};
use crate::text::Span;

/// Reads a whole text from `start` on into the builder, beside an older version if there is one.
pub(super) fn read(builder: &mut Builder<'_>, start: usize, older: Option<&Tree>) -> Read<()> {
    Reader {
        text: builder.source,
        bytes: builder.source.as_bytes(),
        at: start,
        builder,
        older: older.and_then(Older::new),
    }
    .document()
}

struct Reader<'b, 's, 't> {
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    builder: &'b mut Builder<'s>,
    older: Option<Older<'t>>,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self) -> Read<()> {
        loop {
            if !self.value()? {
                continue;
            }
            // After a value: close what ends here, then go on to the next value.
            loop {
                let Some(frame) = self.builder.frames.last() else {
                    return self.end();
                };
                let map = frame.map;
                match self.next() {
                    Some(b',') => {
                        let comma = self.at;
                        self.at += 1;
                        self.after_comma(map, comma)?;
                        break;
                    }
                    Some(b'}') if map => self.close()?,
                    Some(b']') if !map => self.close()?,
                    _ => return Err(self.unfinished(map)),
                }
            }
        }
    }

    /// Reads a scalar or an empty container, which are complete, or opens a container, which is not.
    fn value(&mut self) -> Read<bool> {
        let Some(byte) = self.next() else {
            return Err(self.cut());
        };
        let start = self.at;
        match byte {
            b'"' => {
                let (text, span) = self.string()?;
                self.builder.scalar(Shape::String, text, span)?;
            }
            b'{' | b'[' => {
                if let Some(older) = &mut self.older
                    && let Some(length) = older.take_over(self.builder, start)?
                {
                    self.at += length;
                    return Ok(true);
                }
                let map = byte == b'{';
                self.builder.open(map, offset(start))?;
                self.at += 1;
                if self.next() == Some(if map { b'}' } else { b']' }) {
                    self.close()?;
                } else {
                    if map {
                        self.key()?;
                    }
                    return Ok(false);
                }
            }
            b'-' | b'0'..=b'9' => self.number()?,
            _ => {
                let (shape, word) = match byte {
                    b't' => (Shape::True, "true"),
                    b'f' => (Shape::False, "false"),
                    b'n' => (Shape::Null, "null"),
                    _ => return Err(self.no_value()),
                };
                if self.word() != word {
                    return Err(self.no_value());
                }
                self.at += word.len();
                let span = self.since(start);
                self.builder.scalar(shape, text(span), span)?;
            }
        }
        Ok(true)
    }

    fn key(&mut self) -> Read<()> {
        if self.next() != Some(b'"') {
            return Err(self.no_key());
        }
        let (text, span) = self.string()?;
        self.builder.key(text, span);
        if self.next() != Some(b':') {
            if self.at >= self.bytes.len() {
                return Err(self.cut());
            }
            return Err(self.wrong(
                "a colon after the key",
                "put a colon between the key and its value",
            ));
        }
        self.at += 1;
        Ok(())
    }

    fn after_comma(&mut self, map: bool, comma: usize) -> Read<()> {
        if let Some(b'}' | b']') = self.next() {
            return Err(Flaw::new(offset(comma), "a comma with nothing after it")
                .help("JSON has no trailing commas; remove it")
                .syntactic());
        }
        if map { self.key() } else { Ok(()) }
    }

    fn close(&mut self) -> Read<()> {
        self.at += 1;
        self.builder.close(Some(offset(self.at))).map(drop)
    }

    /// Skips white space and looks at what follows.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at)? {
                // Half of an indented document is indentation.
                b' ' | b'\n' | b'\r' | b'\t' => self.at = spaces_end(self.bytes, self.at + 1),
                byte => return Some(*byte),
            }
        }
    }

    fn since(&self, start: usize) -> Span {
        Span::new(offset(start), offset(self.at))
    }

    /// Reads a string from its opening quote on: its text, and its span with the quotes.
    fn string(&mut self) -> Read<(Text, Span)> {
        let open = self.at;
        let end = plain_end(self.bytes, open + 1);
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            let inside = Span::new(offset(open + 1), offset(end));
            return Ok((text(inside), self.since(open)));
        }
        let kept = self.builder.arena.side.len();
        let (mut from, mut end) = (open + 1, end);
        loop {
            self.builder.arena.side.push_str(&self.text[from..end]);
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let (character, after) = escape(self.text, end)?;
                    self.builder.arena.side.push(character);
                    from = after;
                    end = plain_end(self.bytes, from);
                }
                _ => return Err(self.bad_string(open, end)),
            }
        }
        self.at = end + 1;
        let text = self.builder.kept(kept, offset(open))?;
        Ok((text, self.since(open)))
    }

    fn number(&mut self) -> Read<()> {
        let start = self.at;
        self.at += usize::from(self.bytes[start] == b'-');
        let whole = self.digits();
        let padded = whole > 1 && self.bytes[self.at - whole] == b'0';
        let mut complete = whole > 0 && !padded;
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            complete &= self.digits() > 0;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            complete &= self.digits() > 0;
        }
        let after = self.bytes.get(self.at);
        if !complete
            || after
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'.')
        {
            self.at = start;
            let word: String = self.word().chars().take(40).collect();
            let help = if padded {
                "remove the leading zeros, or write the value in quotes"
            } else {
                "JSON numbers look like 10, -0.5, or 1e6"
            };
            return Err(self
                .error(start, format!("`{word}` is not a number in JSON"))
                .help(help));
        }
        let span = self.since(start);
        self.builder
            .scalar(Shape::Number, text(span), span)
            .map(drop)
    }

    fn digits(&mut self) -> usize {
        let rest = self.bytes[self.at..].iter();
        let count = rest.take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn end(&mut self) -> Read<()> {
        if self.next().is_none() {
            return Ok(());
        }
        Err(self
            .error(self.at, "the document is complete, yet more text follows".into())
            .help("a JSON file holds one value; remove the rest, or look for a bracket closed too early"))
    }
}

/// The text of a span of the source itself.
fn text(span: Span) -> Text {
    Text {
        start: span.start,
        len: span.len(),
    }
}

/// What is wrong, and what to do.
impl Reader<'_, '_, '_> {
    fn error(&self, at: usize, message: String) -> Flaw {
        Flaw::new(offset(at.min(self.bytes.len())), message).syntactic()
    }

    /// The text ends too early.
    fn cut(&self) -> Flaw {
        let flaw = self.error(
            self.bytes.len(),
            "the file ends before the JSON does".into(),
        );
        match self.builder.frames.last() {
            Some(frame) => {
                let what = if frame.map { "object" } else { "array" };
                flaw.also(frame.start, format!("this {what} is still open"))
            }
            None => flaw,
        }
        .help("the file looks cut off; fetch or generate it again")
    }

    /// The letters, digits, and signs that start here, for messages.
    fn word(&self) -> &str {
        let rest = &self.text[self.at..];
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | '$');
        &rest[..rest.find(|c| !inside(c)).unwrap_or(rest.len())]
    }

    /// Something else is here than should be.
    fn wrong(&self, expected: &str, help: &str) -> Flaw {
        let word: String = self.word().chars().take(40).collect();
        let first = self.text[self.at..].chars().next();
        let found = match first {
            _ if !word.is_empty() => word,
            Some(first) => first.escape_debug().to_string(),
            None => return self.cut(),
        };
        let flaw = self.error(self.at, format!("expected {expected}, found `{found}`"));
        match first {
            Some('/' | '#') => flaw.help("JSON has no comments; remove it"),
            Some('\'') => flaw.help("JSON strings are in double quotes"),
            _ => flaw.help(help),
        }
    }

    fn no_value(&self) -> Flaw {
        let help = match self.word() {
            "NaN" | "Infinity" | "-Infinity" => "JSON has no such number; use null or a string",
            "True" | "False" | "None" => "JSON writes true, false, and null",
            "undefined" => "JSON has no undefined; use null or remove the key",
            _ => {
                "a value is an object, an array, a string in double quotes, a number, true, false, or null"
            }
        };
        self.wrong("a value", help)
    }

    fn no_key(&self) -> Flaw {
        let help = "keys are strings in double quotes in JSON";
        self.wrong("a key", help)
    }

    fn unfinished(&self, map: bool) -> Flaw {
        let (expected, what) = if map {
            ("a comma or `}`", "object")
        } else {
            ("a comma or `]`", "array")
        };
        if self.at >= self.bytes.len() {
            return self.cut();
        }
        let start = self.builder.frames.last().map_or(0, |frame| frame.start);
        self.wrong(
            expected,
            "put a comma between two values; a bracket may be missing or one too many",
        )
        .also(start, format!("in the {what} that starts here"))
    }

    fn bad_string(&self, open: usize, at: usize) -> Flaw {
        match self.bytes.get(at) {
            None => self
                .error(at, "the file ends inside a string".into())
                .also(offset(open), "the string starts here")
                .help("the file looks cut off; fetch or generate it again"),
            Some(b'\n' | b'\r') => self
                .error(at, "a line break inside a string".into())
                .also(offset(open), "the string starts here")
                .help("close the string before the line ends, or write the break as `\\n`"),
            Some(byte) => self
                .error(
                    at,
                    format!("the control character U+{byte:04X} inside a string"),
                )
                .help(format!("write it as `\\u{byte:04x}`")),
        }
    }
}
