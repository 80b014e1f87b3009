//! What scenarios start from, and looks that several of them take.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::{Answer, Captured, Client};
use crate::verdict::{Outcome, Stop};

/// An id that nothing has.
pub(super) const NO_SUCH_ID: i64 = 999_999_999;

/// Why a call may name that id.
pub(super) const NOBODY: &str = "nobody has this id";
/// Why a call may name the caller itself.
pub(super) const MYSELF: &str = "nobody may change their own permissions";

/// The caller's own id. The targets file tells it, and might be wrong: elsewhere than on a mock it is used
/// only when the target, asked for a group that nobody has, calls this user the caller itself.
pub(super) fn myself(ams: &Client) -> Result<Captured, Stop> {
    let id = ams.user_of("manager")?;
    let me = Captured::from(id);
    if ams.on_mock() {
        return Ok(me);
    }
    let answer = calls::assign_groups(ams, "see whether this is me", &me, [NO_SUCH_ID])
        .not_own(MYSELF)
        .answer()?;
    if answer.planned() || answer.mentions("permission.010") {
        return Ok(me);
    }
    Err(Stop::NotObservable(format!(
        "the target does not confirm roles.manager.user = {id} by permission.010: {}",
        answer.described()
    )))
}

/// A new user of the caller's company, without any group.
pub(super) fn user(ams: &Client) -> Result<Captured, Stop> {
    let created = calls::create_user(ams, "create a user", bodies::user(ams)).expect_success();
    created
        .and_then(|answer| answer.capture("user", "/id"))
        .map_err(Stop::while_setting_the_scene)
}

/// A new department without a parent.
pub(super) fn department(ams: &Client) -> Result<Captured, Stop> {
    let body = bodies::department(ams);
    let created = calls::create_department(ams, "create a department", body).expect_success();
    created
        .and_then(|answer| answer.capture("department", "/id"))
        .map_err(Stop::while_setting_the_scene)
}

/// A group that the caller may see, and is taken to hold.
pub(super) fn visible_group(ams: &Client) -> Result<Captured, Stop> {
    let list = calls::list_groups(ams, "find a permission group")
        .expect_success()
        .map_err(Stop::while_setting_the_scene)?;
    let first = list.listed().first().cloned().unwrap_or_default();
    list.part(first).capture("group", "/id")
}

/// Two groups that the default caller may grant: known of a mock, found by trying elsewhere.
pub(super) fn two_groups(ams: &Client) -> Result<[Captured; 2], Stop> {
    if ams.on_mock() {
        return Ok([world::STANDARD, world::POWER].map(Captured::from));
    }
    let list = calls::list_groups(ams, "find permission groups to give")
        .expect_success()
        .map_err(Stop::while_setting_the_scene)?;
    if list.planned() {
        return Ok(["group", "other group"].map(Captured::placeholder));
    }
    let user = user(ams)?;
    let mut granted = Vec::new();
    for group in list.listed() {
        let group = list.part(group.clone()).capture("group", "/id")?;
        let step = format!("see whether group {group} may be given");
        if calls::assign_groups(ams, &step, &user, [&group])
            .answer()?
            .succeeded()
        {
            granted.push(group);
        }
        if let [first, second] = granted.as_slice() {
            return Ok([first.clone(), second.clone()]);
        }
    }
    Err(Stop::NotObservable(
        "there are no two groups that the caller may give".to_owned(),
    ))
}

/// A new user with these groups, which the default caller may grant.
pub(super) fn user_with(ams: &Client, groups: impl serde::Serialize) -> Result<Captured, Stop> {
    let user = user(ams)?;
    calls::assign_groups(ams, "give the user groups", &user, groups)
        .expect_success()
        .map_err(Stop::while_setting_the_scene)?;
    Ok(user)
}

/// What is known of a record: a mock shows the record, a sandbox only what it answered.
pub(super) fn seen(ams: &Client, list: &str, created: &Answer) -> Result<Answer, Stop> {
    let id = created.capture("id", "/id")?;
    match ams.on_mock() {
        true => ams.mock()?.record(list, &id),
        false => Ok(created.clone()),
    }
}

/// A field of a record has this value; where the target does not show the field, that cannot be seen.
pub(super) fn shows(record: &Answer, field: &str, expected: impl serde::Serialize) -> Outcome {
    match record.at(field) {
        None if record.planned() => Ok(()),
        None if !record.on_mock() => Err(Stop::NotObservable(format!(
            "the answer to a creation does not show {field}"
        ))),
        Some(_) | None => record.holds(field, expected),
    }
}

/// On a mock, the user has exactly these groups.
pub(super) fn holds_groups(ams: &Client, user: &Captured, groups: &[i64]) -> Outcome {
    ams.mock()?
        .record("/ams/users", user)?
        .holds_exactly("/groups/*", groups)
}

