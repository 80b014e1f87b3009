//! The requests of Amili: how each step of the model is sent, and how its lists are read.
//! Judges nothing.

mod bodies;
mod lookup;
mod names;
mod shrink;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use self::lookup::{found, lost, text};
use super::script::{Found, Lines, placeholder};
use super::walk::{Driver, Seen};
use crate::client::{Answer, Captured, Client};
use crate::model::amili::{
    Account, Amili, Caller, Creditor, CreditorRef, Group, GroupRef, Item, Look, NewUser, Object,
    Offer, Request, Transition, User,
};
use crate::scenario::Api;
use crate::verdict::Stop;

/// An id of the right form that nothing has.
const NO_SUCH_ID: &str = "ffffffffffffffffffffffff";

const LARGEST_PAGE: usize = 100;

/// As many pages of a list as a walk can fill, and some: a target that shows ever more is not followed.
const MOST_PAGES: usize = 100;

/// Amili in one walk.
#[derive(Debug)]
pub(super) struct AmiliDriver {
    client: Client,
    account: String,
    groups: BTreeMap<Group, String>,
    creditors: BTreeMap<String, Creditor>,
    users: BTreeMap<String, User>,
    /// A group of the second account, once it was needed.
    foreign_group: Option<String>,
    /// The last step's answer, when it was a list that is judged as it is.
    fresh: Option<(Look, Answer)>,
}

impl Driver for AmiliDriver {
    type Model = Amili;
    const API: Api = Api::Amili;

    fn offer(client: &Client) -> Offer {
        let other = client.as_role("other-account");
        let account = client.account_of("other-account");
        Offer {
            other_account: other.is_ok() && account.is_ok(),
            proposals: client.on_mock(),
        }
    }

    fn begin(client: Client) -> Result<Self, Stop> {
        Ok(Self {
            account: client.account()?,
            client,
            groups: BTreeMap::new(),
            creditors: BTreeMap::new(),
            users: BTreeMap::new(),
            foreign_group: None,
            fresh: None,
        })
    }

    fn send(&mut self, step: &Transition, name: &str) -> Result<Answer, Stop> {
        let caller = match step.caller {
            Caller::AccountApiUser => self.client.clone(),
            Caller::NoToken => self.client.without_token(),
            Caller::UnknownToken => self.client.with_altered_token(),
        };
        let request = caller.step(name);
        match &step.request {
            Request::CreateCreditor(new) => {
                let account = self.account_named(new.account)?;
                request.post("/creditors", bodies::creditor(&self.client, &account, new))
            }
            Request::CreateUser(new) => request.post("/users", self.user(new)?),
            Request::List(look) => {
                let (path, filter) = self.list(*look)?;
                let answer = request.get(path).query("where", filter).answer()?;
                let told = step.caller == Caller::AccountApiUser && answer.succeeded();
                if told && self.client.on_mock() {
                    self.fresh = Some((*look, answer.clone()));
                }
                return Ok(answer);
            }
        }
        .answer()
    }

    fn id(answer: &Answer) -> Option<Captured> {
        let id = answer.at("/_id")?.as_str()?;
        Some(Captured::from(id))
    }

    fn made(&mut self, object: Object, id: Captured) {
        match object {
            Object::Creditor(creditor) => {
                self.creditors.insert(id.to_string(), creditor);
            }
            Object::User(user) => {
                self.users.insert(id.to_string(), user);
            }
        }
    }

    fn look(&mut self, look: &Look, name: &str, ending: bool) -> Result<Seen<Item>, Stop> {
        let fresh = self.fresh.take().filter(|(fresh, _)| fresh == look);
        let large = !ending && fresh.is_none();
        let mut first = fresh.map(|(_, answer)| answer);
        let mut pages = Vec::new();
        for (path, filter) in self.queries(*look)? {
            pages.extend(self.pages(name, path, &filter, first.take(), large)?);
        }
        // Only the last page of a list can be none.
        if let Some(at) = pages.iter().position(|page| !is_list(page)) {
            return Ok(Seen::Unreadable(pages.swap_remove(at)));
        }
        let mut items = Vec::new();
        for document in pages.iter().flat_map(Answer::listed) {
            let item = self.item(*look, document);
            if let (Some(Item::Group(group)), Some(id)) = (&item, text(document, "_id")) {
                self.groups.entry(*group).or_insert_with(|| id.to_owned());
            }
            items.push(item);
        }
        Ok(Seen::Items(items))
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
        words::list(*look)
    }

