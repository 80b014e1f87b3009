//! Decisions on new users, in the built-in world: a body, and what comes of it.

use std::sync::Arc;

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::decide;
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::world;
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};

const CALLER: &str = "6662fb1df4d1eaf404cb08e2";
const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
const PARTNER: &str = "618a851643314ff68dcb8895";
/// The groups of the account, and one of another account.
const GROUPS: [&str; 2] = ["6662fb1df4d1eaf404cb08e0", "6662fb1df4d1eaf404cb08e1"];
const FOREIGN_GROUP: &str = "6662fb1df4d1eaf404cb0901";
const NOTHING: &str = "0123456789abcdef01234567";

/// What is decided about a user with these fields beside a name.
fn create(fields: &Value) -> Result<bson::Document, Refusal> {
    let world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    let store = world::open(&world["amili"]).unwrap();
    let now = "2025-11-11T12:58:28Z".parse().unwrap();
    let mut moment = Moment::new(now, Ids::from_seed(1), Trace::new(Arc::default()));
    let mut body = json!({ "name": "Jon Doe" }).as_object().unwrap().clone();
    body.extend(fields.as_object().unwrap().clone());
    let caller = ObjectId::parse_str(CALLER).unwrap();
    let body = normalise::document(body);
    let change = decide::create(&store, &mut moment, caller, body)?;
    assert_eq!(change.inserts.len(), 1, "a user brings nothing");
    Ok(change.inserts.into_iter().next().unwrap().1)
}

/// The fields refused with their problems; none when the user is accepted.
#[track_caller]
fn check(fields: &Value, problems: &[(&str, &str)]) {
    let details = match create(fields) {
        Ok(_) => bson::Document::new(),
        Err(Refusal::Invalid { issues, .. }) => issues.to_details(),
        Err(other) => panic!("{fields}: {other:?}"),
    };
    let told: Vec<(&str, &str)> = details
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str().unwrap()))
        .collect();
    assert_eq!(told, problems, "{fields}");
}

fn with_groups(groups: &[&str]) -> Value {
    let entries = groups.iter().map(|id| json!({ "access_group": id }));
    json!({ "account": ACCOUNT, "data_access": entries.collect::<Vec<_>>() })
}

#[test]
fn groups_of_the_own_account_are_given_freely() {
    check(&with_groups(&[]), &[]);
    check(&with_groups(&GROUPS[..1]), &[]);
    check(&with_groups(&GROUPS), &[]);
    check(&with_groups(&[GROUPS[0], GROUPS[0]]), &[]);
    check(&json!({ "account": ACCOUNT }), &[]);
}

#[test]
fn groups_that_are_not_there_or_not_of_the_account_are_refused_at_their_place() {
    let missing =
        |id: &str| format!("value '{id}' must exist in resource 'access--groups', field '_id'.");
    check(
        &with_groups(&[NOTHING]),
        &[("data_access.0.access_group", &missing(NOTHING))],
    );
    check(
        &with_groups(&[FOREIGN_GROUP]),
        &[("data_access.0.access_group", &missing(FOREIGN_GROUP))],
    );
    check(
        &with_groups(&[GROUPS[0], FOREIGN_GROUP, NOTHING]),
        &[
            ("data_access.1.access_group", &missing(FOREIGN_GROUP)),
            ("data_access.2.access_group", &missing(NOTHING)),
        ],
    );
}

#[test]
fn a_user_has_an_owner() {
    check(&json!({}), &[("account", "required field")]);
    let unknown = format!("value '{NOTHING}' must exist in resource 'accounts', field '_id'.");
    check(&json!({ "account": NOTHING }), &[("account", &unknown)]);
    for foreign in [
        json!({ "account": "6662fb1df4d1eaf404cb0900" }),
        json!({ "partner": PARTNER }),
    ] {
        assert!(
            matches!(
                create(&foreign),
                Err(Refusal::ForeignOwner(_) | Refusal::ForeignPartner(_))
            ),
            "{foreign}"
        );
    }
}

#[test]
fn a_user_is_enabled_unless_told_otherwise() {
    let enabled = |fields: Value| create(&fields).unwrap().get_bool("is_enabled").unwrap();
    assert!(enabled(json!({ "account": ACCOUNT })));
    assert!(!enabled(json!({ "account": ACCOUNT, "is_enabled": false })));
}
