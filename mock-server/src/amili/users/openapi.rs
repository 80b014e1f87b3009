//! What the document says of users.

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::schema::RESOURCE;
use crate::amili::assumptions::{
    DuplicateUser, EmptyDataAccess, ForeignGroup, RepeatedGroup, UnknownGroup, UserOwner,
};
use crate::amili::openapi::{creation, invalid_by, members, refused, sent};
use crate::amili::refusal::{Refusal, Write};
use crate::amili::rulebook;
use crate::openapi::Operation;
use crate::platform::assumption::{Answers, Question};

const ADMIN: &str = include_str!("../../../../fixtures/examples/amili-admin.json");
const USER: &str = include_str!("../../../../fixtures/examples/amili-user.json");

/// `POST /users`.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    let group = &rulebook::USER_GROUP_OF_ACCOUNT;
    let place = "data_access.0.access_group";
    let foreign = match answers.to::<ForeignGroup>() {
        ForeignGroup::Refused => Some(invalid_by(group, Write::Create, place, answers)),
        ForeignGroup::Forbidden => Some(refused(Refusal::Forbidden(group), answers)),
        ForeignGroup::Allowed => None,
    };
    let unknown = Refusal::UnknownRelation(ObjectId::from_bytes([0; 12]));
    let unknown = (answers.to::<UnknownGroup>() == UnknownGroup::NotFound).then_some(unknown);
    let refusals = [
        Refusal::ForeignPartner(ObjectId::from_bytes([0; 12])),
        Refusal::BeyondRole(&rulebook::ADMIN_MANAGES),
        Refusal::BeyondRole(&rulebook::USER_HANDLES_CASES),
    ];
    creation(
        &RESOURCE,
        body(answers),
        Vec::new(),
        &[ADMIN, USER],
        answers,
    )
    .refuses(foreign)
    .refuses(
        refusals
            .into_iter()
            .chain(unknown)
            .map(|refusal| refused(refusal, answers)),
    )
    .by(&[
        &rulebook::USER_GROUP_DECIDES,
        &rulebook::USER_MANY_GROUPS,
        &rulebook::USER_ENABLED_DEFAULT,
        group,
    ])
    .assuming(&[
        UserOwner::ASSUMPTION,
        DuplicateUser::ASSUMPTION,
        EmptyDataAccess::ASSUMPTION,
        RepeatedGroup::ASSUMPTION,
        UnknownGroup::ASSUMPTION,
        ForeignGroup::ASSUMPTION,
    ])
}

fn body(answers: &Answers) -> Value {
    let mut body = sent(&RESOURCE, true, answers);
    if answers.to::<UserOwner>() == UserOwner::Account {
        let members = members(&mut body);
        if let Some(members) = members {
            members.retain(|name, _| !["partner", "solicitor"].contains(&name.as_str()));
        }
    }
    let required = |field: &str| json!({ "required": [field] });
    let owners = ["account", "partner", "solicitor"].map(required);
    if let Some(all) = body["allOf"].as_array_mut() {
        all.push(json!({ "anyOf": owners }));
    }
    if answers.to::<EmptyDataAccess>() == EmptyDataAccess::Refused {
        body["properties"]["data_access"]["minItems"] = 1.into();
        if let Some(required) = body["required"].as_array_mut() {
            required.push("data_access".into());
        }
    }
    body
}
