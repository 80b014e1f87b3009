//! What is never sent, shown by a listener to which nobody comes.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::client::{
    Client, Conversation, Endpoint, Http, Limits, Purpose, Retries, Secret, Setting, Step,
};
use crate::ledger::{Intent, Ledger, Line, Thing};
use crate::scenario::Api;
use crate::verdict::Stop;

const OWN: &str = "69132a8bc9ea54f691cc407c";
const FOREIGN: &str = "69132a8bc9ea54f691cc407d";

struct Scene {
    listener: TcpListener,
    conversation: Rc<Conversation>,
}

impl Scene {
    fn new(ledger: Ledger, local: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let limits = Limits {
            pace: None,
            max_requests: None,
            timeout: Duration::from_millis(20),
            patience: Duration::ZERO,
            retries: Retries::NONE,
        };
        let endpoint = Endpoint {
            base_url: format!("http://{}", listener.local_addr().unwrap()),
            local,
            token: Secret::new("token"),
            ..Endpoint::default()
        };
        let both = [(Api::Amili, endpoint.clone()), (Api::Ams, endpoint)];
        let conversation = Conversation::new(Setting {
            target: "there".to_owned(),
            prefix: "ct-r-1".to_owned(),
            http: Arc::new(Http::new(limits).unwrap()),
            ledger: Arc::new(ledger),
            endpoints: BTreeMap::from(both),
            purpose: Purpose::Observing,
            planning: false,
        });
        Self {
            listener,
            conversation,
        }
    }

    /// What is said of this step; and whether anybody came to the listener.
    fn outcome(&self, api: Api, step: impl for<'s> FnOnce(Step<'s>) -> Step<'s>) -> (String, bool) {
        let client = Client::new(Rc::clone(&self.conversation), api).unwrap();
        let text = match step(client.step("try it")).answer() {
            Err(Stop::InstrumentFailed(trouble)) => trouble.text,
            other => panic!("{other:?}"),
        };
        let came = match self.listener.accept() {
            Ok(_) => true,
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(error) => panic!("{error}"),
        };
        (text, came)
    }
}

#[track_caller]
fn check_refused(
    scene: &Scene,
    api: Api,
    step: impl for<'s> FnOnce(Step<'s>) -> Step<'s>,
    why: &str,
) {
    let (text, came) = scene.outcome(api, step);
    assert!(text.contains("not sent") && text.contains(why), "{text}");
    assert!(!came, "{text}");
}

#[track_caller]
fn check_sent(scene: &Scene, api: Api, step: impl for<'s> FnOnce(Step<'s>) -> Step<'s>) {
    let (text, came) = scene.outcome(api, step);
    assert!(came, "{text}");
}

/// A ledger in which the run has made one creditor and one user of AMS.
fn ledger() -> Ledger {
    let ledger = Ledger::in_memory();
    for (api, resource, id) in [(Api::Amili, "creditors", OWN), (Api::Ams, "users", "7")] {
        let number = ledger.intend(Intent {
            api,
            space: "ct-r-1".to_owned(),
            role: None,
            step: "create it".to_owned(),
            method: "POST".to_owned(),
            path: format!("/{resource}"),
            resource: resource.to_owned(),
            names: Vec::new(),
        });
        let number = number.unwrap();
        let thing = Thing::new(api, "ct-r-1", resource, id);
        let name = None;
        let made = Line::Made {
            number,
            thing,
            name,
        };
        ledger.write(made).unwrap();
    }
    ledger
}

fn creditor(id: &str) -> String {
    format!("/creditors/{id}")
}

