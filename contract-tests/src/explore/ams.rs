//! The requests of AMS: how each step of the model is sent, and how its lists are read.
//! Judges nothing.

mod names;
mod shrink;
mod words;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::script::{Found, Lines};
use super::walk::{Driver, Seen};
use crate::client::{Answer, Captured, Client};
use crate::model::ams::{
    Ams, ApiUser, Call, Caller, Company, CompanyRef, Department, Field, Group, Item, Look, Object,
    Offer, Person, Ref, Transition,
};
use crate::scenario::Api;
use crate::verdict::{Stop, Trouble, TroubleKind};

/// An id that nothing has: user, department, group or company.
const NO_SUCH_ID: i64 = 999_999_999;

/// The second company of the mock's built-in world.
const OTHER_COMPANY: i64 = 42;

/// Why a step may be aimed at whom the walk did not make.
const STRANGER: &str = "nobody has this id, or it is an API user of a mock's own world";

/// AMS in one walk.
#[derive(Debug)]
pub(super) struct AmsDriver {
    client: Client,
    people: BTreeMap<usize, Captured>,
    departments: BTreeMap<usize, Captured>,
    callers: BTreeMap<Person, Client>,
    /// The last step with its answer: there is no other way to see what an assignment left.
    last: Option<(Transition, Answer)>,
}

impl Driver for AmsDriver {
    type Model = Ams;
    const API: Api = Api::Ams;

    fn offer(client: &Client) -> Offer {
        if client.on_mock() {
            return Offer::everything();
        }
        let known = |user: &ApiUser| client.as_role(role(*user)).is_ok();
        Offer {
            callers: ApiUser::ALL.into_iter().filter(known).collect(),
            groups: [].into(),
            departments: false,
            other_company: false,
            tokens_of_created_users: false,
            api_users_as_targets: false,
            proposals: false,
        }
    }

    fn begin(client: Client) -> Result<Self, Stop> {
        Ok(Self {
            client,
            people: BTreeMap::new(),
            departments: BTreeMap::new(),
            callers: BTreeMap::new(),
            last: None,
        })
    }

    fn send(&mut self, step: &Transition, name: &str) -> Result<Answer, Stop> {
        let caller = self.caller(step.caller)?;
        let request = caller.step(name);
        let request = match &step.call {
            Call::CreateUser { company, missing } => {
                let path = caller.path_for("create_user", "/v2/admin/users");
                request.post(path, self.user(*company, *missing)?)
            }
            Call::CreateDepartment { parent, company } => {
                let path = caller.path_for("create_department", "/v2/admin/departments");
                request.post(path, self.department(*parent, *company)?)
            }
            Call::AssignDepartments { user, departments } => {
                let (user, own) = (self.person_named(*user)?, is_made(*user));
                let departments = departments.iter().map(|it| self.department_named(*it));
                let departments = departments.collect::<Result<Vec<_>, _>>()?;
                let path = format!("/v2/admin/users/{user}/department");
                let request = request.post(path, json!({ "departments": departments }));
                if own {
                    request
                } else {
                    request.not_own(STRANGER)
                }
            }
            Call::ListGroups { company } => {
                let request = request.get("/v2/admin/permission/groups");
                match self.company_named(*company)? {
                    Some(company) => request.query("company_id", company),
                    None => request,
                }
            }
            Call::AssignGroups { user, groups } => {
                let (user, own) = (self.person_named(*user)?, is_made(*user));
                let groups: Vec<_> = groups.iter().map(|it| group_id(*it)).collect();
                let path = format!("/v2/admin/user/{user}/groups");
                let request = request.post(path, json!({ "groups": groups }));
                if own {
                    request
                } else {
                    request.not_own(STRANGER)
                }
            }
        };
        let answer = request.answer()?;
        self.last = Some((step.clone(), answer.clone()));
        Ok(answer)
    }

    fn id(answer: &Answer) -> Option<Captured> {
        let id = answer.at("/id")?.as_i64()?;
        Some(Captured::from(id))
    }

    fn made(&mut self, object: Object, id: Captured) {
        match object {
            Object::User(Person::Made(n)) => drop(self.people.insert(n, id)),
            Object::Department(Department::Made(n)) => drop(self.departments.insert(n, id)),
            // These are there from the start; no step makes them.
            Object::User(Person::Api(_)) | Object::Department(Department::Given(_)) => {}
        }
    }

