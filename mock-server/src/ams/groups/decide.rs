//! Decides on permission groups. Reads the store, never changes it; knows no HTTP.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::model::{Assignment, Group, GroupSeen};
use crate::ams::assumptions::{
    FilterForm, ForeignGroup, GrantEmpty, GrantOrder, GroupElsewhere, GroupFilter, Managed,
    PowerOf, Removal, SelfUnchanged,
};
use crate::ams::form::{Form, Problems};
use crate::ams::ids::{CompanyId, GroupId, Target, UserId};
use crate::ams::order::{AboutUser, Own, admit};
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
) -> Result<Vec<GroupSeen>, Refusal> {
    let own = store.allows(caller, READ_GROUPS)?.company_id;
    let filter = filter.map(|filter| filter.trim());
    let asked = match (own, filter) {
        (_, None) => None,
        (Some(own), Some(filter)) => {
            moment.applies(&rulebook::FILTER_IGNORED);
            if filter != own.to_string() {
                moment.warns(format!(
                    "the filter company_id={filter} is ignored: the caller is of company {own}"
                ));
            }
            None
        }
        (None, Some(filter)) => asked_for(moment, filter)?,
    };
    let with_general =
        asked.is_none() || moment.assumes::<GroupFilter>() == GroupFilter::WithGeneral;
    let wanted = own.or(asked);
    let groups = store
        .groups
        .values()
        .filter(|group| match group.company_id {
            None => with_general,
            Some(company) => wanted.is_none_or(|wanted| wanted == company),
        });
    moment.applies(&rulebook::GENERAL_OR_COMPANY);
    moment.applies(&rulebook::GROUP_FLAGS);
    Ok(groups.map(|group| seen(moment, group, own)).collect())
}

fn asked_for(moment: &mut Moment, filter: &str) -> Result<Option<CompanyId>, Refusal> {
    if let Ok(id) = filter.parse() {
        return Ok(Some(CompanyId(id)));
    }
    match moment.assumes::<FilterForm>() {
        FilterForm::Ignored => {
            moment.warns(format!(
                "the filter company_id={filter} is no integer and is ignored"
            ));
            Ok(None)
        }
        FilterForm::Refused => {
            let mut problems = Problems::default();
            problems.add("company_id", "The company_id must be an integer.");
            Err(Refusal::Invalid(problems))
        }
    }
}

/// A caller without a company manages every group, any other those of its company.
fn seen(moment: &mut Moment, group: &Group, own: Option<CompanyId>) -> GroupSeen {
    let managed =
        own.is_none() || group.company_id == own || moment.assumes::<Managed>() == Managed::Visible;
    GroupSeen {
        id: group.id,
        name: group.name.clone(),
        company_id: group.company_id,
        managed,
    }
}

/// Decides which groups a user holds afterwards, guide step 5: those that are sent, and no others.
pub(super) fn assign(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    target: Target,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<Assignment, Refusal> {
    let call = AboutUser {
        caller,
        permission: WRITE_PERMISSION_USER,
        target,
        exists: &rulebook::USER_EXISTS,
        own: Own::Barred,
    };
    let admitted = admit(store, moment, call, |moment| wanted(moment, body?))?;
    let (caller, user, wanted) = (admitted.caller, admitted.user, admitted.body);
    check_not_self(moment, caller, user, &wanted)?;
    let unknown = check_groups(store, moment, caller, user, &wanted);
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
            moment.applies(&rulebook::BUNDLES);
            Ok(Assignment {
                user: user.id,
                groups: wanted,
            })
        }
    }
}

fn wanted(moment: &mut Moment, body: Map<String, Value>) -> Result<BTreeSet<GroupId>, Refusal> {
    let mut form = Form::new(moment, body);
    let sent = form.required_ids(moment, "groups");
    let empty = sent.is_empty() && form.problems.is_empty();
    if empty && moment.assumes::<GrantEmpty>() == GrantEmpty::Refused {
        form.problems.require("groups");
    }
    form.finish(moment, &["groups"]).map_err(Refusal::Invalid)?;
    Ok(sent.into_iter().map(GroupId).collect())
}

fn check_not_self(
    moment: &mut Moment,
    caller: &User,
    user: &User,
    wanted: &BTreeSet<GroupId>,
) -> Result<(), Refusal> {
    if user.id != caller.id {
        return Ok(());
    }
    let unchanged = *wanted == caller.groups;
    if unchanged && moment.assumes::<SelfUnchanged>() == SelfUnchanged::Allowed {
        return Ok(());
    }
    Err(Refusal::own_permissions())
}

fn check_groups(
    store: &Store,
    moment: &mut Moment,
    caller: &User,
    user: &User,
    wanted: &BTreeSet<GroupId>,
) -> Result<(), Refusal> {
    for id in wanted {
        let company = store.groups.get(id).map(|group| group.company_id);
        let there = match (company, caller.company_id) {
            (None, _) => false,
            (Some(None), _) => true,
            (Some(Some(company)), Some(own)) => {
                company == own || moment.assumes::<ForeignGroup>() == ForeignGroup::Allowed
            }
            (Some(company), None) => {
                company == user.company_id
                    || moment.assumes::<GroupElsewhere>() == GroupElsewhere::Allowed
            }
        };
        if !there {
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
    let taken = beyond(user.groups.difference(wanted).copied().collect());
    if missing.is_empty() && !taken.is_empty() && moment.assumes::<Removal>() == Removal::Refused {
        missing = taken;
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