#[test]
fn what_another_made_is_neither_changed_nor_deleted() {
    let scene = Scene::new(ledger(), true);
    let why = "the run did not make";
    check_refused(
        &scene,
        Api::Amili,
        |step| step.delete(creditor(FOREIGN)),
        why,
    );
    check_refused(
        &scene,
        Api::Amili,
        |step| step.patch(creditor(FOREIGN), json!({})),
        why,
    );
    check_refused(
        &scene,
        Api::Amili,
        |step| step.request("PUT", creditor(FOREIGN)),
        why,
    );
    for user in ["8", "70"] {
        let path = format!("/v2/admin/user/{user}/groups");
        check_refused(&scene, Api::Ams, |step| step.post(path, json!({})), why);
    }
    // An id is of a resource: user 7 is ours, department 7 is not.
    let department = "/v2/admin/departments/7";
    check_refused(&scene, Api::Ams, |step| step.delete(department), why);
    let payment = json!({ "creditor": OWN, "case": FOREIGN });
    check_refused(
        &scene,
        Api::Amili,
        |step| step.post("/creditor--payments", payment),
        why,
    );
    check_sent(&scene, Api::Amili, |step| step.delete(creditor(OWN)));
    check_sent(&scene, Api::Ams, |step| {
        step.post("/v2/admin/user/7/groups", json!({}))
    });
    check_sent(&scene, Api::Amili, |step| step.get(creditor(FOREIGN)));
}

#[test]
fn what_is_aimed_elsewhere_on_purpose_is_sent() {
    let scene = Scene::new(ledger(), true);
    check_sent(&scene, Api::Amili, |step| {
        step.delete(creditor(FOREIGN)).not_own("nobody has this id")
    });
}

#[test]
fn no_reason_excuses_a_write_to_a_whole_list() {
    let scene = Scene::new(ledger(), true);
    for method in ["DELETE", "PUT", "PATCH"] {
        for path in ["/users", "/creditors/", "/"] {
            check_refused(
                &scene,
                Api::Amili,
                |step| step.request(method, path).not_own("it will be refused"),
                "everything at this path",
            );
        }
    }
}

#[test]
fn a_method_said_in_a_header_counts() {
    let scene = Scene::new(ledger(), true);
    for method in ["DELETE", "delete", "PATCH"] {
        check_refused(
            &scene,
            Api::Amili,
            |step| step.get("/users").header("x-http-method-override", method),
            "everything at this path",
        );
        check_refused(
            &scene,
            Api::Amili,
            |step| {
                step.post(creditor(FOREIGN), json!({}))
                    .header("X-HTTP-Method-Override", method)
            },
            "the run did not make",
        );
    }
}

#[test]
fn nothing_is_made_under_a_name_that_is_not_the_run_s() {
    let scene = Scene::new(ledger(), true);
    let named = |name: &str| json!({ "name": name });
    for name in ["Acme Inc", "ct-r-2-1", ""] {
        check_refused(
            &scene,
            Api::Amili,
            |step| step.post("/creditors", named(name)),
            "does not begin with ct-r-1",
        );
    }
    check_sent(&scene, Api::Amili, |step| {
        step.post("/creditors", named("ct-r-1-4"))
    });
}

#[test]
fn elsewhere_than_on_this_machine_nothing_is_written_without_a_ledger_on_disk() {
    let scene = Scene::new(ledger(), false);
    let body = json!({ "name": "ct-r-1-4" });
    check_refused(
        &scene,
        Api::Amili,
        |step| step.post("/creditors", &body),
        "no ledger on disk",
    );
    check_refused(
        &scene,
        Api::Amili,
        |step| step.delete(creditor(OWN)),
        "no ledger on disk",
    );
    check_sent(&scene, Api::Amili, |step| step.get("/creditors"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let header = crate::ledger::Header {
        schema: crate::ledger::SCHEMA.to_owned(),
        run: "r".to_owned(),
        target: "there".to_owned(),
        base_urls: BTreeMap::new(),
        tool: "0".to_owned(),
    };
    let scene = Scene::new(Ledger::create(&path, header).unwrap(), false);
    check_sent(&scene, Api::Amili, |step| step.post("/creditors", &body));
    let text = std::fs::read_to_string(path).unwrap();
    assert!(
        text.contains("ct-r-1-4") && !text.contains("settled"),
        "{text}"
    );
}
