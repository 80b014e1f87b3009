//! AMS: users, departments and permission groups, as the article on the first setup describes them.

mod answer;
pub(crate) mod assumptions;
mod company;
mod departments;
mod extract;
mod form;
mod groups;
mod ids;
mod manners;
mod openapi;
mod order;
mod permission;
mod refusal;
pub(crate) mod rulebook;
mod store;
mod users;

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;

use self::assumptions::{CreateDepartmentPath, CreateUserPath};
use self::manners::{Choice, Manners, Offer};
use self::refusal::Refusal;
use self::store::Store;
use crate::openapi::{Calls, Description};
use crate::platform::api::{AnyStore, Api, Fake, WorldError};
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::faults::Call;
use crate::platform::moment::Answered;
use crate::platform::rule::Rule;
use crate::platform::spaces::Entered;

const USERS: &str = "/admin/users";
const USER: &str = "/admin/user";
const DEPARTMENTS: &str = "/admin/departments";
const DEPARTMENT: &str = "/admin/department";
const LINK: &str = "/admin/users/{userId}/department";
const GROUPS: &str = "/admin/permission/groups";
const ASSIGN: &str = "/admin/user/{userId}/groups";

/// Every call, with the choice that offers its path where no document prints it.
fn calls() -> Vec<Offer> {
    use CreateDepartmentPath as Departments;
    use CreateUserPath as Users;
    vec![
        Offer::chosen(USERS, Choice::User(Users::Users), users::creation()),
        Offer::chosen(USER, Choice::User(Users::User), users::creation()),
        Offer::chosen(
            DEPARTMENTS,
            Choice::Department(Departments::Departments),
            departments::creation(),
        ),
        Offer::chosen(
            DEPARTMENT,
            Choice::Department(Departments::Department),
            departments::creation(),
        ),
        Offer::printed(LINK, users::linking()),
        Offer::printed(GROUPS, groups::listing()),
        Offer::printed(ASSIGN, groups::assignment()),
    ]
}

/// The name of this API, in rule ids, world files and options.
const NAME: &str = "ams";

/// The API as the platform knows it.
pub(crate) struct Ams;

impl Api for Ams {
    fn name(&self) -> &'static str {
        NAME
    }

    fn hosts(&self) -> &'static [&'static str] {
        // No document names one.
        &[]
    }

    fn prefix(&self) -> &'static str {
        "/v2"
    }

    fn fake(&self) -> Arc<dyn Fake> {
        let places = calls().iter().map(Offer::place).collect();
        let calls = calls().into_iter();
        let calls = calls.fold(Calls::default(), |all, offer| {
            all.at(offer.path, offer.call)
        });
        let router = calls
            .router()
            .method_not_allowed_fallback(|space: Entered| refuse(space, Refusal::UnknownMethod));
        Arc::new(Manners { places, router })
    }

    fn defect(&self) -> Response {
        Answered::<Infallible, _>::bare(Refusal::Defect).into_response()
    }

    fn offered(&self) -> Vec<Call> {
        let offers = calls().into_iter();
        let offered = offers.map(|offer| Call {
            api: NAME,
            path: format!("{}{}", self.prefix(), offer.path),
            method: offer.call.method,
        });
        offered.collect()
    }

    fn credentials(&self, token: &str) -> (HeaderName, String) {
        (header::AUTHORIZATION, format!("Bearer {token}"))
    }

    fn error(&self, status: StatusCode) -> Value {
        refusal::foreign_to_rules(status)
    }

    fn described(&self, answers: &Answers) -> Description {
        openapi::document(answers)
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rulebook::ALL
    }

    fn assumptions(&self) -> &'static [&'static Assumption] {
        assumptions::ALL
    }

    fn open(&self, section: &Value) -> Result<Box<dyn AnyStore>, WorldError> {
        Ok(Box::new(Store::open(section)?))
    }

    fn example(&self, base_url: &str, token: &str) -> String {
        format!("curl {base_url}/v2/admin/permission/groups -H 'Authorization: Bearer {token}'")
    }

    fn environment(&self, _section: &Value) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

async fn refuse(Entered { space, .. }: Entered, refusal: Refusal) -> Answered<Infallible, Refusal> {
    space.refuse(refusal)
}
