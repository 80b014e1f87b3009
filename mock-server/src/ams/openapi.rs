//! What the document says of AMS: the credentials, how refusals look, what all calls share. Each call describes
//! itself beside its handler.

use serde_json::{Value, json};

use super::assumptions::{
    AssignedAnswer, Blanks, ContentType, CreatedRecord, CreatedStatus, ErrorBody, ForeignUser,
    IdForms, InvalidBody, LongestText, MalformedId, OptionsMethod, RepeatedIds, TokenPlace,
    TrailingSlash, UnknownField, Unreadable, Wrapper,
};
use super::form::{COLUMN, Problems};
use super::permission::Permission;
use super::refusal::Refusal;
use super::{Ams, calls, rulebook};
use crate::openapi::schema::{
    any_of, closed, integer, integer_sent, list, map, matching, named, object, optional, or_null,
    text, with,
};
use crate::openapi::{
    Calls, Description, Elsewhere, Operation, Reply, Sample, parameter, refusals, sample,
};
use crate::platform::api::Api;
use crate::platform::assumption::{Answers, Assumption, Question};
use crate::platform::bounds::{self, Limits};
use crate::platform::rule::Rule;

/// The document.
pub(super) fn document(answers: &Answers) -> Description {
    let offered = calls().into_iter().filter(|call| call.is_offered(answers));
    let offered = offered.fold(Calls::default(), |all, call| all.at(call.path, call.call));
    Description {
        title: "AMS mock",
        about: "Users, departments and permission groups. It says what the mock answers under the answers to \
                open questions that are in force; `x-rules` and `x-assumptions` name what decides."
            .to_owned(),
        tags: vec![
            ("users", "Login accounts and their departments.".to_owned()),
            ("departments", "The department tree.".to_owned()),
            ("groups", "Permission groups and who holds them.".to_owned()),
        ],
        security: vec![("token", scheme(answers))],
        paths: offered.paths(Ams.prefix(), answers),
        schemas: Vec::new(),
        elsewhere: Elsewhere {
            path: refusals([refused(Refusal::UnknownPath, answers)]),
            method: allowing(refusals([refused(Refusal::UnknownMethod, answers)])),
        },
        is_fake: true,
    }
}

/// A 405 names the methods that the path offers.
fn allowing(replies: Vec<(u16, Reply)>) -> Vec<(u16, Reply)> {
    let allow = || json!({ "schema": text() });
    let replies = replies.into_iter();
    replies
        .map(|(status, reply)| (status, reply.header("Allow", allow())))
        .collect()
}

fn scheme(answers: &Answers) -> Value {
    match answers.to::<TokenPlace>() {
        TokenPlace::Bearer => json!({ "type": "http", "scheme": "bearer" }),
        TokenPlace::Plain => json!({ "type": "apiKey", "in": "header", "name": "Authorization" }),
        TokenPlace::ApiKey => json!({ "type": "apiKey", "in": "header", "name": "X-API-Key" }),
    }
}

/// A refusal as it is answered, with the form of its kind.
pub(super) fn refused(refusal: Refusal, answers: &Answers) -> Sample {
    let form = match &refusal {
        Refusal::Missing { .. } | Refusal::Overreach { .. } => coded(answers),
        Refusal::Invalid(_) => invalid(answers),
        Refusal::Unauthenticated
        | Refusal::Forbidden { .. }
        | Refusal::Unreadable(_)
        | Refusal::TooLarge(_)
        | Refusal::Full(_)
        | Refusal::UnknownPath
        | Refusal::UnknownMethod
        | Refusal::Defect => named("Message", object([("message", text())])),
    };
    sample(refusal, answers, form)
}

/// The error codes of every rule that has one.
fn codes() -> Value {
    let refused = rulebook::ALL.iter().filter_map(|rule| rule.refused_as);
    let mut codes: Vec<&str> = refused.map(|refused| refused.error).collect();
    codes.retain(|code| code.contains('.'));
    codes.sort_unstable();
    codes.dedup();
    json!({ "type": "string", "enum": codes })
}

fn coded(answers: &Answers) -> Value {
    let error = object([("code", codes()), ("message", text())]);
    let form = match answers.to::<ErrorBody>() {
        ErrorBody::Flat => error,
        ErrorBody::Nested => object([("error", error)]),
        ErrorBody::Listed => object([("errors", list(error))]),
        ErrorBody::ErrorKey => object([("error", codes()), ("message", text())]),
        ErrorBody::MessageKey => object([("message", codes())]),
    };
    named("CodedError", form)
}

fn invalid(answers: &Answers) -> Value {
    let form = match answers.to::<InvalidBody>() {
        InvalidBody::ByField => object([("message", text()), ("errors", map(list(text())))]),
        InvalidBody::Listed => {
            let problem = object([("field", text()), ("message", text())]);
            object([("message", text()), ("errors", list(problem))])
        }
        InvalidBody::MessageOnly => object([("message", text())]),
    };
    named("InvalidFields", form)
}

/// A call that takes a permission.
pub(super) fn call(operation: Operation, permission: Permission, answers: &Answers) -> Operation {
    let without_group = Refusal::Forbidden {
        rule: &rulebook::LOGIN_ONLY,
        permission: permission.name,
    };
    operation
        .more(format!("Takes the permission `{}`.", permission.name))
        .refuses([
            refused(Refusal::Unauthenticated, answers),
            refused(Refusal::forbidden(permission), answers),
            refused(without_group, answers),
            refused(Refusal::Defect, answers),
        ])
        .by(&[&rulebook::OPENS_FEATURES, &rulebook::BUNDLES])
        .assuming(&[
            TokenPlace::ASSUMPTION,
            TrailingSlash::ASSUMPTION,
            OptionsMethod::ASSUMPTION,
        ])
}

