//! The command line: its commands and options, and how a wrong one is told.

use std::ffi::OsString;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

use crate::explain_command::{ExplainArgs, WaitArgs};
use crate::help;
use crate::limit_options::LimitArgs;
use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use mock_server::{Answers, Clock, Observed, Options, catalogue};

/// Exit status: the end as asked for.
pub(crate) const OK: u8 = 0;
/// Exit status: a failure while running.
pub(crate) const FAILED: u8 = 1;
/// Exit status: bad usage, file or address.
pub(crate) const USAGE: u8 = 2;

/// Where `serve` listens unless told otherwise.
pub(crate) const DEFAULT_LISTEN: &str = "127.0.0.1:4080";
const EXEC_LISTEN: &str = "127.0.0.1:0";

/// A local fake of the Amili and AMS APIs that enforces their documented rules.
#[derive(Debug, Parser)]
#[command(name = "mock-server", version, args_conflicts_with_subcommands = true, after_help = help::MOCK_SERVER)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve both fakes until Ctrl-C or SIGTERM (the default)
    #[command(after_help = help::MOCK_SERVER)]
    Serve(ServeArgs),
    /// Start on a free port, run CMD with the addresses in its environment, stop, exit as CMD did
    #[command(after_help = help::EXEC)]
    Exec(ExecArgs),
    /// Why a request was answered as it was: the rule, what broke it, the nearest request that is accepted
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArgs),
    /// Wait until a mock answers
    #[command(after_help = help::WAIT)]
    Wait(WaitArgs),
    /// What a shell needs to complete commands and options
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, or with --into those of every command
    #[command(after_help = help::MAN)]
    Man {
        /// A folder for the pages
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
    /// Every rule the fakes enforce
    Rules {
        /// How to print them
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Every undocumented choice, the answer in force, the other answers known
    #[command(after_help = help::ASSUMPTIONS)]
    Assumptions {
        /// How to print them; toml is the form that --assumptions reads
        #[arg(long, value_enum, default_value_t = AssumptionFormat::Text)]
        format: AssumptionFormat,
        #[command(flatten)]
        choice: ChoiceArgs,
    },
    /// Print an OpenAPI 3.1 document
    #[command(after_help = help::OPENAPI)]
    Openapi {
        /// Whose document
        #[arg(value_parser = PossibleValuesParser::new(catalogue::documents()))]
        document: String,
        #[command(flatten)]
        choice: ChoiceArgs,
    },
    /// Print the built-in world, or check a world file
    World {
        #[command(subcommand)]
        action: Option<WorldAction>,
        /// The form of the world; there is one
        #[arg(long, value_enum, default_value_t = WorldFormat::Json)]
        format: WorldFormat,
    },
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

/// How assumptions are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AssumptionFormat {
    Text,
    Toml,
    Json,
}

/// The form of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WorldFormat {
    Json,
}

/// What to do with a world.
#[derive(Debug, Subcommand)]
pub(crate) enum WorldAction {
    /// Say whether a world file can be used
    Check {
        /// The file
        file: PathBuf,
    },
}

/// Options of serving.
#[derive(Debug, Clone, Args)]
pub(crate) struct ServeArgs {
    /// Where to listen; port 0 is any free port [default: 127.0.0.1:4080, for exec port 0]
    #[arg(long, value_name = "ADDR:PORT", env = "MOCK_SERVER_LISTEN", value_parser = address)]
    listen: Option<SocketAddr>,
    /// The data that a fresh space starts with [default: built in]
    #[arg(long, value_name = "FILE", env = "MOCK_SERVER_WORLD")]
    world: Option<PathBuf>,
    #[command(flatten)]
    choice: ChoiceArgs,
    /// A recording of the real API: its words and fields where no document gives any
    #[arg(long, value_name = "RECORDING", env = "MOCK_SERVER_OBSERVED")]
    observed: Option<PathBuf>,
    /// Makes ids, etags and tokens a function of N and the requests [default: random]
    #[arg(long, value_name = "N", env = "MOCK_SERVER_SEED")]
    seed: Option<u64>,
    /// `real`, or an RFC 3339 instant that stands still until advanced
    #[arg(long, value_name = "real|RFC3339", env = "MOCK_SERVER_CLOCK", default_value = "real", value_parser = Clock::parse)]
    clock: Clock,
    /// Faults in force from the start: a file in the form of PUT /_mock/faults
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Where the state is kept between runs: loaded when it exists, saved at the end
    #[arg(long, value_name = "FILE", env = "MOCK_SERVER_STATE")]
    state: Option<PathBuf>,
    /// A file for the JSON of GET /_mock/info, written once requests are accepted
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// Another host name under which the control API may be called; repeatable
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    limits: LimitArgs,
    /// The form of the request log on stderr
    #[arg(long, value_enum, default_value_t = LogForm::Text)]
    pub(crate) log: LogForm,
    /// Log more
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Log failures only, print nothing at the start
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Options that choose answers to undocumented questions.
#[derive(Debug, Clone, Args)]
pub(crate) struct ChoiceArgs {
    /// Answers to undocumented questions: a TOML file, `default`, or `framework`
    #[arg(
        long,
        value_name = "FILE|default|framework",
        env = "MOCK_SERVER_ASSUMPTIONS",
        default_value = "default"
    )]
    assumptions: String,
    /// One such answer; repeatable; wins over the file
    #[arg(long, value_name = "ID=ANSWER")]
    assume: Vec<String>,
}

/// The form of the request log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogForm {
    Text,
    Json,
    Off,
}

