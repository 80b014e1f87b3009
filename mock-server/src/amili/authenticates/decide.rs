//! Decides whether somebody is given a token: what a JWT must say, and what vouches for it.

use bson::Bson;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::codes::ApiCode;
use super::jwt::Jwt;
use super::keys::Algorithm;
use crate::amili::NAME;
use crate::amili::assumptions::{ExpLimit, PostForm, TokenField, TokenLifetime};
use crate::amili::eve::text;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::store::Store;
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// "About 10 minutes", in seconds.
const DOCUMENTED_LIMIT: f64 = 600.0;
/// How far two clocks that somebody looks after may differ, in seconds.
const SKEW: f64 = 60.0;

/// A token for somebody who has proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Granted {
    /// The member of the answer that holds it.
    pub(super) field: &'static str,
    /// The token.
    pub(super) token: String,
}

/// Decides on `GET`: the header holds a JWT.
pub(super) fn by_jwt(
    store: &Store,
    moment: &mut Moment,
    header: Option<&str>,
) -> Result<Granted, Refusal> {
    let text = header.filter(|text| !text.is_empty()).ok_or_else(|| {
        let why = "the header X-API-Key must hold a JWT";
        refused(&rulebook::SIGNED_BY_KEY, why)
    })?;
    let jwt = Jwt::read(text).map_err(|why| {
        let why = format!("what X-API-Key holds is no JWT: {why}");
        refused(&rulebook::SIGNED_BY_KEY, why)
    })?;
    let algorithm = algorithm(&jwt.header)?;
    let named = jwt.claims.get("api_code");
    let named = named.map(|named| named.as_str().ok_or_else(|| named.to_string()));
    let code = registered(store, &rulebook::JWT_CLAIMS, named)?;
    check_signature(code, algorithm, &jwt)?;
    check_expiry(moment, &jwt.claims)?;
    Ok(grant(moment, code))
}

/// Refuses `POST` unless the edition in force has it.
pub(super) fn check_post_form(moment: &mut Moment) -> Result<(), Refusal> {
    match moment.assumes::<PostForm>() {
        PostForm::Absent => Err(Refusal::UnknownMethod),
        PostForm::RegisteredIp => Ok(()),
    }
}

/// Decides on `POST`: the address of the caller vouches for it, and the body holds the API code.
pub(super) fn by_address(
    store: &Store,
    moment: &mut Moment,
    body: &Bson,
) -> Result<Granted, Refusal> {
    let rule = &rulebook::API_CODE_REGISTERED;
    let members = body
        .as_document()
        .ok_or_else(|| refused(rule, "the body must be an object that holds api_code"))?;
    let named = members.get("api_code");
    let named = named.map(|named| named.as_str().ok_or_else(|| text::value(named)));
    let code = registered(store, rule, named)?;
    Ok(grant(moment, code))
}

fn algorithm(header: &Map<String, Value>) -> Result<&'static Algorithm, Refusal> {
    if header.contains_key("crit") {
        let why = "the header of the JWT names extensions in crit, of which none is known here";
        return Err(refused(&rulebook::SIGNED_BY_KEY, why));
    }
    let named = header.get("alg");
    let known = named.and_then(Value::as_str).and_then(Algorithm::named);
    known.ok_or_else(|| {
        let named = named.map_or_else(|| "nothing".to_owned(), Value::to_string);
        let known = Algorithm::names();
        let why = format!("alg in the header of the JWT is {named}; taken are {known}");
        refused(&rulebook::JWT_ALGORITHMS, why)
    })
}

/// The registered API code that a member names, or the text of what it holds instead; `rule` asks for the member.
fn registered<'a>(
    store: &'a Store,
    rule: &'static Rule,
    named: Option<Result<&str, String>>,
) -> Result<&'a ApiCode, Refusal> {
    let named = match named {
        Some(Ok(named)) => named,
        Some(Err(other)) => {
            let why = format!("api_code must be a string, not {other}");
            return Err(refused(rule, why));
        }
        None => return Err(refused(rule, "api_code is missing")),
    };
    store.api_codes().get(named).ok_or_else(|| {
        let why = format!("no API code '{named}' is registered");
        refused(&rulebook::API_CODE_REGISTERED, why)
    })
}

fn check_signature(code: &ApiCode, algorithm: &Algorithm, jwt: &Jwt) -> Result<(), Refusal> {
    let name = algorithm.name;
    if !code.key.fits(algorithm) {
        let kind = code.key.kind;
        let why = format!("the key registered for the API code is one of {kind}, not for {name}");
        return Err(refused(&rulebook::JWT_ALGORITHMS, why));
    }
    if code.key.has_signed(algorithm, jwt.signed, &jwt.signature) {
        return Ok(());
    }
    let why = format!(
        "the signature is not one by {name} with the private key that belongs to the registered one"
    );
    Err(refused(&rulebook::SIGNED_BY_KEY, why))
}

/// `exp` lies ahead, and not too far.
fn check_expiry(moment: &mut Moment, claims: &Map<String, Value>) -> Result<(), Refusal> {
    let exp = match claims.get("exp") {
        Some(Value::Number(seconds)) => seconds.as_f64().unwrap_or_default(),
        Some(other) => {
            let why = format!("exp must be a number, the seconds since 1970, not {other}");
            return Err(refused(&rulebook::JWT_CLAIMS, why));
        }
        None => return Err(refused(&rulebook::JWT_CLAIMS, "exp is missing")),
    };
    let now = moment.instant();
    let ahead = exp - now.as_duration().as_secs_f64();
    if ahead <= 0.0 {
        let why = format!("exp lies {:.0} seconds back; it is {now} here", ahead.abs());
        return Err(refused(&rulebook::JWT_EXPIRY, why));
    }
    if ahead <= DOCUMENTED_LIMIT {
        return Ok(());
    }
    let limit = match moment.assumes::<ExpLimit>() {
        ExpLimit::TenMinutes => DOCUMENTED_LIMIT,
        ExpLimit::WithSkew => DOCUMENTED_LIMIT + SKEW,
        ExpLimit::Unlimited => return Ok(()),
    };
    if ahead <= limit {
        return Ok(());
    }
    // A frequent mistake, and its sign.
    let hint = if ahead > now.as_duration().as_secs_f64() {
        "; are these milliseconds?"
    } else {
        ""
    };
    Err(Refusal::NoToken {
        rule: None,
        why: format!(
            "exp lies {ahead:.0} seconds ahead and may lie {limit} ahead; it is {now} here{hint}"
        ),
    })
}

fn grant(moment: &mut Moment, code: &ApiCode) -> Granted {
    let lifetime = match moment.assumes::<TokenLifetime>() {
        TokenLifetime::OneHour => Some(SignedDuration::from_hours(1)),
        TokenLifetime::TenMinutes => Some(SignedDuration::from_mins(10)),
        TokenLifetime::OneDay => Some(SignedDuration::from_hours(24)),
        TokenLifetime::Unlimited => None,
    };
    let until = lifetime.and_then(|lifetime| moment.instant().checked_add(lifetime).ok());
    let field = match moment.assumes::<TokenField>() {
        TokenField::Token => "token",
        TokenField::AccessToken => "access_token",
        TokenField::ApiKey => "api_key",
        TokenField::XApiKey => "x_api_key",
    };
    Granted {
        field,
        token: moment.grants(NAME, &code.user.to_hex().into(), until),
    }
}

fn refused(rule: &'static Rule, why: impl Into<String>) -> Refusal {
    Refusal::NoToken {
        rule: Some(rule),
        why: why.into(),
    }
}
