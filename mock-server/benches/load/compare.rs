//! One comparison: starts the servers, gives each its calls, takes the rounds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::Fault;
use crate::calls::{Call, Calls, Operation};
use crate::client::Connection;
use crate::figures;
use crate::mock;
use crate::report::{self, Report};
use crate::rivals::{self, RIVALS, Rival};
use crate::rounds::{self, Subject};
use crate::servers::Server;
use crate::yardsticks::Constant;

/// How many creditors there are while the servers are compared.
pub(crate) const RECORDS: usize = 1_000;
/// Rivals are far enough apart to be told by each so many-th round.
const RIVALS_EVERY: usize = 4;
/// How long a rival may take from its first connection to its first answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(crate) struct Comparison {
    /// The release build of `mock-server`.
    #[arg(long)]
    mock: PathBuf,
    /// Where files may be written.
    #[arg(long)]
    folder: PathBuf,
    /// The report, in Markdown; what stands below its last marker stays.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The script that becomes a rival.
    #[arg(long)]
    rivals: Option<PathBuf>,
    /// A rival that cannot be had, and why.
    #[arg(long = "absent", value_name = "NAME=WHY")]
    absent: Vec<String>,
    #[arg(long, default_value_t = 16)]
    rounds: usize,
    /// Of each server, operation and number of connections in each round.
    #[arg(long, default_value_t = 80)]
    slice_ms: u64,
    /// Leaves out the servers of others.
    #[arg(long)]
    without_rivals: bool,
    /// Leaves out what is measured of the mock alone.
    #[arg(long)]
    without_figures: bool,
}

/// The servers that run, and how each is called.
struct Field {
    // They end when dropped.
    _running: Vec<Server>,
    subjects: Vec<Subject>,
    absent: Vec<String>,
}

impl Comparison {
    /// Takes it, and tells and writes what came out.
    pub(crate) async fn take(&self) -> Result<String, Fault> {
        let mut field = self.field().await?;
        let slice = Duration::from_millis(self.slice_ms);
        let cells = rounds::take(&mut field.subjects, self.rounds, slice).await?;
        let subjects = field.subjects.drain(..).map(|subject| subject.name);
        let subjects = subjects.collect();
        let absent = std::mem::take(&mut field.absent);
        drop(field);
        let figures = match self.without_figures {
            true => None,
            false => Some(figures::take(&self.mock).await?),
        };
        let report = Report {
            subjects,
            cells,
            figures,
            absent,
            versions: self.versions(),
            rounds: self.rounds,
            slice,
        };
        let text = report.text()?;
        if let Some(out) = &self.out {
            report::write_into(out, report::MARKS, &text)?;
        }
        Ok(text)
    }

    async fn field(&self) -> Result<Field, Fault> {
        let server = Server::mock(&self.mock, &[])?;
        let calls = mock::calls(server.port, RECORDS).await?;
        let file = self.folder.join("constants.json");
        let constants = constants(server.port, &calls).await?;
        std::fs::write(&file, serde_json::to_vec(&constants)?)?;
        let data = self.folder.join("data.json");
        std::fs::write(&data, rivals::data(server.port).await?.to_string())?;
        let mut field = Field {
            subjects: vec![Subject::new("mock", server.port, calls.clone())],
            _running: vec![server],
            absent: Vec::new(),
        };
        field.yardsticks(&file, &calls).await?;
        if !self.without_rivals {
            for rival in RIVALS {
                self.rival(rival, &mut field, [&data, &file], &calls).await;
            }
        }
        Ok(field)
    }

    /// Starts a rival. One that does not start, or answers otherwise than it should, is named.
    async fn rival(&self, rival: Rival, field: &mut Field, files: [&Path; 2], calls: &Calls) {
        let name = rival.name();
        let given = self.absent.iter().find_map(|absent| {
            let (absent, why) = absent.split_once('=')?;
            (absent == name).then(|| why.to_owned())
        });
        let started = match given {
            Some(why) => Err(why.into()),
            None => self.start(rival, files, calls).await,
        };
        match started {
            Ok((server, subject)) => {
                field._running.push(server);
                field.subjects.push(subject);
            }
            Err(why) => field.absent.push(format!("{name}: {why}")),
        }
    }

    async fn start(
        &self,
        rival: Rival,
        files: [&Path; 2],
        calls: &Calls,
    ) -> Result<(Server, Subject), Fault> {
        let script = self
            .rivals
            .as_ref()
            .ok_or("no script that starts it was given")?;
        let [script, data, constants] =
            [script.as_path(), files[0], files[1]].map(|path| path.to_string_lossy().into_owned());
        let port = "{port}".to_owned();
        let server = Server::start(&[script, rival.name().to_owned(), port, data, constants])?;
        let calls = rival.calls(calls);
        for call in calls.values() {
            answers(server.port, call).await?;
        }
        let subject = Subject::new(rival.name(), server.port, calls).each(RIVALS_EVERY);
        Ok((server, subject))
    }

    /// What the script says is installed.
    fn versions(&self) -> Vec<String> {
        let script = self.rivals.iter().filter(|_| !self.without_rivals);
        let told = script.filter_map(|script| {
            let told = std::process::Command::new(script).arg("versions").output();
            Some(
                String::from_utf8_lossy(&told.ok()?.stdout)
                    .trim()
                    .replace('\n', ", "),
            )
        });
        told.collect()
    }
}

impl Field {
    /// Our own two servers.
    async fn yardsticks(&mut self, constants: &Path, calls: &Calls) -> Result<(), Fault> {
        let constant = Server::constants(constants)?;
        let subject = Subject::new("constants", constant.port, calls.clone());
        self.subjects.push(subject);
        self._running.push(constant);
        let store = Server::own(&["store", "{port}"])?;
        let calls = store_calls(store.port, calls).await?;
        self.subjects.push(Subject::new("store", store.port, calls));
        self._running.push(store);
        Ok(())
    }
}

/// Waits until a server that takes connections already answers as it should, too.
async fn answers(port: u16, call: &Call) -> Result<(), Fault> {
    let since = Instant::now();
    loop {
        let answer = Connection::to(port).await?.expect(call).await;
        if answer.is_ok() || since.elapsed() > ANSWERS_WITHIN {
            return answer.map(drop);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What the mock answers to each call.
pub(crate) async fn constants(port: u16, calls: &Calls) -> Result<Vec<Constant>, Fault> {
    let mut connection = Connection::to(port).await?;
    let mut constants = Vec::new();
    for call in calls.values().filter(|call| !call.is_numbered) {
        let body = connection.expect(call).await?;
        constants.push(Constant {
            method: call.method.clone(),
            path: call.bare_path().to_owned(),
            status: call.status,
            body: String::from_utf8_lossy(&body).into_owned(),
        });
    }
    Ok(constants)
}

/// The calls that the bare store has.
async fn store_calls(port: u16, calls: &Calls) -> Result<Calls, Fault> {
    let writes = calls.iter().filter(|(operation, _)| operation.writes());
    let own = writes.map(|(operation, call)| {
        let call = Call {
            status: 201,
            ..call.clone()
        };
        (*operation, call)
    });
    let mut own: Calls = own.collect();
    let mut connection = Connection::to(port).await?;
    let made = connection.expect(&mock::create_creditor()).await?;
    let made: serde_json::Value = serde_json::from_slice(&made)?;
    let id = made["_id"].as_str().ok_or("the store gave no id")?;
    own.insert(Operation::ReadOne, Call::get(format!("/creditors/{id}")));
    Ok(own)
}
