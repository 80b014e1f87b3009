//! Servers that break single rules of Amili.

mod accounts;
mod cases;
mod creditors;
mod fields;
mod groups;
mod lists;
mod registrations;
mod scope;
mod users;
mod writes;

use super::server::Wrong;

pub(super) fn all() -> Vec<Wrong> {
    [
        accounts::all(),
        cases::all(),
        creditors::all(),
        fields::all(),
        groups::all(),
        lists::all(),
        registrations::all(),
        scope::all(),
        users::all(),
        writes::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
