//! The calls of a script, one after the other: each planned request as a line of shell, each id from the
//! answer that shows it. Knows neither API.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::shell::{comment, double_quoted, here_document, names, quoted};
use crate::Exchange;
use crate::client::{Client, Conversation};
use crate::explore::mismatch::{Mismatch, Place};
use crate::explore::walk::{Driver, Look, State, Transition, demanded};
use crate::model::{Expected, Model, Status};
use crate::scenario::Api;
use crate::target::Target;

/// What begins every name that a walk makes, until the script has a better one.
const RUN: &str = "{{run}}";

/// A script in the making.
pub(super) struct Writer<D: Driver> {
    driver: D,
    /// Of a dry run: what the driver would send.
    conversation: Rc<Conversation>,
    pub(super) account: Option<String>,
    on_mock: bool,
    /// The names that have their ids by now.
    defined: BTreeSet<String>,
    /// How many exchanges have been written.
    said: usize,
    /// How many bodies have been written.
    calls: usize,
    pub(super) out: String,
}

impl<D: Driver> Writer<D> {
    /// None when the target does not offer this API.
    pub(super) fn new(target: &Target) -> Option<Self> {
        let conversation = target.converse(RUN, true);
        let client = Client::new(Rc::clone(&conversation), D::API).ok()?;
        let mut writer = Self {
            account: client.account().ok(),
            on_mock: target.is_mock(D::API),
            driver: D::begin(client).ok()?,
            conversation,
            defined: BTreeSet::new(),
            said: 0,
            calls: 0,
            out: String::new(),
        };
        writer.driver.name_given();
        Some(writer)
    }

    /// What has been planned and not yet written.
    fn news(&mut self) -> Vec<Exchange> {
        let news = self.conversation.exchanges().split_off(self.said);
        self.said += news.len();
        news
    }

    /// A step with what it must be answered. None when it cannot be planned.
    pub(super) fn step(
        &mut self,
        title: &str,
        step: &Transition<D>,
        state: &State<D>,
    ) -> Option<()> {
        self.driver.send(step, title).ok()?;
        self.line(&format!("\n# {}", comment(title)));
        for exchange in self.news() {
            self.call(&exchange);
        }
        let expected = D::Model::expected(state, step);
        let kinds: Vec<_> = alternatives(&expected)
            .iter()
            .map(|one| quoted(one))
            .collect();
        self.line(&format!(
            "expect_status {} {} {}",
            quoted(title),
            quoted(&demanded(&expected)),
            kinds.join(" ")
        ));
        if let Some(object) = D::Model::makes(state, step) {
            let name = self.driver.name_made(object);
            self.line(&format!("{name}=$(made {})", quoted(title)));
            self.defined.insert(name);
        }
        Some(())
    }