/// On a mock, the user is in exactly these departments.
pub(super) fn is_in(ams: &Client, user: &Captured, departments: &[&Captured]) -> Outcome {
    ams.mock()?
        .record("/ams/users", user)?
        .holds_exactly("/departments/*", departments)
}

/// The user keeps exactly these groups after this answer; where the target does not show it, that cannot
/// be seen.
pub(super) fn keeps_groups(
    ams: &Client,
    user: &Captured,
    answer: &Answer,
    groups: &[&Captured],
) -> Outcome {
    keeps(ams, user, answer, "groups", groups)
}

/// The user keeps exactly these departments after this answer; where the target does not show it, that
/// cannot be seen.
pub(super) fn keeps_departments(
    ams: &Client,
    user: &Captured,
    answer: &Answer,
    departments: &[&Captured],
) -> Outcome {
    keeps(ams, user, answer, "departments", departments)
}

/// The same, where the target shows it.
pub(super) fn shows_groups(
    ams: &Client,
    user: &Captured,
    answer: &Answer,
    groups: &[&Captured],
) -> Outcome {
    if_shown(keeps_groups(ams, user, answer, groups))
}

/// The same, where the target shows it.
pub(super) fn shows_departments(
    ams: &Client,
    user: &Captured,
    answer: &Answer,
    departments: &[&Captured],
) -> Outcome {
    if_shown(keeps_departments(ams, user, answer, departments))
}

fn if_shown(kept: Outcome) -> Outcome {
    match kept {
        Err(Stop::NotObservable(_)) => Ok(()),
        kept => kept,
    }
}

/// A mock shows the record, a sandbox at most the ids in its answer.
fn keeps(ams: &Client, user: &Captured, answer: &Answer, list: &str, ids: &[&Captured]) -> Outcome {
    if ams.on_mock() {
        let record = ams.mock()?.record("/ams/users", user)?;
        return record.holds_exactly(&format!("/{list}/*"), ids);
    }
    let shown = answer.at(&format!("/{list}"));
    // Records instead of ids are nothing that a document speaks of.
    let plain = |shown: &&Value| {
        shown
            .as_array()
            .is_some_and(|ids| ids.iter().all(Value::is_i64))
    };
    match shown.filter(plain) {
        Some(shown) => answer
            .part(json!({ list: shown }))
            .holds_exactly(&format!("/{list}/*"), ids),
        None if answer.planned() => Ok(()),
        None => Err(Stop::NotObservable(format!(
            "the answer to an assignment does not show the {list}"
        ))),
    }
}

/// On a mock, somebody of company 24 with exactly these permissions, by way of one group.
pub(super) fn caller_with(ams: &Client, permissions: &[&str]) -> Result<(Client, i64), Stop> {
    let group = new_group(ams, permissions, Value::Null)?;
    let user = user(ams)?;
    ams.mock()?.arrange(|state| {
        let users = state
            .pointer_mut("/ams/users")
            .and_then(Value::as_array_mut);
        for record in users.into_iter().flatten() {
            if record.get("id") == Some(&user.0) {
                record["groups"] = json!([group]);
            }
        }
    })?;
    Ok((ams.as_user(&user)?, group))
}

/// On a mock, a group with exactly these permissions, of one company or general.
pub(super) fn new_group(ams: &Client, permissions: &[&str], company: Value) -> Result<i64, Stop> {
    let taken = ams.mock()?.count("/ams/groups")?;
    let id = i64::try_from(taken).unwrap_or_default() + 100;
    let record = json!({
        "id": id,
        "name": ams.unique(),
        "company_id": company,
        "permissions": permissions,
    });
    ams.mock()?.add("/ams/groups", record)?;
    Ok(id)
}

/// Makes each of the five documented calls against records that exist: those allowed succeed, the others
/// are refused. `own` is a group that the caller holds, so that power cannot stand in the way.
pub(super) fn try_each_call(
    ams: &Client,
    caller: &Client,
    own: impl serde::Serialize,
    allowed: &[&str],
) -> Outcome {
    let (target, department) = (user(ams)?, department(ams)?);
    let step = |permission: &str| match allowed.contains(&permission) {
        true => format!("make the call that takes {permission}, having it"),
        false => format!("make the call that takes {permission}, lacking it"),
    };
    for permission in world::PERMISSIONS {
        let name = step(permission);
        let call = match permission {
            "write_users" => calls::create_user(caller, &name, bodies::user(ams)),
            "write_departments" => calls::create_department(caller, &name, bodies::department(ams)),
            "write_user_department" => {
                calls::assign_departments(caller, &name, &target, [&department])
            }
            "read_groups" => calls::list_groups(caller, &name),
            _ => calls::assign_groups(caller, &name, &target, [&own]),
        };
        match allowed.contains(&permission) {
            true => call.expect_success()?,
            false => call.expect_refusal(403)?,
        };
    }
    Ok(())
}
