//! The ids of AMS: small integers, one type for each kind of record; and how a path names a user.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) i64);

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A company.
    CompanyId
);
id!(
    /// A department.
    DepartmentId
);
id!(
    /// A permission group.
    GroupId
);
id!(
    /// A user.
    UserId
);

/// The user that a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A number that may be a user's.
    Id(UserId),
    /// A number beyond every id.
    Beyond,
    /// No number as this API would write it: `x`, `-1`, `04`.
    Malformed,
}

impl Target {
    /// Reads a part of a path.
    pub(super) fn parse(text: &str) -> Self {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || (text.starts_with('0') && text != "0") {
            return Self::Malformed;
        }
        text.parse().map_or(Self::Beyond, |id| Self::Id(UserId(id)))
    }

    /// The id, if it can be one.
    pub(super) fn id(self) -> Option<UserId> {
        match self {
            Self::Id(id) => Some(id),
            Self::Beyond | Self::Malformed => None,
        }
    }
}
