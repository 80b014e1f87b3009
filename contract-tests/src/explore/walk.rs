//! One walk: each step is sent, its answer and the lists that it could have changed are judged by the model.
//! Knows neither API; which request a step is, a driver knows.

use std::fmt::Debug;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest_state_machine::ReferenceStateMachine;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::mismatch::{Mismatch, Place, Taken};
use super::script::{Found, Lines};
use crate::client::{Answer, Captured, Client, Conversation, Exchange};
use crate::model::{self, Breach, Expected, Extent, Model, Status};
use crate::scenario::Api;
use crate::verdict::{Failure, Stop, Trouble, TroubleKind};

pub(super) type State<D> = <<D as Driver>::Model as ReferenceStateMachine>::State;
pub(super) type Transition<D> = <<D as Driver>::Model as ReferenceStateMachine>::Transition;
pub(super) type Offer<D> = <<D as Driver>::Model as Model>::Offer;
pub(super) type Object<D> = <<D as Driver>::Model as Model>::Object;
pub(super) type Look<D> = <<D as Driver>::Model as Model>::Look;
pub(super) type Item<D> = <<D as Driver>::Model as Model>::Item;

/// The requests of one API, in the names of its model. It lives for one walk and keeps number → real id.
pub(super) trait Driver: Sized {
    type Model: Model<Transition: Serialize + DeserializeOwned>;
    const API: Api;

    /// What the target of this client can be asked.
    fn offer(client: &Client) -> Offer<Self>;
    /// Learns what the steps need and no step makes.
    fn begin(client: Client) -> Result<Self, Stop>;
    /// Takes a step.
    fn send(&mut self, step: &Transition<Self>, name: &str) -> Result<Answer, Stop>;
    /// The id in the answer to a creation.
    fn id(answer: &Answer) -> Option<Captured>;
    /// Keeps the id of what a step made.
    fn made(&mut self, object: Object<Self>, id: Captured);
    /// What a list shows. Along the way it takes the fewest calls; at the end it is read as a client would.
    fn look(
        &mut self,
        look: &Look<Self>,
        name: &str,
        ending: bool,
    ) -> Result<Seen<Item<Self>>, Stop>;
    /// The same step in a walk in which this was never made; none if it is about that.
    fn unmade(step: &Transition<Self>, object: Object<Self>) -> Option<Transition<Self>>;
    /// Steps like this one with one thing less that is out of the ordinary.
    fn plainer(step: &Transition<Self>) -> Vec<Transition<Self>>;
    /// The step in words, with what it refers to.
    fn in_words(step: &Transition<Self>) -> String;
    /// What a list is called.
    fn list_in_words(look: &Look<Self>) -> String;

    /// Gives a name to each thing that is there from the start, where its id will be: for a script.
    fn name_given(&mut self);
    /// Gives a name to what a step makes, and tells it.
    fn name_made(&mut self, object: Object<Self>) -> String;
    /// How the id of this name is found, if no step makes it.
    fn found_by(&self, name: &str) -> Option<Found>;
    /// How a script reads a list that must show these items.
    fn lines(&self, look: &Look<Self>, items: &[Item<Self>]) -> Lines;
}

/// What a look at a list came to.
#[derive(Debug)]
pub(super) enum Seen<Item> {
    /// Its entries; `None` stands for one that is none of the walk's.
    Items(Vec<Option<Item>>),
    /// This target does not show it.
    Hidden,
    /// It answered something other than a list.
    Unreadable(Answer),
}

/// How much was seen.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    pub(super) steps: usize,
    pub(super) looks: usize,
}

/// Why a walk ended before its last step.
#[derive(Debug)]
pub(super) enum Ended {
    Mismatch(Box<Mismatch>),
    Trouble(Box<Trouble>),
}

/// One walk through a space or with names of its own.
pub(super) struct Walk<'w, D: Driver> {
    driver: D,
    conversation: Rc<Conversation>,
    steps: &'w [Transition<D>],
    extent: Extent,
    tally: Tally,
}

impl<'w, D: Driver> Walk<'w, D> {
    pub(super) fn begin(
        conversation: Rc<Conversation>,
        steps: &'w [Transition<D>],
    ) -> Result<Self, Ended> {
        let client = Client::new(Rc::clone(&conversation), D::API).map_err(stopped)?;
        let extent = if client.on_mock() {
            Extent::Everything
        } else {
            Extent::OnlyMade
        };
        Ok(Self {
            driver: D::begin(client).map_err(stopped)?,
            conversation,
            steps,
            extent,
            tally: Tally::default(),
        })
    }