/// Options of `exec`.
#[derive(Debug, Args)]
pub(crate) struct ExecArgs {
    #[command(flatten)]
    pub(crate) serve: ServeArgs,
    /// Write what CMD's requests met of rules, errors and statuses, and what never: JSON if it ends in .json, else text
    #[arg(long, value_name = "FILE")]
    pub(crate) coverage: Option<PathBuf>,
    /// End in 1 when something of this name (`*` for anything) was never met: a rule, an assumption, an error code, `POST /creditors 422`; repeatable
    #[arg(long, value_name = "PATTERN")]
    pub(crate) require: Vec<String>,
    /// Take CMD's calls to the real hosts, such as https://api-sandbox.amili.se, to the mock, and refuse its calls to any other
    #[arg(long)]
    pub(crate) intercept: bool,
    /// Another host whose calls are taken to the mock; repeatable
    #[arg(long, value_name = "HOST", requires = "intercept", value_parser = host)]
    pub(crate) intercept_host: Vec<String>,
    /// The command and its arguments
    #[arg(last = true, required = true, value_name = "CMD")]
    pub(crate) command: Vec<OsString>,
}

/// What was wrong with the usage, a file or an address: one line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

impl Cli {
    /// Reads the command line. `Err` holds the exit status of what has been printed already.
    pub(crate) fn read() -> Result<Command, u8> {
        let cli = match Self::try_parse() {
            Ok(cli) => cli,
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
                ) =>
            {
                // Help that cannot be written has no reader.
                let _ = error.print();
                return Err(OK);
            }
            Err(error) => {
                eprintln!("mock-server: {}", one_line(&error.to_string()));
                return Err(USAGE);
            }
        };
        Ok(cli.command.unwrap_or(Command::Serve(cli.serve)))
    }
}

/// The parser's own words without its usage block.
fn one_line(text: &str) -> String {
    let told = text.split("\n\nUsage:").next().unwrap_or(text);
    let told = told
        .split("\n\nFor more information")
        .next()
        .unwrap_or(told);
    let told = told.trim().trim_start_matches("error: ");
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{words} (see mock-server --help)")
}

impl ServeArgs {
    /// The options of the server, with every file read.
    pub(crate) fn options(&self, default_listen: Listen) -> Result<Options, Usage> {
        let listen = match (self.listen, default_listen) {
            (Some(listen), _) => Ok(listen),
            (None, Listen::Serve) => DEFAULT_LISTEN.parse(),
            (None, Listen::Exec) => EXEC_LISTEN.parse(),
        };
        let mut files = Vec::new();
        let world = match &self.world {
            Some(path) => {
                files.push(("world", path.display().to_string()));
                Some(read(path)?)
            }
            None => None,
        };
        let faults = match &self.faults {
            Some(path) => {
                files.push(("faults", path.display().to_string()));
                Some(read(path)?)
            }
            None => None,
        };
        if let Some(path) = &self.state {
            files.push(("state", path.display().to_string()));
        }
        let observed = match &self.observed {
            Some(path) => {
                files.push(("observed", path.display().to_string()));
                let observed = Observed::parse(&read(path)?);
                Some(observed.map_err(|fault| Usage(format!("{}: {fault}", path.display())))?)
            }
            None => None,
        };
        if let Some(path) = &self.ready_file {
            files.push(("ready_file", path.display().to_string()));
        }
        Ok(Options {
            listen: listen.map_err(|fault| Usage(format!("{fault}")))?,
            world,
            seed: self.seed,
            clock: self.clock,
            answers: self.choice.answers()?,
            faults,
            state: self.state.clone(),
            coverage: false,
            journal: self.limits.journal(),
            limits: self.limits.limits(),
            observed,
            intercept: None,
            allow_hosts: self.allow_host.clone(),
            files,
        })
    }

    /// Where the ready file goes.
    pub(crate) fn ready_file(&self) -> Option<&Path> {
        self.ready_file.as_deref()
    }

    /// The file of faults, for messages about it.
    pub(crate) fn faults_file(&self) -> Option<&Path> {
        self.faults.as_deref()
    }

    /// The world file, for messages about it.
    pub(crate) fn world_file(&self) -> Option<&Path> {
        self.world.as_deref()
    }
}

/// A name that a certificate can be made for.
fn host(text: &str) -> Result<String, String> {
    match rustls_pki_types::DnsName::try_from(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("no host name, such as api.example.com, without scheme and port".to_owned()),
    }
}

/// An address, or a host name such as `localhost` with a port.
fn address(text: &str) -> Result<SocketAddr, String> {
    let first = text
        .to_socket_addrs()
        .ok()
        .and_then(|mut found| found.next());
    first.ok_or_else(|| "no address of the form 127.0.0.1:4080".to_owned())
}

/// Which default address counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listen {
    Serve,
    Exec,
}

impl ChoiceArgs {
    /// The answers in force.
    pub(crate) fn answers(&self) -> Result<Answers, Usage> {
        let known = catalogue::assumptions();
        let mut answers = match self.assumptions.as_str() {
            "default" => Answers::default(),
            "framework" => Answers::framework(&known),
            file => {
                let text = read(Path::new(file))?;
                Answers::from_toml(&known, &text)
                    .map_err(|fault| Usage(format!("{file}: {fault}")))?
            }
        };
        for text in &self.assume {
            let chosen = answers.choose_from(&known, text);
            chosen.map_err(|fault| Usage(format!("--assume: {fault}")))?;
        }
        Ok(answers)
    }
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Usage> {
    std::fs::read_to_string(path).map_err(|fault| Usage(format!("{}: {fault}", path.display())))
}
