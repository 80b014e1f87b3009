//! A read that is sent once more may be answered from before, and nobody can tell: the answer is the one that is
//! decided afresh, it counts, and it stands in the journal.

use mock_server::{Clock, Options};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::amili::{acme, all, plain_creditor, user};
use crate::control::decided;
use crate::harness::{ACCOUNT, Answer, Caller, GUIDE_TIME, Mock, answers, asking, list};

/// What a client does between two looks.
#[derive(Debug, Clone, Copy)]
enum Step {
    Creditor,
    Rename,
    Remove,
    User,
    Groups,
    Assume(&'static str, &'static str),
    Reset,
    Checkpoint,
    Rewind,
    Load,
    Fault,
    NoFault,
    Advance,
    Token,
}

const ASSUMED: [(&str, &str); 6] = [
    ("amili.list.default-order", "newest-first"),
    ("amili.list.default-order", "oldest-first"),
    ("amili.rate-limit.enforced", "on"),
    ("amili.rate-limit.enforced", "off"),
    ("amili.scope.creditor-reads", "account"),
    ("ams.answer.wrapper", "data"),
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Creditor),
        2 => Just(Step::Rename),
        1 => Just(Step::Remove),
        1 => Just(Step::User),
        1 => Just(Step::Groups),
        2 => proptest::sample::select(&ASSUMED[..]).prop_map(|(id, answer)| Step::Assume(id, answer)),
        1 => Just(Step::Reset),
        1 => Just(Step::Checkpoint),
        2 => Just(Step::Rewind),
        1 => Just(Step::Load),
        1 => Just(Step::Fault),
        2 => Just(Step::NoFault),
        2 => Just(Step::Advance),
        1 => Just(Step::Token),
    ]
}

/// One client of a mock, with a token that ends.
struct Client {
    mock: Mock,
    amili: Caller,
    ams: Caller,
    token: String,
    /// The state at the start.
    world: Value,
}

impl Client {
    fn new() -> Self {
        let mock = Mock::at_guide_time();
        let mut client = Self {
            amili: mock.api_user(),
            ams: mock.setup(),
            world: mock.state(),
            token: String::new(),
            mock,
        };
        client.take(Step::Token);
        client
    }

    fn control(&self, method: &str, path: &str, body: &Value) {
        self.mock
            .anybody()
            .call(method, &format!("/_mock/{path}"))
            .json(body)
            .send();
    }

    /// Whether it can be done, and is, does not matter: faults and limits may be in its way.
    fn take(&mut self, step: Step) {
        match step {
            Step::Creditor => drop(self.amili.post("/creditors", &acme())),
            Step::Rename => self.of_newest("PATCH", &json!({ "name": "Renamed" })),
            Step::Remove => self.of_newest("DELETE", &Value::Null),
            Step::User => drop(self.amili.post("/users", &user(&[]))),
            Step::Groups => {
                let groups = json!({ "groups": [1] });
                self.ams.post("/v2/admin/user/5/groups", &groups);
            }
            Step::Assume(id, answer) => self.control("PUT", "assumptions", &json!({ id: answer })),
            Step::Reset => self.control("POST", "reset", &json!({})),
            Step::Checkpoint => self.control("PUT", "checkpoints/then", &json!({})),
            Step::Rewind => self.control("POST", "checkpoints/then/rewind", &json!({})),
            Step::Load => self.control("PUT", "state", &self.world),
            Step::Fault => {
                let fault =
                    json!([{ "match": { "path": "/creditors" }, "effect": { "status": 503 } }]);
                self.control("PUT", "faults", &fault);
            }
            Step::NoFault => self.control("PUT", "faults", &json!([])),
            Step::Advance => self.control("PUT", "clock", &json!({ "advance_seconds": 40 })),
            Step::Token => {
                let lasting = json!({ "api": "amili", "user": self.user(), "expires_in": 60 });
                let token = self.mock.anybody().post("/_mock/tokens", &lasting);
                self.token = token.json()["token"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
            }
        }
    }

    fn user(&self) -> Value {
        self.world.pointer("/amili/users/0/_id").cloned().unwrap()
    }

    fn of_newest(&self, method: &str, body: &Value) {
        let newest = asking("/creditors", &[("sort", "-_id"), ("max_results", "1")]);
        let newest = self.amili.get(&newest);
        let found = serde_json::from_slice(&newest.body).unwrap_or(Value::Null);
        let at = |key: &str| {
            found["_items"][0][key]
                .as_str()
                .unwrap_or("none")
                .to_owned()
        };
        let call = self
            .amili
            .call(method, &format!("/creditors/{}", at("_id")));
        call.header("if-match", at("_etag")).json(body).send();
    }

    /// Sends every read as often as a client would, and beside it one that no other is like.
    fn look(&self) {
        let ending = self.mock.amili(&self.token);
        let lasting = &self.amili;
        let groups = asking("/access--groups", &[("where", "{\"type\": \"admin\"}")]);
        let reads = [
            (lasting, "/creditors?max_results=2"),
            (&ending, "/creditors?max_results=2"),
            (lasting, groups.as_str()),
            (lasting, "/users"),
            (lasting, &format!("/accounts/{ACCOUNT}")),
            (&self.ams, "/v2/admin/permission/groups"),
        ];
        for (caller, path) in reads {
            let before = self.alone(caller, path);
            let answer = caller.get(path);
            let after = self.alone(caller, path);
            // Limits are passed between two of them.
            assert!(
                [before, after].contains(&told(&answer)),
                "{path}: {}",
                answer.text()
            );
        }
    }

    /// Nothing reads the body, but with one no request is taken for another's like.
    fn alone(&self, caller: &Caller, path: &str) -> (u16, Vec<(String, String)>, String) {
        told(&caller.call("GET", path).unlabelled("anew").send())
    }
}

/// What an answer tells, but for its number in the journal and for what is left of a limit.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter();
    let mut headers: Vec<(String, String)> = headers
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .filter(|(name, _)| !["x-mock-journal", "x-ratelimit-remaining"].contains(&name.as_str()))
        .collect();
    headers.sort();
    (answer.status, headers, answer.text())
}

