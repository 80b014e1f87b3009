//! Takes away what a ledger tells of, the last thing first. What is deleted is proved gone by a read; what
//! may have been made is looked for by its name; what cannot be deleted is told. Decides no exit status.

use std::collections::BTreeSet;
use std::io;

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::ledger::{Line, Made, Thing, Wanted};
use crate::scenario::Api;
use crate::target::Target;
use crate::verdict::{Stop, Trouble, TroubleKind};

/// How often a deletion is tried, with a read before each.
const ROUNDS: usize = 3;

/// The Amili resources in which something can be found by its name.
const LISTED: [&str; 3] = ["creditors", "users", "accounts"];

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Cleaned {
    /// Proved gone.
    pub(super) gone: Vec<Made>,
    /// There, and there is no way to delete it.
    pub(super) left: Vec<Made>,
    /// Requests whose answer was lost, and there is no way to see what they made.
    pub(super) perhaps: Vec<Wanted>,
    /// Requests whose answer was lost: what they were to make was looked for, and is not there.
    pub(super) never: usize,
    /// Still there, or nobody knows; and why.
    pub(super) failed: Vec<(String, String)>,
    /// Whether the target could not be reached, or refused the credentials.
    pub(super) shut_out: bool,
    /// Why the ledger does not tell all of this.
    pub(super) unwritten: Option<io::Error>,
}

/// Why one thing was not taken away.
#[derive(Debug)]
enum Kept {
    /// The target's fault, and no reason not to go on.
    Because(String),
    /// This caller need not try again.
    Refused(String),
    /// Nobody need.
    Unreachable(String),
}

/// Who is not heard any more.
#[derive(Debug, Default)]
struct Doors {
    shut: BTreeSet<(Api, Option<String>)>,
    unreachable: BTreeSet<Api>,
}

/// Takes away all that the ledger of this target tells of. Where the ledger cannot be written, it goes on all the
/// same: what is gone is gone, and whoever reads the ledger again sees that by a read.
pub(super) fn clean(target: &Target) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let mut doors = Doors::default();
    for wanted in target.ledger().book().wanted() {
        let what = named(&wanted.intent.resource, &wanted.intent.names.join(", "));
        let (api, role) = (wanted.intent.api, wanted.intent.role.clone());
        let found = doors.pass(api, &role, || find(target, &wanted, &mut cleaned));
        cleaned.keep(what, found);
    }
    for made in target.ledger().book().remaining() {
        let what = named(&made.thing.resource, &made.thing.id);
        let (api, role) = (made.thing.api, made.role.clone());
        let taken = doors.pass(api, &role, || take_away(target, &made, &mut cleaned));
        cleaned.keep(what, taken);
    }
    // For readers: one kind after the other.
    let kind = |made: &Made| (made.thing.api, made.thing.resource.clone());
    cleaned.left.sort_by_key(kind);
    cleaned.shut_out = doors.any();
    if cleaned.failed.is_empty() {
        let finished = target.ledger().finish();
        cleaned.written(finished);
    }
    cleaned
}

impl Cleaned {
    fn keep(&mut self, what: String, came_to: Result<(), Kept>) {
        if let Err(Kept::Because(why) | Kept::Refused(why) | Kept::Unreachable(why)) = came_to {
            self.failed.push((what, why));
        }
    }

    fn note(&mut self, target: &Target, line: Line) {
        self.written(target.ledger().write(line));
    }

    fn written(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.unwritten.get_or_insert(error);
        }
    }
}

impl Doors {
    fn pass(
        &mut self,
        api: Api,
        role: &Option<String>,
        go: impl FnOnce() -> Result<(), Kept>,
    ) -> Result<(), Kept> {
        let door = (api, role.clone());
        if self.unreachable.contains(&api) || self.shut.contains(&door) {
            return Err(Kept::Because("not tried".to_owned()));
        }
        let came_to = go();
        match &came_to {
            Err(Kept::Refused(_)) => drop(self.shut.insert(door)),
            Err(Kept::Unreachable(_)) => drop(self.unreachable.insert(api)),
            Ok(()) | Err(Kept::Because(_)) => {}
        }
        came_to
    }

    fn any(&self) -> bool {
        !self.shut.is_empty() || !self.unreachable.is_empty()
    }
}

