//! Where scenarios meet wrong servers: in front of a mock whose control API they may use, or in front of
//! one of which they see the API alone, as of a foreign sandbox.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};

use contract_tests::{Performed, Run, Scenario, Target};
use mock_server::{Answers, MockServer, Options, catalogue};
use serde_json::{Value, json};

use super::server::{Memory, Talk, Wrong};
use crate::wire::{self, Answer, Mock, Request};

/// What scenarios see of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sight {
    /// The API alone.
    Wire,
    /// The control API of the mock, too.
    Control,
}

/// The prefix under which the API alone is served.
const WIRE: &str = "/wire";

/// One server at a time, and the targets that call it.
pub(super) struct Stage {
    wire: Target,
    control: Target,
    scene: Arc<RwLock<Scene>>,
    _mocks: [MockServer; 2],
}

/// The server of the moment.
#[derive(Default)]
struct Scene {
    wrong: Option<Arc<Wrong>>,
    space: String,
    memory: Memory,
}

/// What a scenario came to against a server.
pub(super) struct Played {
    pub(super) performed: Performed,
    /// Whether the server ever answered wrongly.
    pub(super) altered: bool,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::under(&Answers::default())
    }

    /// One whose servers give these answers to open questions.
    pub(super) fn under(answers: &Answers) -> Self {
        let server = |world| {
            MockServer::with(Options {
                world,
                answers: answers.clone(),
                ..Options::default()
            })
            .unwrap()
        };
        let (known, foreign) = (server(None), server(Some(foreign_world())));
        let scene = Arc::new(RwLock::new(Scene::default()));
        let front = Front {
            known: Mock::at(known.base_url()),
            foreign: Mock::at(foreign.base_url()),
            scene: Arc::clone(&scene),
        };
        let base_url = wire::serve(Arc::new(move |request| front.answer(request)));
        Self {
            wire: target(&format!("{base_url}{WIRE}")),
            control: target(&base_url),
            scene,
            _mocks: [known, foreign],
        }
    }

    /// Plays a scenario against this server, in a fresh space; against the mock itself without one.
    pub(super) fn play(
        &self,
        wrong: Option<Arc<Wrong>>,
        scenario: &'static Scenario,
        sight: Sight,
    ) -> Played {
        static SPACES: AtomicUsize = AtomicUsize::new(0);
        let space = format!("w{}", SPACES.fetch_add(1, Ordering::Relaxed));
        *self.scene.write().unwrap() = Scene {
            wrong,
            space: space.clone(),
            memory: Memory::default(),
        };
        let target = match sight {
            Sight::Wire => &self.wire,
            Sight::Control => &self.control,
        };
        let run = Run {
            id: &space,
            target,
            planning: false,
        };
        let performed = run.one(0, scenario);
        let altered = self.scene.read().unwrap().memory.altered();
        Played { performed, altered }
    }
}

/// What stands at the address that the targets call.
struct Front {
    known: Mock,
    foreign: Mock,
    scene: Arc<RwLock<Scene>>,
}

impl Front {
    fn answer(&self, mut request: Request) -> Answer {
        let scene = self.scene.read().unwrap();
        if let Some(path) = request.path.strip_prefix(WIRE) {
            request.path = path.to_owned();
            let mut answer = self.foreign_answer(request, &scene);
            answer.headers.retain(|line| !line.starts_with("x-mock"));
            return answer;
        }
        let inside = request.path.strip_prefix("/_spaces/");
        let Some((space, path)) = inside.and_then(|rest| rest.split_once('/')) else {
            return self.known.ask(&request);
        };
        if path.starts_with("_mock") {
            return self.known.ask(&request);
        }
        let (space, path) = (space.to_owned(), format!("/{path}"));
        request.path = path;
        scene.answer(request, &self.known, &space)
    }

    fn foreign_answer(&self, request: Request, scene: &Scene) -> Answer {
        if request.path.starts_with("/_") {
            return Answer::new(404, &json!({ "message": "Not Found" }));
        }
        scene.answer(request, &self.foreign, &scene.space)
    }
}