    /// Takes the steps from this state on, and looks at every list at the end.
    pub(super) fn take(
        mut self,
        mut state: State<D>,
        counter: Option<&AtomicUsize>,
    ) -> Result<Tally, Ended> {
        let steps = self.steps;
        for (at, step) in steps.iter().enumerate() {
            // Shrinking drops the steps that no run ever reached.
            if let Some(counter) = counter {
                counter.fetch_add(1, Ordering::SeqCst);
            }
            self.step(at, &state, step)?;
            let looks = D::Model::looks(&state, step);
            state = D::Model::apply(state, step);
            for (index, look) in looks.iter().enumerate() {
                let ending = false;
                self.look(Place::List { at, index, ending }, &state, look)?;
            }
        }
        let at = steps.len().saturating_sub(1);
        for (index, look) in D::Model::all_looks(&state).iter().enumerate() {
            let ending = true;
            self.look(Place::List { at, index, ending }, &state, look)?;
        }
        Ok(self.tally)
    }

    /// Takes the steps on paper: nothing is answered, and nothing judged.
    pub(super) fn plan(mut self, mut state: State<D>) {
        let steps = self.steps;
        for (at, step) in steps.iter().enumerate() {
            // What a step needs that only an answer tells is named by what it is.
            let _ = self.driver.send(step, &step_name(at));
            if let Some(object) = D::Model::makes(&state, step) {
                let id = Captured::placeholder(&format!("{object:?}"));
                self.driver.made(object, id);
            }
            let looks = D::Model::looks(&state, step);
            state = D::Model::apply(state, step);
            for look in looks {
                let name = format!("after step {}, look at {}", at + 1, D::list_in_words(&look));
                let _ = self.driver.look(&look, &name, false);
            }
        }
    }

    fn step(&mut self, at: usize, state: &State<D>, step: &Transition<D>) -> Result<(), Ended> {
        self.tally.steps += 1;
        let expected = D::Model::expected(state, step);
        let answer = self
            .driver
            .send(step, &step_name(at))
            .and_then(served)
            .map_err(stopped)?;
        let judged = model::Answer {
            status: answer.status(),
            code: code(&answer, &expected),
        };
        expected.judge(&judged).map_err(|breach| {
            let wanted = demanded(&expected);
            let place = Place::Answer { at };
            self.mismatch(place, &step_name(at), breach, wanted, answer.described())
        })?;
        let Some(object) = D::Model::makes(state, step) else {
            return Ok(());
        };
        match D::id(&answer) {
            Some(id) => self.driver.made(object, id),
            None => {
                let breach = Breach {
                    rules: expected.rules(),
                    what: "the answer shows no id".to_owned(),
                };
                let wanted = format!("the id of {object:?}");
                let place = Place::Answer { at };
                let seen = answer.described();
                return Err(self.mismatch(place, &step_name(at), breach, wanted, seen));
            }
        }
        Ok(())
    }

    /// Looks at a list at this place.
    fn look(&mut self, place: Place, state: &State<D>, look: &Look<D>) -> Result<(), Ended> {
        self.tally.looks += 1;
        let list = D::list_in_words(look);
        let name = format!("after step {}, look at {list}", place.step() + 1);
        let view = D::Model::view(state, look);
        let ending = matches!(place, Place::List { ending: true, .. });
        match self.driver.look(look, &name, ending).map_err(stopped)? {
            Seen::Hidden => Ok(()),
            Seen::Items(seen) => view.judge(&seen, self.extent).map_err(|breach| {
                let wanted = format!("{list}: {}", listed(&view.items));
                let differs = breach.what.split(": expected").next().unwrap_or_default();
                let actual = format!("{differs}; seen: {}", seen_in_words(&seen));
                self.mismatch(place, &name, breach, wanted, actual)
            }),
            Seen::Unreadable(answer) => {
                let answer = served(answer).map_err(stopped)?;
                let breach = Breach {
                    rules: vec![view.missing],
                    what: "the answer is no list".to_owned(),
                };
                let wanted = format!("{list}: {}", listed(&view.items));
                Err(self.mismatch(place, &name, breach, wanted, answer.described()))
            }
        }
    }

