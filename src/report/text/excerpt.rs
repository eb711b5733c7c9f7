//! A few lines of a contract with one stretch underlined.
//!
//! miette draws. It is given the lines already cut and escaped: its own sources are searched from the first byte for
//! every label, and a document may be one line of 13 MB.

use super::super::{
    escape,
    place::Location,
    style::Style,
    wrap::{char_width, width},
};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;

/// What an underlined stretch is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Fails.
    Bad,
    /// Worth a look.
    Warn,
    /// For information.
    Calm,
}

/// Draws excerpts.
pub(super) struct Frames {
    style: Style,
    columns: usize,
    bad: GraphicalReportHandler,
    warn: GraphicalReportHandler,
    calm: GraphicalReportHandler,
}

impl Frames {
    pub(super) fn new(style: Style, columns: usize) -> Self {
        let styles = || {
            if style.color {
                ThemeStyles::ansi()
            } else {
                ThemeStyles::none()
            }
        };
        let handler = |highlight| {
            GraphicalReportHandler::new_themed(GraphicalTheme {
                characters: if style.unicode {
                    ThemeCharacters::unicode()
                } else {
                    ThemeCharacters::ascii()
                },
                styles: ThemeStyles {
                    highlights: vec![highlight],
                    ..styles()
                },
            })
            .with_context_lines(0)
            .without_syntax_highlighting()
        };
        Self {
            style,
            columns,
            bad: handler(styles().error),
            warn: handler(styles().warning),
            calm: handler(styles().advice),
        }
    }

    /// How many columns the line numbers take.
    pub(super) fn gutter(location: &Location<'_>) -> usize {
        let last = location.position.line + after(location);
        last.min(location.source.line_count()).to_string().len()
    }

    /// The lines around a place, the stretch underlined, and the first of the `labels` that fits beneath it.
    ///
    /// Returns the drawing, and which label it bears.
    pub(super) fn draw(
        &self,
        location: &Location<'_>,
        labels: &[String],
        tone: Tone,
    ) -> (String, Option<usize>) {
        let room = self
            .columns
            .saturating_sub(Self::gutter(location) + 4)
            .max(20);
        let excerpt = Excerpt::cut(location, room, self.style);
        let fits = |label: &String| excerpt.middle() + 4 + width(label) <= room;
        let label = labels.iter().position(fits);
        let drawn = Drawn {
            excerpt: &excerpt,
            label: label.map(|number| labels[number].clone()),
        };
        let handler = match tone {
            Tone::Bad => &self.bad,
            Tone::Warn => &self.warn,
            Tone::Calm => &self.calm,
        };
        let mut out = String::new();
        if handler.render_report(&mut out, &drawn).is_err() {
            return (String::new(), None);
        }
        // miette's own heading and border say less than ours.
        let lines: Vec<&str> = out.lines().collect();
        let inner = lines
            .get(2..lines.len().saturating_sub(1))
            .unwrap_or_default();
        let mut out = String::with_capacity(out.len());
        for line in inner {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        (out, label)
    }
}

/// Lines ready to be drawn, and where the stretch is in them.
#[derive(Debug)]
struct Excerpt {
    text: String,
    /// The number of the first line, from 1.
    first: u32,
    start: usize,
    end: usize,
}

/// How many lines to show before the one that matters.
fn before(location: &Location<'_>) -> u32 {
    if location.tall { 1 } else { 2 }
}

/// How many lines to show after it.
fn after(location: &Location<'_>) -> u32 {
    if location.tall { 2 } else { 1 }
}

impl Excerpt {
    fn cut(location: &Location<'_>, room: usize, style: Style) -> Self {
        let source = location.source;
        let line = location.position.line;
        let text = source.line_text(line).unwrap_or_default();
        let line_start = source.line_start(line).unwrap_or_default();
        let start = (location.span.start.saturating_sub(line_start) as usize).min(text.len());
        let end = (location.span.end.saturating_sub(line_start) as usize).clamp(start, text.len());
        let from = scroll(text, start, end, room);
        let mut excerpt = Self {
            text: String::new(),
            first: line,
            start: 0,
            end: 0,
        };
        // Beside a scrolled line its neighbours would not line up.
        let alone = from > 0;
        let lines = |number: u32| source.line_text(number).filter(|_| !alone);
        for number in line.saturating_sub(before(location)).max(1)..line {
            let Some(text) = lines(number) else { continue };
            if excerpt.text.is_empty() {
                if text.trim().is_empty() {
                    continue;
                }
                excerpt.first = number;
            }
            excerpt.push(text, 0, room, style, None);
        }
        excerpt.push(text, from, room, style, Some((start, end)));
        for number in line + 1..=line + after(location) {
            match lines(number) {
                Some(text) if !text.trim().is_empty() => excerpt.push(text, 0, room, style, None),
                Some(_) | None => break,
            }
        }
        excerpt
    }

