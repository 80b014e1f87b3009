//! What the document says of Amili. The forms come from the schemas of the resources, the refusals from
//! `refusal.rs`; what a resource adds of its own stands in its folder.

mod auth;
mod fields;
mod reads;
mod refusals;
mod writes;

use serde_json::{Value, json};

use super::assumptions::RateLimits;
use super::refusal::Refusal;
use super::resource::Resource;
use super::{RESOURCES, gaps, limits};
use crate::openapi::schema::{integer, matching, named, one_of_texts, referred};
use crate::openapi::{Description, Elsewhere, Operation, parameter, refusals as by_status};
use crate::platform::assumption::{Answers, Question};

pub(in crate::amili) use auth::{by_address, by_jwt};
pub(in crate::amili) use fields::{members, sent};
pub(in crate::amili) use reads::{home, item, list, unmodelled};
pub(in crate::amili) use refusals::{breach, invalid, invalid_by, refused};
use writes::example;
pub(in crate::amili) use writes::{change, creation, removal};

/// The credentials of all calls but the authentication.
const TOKEN: &str = "token";
/// Those of the authentication.
const JWT: &str = "jwt";

/// The document.
pub(super) fn document(answers: &Answers) -> Description {
    let key = |about: &str| json!({ "type": "apiKey", "in": "header", "name": "X-API-Key", "description": about });
    let tags = RESOURCES.iter().map(|resource| {
        let about = format!("The resource `{}`.", resource.name);
        (resource.name, about)
    });
    let others = [
        ("authentication", "How to get a token.".to_owned()),
        (
            "framework",
            "What the framework offers beside the resources.".to_owned(),
        ),
        (
            "gaps",
            "What is documented and not modelled: it is answered 501.".to_owned(),
        ),
    ];
    Description {
        title: "Amili mock",
        about: "Debt collection, in the manners of the framework Eve. It says what the mock answers under the \
                answers to open questions that are in force; `x-rules` and `x-assumptions` name what decides. \
                Every path may end in a slash. `HEAD` is answered like `GET` without its body, `OPTIONS` with \
                `Allow`. Bodies may also come as forms, and values of other types that the framework turns \
                into the right ones, such as \"true\", are taken too."
            .to_owned(),
        tags: others.into_iter().chain(tags).collect(),
        security: vec![
            (TOKEN, key("A token, from the world or from the authentication.")),
            (JWT, key("A JWT signed by the private key of the registered one.")),
        ],
        paths: super::calls().paths(answers),
        schemas: schemas(answers),
        elsewhere: Elsewhere {
            path: by_status([refused(Refusal::UnknownPath, answers)]),
            // An id that is none is looked at first.
            method: by_status(
                [Refusal::UnknownMethod, Refusal::MalformedId].map(|refusal| refused(refusal, answers)),
            ),
        },
        is_fake: true,
    }
}

/// `Creditor`, as the resource `creditors` is called in the singular and in camel case.
fn singular(name: &str) -> String {
    let parts = name.split("--").map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    let whole = parts.collect::<String>();
    whole.strip_suffix('s').map_or(whole.clone(), str::to_owned)
}

/// `CaseRegistrations`.
fn plural(name: &str) -> String {
    format!("{}s", singular(name))
}

/// The schemas that calls refer to by name.
fn schemas(answers: &Answers) -> Vec<Value> {
    let days = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
    let months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
    let date = format!(
        "^({days}), [0-3][0-9] ({months}) [0-9]{{4}} [0-2][0-9]:[0-5][0-9]:[0-5][0-9] GMT$"
    );
    let mut schemas = vec![
        named(ID, matching("^[0-9a-f]{24}$")),
        named(DATE, matching(&date)),
        writes::plain_receipt(),
    ];
    schemas.extend(refusals::forms(answers));
    schemas
}

const ID: &str = "ObjectId";
const DATE: &str = "Date";

/// An id.
pub(in crate::amili) fn object_id() -> Value {
    referred(ID)
}

/// A date as the framework writes it.
fn date() -> Value {
    referred(DATE)
}

/// An etag as a header holds it.
fn etag_header() -> Value {
    json!({ "schema": matching("^\"[0-9a-f]+\"$") })
}

fn date_header() -> Value {
    json!({ "schema": date() })
}

/// The id of an item.
fn id_in_path() -> Value {
    parameter::path("id", "The `_id` of the document.", object_id())
}

/// What every call shares, once its own answers are there: it may have been asked for by an override, be one
/// too many, or find a fault in the mock.
fn everywhere(operation: Operation, method: &str, answers: &Answers) -> Operation {
    let about = "Makes the request this one, whichever its method is.";
    let named = parameter::header("X-HTTP-Method-Override", about, one_of_texts(&[method]));
    let operation = operation
        .takes([named])
        .refuses([Refusal::UnknownMethod, Refusal::Defect].map(|refusal| refused(refusal, answers)))
        .assuming(&[
            super::assumptions::HeadAndOptions::ASSUMPTION,
            RateLimits::ASSUMPTION,
        ]);
    if answers.to::<RateLimits>() == RateLimits::Off {
        return operation;
    }
    let number = json!({ "schema": integer() });
    let too_many =
        Refusal::TooMany("the limit of 100 requests in 60 s for each key is passed".to_owned());
    let operation = operation.refuses([refused(too_many, answers)]);
    let names = limits::TOLD.iter();
    names.fold(operation, |operation, name| {
        operation.everywhere(name, &number)
    })
}

/// What every call with a token shares.
fn with_token(operation: Operation, answers: &Answers) -> Operation {
    let ended = Refusal::TokenEnded(jiff::Timestamp::UNIX_EPOCH);
    operation.refuses([
        refused(Refusal::Unauthenticated, answers),
        refused(ended, answers),
    ])
}

/// The tag of a gap, whose resource there is not.
const GAPS: &str = "gaps";

/// Every gap has a call of its own; the name tells them apart.
fn gap_id(gap: &gaps::Gap, method: &str) -> String {
    let resource = gap.path.trim_start_matches('/');
    match (method, resource.strip_suffix("/{id}")) {
        ("GET", Some(name)) => format!("get{}", singular(name)),
        ("GET", None) => format!("list{}", plural(resource)),
        (_, Some(name)) => format!("create{}", singular(name)),
        (_, None) => format!("create{}", singular(resource)),
    }
}

/// The names of the fields by which a resource is blamed that holds none of its own.
fn first_of(
    resource: &Resource,
    wanted: impl Fn(&super::eve::schema::Field) -> bool,
) -> Option<&'static str> {
    let mut fields = resource.fields.iter();
    fields.find(|field| wanted(field)).map(|field| field.name)
}
