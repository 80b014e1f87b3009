//! What a conversation does about a request that writes: whether it may be sent at all, what is noted
//! before, and what is noted after. Everything that could change a target passes here.

use reqwest::Url;

use super::conversation::{Asked, Conversation};
use super::guard::{self, Deed, Wish};
use super::http::{NoAnswer, Response};
use super::retry::effective;
use crate::ledger::{Intent, Line, Thing};
use crate::scenario::Api;
use crate::verdict::{Stop, TroubleKind};

/// A creation under way.
#[derive(Debug)]
pub(super) struct Creation {
    number: u64,
    api: Api,
    resource: String,
    names: Vec<String>,
}

impl Conversation {
    /// Refuses what this run may not do; notes what is about to be made.
    pub(super) fn permit(&self, asked: &Asked<'_>, url: &Url) -> Result<Option<Creation>, Stop> {
        // The control API of a mock changes the run's own space and no other.
        let Some(api) = asked.api else {
            return Ok(None);
        };
        let wish = Wish {
            api,
            space: &self.setting.prefix,
            method: effective(asked.method, asked.headers),
            path: asked.path,
            body: asked.body,
            paths: &self.endpoint(api)?.paths,
        };
        let permitted = match wish.deed() {
            Deed::Reads => return Ok(None),
            deed => self
                .check_kept(api)
                .and_then(|()| self.judge(asked, &wish, deed)),
        };
        let resource = permitted.map_err(|because| {
            let text = format!("not sent, for it could do harm: {because}");
            self.trouble(asked, TroubleKind::Other, &text, self.curl(asked, url))
        })?;
        let Some(resource) = resource else {
            return Ok(None);
        };
        let names = wish.names().unwrap_or_else(|stray| vec![stray]);
        self.note(asked, api, resource, names, url).map(Some)
    }

    /// Elsewhere than on this machine nothing is changed that no ledger would tell of after a crash.
    fn check_kept(&self, api: Api) -> Result<(), String> {
        let local = self.endpoint(api).is_ok_and(|endpoint| endpoint.local);
        match local || self.setting.ledger.on_disk() {
            true => Ok(()),
            false => Err("there is no ledger on disk".to_owned()),
        }
    }

    /// The resource of which something is made, or that of something own that is changed.
    fn judge(
        &self,
        asked: &Asked<'_>,
        wish: &Wish<'_>,
        deed: Deed,
    ) -> Result<Option<String>, String> {
        let excused = asked.not_own.is_some();
        match deed {
            Deed::Reads => Ok(None),
            Deed::Changes(thing) if excused || self.setting.ledger.holds(&thing) => Ok(None),
            Deed::Changes(thing) => Err(self.foreign(&thing)),
            // No reason excuses this one: it would reach everybody's documents.
            Deed::ChangesAll if !self.on_mock(wish.api) => {
                Err("it is aimed at everything at this path".to_owned())
            }
            Deed::ChangesAll => Ok(None),
            Deed::Creates { resource } => {
                let adds_to = wish.adds_to(&resource);
                let mut adds_to = adds_to.iter();
                if let Some(foreign) = adds_to.find(|it| !self.is_own(it, excused)) {
                    return Err(self.foreign(foreign));
                }
                match wish.names() {
                    Err(stray) if !excused => Err(format!(
                        "the name '{stray}' does not begin with {}",
                        self.setting.prefix
                    )),
                    Ok(_) | Err(_) => Ok(Some(resource)),
                }
            }
        }
    }

    /// Whether the run made this. The id of an own creditor in the place of another thing's names nothing of
    /// anybody else's.
    fn is_own(&self, thing: &Thing, excused: bool) -> bool {
        let creditor = Thing {
            resource: "creditors".to_owned(),
            ..thing.clone()
        };
        let ledger = &self.setting.ledger;
        ledger.holds(thing) || excused && ledger.holds(&creditor)
    }

    fn on_mock(&self, api: Api) -> bool {
        let endpoint = self.endpoint(api);
        endpoint.is_ok_and(|endpoint| endpoint.control_url.is_some())
    }

    fn foreign(&self, thing: &Thing) -> String {
        format!("the run did not make {}/{}", thing.resource, thing.id)
    }

    fn note(
        &self,
        asked: &Asked<'_>,
        api: Api,
        resource: String,
        names: Vec<String>,
        url: &Url,
    ) -> Result<Creation, Stop> {
        let intent = Intent {
            api,
            space: self.setting.prefix.clone(),
            role: asked.role.map(str::to_owned),
            step: self.redact(asked.step),
            method: asked.method.to_owned(),
            path: self.redact(asked.path),
            resource: resource.clone(),
            names: names.iter().map(|name| self.redact(name)).collect(),
        };
        match self.setting.ledger.intend(intent) {
            Ok(number) => Ok(Creation {
                number,
                api,
                resource,
                names,
            }),
            Err(error) => {
                let text = format!("not sent, for the ledger cannot be written: {error}");
                Err(self.trouble(asked, TroubleKind::Other, &text, self.curl(asked, url)))
            }
        }
    }

    /// Notes what came of a creation. One whose answer was lost stays open: it may have been made.
    pub(super) fn settle(
        &self,
        asked: &Asked<'_>,
        creation: Option<Creation>,
        sent: &Result<Response, NoAnswer>,
        url: &Url,
    ) -> Result<(), Stop> {
        let Some(creation) = creation else {
            return Ok(());
        };
        let written = match sent {
            Ok(answer) => self.settle_answered(&creation, answer),
            Err(error) if !error.sent => self.close(&creation, "it was never sent".to_owned()),
            Err(_) => Ok(()),
        };
        written.map_err(|error| {
            let text = format!("the ledger cannot be written: {error}");
            self.trouble(asked, TroubleKind::Other, &text, self.curl(asked, url))
        })
    }

    fn settle_answered(&self, creation: &Creation, answer: &Response) -> std::io::Result<()> {
        let made = guard::made(creation.api, &creation.resource, &answer.body);
        let told = format!("it was answered {}", answer.status);
        match answer.status {
            200..=299 if !made.is_empty() => {
                for (at, (resource, id)) in made.iter().enumerate() {
                    self.setting.ledger.write(Line::Made {
                        number: creation.number,
                        thing: Thing::new(creation.api, &self.setting.prefix, resource, id),
                        name: creation.names.get(at).cloned(),
                    })?;
                }
                // Of several, some may have been kept back.
                match made.len() >= creation.names.len() {
                    true => self.close(creation, told),
                    false => Ok(()),
                }
            }
            // A refusal makes nothing. 408 may come after the deed.
            408 => Ok(()),
            400..=499 => self.close(creation, told),
            // Done or not, nobody knows.
            _ => Ok(()),
        }
    }

    fn close(&self, creation: &Creation, because: String) -> std::io::Result<()> {
        self.setting.ledger.write(Line::Settled {
            number: creation.number,
            because,
        })
    }
}

#[cfg(test)]
mod tests;