    /// Looks at these lists up to the one that differs; says whether it is among them.
    pub(super) fn looks(
        &mut self,
        looks: &[Look<D>],
        state: &State<D>,
        mismatch: &Mismatch,
        place: impl Fn(usize) -> Place,
    ) -> Option<bool> {
        for (index, look) in looks.iter().enumerate() {
            let here = place(index);
            let ending = matches!(here, Place::List { ending: true, .. });
            self.driver.look(look, "look", ending).ok()?;
            let differs = here == mismatch.place;
            self.look(look, state, differs.then_some(mismatch));
            if differs {
                return Some(true);
            }
        }
        Some(false)
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn call(&mut self, said: &Exchange) {
        let body = self.body(said);
        self.find(
            &[said.path.as_str(), body.as_deref().unwrap_or_default()],
            "",
        );
        let token = self.token(&said.caller);
        let (path, query) = said.path.split_once('?').unwrap_or((&said.path, ""));
        let path = double_quoted(path);
        match body {
            Some(body) => {
                let body = here_document(&body, D::API == Api::Ams);
                self.line(&format!(
                    "send {token} {} {path} <<JSON\n{body}\nJSON",
                    said.method
                ));
            }
            None => {
                let query = pairs(query)
                    .iter()
                    .map(|pair| format!(" {}", self.text(pair)))
                    .collect::<String>();
                self.line(&format!("ask {token} {} {path}{query}", said.method));
            }
        }
        // The mock's own call that hands out the token of a user just made.
        if said.path == "/_mock/tokens" {
            let user = names(said.sent.as_deref().unwrap_or_default());
            if let Some(user) = user.first() {
                self.line(&format!("token_{user}=$(value /token)"));
            }
        }
    }

    /// A look at a list: along the way it is only read; the one that differs is compared.
    fn look(&mut self, look: &Look<D>, state: &State<D>, differs: Option<&Mismatch>) {
        let view = D::Model::view(state, look);
        let lines = self.driver.lines(look, &view.items);
        let shown = format!("{} {}", quoted(lines.roots), quoted(lines.fields));
        let mut reads = Vec::new();
        for exchange in self.news() {
            self.find(&[&exchange.path], "");
            let token = self.token(&exchange.caller);
            let (path, query) = exchange
                .path
                .split_once('?')
                .unwrap_or((&exchange.path, ""));
            let pairs = pairs(query);
            let size = pairs
                .iter()
                .find_map(|pair| pair.strip_prefix("max_results="));
            let filter = pairs.iter().find(|pair| !pair.starts_with("max_results="));
            let filter = filter.map_or_else(|| "''".to_owned(), |filter| self.text(filter));
            reads.push(format!(
                "list {token} {} '{}' {filter} {shown}",
                double_quoted(path),
                size.unwrap_or_default()
            ));
        }
        let Some(mismatch) = differs else {
            if !reads.is_empty() {
                self.line(&format!("lines=; {}", reads.join("; ")));
            }
            return;
        };
        if reads.is_empty() {
            // The answer to the step itself shows the list.
            reads.push(format!("lines=$(shown {shown})$'\\n'"));
        }
        let known = lines.known.join(" ");
        self.find(&[&lines.expected.join("\n")], "");
        // What is only known, and not expected, need not be there.
        self.find(&[&known], " 2>/dev/null || :");
        let ordered = view
            .order
            .is_some_and(|order| mismatch.rules().contains(order.id));
        let exact = view.complete && self.on_mock;
        self.line(&format!("look() {{ {}; }}", reads.join("; ")));
        self.line(&format!(
            "expect_lines {} {} {} {} <<LINES\n{}\nLINES",
            quoted(&mismatch.failure.step),
            if exact { "exact" } else { "ours" },
            if ordered { "ordered" } else { "sorted" },
            self.text(&known),
            here_document(&lines.expected.join("\n"), false)
        ));
    }

    /// Finds the ids of the names in these texts that have none yet; `or` is what becomes of a failure.
    fn find(&mut self, texts: &[&str], or: &str) {
        for name in texts.iter().flat_map(|text| names(text)) {
            if self.defined.contains(&name) {
                continue;
            }
            let Some(found) = self.driver.found_by(&name) else {
                continue;
            };
            // A creditor of which it is a group is defined when it was made.
            self.defined.insert(name.clone());
            let token = self.token(found.role.unwrap_or(DEFAULT));
            let filter = self.text(&found.filter);
            self.line(&format!(
                "{name}=$(first {token} {} {filter}{or})",
                found.path
            ));
        }
    }

    /// A body with names where each run needs others.
    fn body(&mut self, said: &Exchange) -> Option<String> {
        let sent = said.sent.as_deref()?;
        let Ok(mut body) = serde_json::from_str::<serde_json::Value>(sent) else {
            return Some(sent.to_owned());
        };
        for field in ["organization_no", "non_swedish_organization_no"] {
            if let Some(number) = body.get_mut(field) {
                self.calls += 1;
                *number = format!("55{{{{digits}}}}{:02}", self.calls % 100).into();
            }
        }
        Some(self.with_account(&format!("{body:#}")))
    }

    fn text(&self, text: &str) -> String {
        double_quoted(&self.with_account(text))
    }

    fn with_account(&self, text: &str) -> String {
        match &self.account {
            Some(account) => text.replace(account, "{{account}}"),
            None => text.to_owned(),
        }
    }

    fn token(&self, caller: &str) -> String {
        let api = D::API.name();
        let upper = api.to_uppercase();
        match caller {
            DEFAULT | "manager" => "\"$token\"".to_owned(),
            "a caller without a token" => "''".to_owned(),
            "a caller with a made-up token" => "\"${token}x\"".to_owned(),
            "the harness" => "''".to_owned(),
            role => match names(role).first() {
                // A user that the walk made.
                Some(user) => format!("\"$token_{user}\""),
                // The role's first word, as in the example of a targets file; the built-in world's token.
                None => {
                    let word = match role {
                        "other-account" => "OTHER",
                        "account-admin" => "ADMIN",
                        role => &role.to_uppercase(),
                    };
                    format!("\"${{{upper}_{word}_TOKEN:-{api}-{role}}}\"")
                }
            },
        }
    }
}

const DEFAULT: &str = "the default caller";

fn pairs(query: &str) -> Vec<&str> {
    query.split('&').filter(|pair| !pair.is_empty()).collect()
}

/// What a step may be answered, as the script's function takes it.
fn alternatives(expected: &Expected) -> Vec<String> {
    let kind = |status: Status| match status {
        Status::Is(only) => only.to_string(),
        Status::Success => "success".to_owned(),
        Status::Refused => "refused".to_owned(),
        Status::Unfit => "unfit".to_owned(),
    };
    match expected {
        Expected::Accepted { status, .. } => vec![kind(*status)],
        Expected::Refused(refusals) => {
            let each = refusals.iter().map(|refusal| {
                let code = refusal.code.map(|code| format!(":{code}"));
                kind(refusal.status) + &code.unwrap_or_default()
            });
            each.collect()
        }
    }
}