    fn name_given(&mut self) {
        self.groups = names::given();
        self.foreign_group = Some(names::FOREIGN_GROUP.to_owned());
    }

    fn name_made(&mut self, object: Object) -> String {
        let name = names::made(object);
        match object {
            Object::Creditor(creditor) => {
                self.creditors.insert(placeholder(&name), creditor);
                self.groups.extend(names::groups_of(creditor));
            }
            Object::User(user) => drop(self.users.insert(placeholder(&name), user)),
        }
        name
    }

    fn found_by(&self, name: &str) -> Option<Found> {
        let other = self.client.account_of("other-account");
        names::found_by(name, &self.account, other.ok().as_deref())
    }

    fn lines(&self, look: &Look, items: &[Item]) -> Lines {
        let (users, groups) = (self.users.keys(), self.groups.values());
        let known = [&self.account].into_iter().chain(self.creditors.keys());
        let known: Vec<_> = match look {
            Look::Users => known.chain(users).chain(groups).cloned().collect(),
            _ => known.cloned().collect(),
        };
        names::lines(*look, items, known)
    }
}

impl AmiliDriver {
    fn user(&mut self, new: &NewUser) -> Result<Value, Stop> {
        let mut access = Vec::new();
        for group in &new.data_access {
            access.push(self.group_named(*group)?);
        }
        let account = self.account_named(new.account)?;
        Ok(bodies::user(&self.client, &account, &access, new))
    }

    fn account_named(&self, account: Account) -> Result<String, Stop> {
        match account {
            Account::Own | Account::LeftOut => Ok(self.account.clone()),
            Account::Unknown => Ok(NO_SUCH_ID.to_owned()),
            Account::Other => self.client.account_of("other-account"),
        }
    }

    fn group_named(&mut self, group: GroupRef) -> Result<String, Stop> {
        match group {
            GroupRef::Unknown => Ok(NO_SUCH_ID.to_owned()),
            GroupRef::Own(group) => self.own_group(group),
            GroupRef::OtherAccount => self.foreign_group(),
        }
    }

    /// A group of the account. Those of creditors were seen when the creditor was made; the account's own
    /// two no step makes, so that they are asked for when they are first needed.
    fn own_group(&mut self, group: Group) -> Result<String, Stop> {
        if let Some(known) = self.groups.get(&group) {
            return Ok(known.clone());
        }
        let name = words::group(GroupRef::Own(group));
        if self.client.planning() {
            return Ok(Captured::placeholder(&name).to_string());
        }
        if group.creditor().is_some() {
            return Err(lost(&name));
        }
        let filter = json!({ "account": self.account, "type": group.kind() });
        let id = found(&self.client, &name, &filter)?;
        self.groups.insert(group, id.clone());
        Ok(id)
    }

    /// A group of the second account, found with that account's own token.
    fn foreign_group(&mut self) -> Result<String, Stop> {
        if let Some(known) = &self.foreign_group {
            return Ok(known.clone());
        }
        let filter = json!({ "account": self.client.account_of("other-account")? });
        let other = self.client.as_role("other-account")?;
        let id = found(&other, "a group of the second account", &filter)?;
        self.foreign_group = Some(id.clone());
        Ok(id)
    }

    /// The list by its documented filter.
    fn list(&self, look: Look) -> Result<(&'static str, Value), Stop> {
        Ok(match look {
            Look::GroupsOfAccount(account) => (
                "/access--groups",
                json!({ "account": self.account_named(account)? }),
            ),
            Look::GroupsOfCreditor(creditor) => (
                "/access--groups",
                json!({ "creditor": self.creditor_named(creditor)? }),
            ),
            Look::Creditors => ("/creditors", json!({ "account": self.account })),
            Look::Users => ("/users", json!({ "account": self.account })),
        })
    }

    fn creditor_named(&self, creditor: CreditorRef) -> Result<String, Stop> {
        let CreditorRef::Made(creditor) = creditor else {
            return Ok(NO_SUCH_ID.to_owned());
        };
        let mut known = self.creditors.iter();
        let known = known.find(|(_, known)| **known == creditor);
        known.map_or_else(
            || Err(lost(&format!("creditor {}", creditor.0))),
            |(id, _)| Ok(id.clone()),
        )
    }

