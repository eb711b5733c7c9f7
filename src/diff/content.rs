//! Visits what travels: media types, their encodings and headers, and the schemas beneath.

use super::{pair::by_key, place::PlaceId, responses::match_media, visit::Visit, walk::Walker};
use crate::spec::{Header, Media, Shape, quoted};
use crate::variance::Direction;

impl<'c, 'd> Walker<'_, 'c, 'd> {
    pub(super) fn headers(
        &mut self,
        parent: PlaceId,
        old: &'c [Header<'d>],
        new: &'c [Header<'d>],
        direction: Direction,
    ) {
        for pair in by_key(old, new, |header| header.name.clone()) {
            let Some(shown) = pair.new.or(pair.old) else {
                continue;
            };
            let label = format!("header:{}", quoted(&shown.name));
            let subject = format!("header `{}`", shown.name);
            let place = self
                .places
                .add(Some(parent), label, subject, Some(direction));
            self.visits.push((place, Visit::Header(pair)));
            if let Some((old, new)) = pair.both() {
                self.shapes(place, old.shape.as_ref(), new.shape.as_ref(), direction);
                self.documents(place, (&old.content, &new.content), direction);
            }
        }
    }

    /// The content of a parameter or a header; where only one side has any, its coming and going is told as a whole.
    pub(super) fn documents(
        &mut self,
        place: PlaceId,
        (old, new): (&'c [Media<'d>], &'c [Media<'d>]),
        direction: Direction,
    ) {
        if !old.is_empty() && !new.is_empty() {
            self.media(place, "", old, new, direction);
        }
    }

    pub(super) fn media(
        &mut self,
        parent: PlaceId,
        prefix: &str,
        old: &'c [Media<'d>],
        new: &'c [Media<'d>],
        direction: Direction,
    ) {
        for found in match_media(old, new) {
            let Some(first) = found.named() else {
                continue;
            };
            let label = format!("{prefix}media:{}", first.range);
            let body = if prefix == "req:" {
                format!("the {} request body", first.range)
            } else {
                format!("the {} body", first.range)
            };
            let place = self
                .places
                .add(Some(parent), label, body.clone(), Some(direction));
            if let Some(told) = found.told {
                self.visits.push((place, Visit::Media(told)));
            }
            let Some((old, new)) = found.compared.both() else {
                continue;
            };
            for (name, old, new) in [
                ("body", &old.shape, &new.shape),
                ("item", &old.item, &new.item),
            ] {
                if old.is_some() || new.is_some() {
                    let place = self
                        .places
                        .add(Some(place), name, body.clone(), Some(direction));
                    self.shapes(place, old.as_ref(), new.as_ref(), direction);
                }
            }
            for pair in by_key(&old.encoding, &new.encoding, |encoding| encoding.name) {
                let name = pair.old.or(pair.new).map_or("", |encoding| encoding.name);
                let label = format!("encoding:{}", quoted(name));
                let place = self.places.add(
                    Some(place),
                    label,
                    format!("the encoding of `{name}`"),
                    Some(direction),
                );
                self.visits.push((place, Visit::Encoding(pair)));
                if let Some((old, new)) = pair.both() {
                    self.headers(place, &old.headers, &new.headers, direction);
                }
            }
        }
    }

    pub(super) fn shapes(
        &mut self,
        place: PlaceId,
        old: Option<&Shape>,
        new: Option<&Shape>,
        direction: Direction,
    ) {
        if let (Some(old), Some(new)) = (old, new) {
            let (old, new) = (self.graph.old.of_shape(old), self.graph.new.of_shape(new));
            self.graph.root(self.same, place, old, new, direction);
        }
    }
}
