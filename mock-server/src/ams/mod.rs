//! AMS: users, departments and permission groups, as the article on the first setup describes them.

mod answer;
pub(crate) mod assumptions;
mod company;
mod departments;
mod extract;
mod form;
mod groups;
mod ids;
mod permission;
mod refusal;
pub(crate) mod rulebook;
mod store;
mod users;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde_json::Value;
use std::convert::Infallible;
use tower_http::catch_panic::CatchPanicLayer;

use self::assumptions::{CreateDepartmentPath, CreateUserPath};
use self::refusal::Refusal;
use self::store::Store;
use crate::platform::api::{AnyStore, Api, WorldError};
use crate::platform::assumption::{Assumption, Question};
use crate::platform::moment::Answered;
use crate::platform::rule::Rule;
use crate::platform::spaces::Entered;

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
        use CreateDepartmentPath as Departments;
        use CreateUserPath as Users;
        Router::new()
            .route("/admin/users", open_if(Users::Users, post(users::create)))
            .route("/admin/user", open_if(Users::User, post(users::create)))
            .route(
                "/admin/departments",
                open_if(Departments::Departments, post(departments::create)),
            )
            .route(
                "/admin/department",
                open_if(Departments::Department, post(departments::create)),
            )
            .route("/admin/users/{userId}/department", post(users::link))
            .route("/admin/permission/groups", get(groups::list))
            .route("/admin/user/{userId}/groups", post(groups::assign))
            .method_not_allowed_fallback(|space: Entered| refuse(space, Refusal::UnknownMethod))
            .fallback(|space: Entered| refuse(space, Refusal::UnknownPath))
            .layer(CatchPanicLayer::custom(|_| {
                Answered::<Infallible, _>::bare(Refusal::Defect).into_response()
            }))
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

/// A path that no document names is there only while its assumption says so.
fn open_if<Q: Question + Eq + Send + Sync>(answer: Q, route: MethodRouter) -> MethodRouter {
    route.layer(middleware::from_fn(
        move |entered: Entered, request: Request, next: Next| async move {
            let closed = entered.space.answers().to::<Q>() != answer;
            let path = if closed {
                refuse(entered, Refusal::UnknownPath).await.into_response()
            } else {
                next.run(request).await
            };
            noting::<Q>(path)
        },
    ))
}

/// The choice of the path decided the answer, so the answer names it.
fn noting<Q: Question>(mut response: Response) -> Response {
    crate::platform::moment::note::<Q>(&mut response);
    response
}
