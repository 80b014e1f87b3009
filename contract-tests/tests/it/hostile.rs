//! A sandbox as it may turn out to be: a mock that does not show itself as one, behind somebody who answers
//! late, wrongly or not at all. And the command, in a folder of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use contract_tests::cli::HELD;
use mock_server::MockServer;
use serde_json::Value;
use tempfile::TempDir;

/// What becomes of a request.
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    /// The mock answers it.
    Pass,
    /// This is answered, and nothing is done.
    Answer(&'static str),
    /// The connection is closed, and nothing is done.
    Refuse,
    /// It is done, and the connection is closed.
    LoseAnswer,
    /// It is done, and the answer is cut off.
    CutAnswer,
    /// It is done, and something else is answered.
    Instead(&'static str),
    /// All that was sent is answered, the key too, and nothing is done.
    Echo,
    /// Nothing happens until the caller has had enough.
    Hang,
}

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// From 1 on.
    pub(crate) number: usize,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// Whether it makes something of this resource.
    pub(crate) fn creates(&self, resource: &str) -> bool {
        self.method == "POST" && self.path == format!("/{resource}")
    }
}

type Judge = dyn Fn(&Asked) -> Deed + Send + Sync;

/// Serves as long as the test's process runs.
pub(crate) struct Sandbox {
    pub(crate) mock: MockServer,
    pub(crate) base_url: String,
    shared: Arc<Shared>,
}

struct Shared {
    mock: String,
    judge: Mutex<Arc<Judge>>,
    asked: Mutex<Vec<Asked>>,
}

impl Sandbox {
    /// One that does what this says about each request.
    pub(crate) fn that(judge: impl Fn(&Asked) -> Deed + Send + Sync + 'static) -> Self {
        Self::before(MockServer::start().unwrap(), judge)
    }

