//! What the document says of permission groups.

use serde_json::Value;

use crate::ams::assumptions::{
    BodyOrTarget, FilterForm, FlagType, ForeignGroup, GrantEmpty, GrantOrder, GroupElsewhere,
    GroupFilter, Managed, PermissionOrTarget, PowerOf, Removal, RepeatedIds, SelfUnchanged,
    Wrapper,
};
use crate::ams::openapi::{
    about_user, assigned, call, company, example, ids, missing, problem, refused, switch,
    with_body, wrapped,
};
use crate::ams::permission::{READ_GROUPS, WRITE_PERMISSION_USER};
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::openapi::schema::{boolean, integer, list as list_of, named, object, text};
use crate::openapi::{Operation, Reply, parameter};
use crate::platform::assumption::{Answers, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/ams-groups-of-user.json");

/// Guide step 4.
pub(super) fn list(answers: &Answers) -> Operation {
    let filter = parameter::query(
        "company_id",
        "Leaves a caller without a company the groups of this one; any other caller's is used anyway.",
        integer(),
    );
    let refuses = answers.to::<FilterForm>() == FilterForm::Refused;
    let refusal = problem(
        None,
        "company_id",
        "The company_id must be an integer.",
        answers,
    );
    let summary = "Lists the permission groups that the caller sees";
    call(
        Operation::new("listGroups", "groups", summary),
        READ_GROUPS,
        answers,
    )
    .takes([filter])
    .answers(
        200,
        Reply::new("The groups.").json(wrapped(list_of(shown(answers)), answers)),
    )
    .refuses(refuses.then_some(refusal))
    .by(&[
        &rulebook::LIST_PATH,
        &rulebook::GENERAL_OR_COMPANY,
        &rulebook::FILTER_IGNORED,
        &rulebook::GROUP_FLAGS,
    ])
    .assuming(&[
        GroupFilter::ASSUMPTION,
        FilterForm::ASSUMPTION,
        Managed::ASSUMPTION,
        FlagType::ASSUMPTION,
        Wrapper::ASSUMPTION,
    ])
}

fn shown(answers: &Answers) -> Value {
    let flag = match answers.to::<FlagType>() {
        FlagType::Booleans => boolean(),
        FlagType::Integers => switch(),
    };
    let form = object([
        ("id", integer()),
        ("name", text()),
        ("company_id", company()),
        ("editable", flag.clone()),
        ("deletable", flag),
    ]);
    named("Group", form)
}

/// Guide step 5.
pub(super) fn assign(answers: &Answers) -> Operation {
    let empty = answers.to::<GrantEmpty>() == GrantEmpty::RemovesAll;
    let summary = "Gives a user permission groups in place of those it has";
    let call = call(
        Operation::new("assignGroups", "groups", summary),
        WRITE_PERMISSION_USER,
        answers,
    );
    let call = about_user(call, &rulebook::USER_EXISTS, answers);
    let body = named("GroupsOfUser", ids("groups", empty, answers));
    let call = with_body(call, body, example(EXAMPLE), answers);
    let more_power = Refusal::Overreach {
        rule: &rulebook::NO_MORE_POWER,
        why: "Cannot grant more power: ask a manager with higher permissions.".to_owned(),
    };
    assigned(call, "groups", answers)
        .refuses([
            problem(None, "groups", "The groups field is required.", answers),
            missing(
                &rulebook::GROUP_EXISTS,
                "Permission group 9 not found.",
                answers,
            ),
            refused(Refusal::own_permissions(), answers),
            refused(more_power, answers),
        ])
        .by(&[&rulebook::ASSIGN_PATH, &rulebook::LIST_REPLACES])
        .assuming(&[
            GrantOrder::ASSUMPTION,
            SelfUnchanged::ASSUMPTION,
            PowerOf::ASSUMPTION,
            Removal::ASSUMPTION,
            GrantEmpty::ASSUMPTION,
            ForeignGroup::ASSUMPTION,
            GroupElsewhere::ASSUMPTION,
            PermissionOrTarget::ASSUMPTION,
            BodyOrTarget::ASSUMPTION,
            RepeatedIds::ASSUMPTION,
        ])
}
