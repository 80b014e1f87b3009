//! The three paths of the article: missing, or somewhere else.

use super::{ASSIGN, GROUPS, LINK};
use crate::wrong::make::over_refused;
use crate::wrong::server::Wrong;

/// A rule, its call, and what its path is not called.
type Path = (
    &'static str,
    (&'static str, &'static str),
    [(&'static str, &'static str); 2],
);

const PATHS: [Path; 3] = [
    (
        "ams.user-department.path",
        LINK,
        [("/users/", "/user/"), ("/department", "/departments")],
    ),
    (
        "ams.group.list-path",
        GROUPS,
        [("/permission/", "/permissions/"), ("/groups", "/group")],
    ),
    (
        "ams.permission.assign-path",
        ASSIGN,
        [("/user/", "/users/"), ("/groups", "/group")],
    ),
];

pub(super) fn all() -> Vec<Wrong> {
    PATHS.into_iter().flat_map(of).collect()
}

fn of((rule, call, numbers): Path) -> Vec<Wrong> {
    let [first, last] = numbers;
    vec![
        over_refused(rule, "nowhere", call, 404, |_| true),
        over_refused(rule, "by another method", call, 405, |_| true),
        elsewhere(rule, "the first in the other number, too", call, first),
        elsewhere(rule, "the last in the other number, too", call, last),
        moved(rule, "the first in the other number alone", call, first),
        moved(rule, "the last in the other number alone", call, last),
    ]
}

/// The path in the other number is taken for the documented one.
fn elsewhere(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    (right, other): (&'static str, &'static str),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        if talk.is(method, &path.replace(right, other)) {
            talk.alters();
            talk.asked.path = talk.asked.path.replace(other, right);
        }
        talk.forward()
    })
}

/// The same, and the documented path is nowhere.
fn moved(
    rule: &'static str,
    kind: &'static str,
    (method, path): (&'static str, &'static str),
    (right, other): (&'static str, &'static str),
) -> Wrong {
    Wrong::new(rule, kind, move |talk| {
        let (here, there) = (
            talk.is(method, path),
            talk.is(method, &path.replace(right, other)),
        );
        if here || there {
            talk.alters();
            talk.asked.path = match here {
                true => talk.asked.path.replace(right, other),
                false => talk.asked.path.replace(other, right),
            };
        }
        talk.forward()
    })
}
