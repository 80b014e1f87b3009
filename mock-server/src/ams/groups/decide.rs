//! Decides on permission groups. Reads the store, never changes it; knows no HTTP.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::model::{Assignment, Group, GroupShown};
use crate::ams::assumptions::{ForeignGroup, GrantEmpty, GrantOrder, PowerOf, SelfUnchanged};
use crate::ams::form::Form;
use crate::ams::ids::{CompanyId, GroupId, UserId};
use crate::ams::permission::{READ_GROUPS, WRITE_PERMISSION_USER};
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::ams::users::model::User;
use crate::platform::moment::Moment;

/// The groups that a caller sees, guide step 4.
pub(super) fn list(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    filter: Option<&str>,
) -> Result<Vec<GroupShown>, Refusal> {
    let own = store.allows(caller, READ_GROUPS)?.company_id;
    if own.is_some() && filter.is_some() {
        moment.applies(&rulebook::FILTER_IGNORED);
    }
    let wanted = match (own, filter) {
        (Some(own), _) => Some(own),
        (None, Some(text)) => Some(filtered_company(text)?),
        (None, None) => None,
    };
    let groups = store.groups.values();
    let seen = groups.filter(|group| {
        wanted.is_none() || group.company_id.is_none() || group.company_id == wanted
    });
    moment.applies(&rulebook::GENERAL_OR_COMPANY);
    moment.applies(&rulebook::GROUP_FLAGS);
    Ok(seen.map(|group| shown(group, own)).collect())
}

fn filtered_company(text: &str) -> Result<CompanyId, Refusal> {
    text.parse().map(CompanyId).map_err(|_| {
        let mut form = Form::new(&Map::new()).problems;
        form.add("company_id", "The company_id must be an integer.");
        Refusal::Invalid(form)
    })
}

/// A caller with a company manages its company's groups; the general ones only callers without one.
fn shown(group: &Group, own: Option<CompanyId>) -> GroupShown {
    let managed = own.is_none() || group.company_id == own;
    GroupShown {
        id: group.id,
        name: group.name.clone(),
        company_id: group.company_id,
        editable: managed,
        deletable: managed,
    }
}

/// Decides which groups a user holds afterwards, guide step 5: those that are sent, and no others.
pub(super) fn assign(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    target: Option<UserId>,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<Assignment, Refusal> {
    let caller = store.allows(caller, WRITE_PERMISSION_USER)?;
    let wanted = wanted(moment, &body?)?;
    check_not_self(moment, caller, target, &wanted)?;
    let user = target.and_then(|id| store.visible_user(id, caller.company_id));
    let user = user.ok_or_else(|| Refusal::Missing {
        rule: &rulebook::USER_EXISTS,
        what: "User not found.".to_owned(),
    })?;
    let unknown = check_groups(store, moment, caller.company_id, &wanted);
    let power = check_power(store, moment, caller, user, &wanted);
    match (unknown, power) {
        (Err(unknown), Err(power)) => Err(match moment.assumes::<GrantOrder>() {
            GrantOrder::GroupFirst => unknown,
            GrantOrder::PowerFirst => power,
        }),
        (unknown, power) => {
            unknown.and(power)?;
            moment.applies(&rulebook::LIST_REPLACES);
            moment.applies(&rulebook::OPENS_FEATURES);
            Ok(Assignment {
                user: user.id,
                groups: wanted,
            })
        }
    }
}

fn wanted(moment: &mut Moment, body: &Map<String, Value>) -> Result<BTreeSet<GroupId>, Refusal> {
    let mut form = Form::new(body);
    let sent = form.required_ids("groups");
    let empty = sent.is_empty() && form.problems.is_empty();
    if empty && moment.assumes::<GrantEmpty>() == GrantEmpty::Refused {
        form.require("groups");
    }
    let unread = form.unread(&["groups"]);
    if !form.problems.is_empty() {
        return Err(Refusal::Invalid(form.problems));
    }
    moment.warnings.extend(unread);
    Ok(sent.into_iter().map(GroupId).collect())
}

fn check_not_self(
    moment: &mut Moment,
    caller: &User,
    target: Option<UserId>,
    wanted: &BTreeSet<GroupId>,
) -> Result<(), Refusal> {
    if target != Some(caller.id) {
        return Ok(());
    }
    let unchanged = *wanted == caller.groups;
    if unchanged && moment.assumes::<SelfUnchanged>() == SelfUnchanged::Allowed {
        return Ok(());
    }
    Err(Refusal::Overreach {
        rule: &rulebook::NO_SELF_CHANGE,
        why: "Possible security breach: ask another manager to change your permissions.".to_owned(),
    })
}

fn check_groups(
    store: &Store,
    moment: &mut Moment,
    company: Option<CompanyId>,
    wanted: &BTreeSet<GroupId>,
) -> Result<(), Refusal> {
    for id in wanted {
        let foreign = match store.groups.get(id) {
            Some(group)
                if company.is_none()
                    || group.company_id.is_none()
                    || group.company_id == company =>
            {
                continue;
            }
            Some(_) => moment.assumes::<ForeignGroup>(),
            None => ForeignGroup::NotFound,
        };
        if foreign == ForeignGroup::NotFound {
            return Err(Refusal::Missing {
                rule: &rulebook::GROUP_EXISTS,
                what: format!("Permission group {id} not found."),
            });
        }
    }
    Ok(())
}

/// The list is the state wanted, so by default every group of it counts, not only the new ones.
fn check_power(
    store: &Store,
    moment: &mut Moment,
    caller: &User,
    user: &User,
    wanted: &BTreeSet<GroupId>,
) -> Result<(), Refusal> {
    let own = store.powers_of(&caller.groups);
    let beyond = |groups: BTreeSet<GroupId>| {
        let granted = store.powers_of(&groups);
        let beyond = granted.difference(&own).map(|power| (*power).to_owned());
        beyond.collect::<Vec<_>>()
    };
    let mut missing = beyond(wanted.clone());
    let added = beyond(wanted.difference(&user.groups).copied().collect());
    if missing != added && moment.assumes::<PowerOf>() == PowerOf::Added {
        missing = added;
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::Overreach {
        rule: &rulebook::NO_MORE_POWER,
        why: format!(
            "Cannot grant more power: ask a manager with higher permissions. You do not hold {}.",
            missing.join(", ")
        ),
    })
}
