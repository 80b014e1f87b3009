//! Lists, items, and what is not modelled.

use serde_json::{Value, json};

use super::fields::shown;
use super::refusals::{nothing, refused};
use super::{
    GAPS, date_header, etag_header, everywhere, gap_id, id_in_path, plural, singular, with_token,
};
use crate::amili::assumptions::{
    CreditorFilter, CreditorReads, CustomerSearch, DefaultOrder, ForeignRead, GroupNames,
    MalformedId, OverLimit, ValueTypes,
};
use crate::amili::gaps::Gap;
use crate::amili::refusal::Refusal;
use crate::amili::resource::{NAMES_KEPT, Resource};
use crate::amili::{reads, rulebook};
use crate::openapi::schema::{integer, list as list_of, named, object, text, with};
use crate::openapi::{Operation, Reply, parameter};
use crate::platform::assumption::{Answers, Assumption, Question};
use crate::platform::rule::Rule;

/// A JSON text in a query.
fn json_text() -> Value {
    with(text(), "contentMediaType", "application/json")
}

fn projection() -> Value {
    let about =
        "A JSON object: the fields to show, `{\"name\": 1}`, or to leave out, `{\"name\": 0}`.";
    parameter::query("projection", about, json_text())
}

fn pretty() -> Value {
    let about = "Set, the text of the answer is one that people read easily.";
    with(
        parameter::query("pretty", about, text()),
        "allowEmptyValue",
        true,
    )
}

fn embedded() -> Value {
    let about = "A JSON object. Nothing can be embedded, but it must be readable.";
    parameter::query("embedded", about, json_text())
}

fn since() -> Value {
    let about = "A date as `Last-Modified` tells it.";
    parameter::header("If-Modified-Since", about, super::date())
}

fn page_size(answers: &Answers) -> Value {
    let size = json!({ "type": "integer", "minimum": 1, "default": reads::PAGE_SIZE });
    match answers.to::<OverLimit>() {
        OverLimit::Refused => with(size, "maximum", reads::PAGE_LIMIT),
        OverLimit::Clamped => size,
    }
}

fn list_parameters(resource: &Resource, answers: &Answers) -> Vec<Value> {
    let asked = "A JSON object with operators of MongoDB: the documents to show.";
    let example = json!({ "account": { "summary": "The documents of an account", "value": "{\"account\": \"6662fb1df4d1eaf404cb08de\"}" } });
    let mut parameters = vec![
        with(
            parameter::query("where", asked, json_text()),
            "examples",
            example,
        ),
        parameter::query(
            "sort",
            "A field, with `-` before it for descending; several by commas.",
            text(),
        ),
        projection(),
        parameter::query(
            "page",
            "The number of the page.",
            json!({ "type": "integer", "minimum": 1, "default": 1 }),
        ),
        parameter::query(
            "max_results",
            "How many documents a page holds, 100 at the most.",
            page_size(answers),
        ),
        pretty(),
        embedded(),
        since(),
    ];
    if answers.to::<CustomerSearch>() == CustomerSearch::Exact {
        let searches = resource.searches.iter();
        parameters.extend(searches.map(|field| {
            parameter::query(
                field,
                "The documents whose field is exactly this text.",
                text(),
            )
        }));
    }
    parameters
}

/// What every read of documents shares.
fn read(operation: Operation, resource: &'static Resource, answers: &Answers) -> Operation {
    let malformed = Refusal::MalformedQuery("projection cannot be read".to_owned());
    let refusals = [
        Refusal::UnreadableDate,
        Refusal::UnreadableEmbedded,
        malformed,
        Refusal::NotModelled("this operator of where"),
    ];
    let named = resource.names.iter().map(|named| named.rule);
    let mut open: Vec<&Assumption> = vec![CreditorReads::ASSUMPTION, ForeignRead::ASSUMPTION];
    if resource.hides.contains(&NAMES_KEPT) {
        open.push(GroupNames::ASSUMPTION);
    }
    with_token(operation, answers)
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .by(&named.collect::<Vec<_>>())
        .by(&shown_at_work(resource).0)
        .assuming(&open)
}

