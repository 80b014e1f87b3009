//! Which documents a list holds: by index where one serves, else by a scan.

use bson::Bson;

use super::assumptions::ForeignRead;
use super::collection::{Collection, Place};
use super::eve::Filter;
use super::places::Places;
use super::record::Part;
use super::resource::Resource;
use super::scope::{self, Scope};
use super::store::Store;
use crate::platform::moment::Moment;

/// The documents that match a filter and that the caller sees, not yet looked at one by one.
pub(super) struct Selection<'a> {
    store: &'a Store,
    resource: &'a Resource,
    filter: &'a Filter,
    /// `None`: the caller sees everything.
    scope: Option<&'a Scope>,
    /// The places that an index names; `None`: every document may be meant.
    places: Option<Places>,
    /// Whether the places are the answer as they are.
    exact: bool,
}

impl<'a> Selection<'a> {
    /// Plans how to find the documents. Notes the assumption by which the scope leaves some out.
    pub(super) fn of(
        store: &'a Store,
        moment: &mut Moment,
        resource: &'a Resource,
        scope: &'a Scope,
        filter: &'a Filter,
    ) -> Self {
        let collection = store.collection(resource.name);
        let asked = asked(collection, filter);
        let all_asked = filter.is_equalities() && asked.len() == filter.required_equalities().len();
        let limited = moment.answer::<ForeignRead>() != ForeignRead::Visible;
        let own = scope.only_account(moment).map(Bson::ObjectId);
        let own = own.as_ref().map(|own| (resource.account_in, own));
        let own = own.filter(|(path, id)| limited && collection.having(path, id).is_some());
        let mut wanted = asked.clone();
        wanted.extend(own.filter(|own| !asked.contains(own)));
        let sets = wanted
            .iter()
            .filter_map(|(path, value)| collection.having(path, value));
        let places = sets.min_by_key(Places::len);
        if limited && !own.is_some_and(|own| asked.contains(&own)) {
            moment.assumes::<ForeignRead>();
        }
        Self {
            store,
            resource,
            filter,
            scope: Some(scope).filter(|_| limited),
            exact: all_asked && wanted.len() <= 1 && (!limited || own.is_some()),
            places,
        }
    }

    /// How many documents there are, and where those of one page stand, oldest first.
    pub(super) fn page(&self, moment: &Moment, skipped: usize, size: usize) -> (usize, Vec<Place>) {
        let collection = self.store.collection(self.resource.name);
        match &self.places {
            Some(places) if self.exact => {
                let page = places.iter().skip(skipped).take(size);
                (places.len(), page.collect())
            }
            None if self.exact => {
                let page = collection.places().skip(skipped).take(size);
                (collection.len(), page.collect())
            }
            _ => {
                let all = self.all(moment, &[]);
                let page = all.iter().skip(skipped).take(size);
                (all.len(), page.map(|(place, _)| *place).collect())
            }
        }
    }

    /// Every document with its place, oldest first: these fields of it, at least.
    pub(super) fn all(&self, moment: &Moment, fields: &[&str]) -> Vec<(Place, Part)> {
        let collection = self.store.collection(self.resource.name);
        let seen_by = [self.resource.account_in]
            .into_iter()
            .chain(scope::LOOKED_AT);
        let looked_at = self.filter.fields().into_iter().chain(seen_by);
        let looked_at: Vec<&str> = looked_at.chain(fields.iter().copied()).collect();
        let wanted = |place: Place| {
            let part = collection.part(place, &looked_at)?;
            let seen = |scope: &Scope| scope.sees(self.store, moment, self.resource, &part);
            let is_wanted = self.filter.matches(&part) && self.scope.is_none_or(seen);
            is_wanted.then_some((place, part))
        };
        match &self.places {
            Some(places) => places.iter().filter_map(wanted).collect(),
            None => collection.places().filter_map(wanted).collect(),
        }
    }
}

/// The equalities of a filter that an index answers.
fn asked<'a>(collection: &Collection, filter: &'a Filter) -> Vec<(&'a str, &'a Bson)> {
    let equalities = filter.required_equalities().into_iter();
    equalities
        .filter(|(path, value)| collection.having(path, value).is_some())
        .collect()
}