impl Scene {
    fn answer(&self, request: Request, mock: &Mock, space: &str) -> Answer {
        let mut talk = Talk::new(request, mock, space, &self.memory);
        match &self.wrong {
            Some(wrong) => (wrong.how)(&mut talk),
            None => talk.forward(),
        }
    }
}

/// The creditor of the callers `creditor-admin` and `creditor-user` of a foreign sandbox.
const CREDITOR: &str = "6662fb1df4d1eaf404cb0a0c";
const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";

/// The key of the API code `api-code-es256`.
const KEY: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../fixtures/keys/api-code-es256.pem"
);

/// The built-in world, with a creditor and its two callers.
fn foreign_world() -> String {
    let mut world: Value = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    let stamped = |mut document: Value| {
        let date = json!("Fri, 07 Jun 2024 12:20:45 GMT");
        document["_created"] = date.clone();
        document["_updated"] = date;
        document["_etag"] = json!("3b1f0f5f0f6f4d0e8b1f0f5f0f6f4d0e");
        document
    };
    let mut add = |list: &str, document: Value| {
        let list = world.pointer_mut(list).and_then(Value::as_array_mut);
        list.unwrap().push(document);
    };
    let address = json!({
        "address_line_1": "Redaregatan 50", "zip_code": "25236", "city": "Helsingborg", "country": "SE",
    });
    let creditor = json!({
        "_id": CREDITOR, "account": ACCOUNT, "name": "Creditor of the callers",
        "organization_no": "1122334455", "is_active": true,
        "standard_debt_description": "Standard", "sender_address": address,
        "invoice_address": address, "payout_details": { "sek": { "bankgiro": "12312312" } },
        "case_config": { "vat_area": "sweden" }, "description": "Testing",
    });
    add("/amili/creditors", stamped(creditor));
    for (kind, digit) in [("admin", 1), ("user", 2)] {
        let group = format!("6662fb1df4d1eaf404cb0a1{digit}");
        let user = format!("6662fb1df4d1eaf404cb0a2{digit}");
        let document = json!({
            "_id": group, "account": ACCOUNT, "creditor": CREDITOR, "name": kind, "type": kind,
            "access_group_template": "65a961d89cbd399b9a0c7693", "access_rights": {},
        });
        add("/amili/access--groups", stamped(document));
        let document = json!({
            "_id": user, "account": ACCOUNT, "name": kind, "is_enabled": true,
            "data_access": [{ "access_group": group }],
        });
        add("/amili/users", stamped(document));
        let token = json!({
            "token": format!("creditor-{kind}"), "api": "amili", "user": user, "may": "act for one creditor",
        });
        add("/tokens", token);
    }
    world.to_string()
}

/// The built-in callers, as a targets file would list them.
fn target(base_url: &str) -> Target {
    let text = format!(
        r#"
        [server.amili]
        base_url = "{base_url}"
        account = "{ACCOUNT}"
        token_env = "amili-api-user"
        api_code_env = "api-code-es256"
        private_key_file = "{KEY}"
        [server.ams]
        base_url = "{base_url}"
        company = 24
        token_env = "ams-manager"
        [server.amili.roles]
        account-admin = {{ token_env = "amili-account-admin" }}
        other-account = {{ token_env = "amili-other-account", account = "6662fb1df4d1eaf404cb0900" }}
        partner = {{ token_env = "amili-partner" }}
        creditor-admin = {{ token_env = "creditor-admin", creditor = "{CREDITOR}" }}
        creditor-user = {{ token_env = "creditor-user", creditor = "{CREDITOR}" }}
        [server.ams.roles]
        manager = {{ user = 2 }}
        setup = {{ token_env = "ams-setup", user = 1 }}
        reader = {{ token_env = "ams-reader", user = 3 }}
        nobody = {{ token_env = "ams-nobody", user = 4 }}
        [server.limits]
        patience_seconds = 0.001
        timeout_seconds = 5
        retries = 0
        "#
    );
    // Each variable has the token that it is named after.
    Target::described("server", &text, &|key| Some(key.to_owned())).unwrap()
}
