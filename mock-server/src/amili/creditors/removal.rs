//! What stands against the deletion of a creditor, where assumptions say that something does.

use bson::oid::ObjectId;

use super::schema::RESOURCE;
use crate::amili::assumptions::{CreditorWithCases, LastCreditor};
use crate::amili::cases;
use crate::amili::eve::Issues;
use crate::amili::refusal::{Refusal, Write};
use crate::amili::store::Store;
use crate::platform::moment::Moment;

/// Refuses the deletion of a creditor that is still needed.
pub(super) fn check(store: &Store, moment: &mut Moment, id: ObjectId) -> Result<(), Refusal> {
    let creditors = store.collection(RESOURCE.name);
    let account = creditors
        .get(id)
        .and_then(|creditor| creditor.get("account").cloned());
    let of_account = account.and_then(|account| creditors.having("account", &account));
    let is_last = of_account.is_some_and(|places| places.len() == 1);
    if is_last && moment.assumes::<LastCreditor>() == LastCreditor::Refused {
        return Err(kept("account", "an account has at least one creditor"));
    }
    let cases = store.collection(cases::schema::RESOURCE.name);
    let has_cases = cases.having("creditor", &id.into());
    let has_cases = has_cases.is_some_and(|places| !places.is_empty());
    if has_cases && moment.assumes::<CreditorWithCases>() == CreditorWithCases::Refused {
        return Err(kept("_id", "the creditor has cases"));
    }
    Ok(())
}

/// No page gives the words.
fn kept(field: &str, why: &str) -> Refusal {
    let mut issues = Issues::new();
    issues.add(field, why);
    Refusal::Invalid {
        write: Write::Change,
        issues,
        rules: Vec::new(),
    }
}
