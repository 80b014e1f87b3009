//! Reading lists and items of any resource. A read never changes anything.

use std::sync::Arc;

use bson::oid::ObjectId;

use serde_json::{Map, Value};

use super::answer::{Item, Page};
use super::asked;
use super::assumptions::{CustomerSearch, DefaultOrder, GroupNames, OverLimit};
use super::conditions::Conditions;
use super::eve::{Filter, Paging, Projection, Sort};
use super::record::Record;
use super::refusal::Refusal;
use super::resource::{NAMES_KEPT, Resource};
use super::rulebook;
use super::scope::Scope;
use super::selection::Selection;
use super::shown::Shown;
use super::store::Store;
use crate::platform::moment::Moment;
use crate::platform::query::Query;

/// Documents on a page unless asked otherwise.
pub(super) const PAGE_SIZE: u32 = 25;
/// Documents on a page at the most.
pub(super) const PAGE_LIMIT: u32 = 100;
const LIST_KEYS: &[&str] = &[
    "where",
    "sort",
    "projection",
    "page",
    "max_results",
    "pretty",
    "embedded",
];
const ITEM_KEYS: &[&str] = &["projection", "pretty", "embedded"];

/// The page of a list that a query asks for.
pub(super) fn list(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    caller: ObjectId,
    query: &Query,
    headers: &Conditions,
) -> Result<Page, Refusal> {
    let search = search(moment, resource, query);
    let scope = Scope::of(store, caller)?;
    scope.note_reach(moment);
    headers.check_date()?;
    check_embedded(query)?;
    // The framework's order: the first parameter that cannot be read answers.
    let sort = Sort::parse(query.get("sort").unwrap_or_default())?;
    let clause = query.get("where").unwrap_or_default();
    let read = asked::clause(store, moment, resource, clause);
    let filter = Filter::of(clause, read)?.and(search);
    let projection = Projection::parse(query.get("projection").unwrap_or_default())?;
    let paging = Paging::read(
        query.get("page"),
        query.get("max_results"),
        PAGE_SIZE,
        PAGE_LIMIT,
    )?;
    if Paging::is_beyond(query.get("max_results"), PAGE_LIMIT)
        && moment.assumes::<OverLimit>() == OverLimit::Refused
    {
        let reason = format!("max_results is above {PAGE_LIMIT}");
        return Err(Refusal::MalformedQuery(reason));
    }
    note_rules(moment, query);
    let selection = Selection::of(store, moment, resource, &scope, &filter);
    let skipped = usize::try_from(paging.skipped()).unwrap_or(usize::MAX);
    let size = usize::try_from(paging.max_results).unwrap_or(usize::MAX);
    let newest_first = moment.answer::<DefaultOrder>() == DefaultOrder::NewestFirst;
    let (total, page) = if sort.is_neutral() && !newest_first {
        selection.page(moment, skipped, size)
    } else {
        let fields: Vec<&str> = sort.fields().collect();
        let mut found = selection.all(moment, &fields);
        match sort.is_neutral() {
            true => found.reverse(),
            false => found.sort_by(|(_, a), (_, b)| sort.compare(a, b)),
        }
        let page = found.iter().skip(skipped).take(size);
        (found.len(), page.map(|(place, _)| *place).collect())
    };
    if sort.is_neutral() && total > 1 {
        moment.assumes::<DefaultOrder>();
    }
    let collection = store.collection(resource.name);
    let page = page.into_iter().filter_map(|place| collection.at(place));
    let shown = |record| shown(store, moment, resource, &projection, record);
    Ok(Page {
        items: page.map(shown).collect(),
        page: paging.page,
        max_results: paging.max_results,
        total: total as u64,
        pretty: query.has("pretty"),
    })
}

/// The search parameters of a query that a resource has, as fields and the texts that they must hold.
fn search<'a>(
    moment: &mut Moment,
    resource: &Resource,
    query: &'a Query,
) -> Vec<(&'static str, &'a str)> {
    let asked = resource.searches.iter();
    let asked: Vec<_> = asked
        .filter_map(|key| Some((*key, query.get(key)?)))
        .collect();
    let is_read = !asked.is_empty() && moment.assumes::<CustomerSearch>() == CustomerSearch::Exact;
    let own: &[&str] = if is_read { resource.searches } else { &[] };
    moment.reads(query, &[LIST_KEYS, own].concat());
    if is_read { asked } else { Vec::new() }
}

fn note_rules(moment: &mut Moment, query: &Query) {
    moment.applies(&rulebook::LIST_META);
    if query.get("where").is_some() {
        moment.applies(&rulebook::WHERE_FILTERS);
    }
    if query.get("sort").is_none() {
        moment.applies(&rulebook::INSERTION_ORDER);
    }
    if query.get("max_results").is_some() {
        moment.applies(&rulebook::PAGE_LIMIT);
    }
}

/// Nothing can be embedded, but the clause must be a JSON object all the same.
fn check_embedded(query: &Query) -> Result<(), Refusal> {
    let readable = |text: &str| serde_json::from_str::<Map<String, Value>>(text).is_ok();
    match query.get("embedded") {
        Some(text) if !readable(text) => Err(Refusal::UnreadableEmbedded),
        _ => Ok(()),
    }
}

/// The item of an id.
pub(super) fn item(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    caller: ObjectId,
    id: ObjectId,
    query: &Query,
    headers: &Conditions,
) -> Result<Item, Refusal> {
    moment.reads(query, ITEM_KEYS);
    let scope = Scope::of(store, caller)?;
    scope.note_reach(moment);
    headers.check_date()?;
    check_embedded(query)?;
    let projection = Projection::parse(query.get("projection").unwrap_or_default())?;
    let record = store
        .collection(resource.name)
        .get(id)
        .ok_or(Refusal::UnknownItem)?;
    scope.check_item(store, moment, resource, &record)?;
    moment.applies(&rulebook::ITEM_EXISTS);
    let unchanged = headers.not_modified(&record)?;
    Ok(Item {
        shown: shown(store, moment, resource, &projection, record),
        unchanged,
        pretty: query.has("pretty"),
    })
}

/// A document as a read shows it: what the projection leaves, then the names computed.
fn shown(
    store: &Store,
    moment: &mut Moment,
    resource: &Resource,
    projection: &Projection,
    record: Arc<Record>,
) -> Shown {
    if let Some(rule) = (resource.shows)(&record) {
        moment.applies(rule);
    }
    let mut names = Vec::new();
    for (named, text) in resource.names_of(store, moment, &record) {
        moment.applies(named.rule);
        if resource.hides.contains(&NAMES_KEPT) {
            moment.assumes::<GroupNames>();
        }
        names.push((named.key, text));
    }
    let projected = projection
        .leaves_out()
        .then(|| projection.apply(&record, resource.fields));
    Shown {
        record,
        projected,
        names,
        hides: resource.hides,
    }
}
