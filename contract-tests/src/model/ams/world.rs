//! The world that a walk over AMS starts from, and the names of things in it.
//!
//! It holds what the built-in world tells and no ids; the driver knows which company is `Home`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Call, Caller, CompanyRef, Ref, Transition};

/// A company: the callers' own, or another that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Company {
    Home,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Permission {
    WriteUsers,
    WriteDepartments,
    WriteUserDepartment,
    ReadGroups,
    WritePermissionUser,
    /// The two that only group 3 has; their names do not matter.
    OneMore,
    AnotherMore,
}

/// A permission group of the built-in world, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Group {
    /// 1, general.
    StandardUser,
    /// 2, of the home company.
    PowerUser,
    /// 3, general.
    Admin,
    /// 4, of the other company; what it permits is not told.
    OfOtherCompany,
}

impl Group {
    pub(crate) const ALL: [Self; 4] = [
        Self::StandardUser,
        Self::PowerUser,
        Self::Admin,
        Self::OfOtherCompany,
    ];

    pub(super) fn company(self) -> Option<Company> {
        match self {
            Self::StandardUser | Self::Admin => None,
            Self::PowerUser => Some(Company::Home),
            Self::OfOtherCompany => Some(Company::Other),
        }
    }

    pub(super) fn permissions(self) -> Option<&'static [Permission]> {
        use Permission::{
            AnotherMore, OneMore, ReadGroups, WriteDepartments, WritePermissionUser,
            WriteUserDepartment, WriteUsers,
        };
        match self {
            Self::StandardUser => Some(&[ReadGroups]),
            Self::PowerUser => Some(&[
                WriteUsers,
                WriteDepartments,
                WriteUserDepartment,
                WritePermissionUser,
            ]),
            Self::Admin => Some(&[
                WriteUsers,
                WriteDepartments,
                WriteUserDepartment,
                ReadGroups,
                WritePermissionUser,
                OneMore,
                AnotherMore,
            ]),
            Self::OfOtherCompany => None,
        }
    }
}

/// An API user of the built-in world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ApiUser {
    Manager,
    Setup,
    Reader,
    Nobody,
}

impl ApiUser {
    pub(crate) const ALL: [Self; 4] = [Self::Manager, Self::Setup, Self::Reader, Self::Nobody];

    pub(super) fn company(self) -> Option<Company> {
        match self {
            Self::Setup => None,
            Self::Manager | Self::Reader | Self::Nobody => Some(Company::Home),
        }
    }

    pub(super) fn groups(self) -> &'static [Group] {
        match self {
            Self::Setup => &[Group::Admin],
            Self::Manager => &[Group::StandardUser, Group::PowerUser],
            Self::Reader => &[Group::StandardUser],
            Self::Nobody => &[],
        }
    }
}

/// A user: one of the API's own, or the n-th that the walk made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Person {
    Api(ApiUser),
    Made(usize),
}

/// A department: one of the built-in world's, all of the home company, or the n-th that the walk made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Department {
    Given(u8),
    Made(usize),
}

impl Department {
    pub(crate) const GIVEN: [u8; 4] = [1, 2, 3, 42];
}

/// What the target can be asked.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// The API users whose tokens are at hand; the manager's is the one every target gives.
    pub(crate) callers: BTreeSet<ApiUser>,
    /// The groups whose ids are known and whose content is as the built-in world says.
    pub(crate) groups: BTreeSet<Group>,
    /// The built-in world's departments are there.
    pub(crate) departments: bool,
    /// A second company is known.
    pub(crate) other_company: bool,
    /// Users that the walk makes can be given a token.
    pub(crate) tokens_of_created_users: bool,
    /// The API users' own groups and departments may be changed, or put at risk: never on a target that
    /// others use.
    pub(crate) api_users_as_targets: bool,
    /// Predictions that rest on proposed answers are wanted too.
    pub(crate) proposals: bool,
}

impl Offer {
    /// The built-in world, with all its tokens.
    pub(crate) fn everything() -> Self {
        Self {
            callers: ApiUser::ALL.into(),
            groups: Group::ALL.into(),
            departments: true,
            other_company: true,
            tokens_of_created_users: true,
            api_users_as_targets: true,
            proposals: true,
        }
    }

    pub(super) fn allows(&self, step: &Transition) -> bool {
        self.allows_caller(step.caller) && self.allows_call(step)
    }

    fn allows_caller(&self, caller: Caller) -> bool {
        match caller {
            Caller::Person(Person::Api(user)) => self.callers.contains(&user),
            Caller::Person(Person::Made(_)) => self.tokens_of_created_users,
            Caller::NoToken | Caller::UnknownToken => true,
        }
    }

    fn allows_call(&self, step: &Transition) -> bool {
        match &step.call {
            Call::CreateUser { company, .. } | Call::ListGroups { company } => {
                self.allows_company(*company)
            }
            Call::CreateDepartment { parent, company } => {
                self.allows_company(*company)
                    && parent.is_none_or(|parent| self.allows_department(parent))
            }
            Call::AssignDepartments { user, departments } => {
                self.allows_target(*user)
                    && departments.iter().all(|it| self.allows_department(*it))
            }
            Call::AssignGroups { user, groups } => {
                self.allows_target(*user)
                    && groups
                        .iter()
                        .all(|it| it.known().is_none_or(|group| self.groups.contains(&group)))
            }
        }
    }

    fn allows_company(&self, company: CompanyRef) -> bool {
        self.other_company || company != CompanyRef::Named(Company::Other)
    }

    fn allows_department(&self, department: Ref<Department>) -> bool {
        self.departments || !matches!(department, Ref::Known(Department::Given(_)))
    }

    fn allows_target(&self, user: Ref<Person>) -> bool {
        self.api_users_as_targets || !matches!(user, Ref::Known(Person::Api(_)))
    }
}