    fn look(&mut self, look: &Look, name: &str, _ending: bool) -> Result<Seen<Item>, Stop> {
        match look {
            Look::Groups { caller, company } => self.groups(*caller, *company, name),
            Look::GroupsOf(person) => {
                let groups = self.assigned("/groups", |call| match call {
                    Call::AssignGroups { user, .. } => *user == Ref::Known(*person),
                    _ => false,
                });
                Ok(shown(groups, |id| self.known_group(id)))
            }
            Look::DepartmentsOf(person) => {
                let departments = self.assigned("/departments", |call| match call {
                    Call::AssignDepartments { user, .. } => *user == Ref::Known(*person),
                    _ => false,
                });
                let known = |id: &Value| self.known_department(id).map(Item::Department);
                Ok(shown(departments, known))
            }
        }
    }

    fn unmade(step: &Transition, object: Object) -> Option<Transition> {
        shrink::unmade(step, object)
    }

    fn plainer(step: &Transition) -> Vec<Transition> {
        shrink::plainer(step)
    }

    fn in_words(step: &Transition) -> String {
        words::step(step)
    }

    fn list_in_words(look: &Look) -> String {
        words::list(look)
    }

    fn name_given(&mut self) {}

    fn name_made(&mut self, object: Object) -> String {
        let name = names::made(object);
        self.made(object, Captured::placeholder(&name));
        name
    }

    fn found_by(&self, _name: &str) -> Option<Found> {
        None
    }

    fn lines(&self, look: &Look, items: &[Item]) -> Lines {
        let made = self.departments.values().map(ToString::to_string);
        names::lines(look, items, made.collect(), self.client.on_mock())
    }
}

impl AmsDriver {
    fn caller(&mut self, caller: Caller) -> Result<Client, Stop> {
        let person = match caller {
            Caller::NoToken => return Ok(self.client.without_token()),
            Caller::UnknownToken => return Ok(self.client.with_altered_token()),
            Caller::Person(person) => person,
        };
        if let Some(known) = self.callers.get(&person) {
            return Ok(known.clone());
        }
        let client = match person {
            Person::Api(user) => self.client.as_role(role(user))?,
            Person::Made(_) => self.client.as_user(&self.person(person)?)?,
        };
        self.callers.insert(person, client.clone());
        Ok(client)
    }

    fn user(&self, company: CompanyRef, missing: Option<Field>) -> Result<Value, Stop> {
        let mut body = json!({
            "name": self.client.unique(),
            "surname": "Explorer",
            "email": self.client.unique_email(),
            "mail_otp": 0,
            "service_number": "abc123",
        });
        if let Some(members) = body.as_object_mut() {
            let company = self.company_named(company)?;
            members.extend(company.map(|id| ("company_id".to_owned(), id.into())));
            members.retain(|field, _| Some(field.as_str()) != missing.map(words::field));
        }
        Ok(body)
    }

    fn department(
        &self,
        parent: Option<Ref<Department>>,
        company: CompanyRef,
    ) -> Result<Value, Stop> {
        let mut body = json!({ "name": self.client.unique() });
        if let Some(members) = body.as_object_mut() {
            if let Some(parent) = parent {
                let parent = self.department_named(parent)?;
                members.insert("parent_id".to_owned(), json!(parent));
            }
            let company = self.company_named(company)?;
            members.extend(company.map(|id| ("company_id".to_owned(), id.into())));
        }
        Ok(body)
    }

    fn company_named(&self, company: CompanyRef) -> Result<Option<i64>, Stop> {
        Ok(match company {
            CompanyRef::LeftOut => None,
            CompanyRef::Unknown => Some(NO_SUCH_ID),
            CompanyRef::Named(Company::Home) => Some(self.client.company()?),
            CompanyRef::Named(Company::Other) => Some(OTHER_COMPANY),
        })
    }

    fn person_named(&self, person: Ref<Person>) -> Result<Captured, Stop> {
        match person {
            Ref::Unknown => Ok(Captured::from(NO_SUCH_ID)),
            Ref::Known(person) => self.person(person),
        }
    }

    fn person(&self, person: Person) -> Result<Captured, Stop> {
        match person {
            Person::Api(user) => Ok(Captured::from(self.client.user_of(role(user))?)),
            Person::Made(n) => {
                let known = self.people.get(&n).cloned();
                known.ok_or_else(|| lost(&format!("user {n}")))
            }
        }
    }

