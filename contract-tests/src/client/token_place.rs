//! Where a request to AMS carries its token: no document says it, so that a target can be told.

use serde::Deserialize;

/// One of the known places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TokenPlace {
    /// `Authorization: Bearer <token>`
    #[default]
    Bearer,
    /// `Authorization: <token>`
    Plain,
    /// `X-API-Key: <token>`
    XApiKey,
}

impl TokenPlace {
    pub(crate) const ALL: [Self; 3] = [Self::Bearer, Self::Plain, Self::XApiKey];

    /// Its name in a targets file, and as an answer.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Plain => "plain",
            Self::XApiKey => "x-api-key",
        }
    }

    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Bearer | Self::Plain => "Authorization",
            Self::XApiKey => "X-API-Key",
        }
    }

    pub(super) fn value(self, token: &str) -> String {
        match self {
            Self::Bearer => format!("Bearer {token}"),
            Self::Plain | Self::XApiKey => token.to_owned(),
        }
    }
}
