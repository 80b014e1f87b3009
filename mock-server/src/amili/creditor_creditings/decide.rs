//! Decides on creditings: all of it is shared with what else settles a case. Reads the store, never changes it.

use bson::Document;
use bson::oid::ObjectId;

use super::schema::EDITIONS;
use crate::amili::refusal::Refusal;
use crate::amili::settlements;
use crate::amili::store::{Change, Store};
use crate::platform::moment::Moment;

/// Decides on a crediting.
pub(in crate::amili) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: ObjectId,
    body: Document,
) -> Result<Change, Refusal> {
    settlements::create(store, moment, caller, &EDITIONS, body)
}
