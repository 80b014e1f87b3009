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
mod order;
mod permission;
mod refusal;
pub(crate) mod rulebook;
mod store;
mod users;

use axum::Router;
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::Value;
use std::convert::Infallible;
use tower::Layer;
use tower_http::catch_panic::CatchPanicLayer;

use self::assumptions::{CreateDepartmentPath, CreateUserPath};
use self::manners::{Choice, Place};
use self::refusal::Refusal;
use self::store::Store;
use crate::platform::api::{AnyStore, Api, WorldError};
use crate::platform::assumption::Assumption;
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

/// Every path, with the choice that offers it where no document prints it.
const PLACES: &[Place] = {
    use CreateDepartmentPath as Departments;
    use CreateUserPath as Users;
    &[
        chosen(USERS, Choice::User(Users::Users)),
        chosen(USER, Choice::User(Users::User)),
        chosen(DEPARTMENTS, Choice::Department(Departments::Departments)),
        chosen(DEPARTMENT, Choice::Department(Departments::Department)),
        printed(LINK, "POST"),
        printed(GROUPS, "GET, HEAD"),
        printed(ASSIGN, "POST"),
    ]
};

const fn chosen(path: &'static str, by: Choice) -> Place {
    Place {
        path,
        methods: "POST",
        offered_by: Some(by),
    }
}

const fn printed(path: &'static str, methods: &'static str) -> Place {
    Place {
        path,
        methods,
        offered_by: None,
    }
}

/// The name of this API, in rule ids, world files and options.
const NAME: &str = "ams";

/// The API as the platform knows it.
pub(crate) struct Ams;

impl Api for Ams {
    fn name(&self) -> &'static str {
        NAME
    }

    fn prefix(&self) -> &'static str {
        "/v2"
    }

    fn router(&self) -> Router {
        let router = Router::new()
            .route(USERS, post(users::create))
            .route(USER, post(users::create))
            .route(DEPARTMENTS, post(departments::create))
            .route(DEPARTMENT, post(departments::create))
            .route(LINK, post(users::link))
            .route(GROUPS, get(groups::list))
            .route(ASSIGN, post(groups::assign))
            .method_not_allowed_fallback(|space: Entered| refuse(space, Refusal::UnknownMethod))
            .layer(CatchPanicLayer::custom(|_| {
                Answered::<Infallible, _>::bare(Refusal::Defect).into_response()
            }));
        // Around the whole router: a layer inside it runs after the path has been chosen.
        let layered = from_fn_with_state(PLACES, manners::manners).layer(router);
        Router::new().fallback_service(layered)
    }

    fn offered(&self) -> Vec<Call> {
        let offered = |place: &Place| {
            let methods = place.methods.split(", ");
            let methods = methods.filter_map(|name| name.parse::<Method>().ok());
            let path = format!("{}{}", self.prefix(), place.path);
            let offered = methods.map(|method| Call {
                api: NAME,
                method,
                path: path.clone(),
            });
            offered.collect::<Vec<_>>()
        };
        PLACES.iter().flat_map(offered).collect()
    }

    fn credentials(&self, token: &str) -> (HeaderName, String) {
        (header::AUTHORIZATION, format!("Bearer {token}"))
    }

    fn example_bodies(&self, _: &Method, _: &str) -> Vec<Value> {
        Vec::new()
    }

    fn error(&self, status: StatusCode) -> Value {
        refusal::foreign_to_rules(status)
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
