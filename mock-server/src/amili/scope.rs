//! Whose documents a caller reaches, and what its access groups let it do with them.

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::assumptions::{CreditorReads, ForeignRead};
use super::eve::Neighbours;
use super::refusal::Refusal;
use super::resource::Resource;
use super::rulebook;
use super::store::Store;
use crate::platform::moment::Moment;

/// The fields by which it is told whether a caller sees a document, besides the one that holds its account.
pub(super) const LOOKED_AT: [&str; 4] = ["_id", "partner", "creditor", "data_access"];

/// What a caller reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scope {
    account: Option<ObjectId>,
    partner: Option<ObjectId>,
    reach: Reach,
}

/// How far a caller's access groups reach.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// `account_admin`, `api_user`, or a partner's user: every creditor there is.
    Whole,
    /// `admin` or `user` of these creditors; `true` where it is `admin`.
    Creditors(Vec<(ObjectId, bool)>),
}

impl Scope {
    /// The scope of a user. One that no longer exists is no caller.
    pub(super) fn of(store: &Store, caller: ObjectId) -> Result<Self, Refusal> {
        let users = store.collection("users");
        let user = users.get(caller).ok_or(Refusal::Unauthenticated)?;
        let partner = user.get_object_id("partner").ok();
        Ok(Self {
            account: user.get_object_id("account").ok(),
            reach: if partner.is_some() {
                Reach::Whole
            } else {
                Reach::of_groups(store, &user)
            },
            partner,
        })
    }

    /// Whether an account is the caller's own, or one of its partner's.
    pub(super) fn covers(&self, store: &Store, account: ObjectId) -> bool {
        if self.account == Some(account) {
            return true;
        }
        let accounts = store.collection("accounts");
        let partner = accounts
            .get(account)
            .and_then(|account| account.get_object_id("partner").ok());
        self.partner.is_some() && partner == self.partner
    }

    /// The one account of which the caller sees everything, and beside which it sees nothing.
    pub(super) fn only_account(&self, moment: &Moment) -> Option<ObjectId> {
        let whole = self.reach == Reach::Whole || reads_all(moment);
        self.account.filter(|_| self.partner.is_none() && whole)
    }

    /// Notes the assumption on what a caller with roles of single creditors sees.
    pub(super) fn note_reach(&self, moment: &mut Moment) {
        if self.reach != Reach::Whole {
            moment.assumes::<CreditorReads>();
        }
    }

    /// The caller's own account.
    pub(super) fn account(&self) -> Option<ObjectId> {
        self.account
    }

    /// The caller's partner.
    pub(super) fn partner(&self) -> Option<ObjectId> {
        self.partner
    }

    /// Refuses to write for an account that exists and that the scope does not cover.
    pub(super) fn check_write(
        &self,
        store: &Store,
        account: Option<ObjectId>,
    ) -> Result<(), Refusal> {
        let foreign =
            account.filter(|id| store.exists("accounts", *id) && !self.covers(store, *id));
        foreign.map_or(Ok(()), |account| Err(Refusal::ForeignOwner(account)))
    }

    /// Refuses what takes a role of the whole account.
    pub(super) fn check_whole(&self) -> Result<(), Refusal> {
        match self.reach {
            Reach::Whole => Ok(()),
            Reach::Creditors(_) => Err(Refusal::BeyondRole(&rulebook::ACCOUNT_ROLES)),
        }
    }

    /// Refuses what takes the role `admin` of this creditor, or one of the whole account.
    pub(super) fn check_admin(&self, creditor: ObjectId) -> Result<(), Refusal> {
        match &self.reach {
            Reach::Whole => Ok(()),
            Reach::Creditors(own) if own.contains(&(creditor, true)) => Ok(()),
            Reach::Creditors(_) => Err(Refusal::BeyondRole(&rulebook::ADMIN_MANAGES)),
        }
    }

