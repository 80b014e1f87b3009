//! One moment: what a single request sees of time, ids and answers, and what it leaves as a trace.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use bson::oid::ObjectId;
use jiff::Timestamp;

use super::assumption::{Answers, Assumption, Question};
use super::breach::Breach;
use super::ids::Ids;
use super::outbox::Mail;
use super::query::Query;
use super::rule::Rule;
use super::tokens::{Grant, Tokens};

/// Why an answer is what it is: the rules and assumptions that decided it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace {
    answers: Arc<Answers>,
    /// The rule that refused the request.
    pub(crate) refused_by: Option<&'static Rule>,
    /// The rules that shaped an answer that refuses nothing.
    pub(crate) applied: Vec<&'static Rule>,
    /// The undocumented choices that decided.
    pub(crate) assumed: Vec<&'static Assumption>,
    /// What in the request was wrong, when it is refused.
    pub(crate) breaches: Vec<Breach>,
    /// What in the request nothing read, or the real API would probably not take.
    pub(crate) warnings: Vec<String>,
    /// Whether the answer is one at this instant alone.
    pub(crate) is_timed: bool,
}

impl Trace {
    /// A trace without an entry, under the answers in force.
    pub(crate) fn new(answers: Arc<Answers>) -> Self {
        Self {
            answers,
            ..Self::default()
        }
    }

    /// The ids of every rule and assumption that decided.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'static str> {
        let rules = self.refused_by.iter().chain(&self.applied);
        rules
            .map(|rule| rule.id)
            .chain(self.assumed.iter().map(|assumption| assumption.id))
    }

    /// Notes a rule that shapes the answer.
    pub(crate) fn applies(&mut self, rule: &'static Rule) {
        if !self.applied.contains(&rule) {
            self.applied.push(rule);
        }
    }

    /// The answer in force to a question, noting that it decides.
    pub(crate) fn assumes<Q: Question>(&mut self) -> Q {
        if !self.assumed.contains(&Q::ASSUMPTION) {
            self.assumed.push(Q::ASSUMPTION);
        }
        self.answers.to()
    }

    /// The answer in force to a question that decides only in some cases; [`Self::assumes`] notes those.
    pub(crate) fn answer<Q: Question>(&self) -> Q {
        self.answers.to()
    }

    /// Notes something that the caller should know although the answer cannot say it.
    pub(crate) fn warns(&mut self, text: String) {
        self.warnings.push(text);
    }

    /// Notes the keys of a query that nothing reads.
    pub(crate) fn reads(&mut self, query: &Query, keys: &[&str]) {
        for key in query.keys().filter(|key| !keys.contains(key)) {
            let known = if keys.is_empty() {
                "this call reads none".to_owned()
            } else {
                format!("this call reads {}", keys.join(", "))
            };
            self.warnings
                .push(format!("nothing reads the query key '{key}'; {known}"));
        }
    }
}

/// What one request sees while its space is locked.
#[derive(Debug)]
pub(crate) struct Moment {
    now: Timestamp,
    pub(super) ids: Ids,
    pub(super) mails: Vec<Mail>,
    pub(super) grants: Vec<Grant>,
    /// Those that are given already.
    pub(super) tokens: Tokens,
    trace: Trace,
}

impl Moment {
    /// A moment at an instant. The ids drawn from it count only when the request succeeds.
    pub(crate) fn new(now: Timestamp, ids: Ids, trace: Trace) -> Self {
        Self {
            now,
            ids,
            mails: Vec::new(),
            grants: Vec::new(),
            tokens: Tokens::default(),
            trace,
        }
    }

    /// The present instant of the space; one for the whole request, whose answer it decides from here on.
    pub(crate) fn instant(&mut self) -> Timestamp {
        self.trace.is_timed = true;
        self.now
    }

    /// A fresh id that carries the second of the moment.
    pub(crate) fn object_id(&mut self) -> ObjectId {
        self.ids.object_id(self.now)
    }

    /// So many fresh decimal digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        self.ids.digits(count)
    }

    /// Leaves a mail in the outbox, if the request succeeds.
    pub(crate) fn mails(&mut self, mail: Mail) {
        self.mails.push(mail);
    }

    /// Issues a token that acts as a user, until an instant or for ever, if the request succeeds.
    pub(crate) fn grants(
        &mut self,
        api: &str,
        user: &serde_json::Value,
        until: Option<Timestamp>,
    ) -> String {
        let grant = Grant::issued(&mut self.ids, &self.tokens, api, user.clone(), until);
        let token = grant.token.clone();
        self.grants.push(grant);
        token
    }

    pub(super) fn into_trace(self) -> Trace {
        self.trace
    }
}

impl Deref for Moment {
    type Target = Trace;

    fn deref(&self) -> &Trace {
        &self.trace
    }
}

impl DerefMut for Moment {
    fn deref_mut(&mut self) -> &mut Trace {
        &mut self.trace
    }
}

/// A request that an API refuses: the API's own type knows the rule and how the answer looks.
pub(crate) trait Refused {
    /// The answer. Notes the rule or the assumption that decided in the trace.
    fn answer(self, trace: &mut Trace) -> Response;

    /// The refusal of what would be more than a space may hold.
    fn full(records: usize) -> Self;
}

/// What a handler returns: the outcome, with the trace of how it came about.
#[derive(Debug)]
pub(crate) struct Answered<T, R> {
    pub(crate) outcome: Result<T, R>,
    pub(crate) trace: Trace,
}

impl<T: IntoResponse, R: Refused> IntoResponse for Answered<T, R> {
    fn into_response(self) -> Response {
        let mut trace = self.trace;
        let mut response = match self.outcome {
            Ok(shown) => shown.into_response(),
            Err(refusal) => refusal.answer(&mut trace),
        };
        response.extensions_mut().insert(Arc::new(trace));
        response
    }
}

impl<T, R> Answered<T, R> {
    /// A refusal outside any space, under the default answers.
    pub(crate) fn bare(refusal: R) -> Self {
        Self {
            outcome: Err(refusal),
            trace: Trace::default(),
        }
    }
}

/// Notes in an answer that is made already that an assumption decided it too.
pub(crate) fn note<Q: Question>(response: &mut Response) {
    let noted = response.extensions_mut();
    let trace = noted.get_or_insert_default::<Arc<Trace>>();
    Arc::make_mut(trace).assumes::<Q>();
}