    /// A mismatch at the request called `name`, at this place.
    fn mismatch(
        &self,
        place: Place,
        name: &str,
        breach: Breach,
        expected: String,
        actual: String,
    ) -> Ended {
        let at = place.step();
        let exchanges = self.conversation.exchanges();
        // A list that a step itself asked for was not asked for again.
        let called = |name: &str| exchanges.iter().rfind(|said| said.step == name);
        let said = called(name).or_else(|| called(&step_name(at)));
        let failure = Failure {
            step: name.to_owned(),
            caller: said.map_or_else(String::new, |said| said.caller.clone()),
            expected,
            actual,
            request: said.map_or_else(String::new, Exchange::curl),
        };
        let taken = self.steps.iter().take(at + 1).enumerate();
        let taken = taken.map(|(at, step)| taken_step::<D>(at, step, &exchanges));
        Ended::Mismatch(Box::new(Mismatch {
            breach,
            failure,
            taken: taken.collect(),
            place,
            exchanges,
        }))
    }
}

/// The step in words, with the request that it was.
fn taken_step<D: Driver>(at: usize, step: &Transition<D>, exchanges: &[Exchange]) -> Taken {
    let name = step_name(at);
    let said = exchanges.iter().find(|said| said.step == name);
    Taken {
        words: D::in_words(step),
        status: said.map_or(0, |said| said.status),
        curl: said.map_or_else(String::new, Exchange::curl),
    }
}

fn step_name(at: usize) -> String {
    format!("step {}", at + 1)
}

/// A target that does not serve a call tells nothing about the call's rules; a crash does.
fn served(answer: Answer) -> Result<Answer, Stop> {
    if answer.status() != 501 {
        return Ok(answer);
    }
    Err(Stop::InstrumentFailed(Box::new(Trouble {
        kind: TroubleKind::Other,
        step: String::new(),
        text: format!(
            "the target does not offer this call: {}",
            answer.described()
        ),
        request: String::new(),
    })))
}

fn stopped(stop: Stop) -> Ended {
    let trouble = |kind, text: String| Trouble {
        kind,
        step: String::new(),
        text,
        request: String::new(),
    };
    Ended::Trouble(match stop {
        Stop::InstrumentFailed(trouble) => trouble,
        Stop::NotObservable(because) => Box::new(trouble(TroubleKind::Other, because)),
        Stop::Broken(failure) => Box::new(Trouble {
            step: failure.step,
            request: failure.request,
            ..trouble(
                TroubleKind::Other,
                format!("wanted {}, got {}", failure.expected, failure.actual),
            )
        }),
    })
}

/// The error code, wherever in the body the target has it.
fn code(answer: &Answer, expected: &Expected) -> Option<String> {
    let foreseen = match expected {
        Expected::Accepted { .. } => None,
        Expected::Refused(refusals) => refusals
            .iter()
            .filter_map(|refusal| refusal.code)
            .find(|code| answer.mentions(code)),
    };
    let told = || answer.at("/code")?.as_str();
    foreseen.or_else(told).map(str::to_owned)
}

/// What the documents call for, in words.
pub(super) fn demanded(expected: &Expected) -> String {
    let status = |status: Status| match status {
        Status::Is(only) => format!("status {only}"),
        Status::Success => "a success".to_owned(),
        Status::Refused => "a refusal (4xx other than 401)".to_owned(),
        Status::Unfit => "a refusal (4xx other than 401 and 403)".to_owned(),
    };
    match expected {
        Expected::Accepted {
            status: accepted, ..
        } => status(*accepted),
        Expected::Refused(refusals) => {
            let each: Vec<_> = refusals
                .iter()
                .map(|refusal| {
                    let code = refusal.code.map(|code| format!(" with the code {code}"));
                    let code = code.unwrap_or_default();
                    format!("{}{code} by {}", status(refusal.status), refusal.rule.id)
                })
                .collect();
            each.join(", or ")
        }
    }
}

fn seen_in_words<T: Debug>(seen: &[Option<T>]) -> String {
    let strangers = seen.iter().filter(|item| item.is_none()).count();
    let known: Vec<_> = seen.iter().flatten().collect();
    match strangers {
        0 => listed(&known),
        _ => format!("{}, and {strangers} not of this walk", listed(&known)),
    }
}

fn listed<T: Debug>(items: &[T]) -> String {
    if items.is_empty() {
        return "nothing".to_owned();
    }
    let items: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
    items.join(", ")
}