    /// What has to be asked to read a list. Where others work too, only what the walk made is asked for:
    /// their lists are long, and none of its business.
    fn queries(&self, look: Look) -> Result<Vec<(&'static str, Value)>, Stop> {
        if self.client.on_mock() {
            return Ok(vec![self.list(look)?]);
        }
        let each = |path, ids: Vec<&String>| {
            let filters = ids.into_iter().map(|id| (path, json!({ "_id": id })));
            filters.collect()
        };
        Ok(match look {
            Look::Creditors => each("/creditors", in_order(&self.creditors)),
            Look::Users => each("/users", in_order(&self.users)),
            Look::GroupsOfAccount(Account::Own) => {
                let own = [Group::AccountAdmin, Group::ApiUser];
                let own = own.map(|group| json!({ "account": self.account, "type": group.kind() }));
                let creditors = in_order(&self.creditors).into_iter();
                let theirs = creditors.map(|id| json!({ "creditor": id }));
                let all = own.into_iter().chain(theirs);
                all.map(|filter| ("/access--groups", filter)).collect()
            }
            Look::GroupsOfAccount(_) | Look::GroupsOfCreditor(_) => vec![self.list(look)?],
        })
    }

    /// A list page by page, up to the first answer that is none. It may begin with the page that a step
    /// just asked for; pages are `large`, or of the size that they have by default.
    fn pages(
        &self,
        name: &str,
        path: &str,
        filter: &Value,
        first: Option<Answer>,
        large: bool,
    ) -> Result<Vec<Answer>, Stop> {
        let brought = filter.get("creditor").is_some_and(|id| id != NO_SUCH_ID);
        let mut pages = Vec::from_iter(first);
        let mut seen: usize = pages.iter().map(Answer::items).sum();
        while pages.len() < MOST_PAGES {
            if let Some(last) = pages.last() {
                let total = last.at("/_meta/total").and_then(Value::as_u64);
                let more = total.is_some_and(|total| seen < total as usize);
                if !more || !is_list(last) || last.items() == 0 {
                    break;
                }
            }
            let mut step = self.client.step(name).get(path).query("where", filter);
            if large {
                step = step.query("max_results", LARGEST_PAGE);
            }
            if !pages.is_empty() {
                step = step.query("page", pages.len() + 1);
            }
            // A creditor's groups may come a moment after it.
            let page = step.until(|page| !brought || page.items() >= 2).answer()?;
            seen += page.items();
            pages.push(page);
        }
        Ok(pages)
    }

    fn item(&self, look: Look, document: &Value) -> Option<Item> {
        let id = text(document, "_id")?;
        if text(document, "account")? != self.account {
            return None;
        }
        match look {
            Look::Creditors => Some(Item::Creditor {
                creditor: *self.creditors.get(id)?,
                active: document.get("is_active")?.as_bool()?,
            }),
            Look::Users => Some(Item::User {
                user: *self.users.get(id)?,
                groups: self.access(document)?,
            }),
            Look::GroupsOfAccount(_) | Look::GroupsOfCreditor(_) => {
                let creditor = match text(document, "creditor") {
                    Some(creditor) => Some(*self.creditors.get(creditor)?),
                    None => None,
                };
                let group = Group::listed(text(document, "type")?, creditor)?;
                // A group keeps its id.
                let same = self.groups.get(&group).is_none_or(|known| known == id);
                same.then_some(Item::Group(group))
            }
        }
    }

    fn access(&self, user: &Value) -> Option<BTreeSet<Group>> {
        let access = user.get("data_access").and_then(Value::as_array);
        let named = access.into_iter().flatten();
        named
            .map(|access| {
                let id = text(access, "access_group")?;
                let mut known = self.groups.iter();
                known
                    .find(|(_, known)| *known == id)
                    .map(|(group, _)| *group)
            })
            .collect()
    }
}

/// The ids in the order of their making.
fn in_order<T: Ord>(made: &BTreeMap<String, T>) -> Vec<&String> {
    let mut made: Vec<_> = made.iter().collect();
    made.sort_by_key(|(_, number)| *number);
    made.into_iter().map(|(id, _)| id).collect()
}

fn is_list(answer: &Answer) -> bool {
    answer.succeeded() && answer.at("/_items").is_some_and(Value::is_array)
}