    pub(crate) fn before(
        mock: MockServer,
        judge: impl Fn(&Asked) -> Deed + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            mock: mock.base_url().trim_start_matches("http://").to_owned(),
            judge: Mutex::new(Arc::new(judge)),
            asked: Mutex::default(),
        });
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            for caller in listener.incoming() {
                let serving = Arc::clone(&serving);
                // A caller that hangs up in the middle wants no answer.
                thread::spawn(move || serving.serve(caller.unwrap()).unwrap_or_default());
            }
        });
        Self {
            mock,
            base_url,
            shared,
        }
    }

    /// From now on it does what this says.
    pub(crate) fn becomes(&self, judge: impl Fn(&Asked) -> Deed + Send + Sync + 'static) {
        *self.shared.judge.lock().unwrap() = Arc::new(judge);
    }

    /// What came since this was asked last.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.shared.asked.lock().unwrap())
    }

    /// The tokens that it has issued.
    pub(crate) fn issued(&self) -> Vec<String> {
        let state = self.state();
        let tokens = state["tokens"].as_array().unwrap().iter();
        let issued = tokens.filter(|token| token.get("until").is_some());
        issued
            .map(|token| token["token"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The records that it has of a list, whose names or numbers are a run's.
    pub(crate) fn records(&self, list: &str) -> Vec<Value> {
        let state = self.state();
        let records = state.pointer(list).and_then(Value::as_array).unwrap();
        let made = |record: &&Value| {
            let name = record.get("name").and_then(Value::as_str);
            name.is_some_and(|name| name.starts_with("ct-"))
        };
        records.iter().filter(made).cloned().collect()
    }

    fn state(&self) -> Value {
        let state = exchange(
            &self.shared.mock,
            "GET /_mock/state HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        );
        let text = String::from_utf8(state.unwrap()).unwrap();
        let (_, body) = text.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }
}

impl Shared {
    fn serve(&self, mut caller: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(caller.try_clone()?);
        let Some((head, body)) = message(&mut reader)? else {
            return Ok(());
        };
        let mut words = head.split(' ');
        let asked = Asked {
            number: 0,
            method: words.next().unwrap_or_default().to_owned(),
            path: words.next().unwrap_or_default().to_owned(),
            head: head.clone(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        if asked.path.starts_with("/_mock") || asked.path.starts_with("/_spaces") {
            return caller.write_all(NOT_FOUND.as_bytes());
        }
        let asked = {
            let mut all = self.asked.lock().unwrap();
            let asked = Asked {
                number: all.len() + 1,
                ..asked
            };
            all.push(asked.clone());
            asked
        };
        let judge = Arc::clone(&self.judge.lock().unwrap());
        let forward = || exchange(&self.mock, &format!("{head}{}", asked.body));
        match judge(&asked) {
            Deed::Pass => caller.write_all(&forward()?),
            Deed::Answer(answer) => caller.write_all(answer.as_bytes()),
            Deed::Refuse => Ok(()),
            Deed::LoseAnswer => forward().map(drop),
            Deed::Instead(answer) => {
                forward()?;
                caller.write_all(answer.as_bytes())
            }
            Deed::CutAnswer => {
                let answer = forward()?;
                caller.write_all(&answer[..answer.len() - 5])
            }
            Deed::Echo => caller.write_all(echo(&asked).as_bytes()),
            Deed::Hang => reader.read(&mut [0]).map(drop),
        }
    }
}

/// The head of the next request and its body, if there is one. The head says that the connection ends.
fn message(reader: &mut impl BufRead) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let mut head = String::new();
    if reader.read_line(&mut head)? == 0 {
        return Ok(None);
    }
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap();
        }
        head.push_str(&line);
    }
    head.push_str("connection: close\r\n\r\n");
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some((head, body)))
}

fn echo(asked: &Asked) -> String {
    let mut heads = asked.head.lines();
    let key = heads.find(|line| {
        let line = line.to_lowercase();
        line.starts_with("x-api-key") || line.starts_with("authorization")
    });
    let key = key.unwrap_or_default();
    let body = serde_json::json!({ "head": asked.head, "body": asked.body, "key": key });
    let body = body.to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 404 Echo\r\nconnection: close\r\nx-echo: {key}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// All that a server answers to this.
fn exchange(server: &str, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

const NOT_FOUND: &str =
    "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";

/// Where the command is run.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

/// What a run of the command came to.
pub(crate) struct Ran {
    pub(crate) status: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            status: u8::try_from(output.status.code().unwrap_or(255)).unwrap(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    #[track_caller]
    pub(crate) fn with(self, status: u8) -> Self {
        let Self { out, err, .. } = &self;
        assert_eq!(self.status, status, "{out}{err}");
        self
    }

    #[track_caller]
    pub(crate) fn tells(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "{} lacks {part}", self.err);
        }
        self
    }
}

impl Place {
    /// A folder with a targets file whose target `there` is this sandbox, without pauses and delays.
    pub(crate) fn beside(sandbox: &Sandbox) -> Self {
        Self::with(&targets("there", &sandbox.base_url))
    }

    pub(crate) fn with(targets: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
        Self { folder }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_contract-tests"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("CONTRACT_TARGETS")
            .env("CT_AMILI", "amili-api-user")
            .env("CT_AMILI_OTHER", "amili-other-account")
            .env("CT_AMS", "ams-manager")
            .env("CT_WRONG", "canary-that-opens-nothing")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn does(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command(arguments).output().unwrap())
    }

    /// Runs these scenarios against `there`.
    pub(crate) fn runs(&self, scenarios: &[&str]) -> Ran {
        let mut arguments = vec!["run", "--target", "there"];
        for scenario in scenarios {
            arguments.extend(["--scenario", scenario]);
        }
        self.does(&arguments)
    }

    pub(crate) fn sweeps(&self) -> Ran {
        self.does(&["sweep", "--target", "there"])
    }

    /// The ledgers that lie there.
    pub(crate) fn ledgers(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join(".contract-tests")) else {
            return Vec::new();
        };
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    /// The lines of the only ledger.
    #[track_caller]
    pub(crate) fn ledger(&self) -> Vec<Value> {
        let [path] = self.ledgers().try_into().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().unwrap()
    }

    /// Whether the only ledger says that nothing is left to be deleted.
    #[track_caller]
    pub(crate) fn is_finished(&self) -> bool {
        self.ledger().iter().any(|line| line["line"] == "finished")
    }
}

/// A targets file for a sandbox with both APIs.
pub(crate) fn targets(name: &str, base_url: &str) -> String {
    format!(
        "[{name}.amili]\nbase_url = \"{base_url}\"\naccount = \"6662fb1df4d1eaf404cb08de\"\n\
         token_env = \"CT_AMILI\"\n\
         [{name}.amili.roles]\nother-account = {{ token_env = \"CT_AMILI_OTHER\", \
         account = \"6662fb1df4d1eaf404cb0900\" }}\n\
         [{name}.ams]\nbase_url = \"{base_url}\"\ntoken_env = \"CT_AMS\"\ncompany = 24\n\
         [{name}.ams.roles]\nmanager = {{ user = 2 }}\n\
         [{name}.limits]\ntimeout_seconds = 20\nbackoff_seconds = 0.001\n\
         patience_seconds = 0.001\n"
    )
}

/// The scenario that most of these tests run: it makes a creditor and two users.
pub(crate) const WALK: &[&str] = &["amili/walk-through"];

/// No creditor of a run is there, and the ledger knows it.
#[track_caller]
pub(crate) fn check_clean(sandbox: &Sandbox, place: &Place) {
    let creditors = sandbox.records("/amili/creditors");
    assert!(creditors.is_empty(), "{creditors:?}");
    assert!(place.is_finished());
}

#[test]
fn a_sandbox_that_only_passes_on_is_as_good_as_the_mock() {
    let sandbox = Sandbox::that(|_| Deed::Pass);
    let place = Place::beside(&sandbox);
    place
        .runs(&["*/walk-through", "amili/foreign-account"])
        .with(HELD);
}
