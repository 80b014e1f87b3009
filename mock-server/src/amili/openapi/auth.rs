//! The ways to a token.

use serde_json::json;

use super::refusals::refused;
use super::{JWT, everywhere};
use crate::amili::assumptions::{
    ContentTypes, ExpLimit, MalformedBody, PostForm, TokenField, TokenLifetime,
};
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::openapi::schema::{object, text};
use crate::openapi::{Operation, Reply, Sample};
use crate::platform::assumption::{Answers, Assumption, Question};
use crate::platform::bounds::{self, Limits};
use crate::platform::rule::Rule;

const TAG: &str = "authentication";

fn token(answers: &Answers) -> Reply {
    let member = match answers.to::<TokenField>() {
        TokenField::Token => "token",
        TokenField::AccessToken => "access_token",
        TokenField::ApiKey => "api_key",
        TokenField::XApiKey => "x_api_key",
    };
    Reply::new("A token.").json(object([(member, text())]))
}

fn no_token(rule: &'static Rule, answers: &Answers) -> Sample {
    let rule = Some(rule);
    refused(
        Refusal::NoToken {
            rule,
            why: String::new(),
        },
        answers,
    )
}

/// `GET /authenticates/api-code`.
pub(in crate::amili) fn by_jwt(answers: &Answers) -> Operation {
    let rules = [
        &rulebook::SIGNED_BY_KEY,
        &rulebook::JWT_ALGORITHMS,
        &rulebook::JWT_CLAIMS,
        &rulebook::JWT_EXPIRY,
        &rulebook::API_CODE_REGISTERED,
    ];
    let open: [&Assumption; 4] = [
        TokenField::ASSUMPTION,
        TokenLifetime::ASSUMPTION,
        ExpLimit::ASSUMPTION,
        PostForm::ASSUMPTION,
    ];
    let operation = Operation::new("authenticate", TAG, "Gives a token for a JWT")
        .secured_by(JWT)
        .answers(200, token(answers))
        .refuses(rules.map(|rule| no_token(rule, answers)))
        .refuses([refused(full(), answers)])
        .assuming(&open);
    everywhere(operation, "GET", answers)
}

fn full() -> Refusal {
    Refusal::Full(Limits::default().records)
}

/// `POST /authenticates/api-code`, where the older edition is in force.
pub(in crate::amili) fn by_address(answers: &Answers) -> Operation {
    let refusals = [
        Refusal::ContentType,
        Refusal::UnreadableBody("expected value".to_owned()),
        Refusal::EmptyForm("No form-urlencoded data supplied"),
        Refusal::TooLarge(bounds::BODY),
        full(),
    ];
    let open: [&Assumption; 5] = [
        TokenField::ASSUMPTION,
        TokenLifetime::ASSUMPTION,
        PostForm::ASSUMPTION,
        ContentTypes::ASSUMPTION,
        MalformedBody::ASSUMPTION,
    ];
    let example = json!({ "summary": "An API code of the built-in world", "value": { "api_code": "api-code-es256" } });
    let operation = Operation::new(
        "authenticateByAddress",
        TAG,
        "Gives a token to a registered address",
    )
    .secured_by("")
    .body(object([("api_code", text())]), &[example])
    .answers(200, token(answers))
    .refuses([no_token(&rulebook::API_CODE_REGISTERED, answers)])
    .refuses(refusals.map(|refusal| refused(refusal, answers)))
    .assuming(&open);
    everywhere(operation, "POST", answers)
}