    fn department_named(&self, department: Ref<Department>) -> Result<Captured, Stop> {
        match department {
            Ref::Unknown => Ok(Captured::from(NO_SUCH_ID)),
            Ref::Known(Department::Given(id)) => Ok(Captured::from(i64::from(id))),
            Ref::Known(Department::Made(n)) => {
                let known = self.departments.get(&n).cloned();
                known.ok_or_else(|| lost(&format!("department {n}")))
            }
        }
    }

    /// The list of groups as this caller sees it; the answer to the step itself, if it just asked for it.
    fn groups(
        &mut self,
        caller: Caller,
        company: CompanyRef,
        name: &str,
    ) -> Result<Seen<Item>, Stop> {
        let step = Transition {
            caller,
            call: Call::ListGroups { company },
        };
        let just = self.last.take().filter(|(last, _)| *last == step);
        let answer = match just {
            Some((_, answer)) => answer,
            None => self.send(&step, name)?,
        };
        self.last = None;
        if !answer.succeeded() || !(answer.value().is_array() || answer.at("").is_some_and(listing))
        {
            return Ok(Seen::Unreadable(answer));
        }
        let known = answer.listed().iter().map(|group| self.known_group(group));
        Ok(Seen::Items(known.collect()))
    }

    /// The list at this place in the answer to the last step, if it was such a call and shows one.
    fn assigned(&self, place: &str, wanted: impl Fn(&Call) -> bool) -> Option<Vec<Value>> {
        let (step, answer) = self.last.as_ref()?;
        let shows = wanted(&step.call) && answer.succeeded();
        let list = answer.at(place)?.as_array()?;
        shows.then(|| list.clone())
    }

    /// Elsewhere the ids of the built-in world's groups belong to others.
    fn known_group(&self, id: &Value) -> Option<Item> {
        let id = number(id).filter(|_| self.client.on_mock())?;
        let mut all = Group::ALL.into_iter();
        let known = all.find(|group| group_id(Ref::Known(*group)) == id);
        known.map(Item::Group)
    }

    fn known_department(&self, id: &Value) -> Option<Department> {
        let id = number(id)?;
        let same = |captured: &&Captured| captured.0.as_i64() == Some(id);
        let mut made = self.departments.iter();
        let made = made.find(|(_, captured)| same(captured));
        let given = || {
            let id = u8::try_from(id).ok()?;
            let given = Department::GIVEN.contains(&id) && self.client.on_mock();
            given.then_some(Department::Given(id))
        };
        made.map(|(n, _)| Department::Made(*n)).or_else(given)
    }
}

/// Whether a step of the walk made this user.
fn is_made(person: Ref<Person>) -> bool {
    matches!(person, Ref::Known(Person::Made(_)))
}

/// A list as it is, or inside `data`.
fn listing(body: &Value) -> bool {
    body.get("data").is_some_and(Value::is_array)
}

fn shown<T>(list: Option<Vec<Value>>, known: impl Fn(&Value) -> Option<T>) -> Seen<T> {
    list.map_or(Seen::Hidden, |list| {
        Seen::Items(list.iter().map(known).collect())
    })
}

/// An id, given plainly or in a record.
fn number(id: &Value) -> Option<i64> {
    id.as_i64().or_else(|| id.get("id")?.as_i64())
}

fn group_id(group: Ref<Group>) -> i64 {
    match group {
        Ref::Unknown => NO_SUCH_ID,
        Ref::Known(Group::StandardUser) => 1,
        Ref::Known(Group::PowerUser) => 2,
        Ref::Known(Group::Admin) => 3,
        Ref::Known(Group::OfOtherCompany) => 4,
    }
}

fn role(user: ApiUser) -> &'static str {
    match user {
        ApiUser::Manager => "manager",
        ApiUser::Setup => "setup",
        ApiUser::Reader => "reader",
        ApiUser::Nobody => "nobody",
    }
}

/// Something that a step refers to has no id.
fn lost(what: &str) -> Stop {
    Stop::InstrumentFailed(Box::new(Trouble {
        kind: TroubleKind::Other,
        step: String::new(),
        text: format!("the id of {what} is not known"),
        request: String::new(),
    }))
}
