//! Where the documents stand that an index names: mostly one, sometimes all.

use imbl::OrdSet;

use super::collection::Place;

/// Some places, in order. Copies share their structure.
#[derive(Debug, Clone, Default)]
pub(super) enum Places {
    #[default]
    None,
    /// Ids and numbers name one each, and a set takes more room than a document.
    One(Place),
    Many(OrdSet<Place>),
}

impl Places {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(_) => 1,
            Self::Many(places) => places.len(),
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each of them, the first one first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = Place> {
        let (one, many) = match self {
            Self::None => (None, None),
            Self::One(place) => (Some(*place), None),
            Self::Many(places) => (None, Some(places)),
        };
        one.into_iter().chain(many.into_iter().flatten().copied())
    }

    /// Adds one.
    pub(super) fn insert(&mut self, place: Place) {
        match self {
            Self::None => *self = Self::One(place),
            Self::One(one) => *self = Self::Many([*one, place].into_iter().collect()),
            Self::Many(places) => {
                places.insert(place);
            }
        }
    }

    /// Takes one away.
    pub(super) fn remove(&mut self, place: Place) {
        match self {
            Self::None => {}
            Self::One(one) if *one == place => *self = Self::None,
            Self::One(_) => {}
            Self::Many(places) => {
                places.remove(&place);
            }
        }
    }
}

impl From<Option<Place>> for Places {
    fn from(place: Option<Place>) -> Self {
        place.map_or(Self::None, Self::One)
    }
}
