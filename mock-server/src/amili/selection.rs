//! Which documents a list holds: by index where one serves, else by a scan.

use std::sync::Arc;

use bson::{Bson, Document};
use imbl::OrdSet;

use super::assumptions::ForeignRead;
use super::collection::{Collection, Place};
use super::eve::Filter;
use super::resource::Resource;
use super::scope::Scope;
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
    places: Option<OrdSet<Place>>,
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
        let places = sets.min_by_key(OrdSet::len);
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

    /// How many documents there are, and those of one page, oldest first.
    pub(super) fn page(
        &self,
        moment: &Moment,
        skipped: usize,
        size: usize,
    ) -> (usize, Vec<&'a Arc<Document>>) {
        let collection = self.store.collection(self.resource.name);
        match &self.places {
            Some(places) if self.exact => {
                let page = places.iter().skip(skipped).take(size);
                let page = page.filter_map(|place| collection.at(*place));
                (places.len(), page.collect())
            }
            None if self.exact => {
                let page = collection.iter().skip(skipped).take(size);
                (collection.len(), page.collect())
            }
            _ => {
                let all = self.all(moment);
                let page = all.iter().copied().skip(skipped).take(size);
                (all.len(), page.collect())
            }
        }
    }

    /// Every document, oldest first.
    pub(super) fn all(&self, moment: &Moment) -> Vec<&'a Arc<Document>> {
        let collection = self.store.collection(self.resource.name);
        let wanted = |document: &&Arc<Document>| {
            let seen = |scope: &Scope| scope.sees(self.store, moment, self.resource, document);
            self.filter.matches(document) && self.scope.is_none_or(seen)
        };
        match &self.places {
            Some(places) => {
                let named = places.iter().filter_map(|place| collection.at(*place));
                named.filter(wanted).collect()
            }
            None => collection.iter().filter(wanted).collect(),
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
