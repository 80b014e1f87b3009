//! The API codes of a world: each with the user that it stands for and the public key registered for it.

use std::collections::HashSet;
use std::sync::Arc;

use bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::keys::PublicKey;
use crate::amili::NAME;
use crate::amili::eve::hex;
use crate::platform::api::WorldError;

/// The part of the Amili section of a world file that holds them.
pub(in crate::amili) const SECTION: &str = "api_codes";

/// Every API code. A world sets them; no call changes them.
#[derive(Debug, Clone, Default)]
pub(in crate::amili) struct ApiCodes(Arc<[ApiCode]>);

/// One API code.
#[derive(Debug)]
pub(super) struct ApiCode {
    /// The user that its tokens act as.
    pub(super) user: ObjectId,
    /// The key that its JWTs are signed by.
    pub(super) key: PublicKey,
    entry: Entry,
}

/// One API code as a world file has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    api_code: String,
    user: String,
    public_key: String,
}

impl ApiCodes {
    /// Reads that part of a section, all of it or none.
    pub(in crate::amili) fn open(
        part: Option<&Value>,
        is_user: impl Fn(ObjectId) -> bool,
    ) -> Result<Self, WorldError> {
        let list = match part {
            None => return Ok(Self::default()),
            Some(Value::Array(list)) => list,
            Some(_) => {
                return Err(WorldError::at(
                    format!("{NAME}.{SECTION}"),
                    "must be a list",
                ));
            }
        };
        let mut seen = HashSet::new();
        let codes = list.iter().enumerate().map(|(place, entry)| {
            let place = format!("{NAME}.{SECTION}.{place}");
            let code = ApiCode::read(entry, &place, &is_user)?;
            match seen.insert(code.entry.api_code.clone()) {
                true => Ok(code),
                false => Err(WorldError::at(
                    format!("{place}.api_code"),
                    "stands in the list twice",
                )),
            }
        });
        codes.collect::<Result<_, _>>().map(Self)
    }

    /// That part of a section.
    pub(in crate::amili) fn section(&self) -> Value {
        self.0.iter().map(|code| json!(code.entry)).collect()
    }

    /// The API code of this text.
    pub(super) fn get(&self, text: &str) -> Option<&ApiCode> {
        self.0.iter().find(|code| code.entry.api_code == text)
    }
}

impl ApiCode {
    fn read(
        entry: &Value,
        place: &str,
        is_user: impl Fn(ObjectId) -> bool,
    ) -> Result<Self, WorldError> {
        let entry =
            Entry::deserialize(entry).map_err(|fault| WorldError::at(place, fault.to_string()))?;
        let user = hex::id(&entry.user);
        let user = user.filter(|id| is_user(*id)).ok_or_else(|| {
            let fault = format!("there is no user {}", entry.user);
            WorldError::at(format!("{place}.user"), fault)
        })?;
        let key = PublicKey::from_pem(&entry.public_key)
            .map_err(|fault| WorldError::at(format!("{place}.public_key"), fault))?;
        Ok(Self { user, key, entry })
    }
}
