//! What a script calls the things of AMS, and how it reads a list.

use super::group_id;
use crate::explore::script::{Lines, placeholder};
use crate::model::ams::{Department, Group, Item, Look, Object, Person, Ref};

pub(super) fn made(object: Object) -> String {
    match object {
        Object::User(Person::Made(n)) => format!("user_{n}"),
        Object::Department(Department::Made(n)) => format!("department_{n}"),
        // These are there from the start; no step makes them.
        Object::User(Person::Api(_)) => "user".to_owned(),
        Object::Department(Department::Given(id)) => format!("department_given_{id}"),
    }
}

/// `made` are the departments that the walk made by then.
pub(super) fn lines(look: &Look, items: &[Item], made: Vec<String>, on_mock: bool) -> Lines {
    let (roots, mut known) = match look {
        Look::Groups { .. } => ("|/data", Vec::new()),
        Look::GroupsOf(_) => ("/groups|/data/groups", Vec::new()),
        Look::DepartmentsOf(_) => ("/departments|/data/departments", made),
    };
    // Elsewhere the ids of the built-in world's things belong to others.
    if on_mock {
        known.extend(match look {
            Look::DepartmentsOf(_) => Department::GIVEN.map(|id| id.to_string()).to_vec(),
            Look::Groups { .. } | Look::GroupsOf(_) => {
                let ids = Group::ALL.map(|group| group_id(Ref::Known(group)));
                ids.map(|id| id.to_string()).to_vec()
            }
        });
    }
    Lines {
        roots,
        fields: "id",
        expected: items.iter().map(line).collect(),
        known,
    }
}

fn line(item: &Item) -> String {
    match item {
        Item::Group(group) => group_id(Ref::Known(*group)).to_string(),
        Item::Department(Department::Given(id)) => id.to_string(),
        Item::Department(department) => placeholder(&made(Object::Department(*department))),
    }
}
