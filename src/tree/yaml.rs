//! The YAML reader: granit-parser's events into the builder.

use super::{
    ambiguity::Ambiguity,
    build::{Builder, DEPTH, Slot},
    error::{Flaw, Read},
    misread::misread,
    node::{NodeId, Ornament, OrnamentKind, Shape, Text},
    parse::offset,
    scalar::{Scalar, resolve},
    tag,
};
use crate::text::Span;
use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};
use std::borrow::Cow;

/// Reads a whole text from `start` on into the builder.
pub(super) fn read(builder: &mut Builder<'_>, start: usize) -> Read<()> {
    let source = builder.source;
    let options = granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: builder.plain,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
    };
    let mut reader = Reader {
        builder,
        anchors: Vec::new(),
        open: Vec::new(),
        document: None,
        start,
    };
    for event in Parser::new_from_str_with_options(&source[start..], options) {
        let (event, span) = event.map_err(|error| misread(&error, source, start))?;
        reader.event(event, &span)?;
    }
    Ok(())
}

struct Reader<'b, 's> {
    builder: &'b mut Builder<'s>,
    /// The nodes of anchors by number; `None` while the node is still open.
    anchors: Vec<Option<NodeId>>,
    /// The anchor and the style of each open container.
    open: Vec<(usize, StructureStyle)>,
    /// Where the document started.
    document: Option<u32>,
    /// Where the text that the parser sees starts.
    start: usize,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Read<()> {
        let tag_at = span.tag_start().and_then(|at| at.byte_offset());
        let tag_at = offset(tag_at.unwrap_or_default() + self.start);
        let span = self.span(span);
        let event = if self.builder.plain {
            self.stripped(event, tag_at, span)
        } else {
            event
        };
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag::name(tag.as_deref(), tag_at)?;
                // The parser writes a tilde for what nobody wrote.
                let text = if span.is_empty() {
                    Cow::Borrowed("")
                } else {
                    text
                };
                if self.expects_key() {
                    return self.key(&text, style, anchor, tag, span);
                }
                let id = self.scalar(&text, style, tag, span)?;
                self.anchor(anchor, Some(id));
                Ok(())
            }
            Event::SequenceStart(style, anchor, tag) => {
                tag::fits(tag::name(tag.as_deref(), tag_at)?, "seq", tag_at)?;
                self.container(false, style, anchor, span)
            }
            Event::MappingStart(style, anchor, tag) => {
                tag::fits(tag::name(tag.as_deref(), tag_at)?, "map", tag_at)?;
                self.container(true, style, anchor, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (anchor, style) = self.open.pop().expect("the parser closes what it opened");
                // The end of a block is the next token, comments and empty lines later.
                let end = (style == StructureStyle::Flow).then_some(span.end);
                let id = self.builder.close(end)?;
                self.anchor(anchor, Some(id));
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(()),
        }
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(
            offset(range.start + self.start),
            offset(range.end + self.start),
        )
    }