/// A call with a body of these fields, as they are without a body that is right.
pub(super) fn with_body(
    operation: Operation,
    fields: Value,
    example: Value,
    answers: &Answers,
) -> Operation {
    let fields = match answers.to::<UnknownField>() {
        UnknownField::Refused => closed(fields),
        UnknownField::Ignored => fields,
    };
    let unreadable = Refusal::Unreadable("The body must be a JSON object.".to_owned());
    let unreadable = (answers.to::<Unreadable>() == Unreadable::BadRequest).then_some(unreadable);
    let refusals = unreadable
        .into_iter()
        .chain([Refusal::TooLarge(bounds::BODY)]);
    operation
        .body(fields, &[example])
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .assuming(&[
            Blanks::ASSUMPTION,
            ContentType::ASSUMPTION,
            Unreadable::ASSUMPTION,
            UnknownField::ASSUMPTION,
            IdForms::ASSUMPTION,
        ])
}

/// A refusal over one field.
pub(super) fn problem(
    rule: Option<&'static Rule>,
    field: &str,
    text: &str,
    answers: &Answers,
) -> Sample {
    let mut problems = Problems::default();
    match rule {
        Some(rule) => problems.add_by(rule, field, text),
        None => problems.add(field, text),
    }
    refused(Refusal::Invalid(problems), answers)
}

/// A refusal over a record that there is not.
pub(super) fn missing(rule: &'static Rule, what: &str, answers: &Answers) -> Sample {
    let what = what.to_owned();
    refused(Refusal::Missing { rule, what }, answers)
}

/// What every call about a user shares: how its path names the user, and when there is none.
pub(super) fn about_user(
    operation: Operation,
    exists: &'static Rule,
    answers: &Answers,
) -> Operation {
    let id = matching("^(0|[1-9][0-9]*)$");
    let no_path =
        (answers.to::<MalformedId>() == MalformedId::NoPath).then_some(Refusal::UnknownPath);
    operation
        .takes([parameter::path("userId", "The user.", id)])
        .refuses([missing(exists, "User not found.", answers)])
        .refuses(no_path.map(|refusal| refused(refusal, answers)))
        .assuming(&[MalformedId::ASSUMPTION, ForeignUser::ASSUMPTION])
}

/// What answers a creation.
pub(super) fn created(operation: Operation, record: Value, answers: &Answers) -> Operation {
    let shown = match answers.to::<CreatedRecord>() {
        CreatedRecord::Whole => record,
        CreatedRecord::IdOnly => object([("id", integer())]),
    };
    let status = match answers.to::<CreatedStatus>() {
        CreatedStatus::Created => 201,
        CreatedStatus::Fine => 200,
    };
    let reply = Reply::new("It is made.").json(wrapped(shown, answers));
    let open: [&Assumption; 3] = [
        CreatedRecord::ASSUMPTION,
        CreatedStatus::ASSUMPTION,
        Wrapper::ASSUMPTION,
    ];
    let full = Refusal::Full(Limits::default().records);
    let operation = operation.answers(status, reply).assuming(&open);
    operation.refuses([refused(full, answers)])
}

/// What answers an assignment: the ids that the user has afterwards.
pub(super) fn assigned(operation: Operation, list_name: &str, answers: &Answers) -> Operation {
    let (status, reply) = match answers.to::<AssignedAnswer>() {
        AssignedAnswer::Ids => {
            let ids = object([(list_name, list(integer()))]);
            (
                200,
                Reply::new("What the user has now.").json(wrapped(ids, answers)),
            )
        }
        AssignedAnswer::Empty => (204, Reply::new("It is done.")),
    };
    let open: [&Assumption; 2] = [AssignedAnswer::ASSUMPTION, Wrapper::ASSUMPTION];
    operation.answers(status, reply).assuming(&open)
}

/// Bare, or under `data`.
pub(super) fn wrapped(form: Value, answers: &Answers) -> Value {
    match answers.to::<Wrapper>() {
        Wrapper::Bare => form,
        Wrapper::Data => object([("data", form)]),
    }
}

/// An id that a body names.
pub(super) fn id(answers: &Answers) -> Value {
    match answers.to::<IdForms>() {
        IdForms::Integers => integer_sent(),
        IdForms::NumericTexts => any_of([integer_sent(), matching("^-?[0-9]+$")]),
    }
}

/// A list of ids that a body names.
pub(super) fn ids(name: &str, empty: bool, answers: &Answers) -> Value {
    let mut form = list(id(answers));
    if !empty {
        form["minItems"] = 1.into();
    }
    if answers.to::<RepeatedIds>() == RepeatedIds::Refused {
        form["uniqueItems"] = true.into();
    }
    object([(name, form)])
}

/// A text that a body gives.
pub(super) fn text_sent(answers: &Answers) -> Value {
    match answers.to::<LongestText>() {
        LongestText::Column => with(text(), "maxLength", COLUMN),
        LongestText::Unlimited => text(),
    }
}

/// A field that must be there is more than blanks.
pub(super) fn filled(form: Value) -> Value {
    with(with(form, "minLength", 1), "pattern", "\\S")
}

/// The fields of a body, of which these must be there.
pub(super) fn fields<'a>(
    members: impl IntoIterator<Item = (&'a str, Value)>,
    required: &[&str],
) -> Value {
    let members = members
        .into_iter()
        .map(|(name, form)| match required.contains(&name) {
            true => (name, form),
            false => (name, or_null(form)),
        });
    with(optional(members), "required", json!(required))
}

/// A company, or none.
pub(super) fn company() -> Value {
    or_null(integer())
}

/// An example body, as a document prints it.
pub(super) fn example(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// 1 or 0.
pub(super) fn switch() -> Value {
    json!({ "type": "integer", "enum": [0, 1] })
}
