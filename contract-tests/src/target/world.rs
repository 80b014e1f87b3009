//! The accounts and callers of the mock's built-in world.

use std::collections::BTreeMap;

use crate::client::{Endpoint, Role, Secret};

const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
const OTHER_ACCOUNT: &str = "6662fb1df4d1eaf404cb0900";
const COMPANY: i64 = 24;

/// Its Amili side.
pub(super) fn amili() -> Endpoint {
    let role = |token: &str, account: &str| Role {
        token: Some(Secret::new(token)),
        account: Some(account.to_owned()),
        ..Role::default()
    };
    Endpoint {
        token: Secret::new("amili-api-user"),
        account: Some(ACCOUNT.to_owned()),
        roles: BTreeMap::from([
            (
                "account-admin".to_owned(),
                role("amili-account-admin", ACCOUNT),
            ),
            (
                "other-account".to_owned(),
                role("amili-other-account", OTHER_ACCOUNT),
            ),
            (
                "partner".to_owned(),
                Role {
                    token: Some(Secret::new("amili-partner")),
                    ..Role::default()
                },
            ),
        ]),
        ..Endpoint::default()
    }
}

/// Its AMS side.
pub(super) fn ams() -> Endpoint {
    let role = |token: &str, user: i64| Role {
        token: Some(Secret::new(token)),
        user: Some(user),
        ..Role::default()
    };
    Endpoint {
        token: Secret::new("ams-manager"),
        company: Some(COMPANY),
        roles: BTreeMap::from([
            ("setup".to_owned(), role("ams-setup", 1)),
            ("manager".to_owned(), role("ams-manager", 2)),
            ("reader".to_owned(), role("ams-reader", 3)),
            ("nobody".to_owned(), role("ams-nobody", 4)),
        ]),
        ..Endpoint::default()
    }
}
