//! Where on the surface something stands, as element ids and sentences name it.

use crate::variance::Direction;
use std::fmt::Write;

/// A place of the surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

/// One step of an element id.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it is inside of.
    pub parent: Option<PlaceId>,
    /// Its part of the element id: `op:GET /v1/orders/{}`, `resp:200`, `body`.
    pub label: String,
    /// What a sentence calls it: "the 200 response", "query parameter `limit`".
    pub subject: String,
    /// Which way values travel here; `None` where nothing travels.
    pub direction: Option<Direction>,
}

/// All places of one comparison.
#[derive(Debug, Default)]
pub struct Places {
    list: Vec<Place>,
}

impl Places {
    /// Adds a place.
    pub fn add(
        &mut self,
        parent: Option<PlaceId>,
        label: impl Into<String>,
        subject: impl Into<String>,
        direction: Option<Direction>,
    ) -> PlaceId {
        let id = PlaceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Place {
            parent,
            label: label.into(),
            subject: subject.into(),
            direction,
        });
        id
    }

    /// Every place.
    pub fn ids(&self) -> impl Iterator<Item = PlaceId> + Clone + use<> {
        (0..u32::try_from(self.list.len()).unwrap_or(u32::MAX)).map(PlaceId)
    }

    /// The place.
    #[must_use]
    pub fn get(&self, id: PlaceId) -> &Place {
        &self.list[id.0 as usize]
    }

    /// The element id: `op:GET /v1/orders/{} > resp:200 > media:application/json > body`.
    #[must_use]
    pub fn element(&self, id: PlaceId) -> String {
        let mut out = String::with_capacity(96);
        self.write_element(id, &mut out);
        out
    }

    fn write_element(&self, id: PlaceId, out: &mut String) {
        let place = self.get(id);
        if let Some(parent) = place.parent {
            self.write_element(parent, out);
            out.push_str(" > ");
        }
        out.push_str(&place.label);
    }

    /// The outermost place: an operation, a webhook, a scheme, or the document.
    #[must_use]
    pub fn top(&self, id: PlaceId) -> PlaceId {
        let mut id = id;
        while let Some(parent) = self.get(id).parent {
            id = parent;
        }
        id
    }

    /// What a sentence calls the place, with the operation: "the 200 response of GET /v1/orders/{id}".
    #[must_use]
    pub fn subject(&self, id: PlaceId) -> String {
        let place = self.get(id);
        let mut out = place.subject.clone();
        let top = self.top(id);
        if top != id {
            let _ = write!(out, " of {}", self.get(top).subject);
        }
        out
    }
}