    /// Adds a line from a byte on, cut where the room ends.
    fn push(
        &mut self,
        line: &str,
        from: usize,
        room: usize,
        style: Style,
        marked: Option<(usize, usize)>,
    ) {
        let dots = style.either("…", "...");
        let mut taken = 0;
        if from > 0 {
            self.text.push_str(dots);
            taken += width(dots);
        }
        let mut ended = marked.is_none();
        for (offset, c) in line[from..].char_indices() {
            let offset = from + offset;
            if let Some((start, end)) = marked {
                if offset == start {
                    self.start = self.text.len();
                }
                if offset == end {
                    self.end = self.text.len();
                    ended = true;
                }
            }
            let shown = match c {
                // A tab is one or more spaces; in a source they are never confused with an escape.
                '\t' => "    ".into(),
                c => escape::terminal(c.encode_utf8(&mut [0; 4]), style.unicode).into_owned(),
            };
            let wide: usize = shown.chars().map(char_width).sum();
            let rest = offset + c.len_utf8() < line.len();
            if taken + wide + if rest { width(dots) } else { 0 } > room {
                if !ended {
                    self.end = self.text.len();
                    ended = true;
                }
                self.text.push_str(dots);
                break;
            }
            self.text.push_str(&shown);
            taken += wide;
        }
        if let Some((start, _)) = marked {
            if start >= line.len() {
                self.start = self.text.len();
            }
            if !ended {
                self.end = self.text.len();
            }
            self.end = self.end.max(self.start);
        }
        self.text.push('\n');
    }

    /// The column in the middle of the stretch, where its label hangs.
    fn middle(&self) -> usize {
        let line = self.text[..self.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let before = width(&self.text[line..self.start]);
        before + width(&self.text[self.start..self.end]) / 2
    }
}

/// The byte to show a line from, so that the stretch is in sight.
fn scroll(line: &str, start: usize, end: usize, room: usize) -> usize {
    let near = start <= room * 4 && width(&line[..start]) + 8 <= room;
    let whole = end <= room * 4 && width(&line[..end]) + 4 <= room;
    if whole || (near && width(&line[..start]) <= room / 2) {
        return 0;
    }
    let back = room / 3;
    line[..start]
        .char_indices()
        .rev()
        .nth(back.saturating_sub(1))
        .map_or(0, |(offset, _)| offset)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(MietteSpanContents::new(
            self.text.as_bytes(),
            SourceSpan::new(0.into(), self.text.len()),
            self.first.saturating_sub(1) as usize,
            0,
            self.text.lines().count(),
        )))
    }
}

/// An excerpt as miette knows it.
#[derive(Debug)]
struct Drawn<'e> {
    excerpt: &'e Excerpt,
    label: Option<String>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let Excerpt { start, end, .. } = *self.excerpt;
        let label = LabeledSpan::new(self.label.clone(), start, end - start);
        Some(Box::new(std::iter::once(label)))
    }
}