/// The rules that the documents themselves show at work, and a page of them that a guide prints.
fn shown_at_work(resource: &Resource) -> (Vec<&'static Rule>, Option<&'static str>) {
    match resource.name {
        "access--groups" => (
            vec![&rulebook::ACCOUNT_GROUPS, &rulebook::GROUPS_ON_CREATION],
            Some(include_str!(
                "../../../../fixtures/examples/amili-access-groups.json"
            )),
        ),
        "cases" => (vec![&rulebook::CASE_BEGINS], None),
        "customers" => (vec![&rulebook::CUSTOMER_MADE], None),
        _ => (Vec::new(), None),
    }
}

/// `GET /<resource>`.
pub(in crate::amili) fn list(resource: &'static Resource, answers: &Answers) -> Operation {
    let meta = object([
        ("page", integer()),
        ("max_results", integer()),
        ("total", integer()),
    ]);
    let page = object([
        ("_items", list_of(shown(resource, answers))),
        ("_meta", meta),
    ]);
    let page = named(&format!("{}Page", singular(resource.name)), page);
    let reply = Reply::new("A page of the list.")
        .json(page)
        .header("X-Total-Count", json!({ "schema": integer() }))
        .may_have("Last-Modified", date_header());
    let reply = match shown_at_work(resource).1 {
        Some(text) => reply.example("printed", super::example(text)),
        None => reply,
    };
    let id = format!("list{}", plural(resource.name));
    let summary = format!("Lists {}", words(resource));
    let mut open: Vec<&Assumption> = vec![
        OverLimit::ASSUMPTION,
        DefaultOrder::ASSUMPTION,
        ValueTypes::ASSUMPTION,
        CreditorFilter::ASSUMPTION,
    ];
    if !resource.searches.is_empty() {
        open.push(CustomerSearch::ASSUMPTION);
    }
    let operation = Operation::new(id, resource.name, summary)
        .takes(list_parameters(resource, answers))
        .answers(200, reply)
        .by(&[
            &rulebook::WHERE_FILTERS,
            &rulebook::LIST_META,
            &rulebook::PAGE_LIMIT,
            &rulebook::INSERTION_ORDER,
        ])
        .assuming(&open);
    everywhere(read(operation, resource, answers), "GET", answers)
}

/// `GET /<resource>/<id>`.
pub(in crate::amili) fn item(resource: &'static Resource, answers: &Answers) -> Operation {
    let reply = Reply::new("The document.")
        .json(shown(resource, answers))
        .header("ETag", etag_header())
        .header("Last-Modified", date_header());
    let unchanged = Reply::new("The client's own copy is as good.").header("ETag", etag_header());
    let about = "An etag, or several: with one of them the copy is as good.";
    let copies = parameter::header("If-None-Match", about, text());
    let foreign = answers.to::<ForeignRead>() == ForeignRead::Forbidden;
    let foreign = foreign.then_some(Refusal::ForeignItem);
    let refusals = [Refusal::MalformedId, Refusal::UnknownItem]
        .into_iter()
        .chain(foreign);
    let id = format!("get{}", singular(resource.name));
    let summary = format!("Reads one of {}", words(resource));
    let operation = Operation::new(id, resource.name, summary)
        .takes([
            id_in_path(),
            projection(),
            pretty(),
            embedded(),
            since(),
            copies,
        ])
        .answers(200, reply)
        .answers(304, unchanged)
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .by(&[&rulebook::ITEM_EXISTS])
        .assuming(&[MalformedId::ASSUMPTION]);
    everywhere(read(operation, resource, answers), "GET", answers)
}

/// `GET /`.
pub(in crate::amili) fn home(answers: &Answers) -> Operation {
    let operation = Operation::new("getHome", "framework", "Shows nothing: links are off")
        .answers(200, Reply::new("Nothing.").json(nothing()));
    everywhere(with_token(operation, answers), "GET", answers)
}

/// A call that is documented and not modelled.
pub(in crate::amili) fn unmodelled(gap: &Gap, method: &str, answers: &Answers) -> Operation {
    let summary = format!("Not modelled: {}", gap.what);
    let operation = Operation::new(gap_id(gap, method), GAPS, summary)
        .refuses([refused(Refusal::NotModelled(gap.what), answers)]);
    let operation = match gap.path.ends_with("{id}") {
        true => operation
            .takes([id_in_path()])
            .refuses([refused(Refusal::MalformedId, answers)]),
        false => operation,
    };
    everywhere(with_token(operation, answers), method, answers)
}

/// `case registrations`.
fn words(resource: &Resource) -> String {
    resource.name.replace("--", " ")
}