    /// An event without its tag; what ornaments it has is noted.
    fn stripped<'e>(&mut self, mut event: Event<'e>, tag_at: u32, span: Span) -> Event<'e> {
        let mut note = |span, kind| {
            let ornament = Ornament { span, kind };
            self.builder.arena.ornaments.push(ornament);
        };
        match &mut event {
            Event::Anchor(..) => note(span, OrnamentKind::Anchor),
            Event::Alias(..) => note(span, OrnamentKind::Alias),
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, _, tag)
            | Event::MappingStart(_, _, tag)
                if tag.is_some() =>
            {
                *tag = None;
                let rest = self
                    .builder
                    .source
                    .get(tag_at as usize..)
                    .unwrap_or_default();
                let end = rest.find([' ', '\t', '\r', '\n', ',', '[', ']', '{', '}']);
                let end = tag_at + offset(end.unwrap_or(rest.len()));
                note(Span::new(tag_at, end), OrnamentKind::Tag);
            }
            _ => {}
        }
        event
    }

    fn document(&mut self, span: Span) -> Read<()> {
        if let Some(first) = self.document {
            let what = if self.builder.plain {
                "this file"
            } else {
                "a contract"
            };
            return Err(Flaw::new(span.start, "a second document starts here")
                .also(first, "the first one starts here")
                .help(format!(
                    "{what} is one document; split the file at the `---`"
                )));
        }
        self.document = Some(span.start);
        Ok(())
    }

    fn expects_key(&self) -> bool {
        let frame = self.builder.frames.last();
        frame.is_some_and(|frame| frame.map && matches!(frame.slot, Slot::Key))
    }

    fn anchor(&mut self, anchor: usize, id: Option<NodeId>) {
        if anchor > 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, None);
            }
            self.anchors[anchor] = id;
        }
    }

    fn container(
        &mut self,
        map: bool,
        style: StructureStyle,
        anchor: usize,
        span: Span,
    ) -> Read<()> {
        if self.expects_key() {
            let what = if map { "a mapping" } else { "a sequence" };
            return Err(Flaw::new(span.start, format!("{what} as a key"))
                .help("keys are strings; write the key in quotes"));
        }
        let start = if map || style == StructureStyle::Flow {
            span.start
        } else {
            self.first_dash(span.start)
        };
        self.anchor(anchor, None);
        self.open.push((anchor, style));
        self.builder.open(map, start)
    }

    /// Where a block sequence starts: the parser has sequences that are not indented below their key start
    /// after the dash.
    fn first_dash(&self, start: u32) -> u32 {
        let Some(key) = self.builder.frames.last().filter(|frame| frame.map) else {
            return start;
        };
        let between = Span::new(key.end, start).of(self.builder.source);
        let mut lines = between.split_inclusive('\n');
        let mut at = key.end + offset(lines.next().map_or(0, str::len));
        for line in lines {
            let indented = line.trim_start();
            if indented.starts_with('-') {
                return at + offset(line.len() - indented.len());
            }
            at += offset(line.len());
        }
        start
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Read<()> {
        let Some(id) = self.anchors.get(anchor).copied().flatten() else {
            let name = span.of(self.builder.source);
            return Err(Flaw::new(
                span.start,
                format!("the alias `{name}` stands for a value that contains it"),
            )
            .help("no value can contain itself by aliases; contracts refer by `$ref`"));
        };
        if !self.expects_key() {
            self.builder.arena.shared = true;
            return self.builder.attach(id, span.end);
        }
        let node = self.builder.arena.nodes[id.index()];
        if let Shape::Seq | Shape::Map = node.shape() {
            return Err(Flaw::new(span.start, "the alias of a container as a key")
                .help("keys are strings; write the key in quotes"));
        }
        // A scalar's key is what was written, whatever its type.
        let text = if node.shape() == Shape::String {
            node.text()
        } else {
            written(node.span)
        };
        self.named(text, span)
    }

    fn key(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&str>,
        span: Span,
    ) -> Read<()> {
        if let Some("map" | "seq") = tag {
            return Err(
                Flaw::new(span.start, "a key with the tag of a container").help("remove the tag")
            );
        }
        if text == "<<"
            && style == ScalarStyle::Plain
            && !self.builder.plain
            && matches!(tag, None | Some("merge"))
        {
            if let Some(frame) = self.builder.frames.last_mut() {
                frame.slot = Slot::Merged(span);
                frame.end = span.end;
            }
            return Ok(());
        }
        let place = self.place(text, span)?;
        if anchor > 0 {
            // The anchored key may be used as a value further on; it needs a node, but not a place.
            let frames = std::mem::take(&mut self.builder.frames);
            let id = self.scalar(text, style, tag, span);
            self.builder.frames = frames;
            self.builder.arena.shared = true;
            self.anchor(anchor, Some(id?));
        }
        self.named(place, span)
    }

    fn named(&mut self, text: Text, span: Span) -> Read<()> {
        if span.is_empty() {
            return Err(Flaw::new(span.start, "an entry without a key")
                .help("write the key before the colon; an empty key is written `\"\"`"));
        }
        self.builder.key(text, span);
        Ok(())
    }

    /// Where a text is: in the source if it was written as such.
    fn place(&mut self, text: &str, span: Span) -> Read<Text> {
        let source = self.builder.source;
        let start = text.as_ptr().addr().wrapping_sub(source.as_ptr().addr());
        let end = start.wrapping_add(text.len());
        if source
            .get(start..end)
            .is_some_and(|found| std::ptr::eq(found, text))
        {
            return Ok(written(Span::new(offset(start), offset(end))));
        }
        self.builder.keep(text, span.start)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&str>,
        span: Span,
    ) -> Read<NodeId> {
        let plain = style == ScalarStyle::Plain;
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let span = if block { self.without_end(span) } else { span };
        let span = if span.is_empty() {
            self.implied(span)
        } else {
            span
        };
        let meaning = match tag {
            None if plain => resolve(text),
            None | Some("str") => Scalar::String,
            Some(tag) => tag::scalar(text, tag, span)?,
        };
        let (shape, place) = match meaning {
            Scalar::Null => (Shape::Null, written(span)),
            Scalar::Bool(true) => (Shape::True, written(span)),
            Scalar::Bool(false) => (Shape::False, written(span)),
            Scalar::Number(Cow::Owned(number)) => {
                (Shape::Number, self.builder.keep(&number, span.start)?)
            }
            Scalar::Number(Cow::Borrowed(_)) => (Shape::Number, self.place(text, span)?),
            Scalar::NotFinite => {
                return Err(Flaw::new(
                    span.start,
                    format!("`{text}` is a number that JSON does not have"),
                )
                .help("leave the keyword out for no limit, or write the value in quotes"));
            }
            Scalar::String => (Shape::String, self.place(text, span)?),
        };
        let id = self.builder.scalar(shape, place, span)?;
        if plain && tag.is_none() && Ambiguity::of(text).is_some() {
            self.builder.arena.doubtful.push(id);
        }
        Ok(id)
    }

    /// The place of a value that nobody wrote: after the colon or dash. The parser has it on the colon, or
    /// at the next token.
    fn implied(&self, span: Span) -> Span {
        let source = self.builder.source;
        let colon = source.as_bytes().get(span.start as usize) == Some(&b':');
        let before = self
            .builder
            .frames
            .last()
            .map_or(span.start, |frame| frame.end);
        let between = Span::new(before, span.start + u32::from(colon)).of(source);
        let end = before + offset(between.trim_end().len());
        Span::new(end, end)
    }

    /// A block scalar's span without the line ends after it.
    fn without_end(&self, span: Span) -> Span {
        let text = span.of(self.builder.source).trim_end();
        Span::new(span.start, span.start + offset(text.len()))
    }
}

/// The text of a span of the source itself.
fn written(span: Span) -> Text {
    Text {
        start: span.start,
        len: span.len(),
    }
}