/// Looks for what a request was to make whose answer was lost.
fn find(target: &Target, wanted: &Wanted, cleaned: &mut Cleaned) -> Result<(), Kept> {
    let intent = &wanted.intent;
    let listed = intent.api == Api::Amili && LISTED.contains(&intent.resource.as_str());
    if !listed || intent.names.is_empty() {
        cleaned.perhaps.push(wanted.clone());
        return Ok(());
    }
    let client = caller(target, intent.api, &intent.space, &intent.role)?;
    let mut found = 0;
    for name in &intent.names {
        let list = client
            .step("look for what a lost answer may have made")
            .get(format!("/{}", intent.resource))
            .query("where", json!({ "name": name }));
        let list = heard(list.answer())?;
        if list.status() != 200 || !list.at("/_items").is_some_and(Value::is_array) {
            return Err(Kept::Because(list.described()));
        }
        // A target that shows more than was asked for does not make that ours.
        let same = list
            .listed()
            .iter()
            .filter(|it| text(it, "name") == Some(name));
        for id in same.filter_map(|it| text(it, "_id")) {
            found += 1;
            let made = Line::Made {
                number: wanted.number,
                thing: Thing::new(intent.api, &intent.space, &intent.resource, id),
                name: Some(name.clone()),
            };
            cleaned.note(target, made);
        }
    }
    cleaned.never += usize::from(found == 0);
    let settled = Line::Settled {
        number: wanted.number,
        because: format!("{found} found by name"),
    };
    cleaned.note(target, settled);
    Ok(())
}

fn take_away(target: &Target, made: &Made, cleaned: &mut Cleaned) -> Result<(), Kept> {
    let thing = &made.thing;
    if thing.api != Api::Amili || thing.resource != "creditors" {
        if !target.ledger().book().is_left(thing) {
            let thing = thing.clone();
            cleaned.note(target, Line::Left { thing });
        }
        cleaned.left.push(made.clone());
        return Ok(());
    }
    let client = caller(target, thing.api, &thing.space, &made.role)?;
    delete(&client, made)?;
    let thing = thing.clone();
    cleaned.note(target, Line::Gone { thing });
    cleaned.gone.push(made.clone());
    Ok(())
}

/// Deletes a creditor, which takes its groups along, until a read says that it is gone.
fn delete(client: &Client, made: &Made) -> Result<(), Kept> {
    let path = format!("/creditors/{}", made.thing.id);
    let mut last = String::new();
    for round in 0..=ROUNDS {
        let read = client.step("read what the run made").get(&path);
        // What was just deleted may be shown for a moment more.
        let read = match round {
            0 => read,
            _ => read.until(|answer| answer.status() == 404),
        };
        let shown = heard(read.answer())?;
        match shown.status() {
            404 => return Ok(()),
            200 => check_own(&shown, made)?,
            _ => return Err(Kept::Because(shown.described())),
        }
        if round == ROUNDS {
            break;
        }
        let step = client.step("delete what the run made").delete(&path);
        let step = match text(shown.value(), "_etag") {
            Some(etag) => step.if_match(etag),
            None => step,
        };
        // Whatever is answered, and were it nothing: the next read tells what was done.
        last = match heard(step.answer()) {
            Ok(answer) => answer.described(),
            Err(Kept::Because(why) | Kept::Unreachable(why)) => why,
            Err(other) => return Err(other),
        };
    }
    Err(Kept::Because(format!("it is still there: {last}")))
}

/// Whatever a ledger says: what has a name that no run gives is not deleted.
fn check_own(shown: &Answer, made: &Made) -> Result<(), Kept> {
    let prefix = format!("{}-", made.thing.space);
    match text(shown.value(), "name") {
        Some(name) if !name.starts_with(&prefix) => Err(Kept::Because(format!(
            "its name '{name}' does not begin with {prefix}"
        ))),
        Some(_) | None => Ok(()),
    }
}

fn caller(target: &Target, api: Api, space: &str, role: &Option<String>) -> Result<Client, Kept> {
    let client = Client::new(target.clean_up(space), api);
    let client = client.and_then(|client| match role {
        Some(role) => client.as_role(role),
        None => Ok(client),
    });
    client.map_err(stopped)
}

/// The answer, unless it says that we need not ask.
fn heard(answer: Result<Answer, Stop>) -> Result<Answer, Kept> {
    let answer = answer.map_err(stopped)?;
    match answer.status() {
        401 => Err(Kept::Refused(answer.described())),
        _ => Ok(answer),
    }
}

fn stopped(stop: Stop) -> Kept {
    match stop {
        Stop::InstrumentFailed(trouble) => {
            let Trouble { kind, text, .. } = *trouble;
            match kind {
                TroubleKind::Unreachable => Kept::Unreachable(text),
                TroubleKind::Credentials => Kept::Refused(text),
                TroubleKind::Other => Kept::Because(text),
            }
        }
        Stop::NotObservable(because) => Kept::Because(because),
        Stop::Broken(failure) => Kept::Because(failure.actual),
    }
}

fn named(resource: &str, name: &str) -> String {
    format!("{resource} {name}")
}

fn text<'v>(document: &'v Value, field: &str) -> Option<&'v str> {
    document.get(field)?.as_str()
}
