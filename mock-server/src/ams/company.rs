//! Companies. No call makes or shows them: they come from the world.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids::CompanyId;

/// A customer of Ignis that users, departments and groups belong to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Company {
    pub(crate) id: CompanyId,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) preferences: Preferences,
}

/// What a company has set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Preferences {
    /// Anything but `0`: a new user gets a mail to set a password. Absent: not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) send_email_on_user_account_created: Option<Value>,
}

impl Preferences {
    /// Whether a new user gets a mail; `None` when the company has not set it.
    pub(crate) fn mails_new_users(&self) -> Option<bool> {
        let set = self.send_email_on_user_account_created.as_ref()?;
        // Numbers, their texts and switches alike: the article does not say which a preference is.
        let zero = set.as_f64() == Some(0.0) || set.as_str() == Some("0") || *set == false;
        Some(!zero)
    }
}
