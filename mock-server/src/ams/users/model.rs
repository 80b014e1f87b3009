//! Users, their profiles and their departments.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ams::ids::{CompanyId, DepartmentId, GroupId, UserId};

/// A login account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) name: String,
    pub(crate) surname: String,
    pub(crate) email: String,
    pub(crate) company_id: Option<CompanyId>,
    /// 1: a one-time code by mail at login; 0: none.
    pub(crate) mail_otp: u8,
    pub(crate) service_number: Option<String>,
    pub(crate) profile: Profile,
    #[serde(default)]
    pub(crate) departments: BTreeSet<DepartmentId>,
    #[serde(default)]
    pub(crate) groups: BTreeSet<GroupId>,
}

/// The profile that a login account starts with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) surname: String,
}

/// A user that has been decided on and has no id yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewUser {
    pub(crate) name: String,
    pub(crate) surname: String,
    pub(crate) email: String,
    /// Whoever is made is of a company; without one only a world file has users.
    pub(crate) company_id: Option<CompanyId>,
    pub(crate) mail_otp: u8,
    pub(crate) service_number: Option<String>,
}

impl NewUser {
    pub(crate) fn into_user(self, id: UserId) -> User {
        User {
            id,
            profile: Profile {
                name: self.name.clone(),
                surname: self.surname.clone(),
            },
            name: self.name,
            surname: self.surname,
            email: self.email,
            company_id: self.company_id,
            mail_otp: self.mail_otp,
            service_number: self.service_number,
            departments: BTreeSet::new(),
            groups: BTreeSet::new(),
        }
    }
}

/// A user as the answer to its creation shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct UserShown {
    id: UserId,
    name: String,
    surname: String,
    email: String,
    company_id: Option<CompanyId>,
    mail_otp: u8,
    service_number: Option<String>,
}

impl From<User> for UserShown {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            surname: user.surname,
            email: user.email,
            company_id: user.company_id,
            mail_otp: user.mail_otp,
            service_number: user.service_number,
        }
    }
}

/// The departments that a user is in afterwards.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) user: UserId,
    pub(crate) departments: BTreeSet<DepartmentId>,
}
