//! What in a request a refusal is about: the places, and why each is wrong.

use super::Refusal;
use crate::amili::eve::Issues;
use crate::platform::breach::{Breach, Place};

impl Refusal {
    /// The places of the request that are wrong.
    pub(super) fn breaches(&self) -> Vec<Breach> {
        match self {
            Self::Invalid { issues, .. } => of_issues("", issues),
            Self::InvalidList { items, .. } => {
                let items = items.iter().enumerate();
                let of_item = |(place, issues)| of_issues(&format!("{place}."), issues);
                items.flat_map(of_item).collect()
            }
            Self::NotModelled(_) | Self::Defect => Vec::new(),
            one => vec![Breach::at(one.place(), one.why())],
        }
    }

    fn place(&self) -> Place {
        match self {
            Self::Unauthenticated
            | Self::TokenEnded(_)
            | Self::BeyondRole(_)
            | Self::TooMany(_) => Place::Caller,
            Self::NoToken { .. } => Place::Header("X-API-Key"),
            Self::ForeignOwner(_) | Self::UnknownOwner(_) => Place::field("account"),
            Self::ForeignPartner(_) => Place::field("partner"),
            Self::IdTaken(_) | Self::IdChanged => Place::field("_id"),
            Self::EtagMissing | Self::EtagDiffers => Place::Header("If-Match"),
            Self::UnreadableDate => Place::Header("If-Modified-Since"),
            Self::ContentType => Place::Header("Content-Type"),
            Self::MalformedQuery(_) => Place::WholeQuery,
            Self::UnreadableEmbedded => Place::Query("embedded"),
            Self::ForeignItem | Self::UnknownPath | Self::MalformedId | Self::UnknownItem => {
                Place::Path
            }
            Self::UnknownMethod => Place::Method,
            Self::Forbidden(_)
            | Self::UnreadableBody(_)
            | Self::EmptyForm(_)
            | Self::TooLarge(_)
            | Self::Full(_)
            | Self::UnknownRelation(_)
            | Self::Invalid { .. }
            | Self::InvalidList { .. }
            | Self::NotModelled(_)
            | Self::Defect => Place::WholeBody,
        }
    }

    fn why(&self) -> String {
        if let Some(reason) = self.reason() {
            return reason;
        }
        match self {
            Self::Unauthenticated => "X-API-Key holds no token that this space takes",
            Self::BeyondRole(rule) | Self::Forbidden(rule) => rule.text,
            Self::ForeignItem => "the item is of an account that the caller's does not cover",
            Self::EtagMissing => "If-Match is missing; it names the etag of the document to change",
            Self::EtagDiffers => "If-Match names another etag than the document has now",
            Self::IdChanged => "the body has another _id than the document",
            Self::EmptyForm(message) => message,
            Self::ContentType => "the body comes neither as application/json nor as a form",
            Self::UnreadableEmbedded => "embedded must be a JSON object",
            Self::UnknownPath => "the API has no such path",
            Self::MalformedId => "an id is 24 lower-case hex digits",
            Self::UnknownItem => "there is no such item, or none that this caller sees",
            Self::UnknownMethod => "the path does not offer the method",
            _ => "",
        }
        .to_owned()
    }
}

fn of_issues(prefix: &str, issues: &Issues) -> Vec<Breach> {
    let details = issues.to_details();
    let breach = |(path, message): (&String, &bson::Bson)| {
        let why = message.as_str().unwrap_or_default();
        Breach::at(Place::field(format!("{prefix}{path}")), why)
    };
    details.iter().map(breach).collect()
}