    /// Refuses what takes a role of this creditor, whichever, or one of the whole account.
    pub(super) fn check_cases(&self, creditor: ObjectId) -> Result<(), Refusal> {
        match &self.reach {
            Reach::Creditors(own) if !own.iter().any(|(id, _)| *id == creditor) => {
                Err(Refusal::BeyondRole(&rulebook::CASES_OF_OWN_CREDITOR))
            }
            Reach::Whole | Reach::Creditors(_) => Ok(()),
        }
    }

    /// Refuses to give somebody access to what the caller does not administer.
    pub(super) fn check_grant(&self, creditors: &[Option<ObjectId>]) -> Result<(), Refusal> {
        let Reach::Creditors(own) = &self.reach else {
            return Ok(());
        };
        if !own.iter().any(|(_, admin)| *admin) {
            return Err(Refusal::BeyondRole(&rulebook::USER_HANDLES_CASES));
        }
        // An account-level group has no creditor: it reaches further than any creditor's admin does.
        let granted = creditors.iter().try_for_each(|creditor| match creditor {
            Some(creditor) => self.check_admin(*creditor),
            None => Err(Refusal::BeyondRole(&rulebook::ADMIN_MANAGES)),
        });
        granted.and(match creditors {
            [] => Err(Refusal::BeyondRole(&rulebook::ADMIN_MANAGES)),
            _ => Ok(()),
        })
    }

    /// Whether the caller sees a document in lists.
    pub(super) fn sees(
        &self,
        store: &Store,
        moment: &Moment,
        resource: &Resource,
        document: &Document,
    ) -> bool {
        let account = resource.account_of(document);
        let partner = document.get_object_id(if resource.name == "partners" {
            "_id"
        } else {
            "partner"
        });
        let owned = account.is_some_and(|account| self.covers(store, account))
            || self.partner.is_some() && partner.ok() == self.partner;
        owned && (reads_all(moment) || self.reach.includes(store, resource, document))
    }

    /// What becomes of a document that the caller does not see, when its id is asked for.
    pub(super) fn check_item(
        &self,
        store: &Store,
        moment: &mut Moment,
        resource: &Resource,
        document: &Document,
    ) -> Result<(), Refusal> {
        if self.sees(store, moment, resource, document) {
            return Ok(());
        }
        match moment.assumes::<ForeignRead>() {
            ForeignRead::Visible => Ok(()),
            ForeignRead::Invisible => Err(Refusal::UnknownItem),
            ForeignRead::Forbidden => Err(Refusal::ForeignItem),
        }
    }
}

fn reads_all(moment: &Moment) -> bool {
    moment.answer::<CreditorReads>() == CreditorReads::Account
}

impl Reach {
    fn of_groups(store: &Store, user: &Document) -> Self {
        let mut creditors = Vec::new();
        for group in groups_of(user) {
            let Some(group) = store.collection("access--groups").get(group) else {
                continue;
            };
            match (group.get_object_id("creditor"), group.get_str("type")) {
                (Ok(creditor), Ok(kind)) => creditors.push((creditor, kind == "admin")),
                _ => return Self::Whole,
            }
        }
        Self::Creditors(creditors)
    }

    /// Whether a document of the account hangs on one of the creditors.
    fn includes(&self, store: &Store, resource: &Resource, document: &Document) -> bool {
        let Self::Creditors(own) = self else {
            return true;
        };
        let is_own = |id: ObjectId| own.iter().any(|(creditor, _)| *creditor == id);
        match resource.name {
            // Everybody may look at the account that they work for.
            "accounts" => true,
            "creditors" => document.get_object_id("_id").is_ok_and(is_own),
            "users" => groups_of(document).any(|group| {
                let group = store.collection("access--groups").get(group);
                group.is_some_and(|group| group.get_object_id("creditor").is_ok_and(is_own))
            }),
            _ => document.get_object_id("creditor").is_ok_and(is_own),
        }
    }
}

/// The access groups of a user's document.
pub(super) fn groups_of(user: &Document) -> impl Iterator<Item = ObjectId> {
    let entries = user.get_array("data_access").into_iter().flatten();
    entries.filter_map(|entry: &Bson| entry.as_document()?.get_object_id("access_group").ok())
}
