//! What can be asked of Amili, and what its lists show, in the names of the model.
//!
//! Plain data: no facts of a walk, no predictions.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What the target can be asked.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// A second account is known, with a token of its own to find its groups by.
    pub(crate) other_account: bool,
    /// Predictions that rest on proposed answers are wanted too.
    pub(crate) proposals: bool,
}

/// The n-th creditor that the walk made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Creditor(pub(crate) usize);

/// The n-th user that the walk made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct User(pub(crate) usize);

/// An access group, by what it is: its id is learnt from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Group {
    AccountAdmin,
    ApiUser,
    Admin(Creditor),
    User(Creditor),
}

impl Group {
    /// The value of `type`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::AccountAdmin => "account_admin",
            Self::ApiUser => "api_user",
            Self::Admin(_) => "admin",
            Self::User(_) => "user",
        }
    }

    pub(crate) fn creditor(self) -> Option<Creditor> {
        match self {
            Self::AccountAdmin | Self::ApiUser => None,
            Self::Admin(creditor) | Self::User(creditor) => Some(creditor),
        }
    }

    /// The group that a list shows with this `type` and this creditor; none, if there is no such group.
    pub(crate) fn listed(kind: &str, creditor: Option<Creditor>) -> Option<Self> {
        match (kind, creditor) {
            ("account_admin", None) => Some(Self::AccountAdmin),
            ("api_user", None) => Some(Self::ApiUser),
            ("admin", Some(creditor)) => Some(Self::Admin(creditor)),
            ("user", Some(creditor)) => Some(Self::User(creditor)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Caller {
    AccountApiUser,
    NoToken,
    UnknownToken,
}

/// An account as a request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Account {
    Own,
    /// A well-formed id that nothing has.
    Unknown,
    Other,
    LeftOut,
}

/// An access group as a request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GroupRef {
    Own(Group),
    /// A well-formed id that nothing has.
    Unknown,
    OtherAccount,
}

/// A creditor as a filter names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CreditorRef {
    Made(Creditor),
    /// A well-formed id that nothing has.
    Unknown,
}

/// The fields without which no creditor is active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Activation {
    PayoutDetails,
    SenderAddress,
    InvoiceAddress,
    StandardDebtDescription,
}

impl Activation {
    pub(crate) const ALL: [Self; 4] = [
        Self::PayoutDetails,
        Self::SenderAddress,
        Self::InvoiceAddress,
        Self::StandardDebtDescription,
    ];

    /// The name of the field.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::PayoutDetails => "payout_details",
            Self::SenderAddress => "sender_address",
            Self::InvoiceAddress => "invoice_address",
            Self::StandardDebtDescription => "standard_debt_description",
        }
    }
}

/// Which of `organization_no` and `non_swedish_organization_no` a request sends; the latter goes with a
/// foreign `vat_area`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrganisationNumber {
    Swedish,
    Foreign,
    Both,
    Neither,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NewCreditor {
    pub(crate) account: Account,
    pub(crate) named: bool,
    pub(crate) organisation: OrganisationNumber,
    /// The value of `is_active`, always sent.
    pub(crate) active: bool,
    pub(crate) missing: BTreeSet<Activation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NewUser {
    pub(crate) account: Account,
    pub(crate) named: bool,
    /// In the order sent; when empty, `data_access` is left out.
    pub(crate) data_access: Vec<GroupRef>,
}

/// A list, by its filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Look {
    GroupsOfAccount(Account),
    GroupsOfCreditor(CreditorRef),
    Creditors,
    Users,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Group(Group),
    Creditor {
        creditor: Creditor,
        active: bool,
    },
    /// `groups` are those of `data_access`; an owner other than the own account is a stranger to the model.
    User {
        user: User,
        groups: BTreeSet<Group>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Request {
    CreateCreditor(NewCreditor),
    CreateUser(NewUser),
    List(Look),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transition {
    pub(crate) caller: Caller,
    pub(crate) request: Request,
}

/// A thing that a step makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Object {
    Creditor(Creditor),
    User(User),
}
