//! Every place an edit reaches: one per place of the surface, by the shortest path, spelled out only when asked for.

use super::{finding::Site, fingerprint::Prefix};
use crate::diff::{PlaceId, Places};
use std::{cmp::Ordering, collections::BTreeSet, fmt, rc::Rc};

/// The surface as element ids and as people write it.
#[derive(Debug)]
pub(super) struct Surface {
    elements: Vec<String>,
    subjects: Vec<String>,
    tops: Vec<PlaceId>,
    unused: Vec<bool>,
}

impl Surface {
    pub(super) fn of(places: &Places) -> Self {
        let ids = places.ids();
        Self {
            elements: ids.clone().map(|id| places.element(id)).collect(),
            subjects: ids
                .clone()
                .map(|id| places.get(id).subject.clone())
                .collect(),
            unused: ids
                .clone()
                .map(|id| places.get(places.top(id)).label.starts_with("component:"))
                .collect(),
            tops: ids.map(|id| places.top(id)).collect(),
        }
    }

    pub(super) fn element(&self, place: PlaceId) -> &str {
        &self.elements[place.0 as usize]
    }

    /// Whether the place is in a component that nothing uses.
    fn is_unused(&self, place: PlaceId) -> bool {
        self.unused[place.0 as usize]
    }
}

/// A place, and the steps from it to a schema beneath.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Steps beneath the place; fewer come first.
    pub(super) depth: u32,
    pub(super) place: PlaceId,
    pub(super) path: Rc<str>,
    /// The search that met it, and its position there.
    pub(super) found: Option<(u32, u32)>,
}

impl Spot {
    /// What is in use before what is not, the nearest first, then in byte order.
    pub(super) fn order(&self, other: &Self, surface: &Surface) -> Ordering {
        surface
            .is_unused(self.place)
            .cmp(&surface.is_unused(other.place))
            .then_with(|| self.depth.cmp(&other.depth))
            .then_with(|| {
                surface
                    .element(self.place)
                    .cmp(surface.element(other.place))
            })
            .then_with(|| self.path.cmp(&other.path))
    }
}

/// The places one edit reaches, the nearest first; never empty.
#[derive(Clone)]
pub struct Sites(Kind);

#[derive(Clone)]
enum Kind {
    Reached(Reached),
    /// Those of several edits that are told together.
    Joined(Vec<Sites>),
    Listed {
        sites: Vec<Site>,
        operations: BTreeSet<String>,
        /// What the fingerprints were made of, where it is known.
        prefix: Option<Prefix>,
    },
}

/// Places found in a comparison, spelled out one by one.
#[derive(Clone)]
struct Reached {
    surface: Rc<Surface>,
    /// In order, without duplicates.
    spots: Rc<[Spot]>,
    /// What the edit itself adds to the element id.
    tail: String,
    prefix: Prefix,
}

impl Sites {
    /// `None` for an edit that no place of the surface reaches.
    pub(super) fn reached(
        surface: &Rc<Surface>,
        spots: Rc<[Spot]>,
        tail: &str,
        prefix: Prefix,
    ) -> Option<Self> {
        (!spots.is_empty()).then(|| {
            Self(Kind::Reached(Reached {
                surface: Rc::clone(surface),
                spots,
                tail: tail.to_owned(),
                prefix,
            }))
        })
    }

    /// Sites that are known already, with the outermost elements as people write them.
    #[must_use]
    pub fn listed(sites: Vec<Site>, operations: impl IntoIterator<Item = String>) -> Self {
        Self(Kind::Listed {
            sites,
            operations: operations.into_iter().collect(),
            prefix: None,
        })
    }

    /// The sites of an edit that a policy sees.
    pub(super) fn raised(elements: Vec<String>, prefix: Prefix) -> Self {
        let operations = elements.iter().map(|element| {
            let top = element.split(" > ").next().unwrap_or_default();
            top.strip_prefix("op:").unwrap_or(top).to_owned()
        });
        let operations = operations.collect();
        let sites = elements.into_iter().map(|element| Site {
            fingerprint: prefix.at(&element),
            element,
        });
        Self(Kind::Listed {
            sites: sites.collect(),
            operations,
            prefix: Some(prefix),
        })
    }

    /// The one site of an edit of something whole, and what people call it.
    pub(super) fn whole(element: String, prefix: Prefix, name: String) -> Self {
        let fingerprint = prefix.at(&element);
        Self(Kind::Listed {
            sites: vec![Site {
                element,
                fingerprint,
            }],
            operations: BTreeSet::from([name]),
            prefix: Some(prefix),
        })
    }

