//! An account has one account_admin and one api_user group, and they carry no creditor.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/account-level-groups",
    proves: &["amili.access-group.account-level"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    two_groups(amili, &amili.account()?)?;
    // A creditor brings its own groups, none of the account's.
    given::creditor(amili)?;
    two_groups(amili, &amili.account()?)?;
    if let (Ok(other), Ok(account)) = (
        amili.as_role("other-account"),
        amili.account_of("other-account"),
    ) {
        two_groups(&other, &account)?;
    }
    Ok(())
}

fn two_groups(amili: &Client, account: &str) -> Outcome {
    for kind in ["account_admin", "api_user"] {
        let list = amili
            .step(format!("find the {kind} group of the account"))
            .get("/access--groups")
            .query("where", json!({ "account": account, "type": kind }))
            .expect(200)?;
        list.holds_in_order("/_items/*/type", [kind])?;
        list.holds_in_order("/_items/*/name", [kind])?;
        list.holds_in_order("/_items/*/account", [account])?;
        list.lacks("/_items/0/creditor")?;
        list.lacks("/_items/0/creditor_name")?;
    }
    Ok(())
}