#[test]
fn whatever_happens_in_between_a_read_is_answered_as_if_it_were_the_first() {
    let config = ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in proptest::collection::vec(step(), 1..16))| {
        let mut client = Client::new();
        for step in steps {
            client.look();
            client.take(step);
        }
        client.look();
    });
}

#[test]
fn what_is_answered_from_before_counts_and_stands_in_the_journal() {
    let mock = Mock::at_guide_time();
    let caller = mock.api_user();
    caller
        .post("/creditors", &plain_creditor("One"))
        .expect(201);
    let known = |answer: &Answer| answer.header("x-mock-journal").map(str::to_owned);
    let numbers = [(); 3].map(|()| known(&caller.get("/creditors").expect(200)));
    assert_eq!(
        numbers,
        ["2", "3", "4"].map(|number| Some(number.to_owned()))
    );
    assert_eq!(decided(&mock, "rules", "amili.list.meta"), 3);
    let journal = mock.anybody().get("/_mock/journal").json();
    let entries = &list(&journal, "/entries")[1..];
    for entry in entries {
        assert_eq!(entry["request"], entries[0]["request"]);
        assert_eq!(entry["response"], entries[0]["response"]);
        assert_eq!(entry["rules"], entries[0]["rules"]);
        assert_eq!(entry["caller"], entries[0]["caller"]);
    }
}

#[test]
fn each_repeated_read_takes_one_more_from_the_limit() {
    let mock = Mock::with(Options {
        answers: answers("amili.rate-limit.enforced", "on"),
        clock: Clock::parse(GUIDE_TIME).unwrap(),
        ..Options::default()
    });
    let caller = mock.api_user();
    let left = [(); 3].map(|()| {
        let answer = caller.get("/creditors").expect(200);
        answer.header("x-ratelimit-remaining").unwrap().to_owned()
    });
    assert_eq!(left, ["99", "98", "97"]);
    let statuses: Vec<u16> = (0..9).map(|_| caller.get("/creditors").status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 200, 200, 429, 429]);
}

#[test]
fn callers_of_one_address_do_not_see_each_others_answers() {
    let mock = Mock::start();
    mock.api_user()
        .post("/creditors", &plain_creditor("One"))
        .expect(201);
    let other = mock.other_account();
    for _ in 0..2 {
        assert_eq!(all(&mock.api_user(), "creditors").len(), 1);
        assert_eq!(all(&other, "creditors").len(), 0);
        mock.anybody().get("/creditors").expect(401);
    }
}

#[test]
fn an_answer_ends_with_the_token_although_another_of_the_same_user_comes_along() {
    let mock = Mock::at_guide_time();
    let control = mock.anybody();
    let info = control.get("/_mock/info").expect(200).json();
    let mut tokens = list(&info, "/tokens").iter();
    let known = tokens
        .find(|token| token["token"] == "amili-api-user")
        .unwrap();
    let ending = json!({ "api": "amili", "user": known["user"], "expires_in": 60 });
    let ending = control.post("/_mock/tokens", &ending).text_at("/token");
    let caller = mock
        .amili(&ending)
        .with("authorization", "Bearer amili-api-user");
    caller.get("/creditors").expect(200);
    caller.get("/creditors").expect(200);
    let later = json!({ "advance_seconds": 61 });
    control.put("/_mock/clock", &later).expect(200);
    caller.get("/creditors").expect(401);
}
