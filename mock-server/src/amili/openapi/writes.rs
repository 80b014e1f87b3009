//! Creations, changes, deletions.

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::fields::{automatic, extended};
use super::refusals::{invalid, refused};
use super::{etag_header, everywhere, id_in_path, object_id, singular, with_token};
use crate::amili::assumptions::{
    AutomaticField, Bulk, ContentTypes, DeleteUnknown, DetailsText, ErrorsShape, ForeignAccount,
    ForeignRead, IfMatch, MalformedBody, NestedPatch, OwnId, ReadOnlyField, UnknownAccount,
    UnknownField,
};
use crate::amili::eve::Issues;
use crate::amili::refusal::{Refusal, Write};
use crate::amili::resource::Resource;
use crate::amili::rulebook;
use crate::openapi::schema::{any_of, list, matching, named, object, only, referred, text, with};
use crate::openapi::{Operation, Reply, parameter};
use crate::platform::assumption::{Answers, Assumption, Question};
use crate::platform::bounds::{self, Limits};

/// An example that a page prints.
pub(super) fn example(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

const RECEIPT: &str = "Receipt";

/// What the answer to a creation shows, with what the resource tells beside the automatic keys.
fn receipt(resource: &Resource, told: Vec<(&str, Value)>) -> Value {
    if told.is_empty() {
        return referred(RECEIPT);
    }
    let name = format!("ReceiptOf{}", singular(resource.name));
    named(&name, extended(plain_receipt(), told))
}

/// The answer to a creation of what tells nothing of its own.
pub(super) fn plain_receipt() -> Value {
    let automatic = automatic().into_iter();
    let form = object(automatic.chain([("_id", object_id()), ("_status", only("OK"))]));
    named(RECEIPT, form)
}

/// What every call with a body shares.
fn with_body(operation: Operation, answers: &Answers) -> Operation {
    let refusals = [
        Refusal::ContentType,
        Refusal::UnreadableBody("the body holds no document".to_owned()),
        Refusal::EmptyForm("No form-urlencoded data supplied"),
        Refusal::TooLarge(bounds::BODY),
    ];
    let open: [&Assumption; 7] = [
        ContentTypes::ASSUMPTION,
        MalformedBody::ASSUMPTION,
        ErrorsShape::ASSUMPTION,
        DetailsText::ASSUMPTION,
        UnknownField::ASSUMPTION,
        ReadOnlyField::ASSUMPTION,
        AutomaticField::ASSUMPTION,
    ];
    operation
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .assuming(&open)
}

/// What every write for an account shares.
fn owned(operation: Operation, answers: &Answers) -> Operation {
    operation
        .refuses([refused(
            Refusal::ForeignOwner(ObjectId::from_bytes([0; 12])),
            answers,
        )])
        .assuming(&[ForeignAccount::ASSUMPTION])
}

/// `POST /<resource>`: a body of these fields, and what the answer tells beside the automatic keys.
pub(in crate::amili) fn creation(
    resource: &'static Resource,
    body: Value,
    told: Vec<(&str, Value)>,
    examples: &[&str],
    answers: &Answers,
) -> Operation {
    let one = receipt(resource, told);
    let several = object([("_status", only("OK")), ("_items", list(one.clone()))]);
    let bulk = answers.to::<Bulk>() == Bulk::Accepted;
    let body = match bulk {
        true => any_of([body.clone(), with(list(body), "minItems", 1)]),
        false => body,
    };
    let shown = match bulk {
        true => any_of([
            one,
            named(&format!("ReceiptsOf{}", singular(resource.name)), several),
        ]),
        false => one,
    };
    let location = json!({ "schema": matching(&format!("/{}/[0-9a-f]{{24}}$", resource.name)) });
    let reply = Reply::new("It is made.")
        .json(shown)
        .header("Location", location);
    let id = singular(resource.name);
    let summary = format!(
        "Creates one of {}, or several",
        resource.name.replace("--", " ")
    );
    let taken = Refusal::IdTaken(ObjectId::from_bytes([0; 12]));
    let full = Refusal::Full(Limits::default().records);
    let unknown_owner = Refusal::UnknownOwner(ObjectId::from_bytes([0; 12]));
    let unknown_owner =
        (answers.to::<UnknownAccount>() == UnknownAccount::Forbidden).then_some(unknown_owner);
    let broken = Refusal::InvalidList {
        items: vec![Issues::new()],
        rules: Vec::new(),
    };
    let broken = bulk.then_some(broken);
    let refusals = [taken, full].into_iter().chain(unknown_owner).chain(broken);
    let examples: Vec<Value> = examples.iter().map(|text| example(text)).collect();
    let operation = Operation::new(format!("create{id}"), resource.name, summary)
        .body(body, &examples)
        .answers(201, reply)
        .refuses(invalid(resource, Write::Create, answers))
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .by(&[&rulebook::CREATED])
        .assuming(&[
            Bulk::ASSUMPTION,
            OwnId::ASSUMPTION,
            UnknownAccount::ASSUMPTION,
        ]);
    let operation = owned(with_body(operation, answers), answers);
    everywhere(with_token(operation, answers), "POST", answers)
}

/// What a call about one item shares that changes it.
fn on_item(operation: Operation, answers: &Answers) -> Operation {
    let required = answers.to::<IfMatch>() == IfMatch::Required;
    let about = "The etag that the document has, as a read tells it.";
    let etag = parameter::header("If-Match", about, text());
    let missing = required.then_some(Refusal::EtagMissing);
    let foreign = answers.to::<ForeignRead>() == ForeignRead::Forbidden;
    let foreign = foreign.then_some(Refusal::ForeignItem);
    let refusals = [Refusal::MalformedId, Refusal::EtagDiffers].into_iter();
    let refusals = refusals.chain(missing).chain(foreign);
    operation
        .takes([id_in_path(), with(etag, "required", required)])
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .assuming(&[IfMatch::ASSUMPTION, ForeignRead::ASSUMPTION])
}

/// `PATCH /<resource>/<id>`.
pub(in crate::amili) fn change(
    resource: &'static Resource,
    body: Value,
    answers: &Answers,
) -> Operation {
    let reply = Reply::new("It is changed.")
        .json(receipt(resource, Vec::new()))
        .header("ETag", etag_header());
    let refusals = [
        Refusal::UnknownItem,
        Refusal::IdChanged,
        Refusal::UnreadableDate,
        Refusal::MalformedQuery("projection cannot be read".to_owned()),
        Refusal::NotModelled("this operator of where"),
    ];
    let about = "It shapes nothing, but it must be readable.";
    let id = format!("update{}", singular(resource.name));
    let summary = format!("Changes one of {}", resource.name.replace("--", " "));
    let operation = Operation::new(id, resource.name, summary)
        .takes([parameter::query("projection", about, text())])
        .body(body, &[])
        .answers(200, reply)
        .refuses(invalid(resource, Write::Change, answers))
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .assuming(&[NestedPatch::ASSUMPTION]);
    let operation = owned(on_item(with_body(operation, answers), answers), answers);
    everywhere(with_token(operation, answers), "PATCH", answers)
}

/// `DELETE /<resource>/<id>`.
pub(in crate::amili) fn removal(resource: &'static Resource, answers: &Answers) -> Operation {
    let unknown =
        (answers.to::<DeleteUnknown>() == DeleteUnknown::NotFound).then_some(Refusal::UnknownItem);
    let id = format!("delete{}", singular(resource.name));
    let summary = format!("Deletes one of {}", resource.name.replace("--", " "));
    let operation = Operation::new(id, resource.name, summary)
        .answers(204, Reply::new("It is gone."))
        .refuses(unknown.map(|refusal| refused(refusal, answers)))
        .assuming(&[DeleteUnknown::ASSUMPTION]);
    let operation = owned(on_item(operation, answers), answers);
    everywhere(with_token(operation, answers), "DELETE", answers)
}
