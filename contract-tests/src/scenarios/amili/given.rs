//! What scenarios start from, and looks that several of them take.

use serde_json::{Value, json};

use super::bodies;
use crate::client::{Answer, Captured, Client};
use crate::verdict::{Outcome, Stop};

/// An id of the right form that nothing has.
pub(super) const NO_SUCH_ID: &str = "ffffffffffffffffffffffff";

/// The two groups that a creditor brings.
pub(super) struct Groups {
    pub(super) admin: Captured,
    pub(super) user: Captured,
}

/// A creditor, active.
pub(super) fn creditor(amili: &Client) -> Result<Captured, Stop> {
    let body = bodies::active_creditor(amili)?;
    created(amili, "create a creditor", "/creditors", &body).map_err(Stop::while_setting_the_scene)
}

/// A document of any resource.
pub(super) fn created(
    amili: &Client,
    step: &str,
    resource: &str,
    body: &Value,
) -> Result<Captured, Stop> {
    let answer = amili.step(step).post(resource, body).expect(201)?;
    let name = match resource {
        "/users" => "user",
        "/accounts" => "account",
        _ => "creditor",
    };
    answer.capture(name, "/_id")
}

/// The condition for the groups that a creditor brought. Whether the creditor's id alone finds those of its
/// account, too, is an open question.
pub(super) fn own_groups(creditor: &Captured) -> Value {
    json!({ "creditor": creditor, "type": { "$nin": ["account_admin", "api_user"] } })
}

/// The groups that a creditor brought.
pub(super) fn groups_of(amili: &Client, creditor: &Captured) -> Result<Groups, Stop> {
    brought(amili, creditor).map_err(Stop::while_setting_the_scene)
}

fn brought(amili: &Client, creditor: &Captured) -> Result<Groups, Stop> {
    let list = amili
        .step("list the access groups of the creditor")
        .get("/access--groups")
        .query("where", own_groups(creditor))
        .until(|answer| answer.items() == 2)
        .expect(200)?;
    let of_type = |kind: &str| {
        let named = [("type", &Captured::from(kind)), ("creditor", creditor)];
        let name = format!("the {kind} group of the creditor");
        list.find(&name, &named)?.capture(kind, "/_id")
    };
    Ok(Groups {
        admin: of_type("admin")?,
        user: of_type("user")?,
    })
}

/// What an account has of a resource: so many documents.
pub(super) fn of_account(
    caller: &Client,
    resource: &str,
    account: &Captured,
    count: usize,
) -> Result<Answer, Stop> {
    let list = caller
        .step(format!("list {resource} of the account"))
        .get(resource)
        .query("where", json!({ "account": account }))
        .until(|answer| answer.items() == count)
        .expect(200)?;
    list.holds("/_meta/total", count)?;
    Ok(list)
}

/// A user with these access groups.
pub(super) fn user(amili: &Client, groups: &[&Captured]) -> Result<Captured, Stop> {
    let body = bodies::user(amili, groups)?;
    created(amili, "create a user", "/users", &body).map_err(Stop::while_setting_the_scene)
}

/// Somebody with a role of one creditor, that creditor, and its groups.
pub(super) struct Member {
    pub(super) caller: Client,
    pub(super) creditor: Captured,
    pub(super) groups: Groups,
}

/// Somebody in the group `admin` or `user` of an active creditor: on a mock one who is made for it,
/// elsewhere whom the targets file lists.
pub(super) fn member(amili: &Client, kind: &str) -> Result<Member, Stop> {
    let (caller, creditor, groups);
    if amili.on_mock() {
        creditor = self::creditor(amili)?;
        groups = groups_of(amili, &creditor)?;
        let group = match kind {
            "admin" => &groups.admin,
            _ => &groups.user,
        };
        caller = amili.as_user(&user(amili, &[group])?)?;
    } else {
        let role = format!("creditor-{kind}");
        caller = amili.as_role(&role)?;
        creditor = amili.creditor_of(&role)?;
        groups = groups_of(amili, &creditor)?;
        let shown = read(amili, "/creditors", &creditor).map_err(Stop::while_setting_the_scene)?;
        shown
            .holds("/is_active", true)
            .map_err(Stop::while_setting_the_scene)?;
    }
    Ok(Member {
        caller,
        creditor,
        groups,
    })
}

/// One document.
pub(super) fn read(amili: &Client, resource: &str, id: &Captured) -> Result<Answer, Stop> {
    amili
        .step(format!("read {resource}/{id}"))
        .get(format!("{resource}/{id}"))
        .expect(200)
}

/// No document of the resource has the name of this body.
pub(super) fn absent(amili: &Client, resource: &str, body: &Value) -> Outcome {
    absent_by(amili, resource, "name", body)
}

/// No document of the resource has the value that this body has in a field.
pub(super) fn absent_by(amili: &Client, resource: &str, field: &str, body: &Value) -> Outcome {
    let value = body.get(field).unwrap_or(&Value::Null);
    let list = amili
        .step(format!("look for it among {resource}"))
        .get(resource)
        .query("where", json!({ field: value }))
        .expect(200)?;
    list.holds("/_items", json!([]))?;
    list.holds("/_meta/total", 0)
}

/// The etag that a document has now.
pub(super) fn etag(amili: &Client, resource: &str, id: &Captured) -> Result<Captured, Stop> {
    read(amili, resource, id)?.capture("etag", "/_etag")
}