    /// The same sites with the deprecation cycles that their elements are in: `dep:<since>`, or `None` for what is not
    /// deprecated.
    #[must_use]
    pub fn cycled(self, cycle: &dyn Fn(&str) -> Option<String>) -> Self {
        let in_cycle = |prefix: &Prefix, site: Site| match cycle(&site.element) {
            Some(cycle) => Site {
                fingerprint: prefix.cycled(&cycle).at(&site.element),
                ..site
            },
            None => site,
        };
        Self(match self.0 {
            Kind::Reached(reached) => {
                if reached.elements().all(|element| cycle(&element).is_none()) {
                    return Self(Kind::Reached(reached));
                }
                let sites = reached.spots.iter().map(|spot| reached.site(spot));
                Kind::Listed {
                    sites: sites.map(|site| in_cycle(&reached.prefix, site)).collect(),
                    operations: reached
                        .operations()
                        .into_iter()
                        .map(str::to_owned)
                        .collect(),
                    prefix: Some(reached.prefix.clone()),
                }
            }
            Kind::Joined(all) => {
                Kind::Joined(all.into_iter().map(|sites| sites.cycled(cycle)).collect())
            }
            Kind::Listed {
                sites,
                operations,
                prefix: Some(prefix),
            } => Kind::Listed {
                sites: sites
                    .into_iter()
                    .map(|site| in_cycle(&prefix, site))
                    .collect(),
                operations,
                prefix: Some(prefix),
            },
            listed @ Kind::Listed { prefix: None, .. } => listed,
        })
    }

    /// The digest of what the edit leads to (`sha256:` and 64 hexadecimal digits); `None` where nothing is left, or where
    /// several edits are told together.
    #[must_use]
    pub fn after(&self) -> Option<&str> {
        match &self.0 {
            Kind::Reached(reached) => reached.prefix.after(),
            Kind::Joined(_) => None,
            Kind::Listed { prefix, .. } => prefix.as_ref()?.after(),
        }
    }

    /// Every element id, the nearest first.
    pub fn elements(&self) -> Box<dyn Iterator<Item = String> + '_> {
        match &self.0 {
            Kind::Reached(reached) => Box::new(reached.elements()),
            Kind::Joined(all) => Box::new(all.iter().flat_map(Self::elements)),
            Kind::Listed { sites, .. } => Box::new(sites.iter().map(|site| site.element.clone())),
        }
    }

    /// The sites of several edits, in the order of the edits.
    pub(super) fn joined(all: Vec<Self>) -> Self {
        Self(Kind::Joined(all))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Reached(reached) => reached.spots.len(),
            Kind::Joined(all) => all.iter().map(Self::len).sum(),
            Kind::Listed { sites, .. } => sites.len(),
        }
    }

    /// Never, but for a hand-made list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element id of the nearest place; empty when there is none.
    #[must_use]
    pub fn first_element(&self) -> String {
        match &self.0 {
            Kind::Reached(reached) => reached.element(&reached.spots[0]),
            Kind::Joined(all) => all.first().map_or_else(String::new, Self::first_element),
            Kind::Listed { sites, .. } => sites
                .first()
                .map_or_else(String::new, |site| site.element.clone()),
        }
    }

    /// The nearest place.
    #[must_use]
    pub fn first(&self) -> Option<Site> {
        self.spelled().next()
    }

    /// Every place, the nearest first.
    #[must_use]
    pub fn spelled(&self) -> Box<dyn Iterator<Item = Site> + '_> {
        match &self.0 {
            Kind::Reached(reached) => Box::new(reached.spots.iter().map(|spot| reached.site(spot))),
            Kind::Joined(all) => Box::new(all.iter().flat_map(Self::spelled)),
            Kind::Listed { sites, .. } => Box::new(sites.iter().cloned()),
        }
    }

    /// The outermost elements, as people write them: `GET /v1/orders/{id}`. Sorted.
    #[must_use]
    pub fn operations(&self) -> BTreeSet<&str> {
        match &self.0 {
            Kind::Reached(reached) => reached.operations(),
            Kind::Joined(all) => all.iter().flat_map(Self::operations).collect(),
            Kind::Listed { operations, .. } => operations.iter().map(String::as_str).collect(),
        }
    }

    /// Whether everything it reaches is a component that nothing uses.
    pub(super) fn unused(surface: &Surface, spots: &[Spot]) -> bool {
        spots.iter().all(|spot| surface.is_unused(spot.place))
    }
}

impl Reached {
    fn operations(&self) -> BTreeSet<&str> {
        let tops: BTreeSet<PlaceId> = self
            .spots
            .iter()
            .map(|spot| self.surface.tops[spot.place.0 as usize])
            .collect();
        tops.into_iter()
            .map(|top| self.surface.subjects[top.0 as usize].as_str())
            .collect()
    }

    fn elements(&self) -> impl Iterator<Item = String> + '_ {
        self.spots.iter().map(|spot| self.element(spot))
    }

    fn site(&self, spot: &Spot) -> Site {
        let element = self.element(spot);
        Site {
            fingerprint: self.prefix.at(&element),
            element,
        }
    }

    fn element(&self, spot: &Spot) -> String {
        let place = self.surface.element(spot.place);
        let mut element =
            String::with_capacity(place.len() + spot.path.len() + self.tail.len() + 6);
        element.push_str(place);
        if !spot.path.is_empty() {
            element.push_str(" > ");
            element.push_str(&spot.path);
        } else if !self.tail.is_empty() && !self.tail.starts_with(" > ") {
            // A member of the schema that stands at the place itself.
            element.push_str(" > ");
        }
        element.push_str(&self.tail);
        element
    }
}

impl fmt::Debug for Sites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.spelled()).finish()
    }
}
