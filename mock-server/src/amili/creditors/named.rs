//! The checks of a creditor that another document names: a registration, a payment, a crediting.

use std::sync::Arc;

use bson::Document;

use super::schema::RESOURCE;
use crate::amili::assumptions::{ForeignCreditor, InactiveCreditor, UnknownCreditor};
use crate::amili::eve::Neighbours;
use crate::amili::record::Record;
use crate::amili::refusal::Refusal;
use crate::amili::rulebook;
use crate::amili::scope::Scope;
use crate::amili::store::Store;
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

/// The creditor that a draft names, if there is one. It belongs to the account named beside it, and the
/// caller handles its cases.
pub(in crate::amili) fn check(
    store: &Store,
    moment: &mut Moment,
    scope: &Scope,
    draft: &mut Draft,
) -> Result<Option<Arc<Record>>, Refusal> {
    let Ok(id) = draft.document.get_object_id("creditor") else {
        return Ok(None);
    };
    // Not a relation of the schema, by which worlds are checked too: a creditor may go, and what it
    // registered stays.
    let message = format!(
        "value '{id}' must exist in resource '{}', field '_id'.",
        RESOURCE.name
    );
    let Some(creditor) = store.collection(RESOURCE.name).get(id) else {
        if moment.assumes::<UnknownCreditor>() == UnknownCreditor::NotFound {
            return Err(Refusal::UnknownRelation(id));
        }
        draft.issues.add("creditor", message);
        return Ok(None);
    };
    let own = RESOURCE.account_of(&creditor);
    let named = draft.document.get_object_id("account").ok();
    let named = named.filter(|account| store.exists("accounts", *account));
    if named.is_some() && named != own {
        if moment.assumes::<ForeignCreditor>() == ForeignCreditor::Forbidden {
            return Err(Refusal::Forbidden(
                &rulebook::REGISTRATION_CREDITOR_OF_ACCOUNT,
            ));
        }
        // To this account the creditor might as well not exist.
        draft.issues.add("creditor", message);
        draft
            .rules
            .push(&rulebook::REGISTRATION_CREDITOR_OF_ACCOUNT);
        return Ok(None);
    }
    scope.check_write(store, own)?;
    scope.check_cases(id)?;
    Ok(Some(creditor))
}

/// An inactive creditor gets no case.
pub(in crate::amili) fn check_active(
    moment: &mut Moment,
    creditor: &Document,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    if creditor.get_bool("is_active").unwrap_or(false) {
        return Ok(());
    }
    match moment.assumes::<InactiveCreditor>() {
        InactiveCreditor::Invalid => {
            draft.issues.add("creditor", INACTIVE);
            Ok(())
        }
        InactiveCreditor::Forbidden => Err(Refusal::Forbidden(&rulebook::CASE_CREDITOR_ACTIVE)),
    }
}

/// No page gives the words; those of the rule.
pub(in crate::amili) const INACTIVE: &str = "creditor is not active";
