//! The `mock-server` command.

mod cli;
mod client;
mod exec;
mod explain_command;
mod help;
mod limit_options;
mod log;
mod print;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use mock_server::{Bound, CoverageWatch, Options, StartError, catalogue};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use self::cli::{Cli, Command, ExecArgs, Listen, LogForm, ServeArgs, Usage, WorldAction};

// Requests make and drop many small values; this takes a third off what a request costs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = match Cli::read() {
        Ok(command) => command,
        Err(status) => return ExitCode::from(status),
    };
    let outcome = match command {
        Command::Serve(args) => running(&args, |args| Box::pin(serve(args))),
        Command::Exec(args) => running(&args.serve, |_| Box::pin(exec(&args))),
        Command::Explain(args) => asking(async {
            let told = explain_command::explain(&args).await;
            told.map_err(Failure::Usage)
        }),
        Command::Wait(args) => asking(async {
            let told = explain_command::wait(&args).await;
            told.map_err(Failure::Running)
        }),
        Command::Completions { shell } => show(&help::completions(shell)),
        Command::Man { into: None } => help::manual()
            .map_err(|fault| Failure::Running(fault.to_string()))
            .and_then(|page| show(&page)),
        Command::Man { into: Some(folder) } => help::manuals(&folder)
            .map_err(Failure::Usage)
            .map(|()| cli::OK),
        Command::Rules { format } => show(&print::rules(format)),
        Command::Assumptions { format, choice } => choice
            .answers()
            .map_err(Failure::Usage)
            .and_then(|answers| show(&print::assumptions(format, &answers))),
        Command::Openapi { document, choice } => choice
            .answers()
            .map_err(Failure::Usage)
            .and_then(|answers| show(&print::openapi(&document, &answers))),
        Command::World { action: None, .. } => show(catalogue::DEFAULT_WORLD),
        Command::World {
            action: Some(WorldAction::Check { file }),
            ..
        } => check_world(&file),
    };
    match outcome {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            eprintln!("mock-server: {failure}");
            ExitCode::from(failure.status())
        }
    }
}

/// Why a command ends early, in one line.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Usage(#[from] Usage),
    #[error("{0}")]
    Running(String),
}

impl Failure {
    fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => cli::USAGE,
            Self::Running(_) => cli::FAILED,
        }
    }
}

type Future<'a> = std::pin::Pin<Box<dyn std::future::Future<Output = Result<u8, Failure>> + 'a>>;

/// Starts the log and the runtime, and runs a command that serves.
fn running<'a>(
    args: &'a ServeArgs,
    command: impl FnOnce(&'a ServeArgs) -> Future<'a>,
) -> Result<u8, Failure> {
    start_log(args);
    // One thread: decisions in a space come one after the other anyway, and on two cores with the client beside it
    // a second thread waits for the first more often than it helps.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .on_thread_park(log::flush)
        .enable_all()
        .build()
        .map_err(|fault| Failure::Running(format!("cannot start: {fault}")))?;
    let outcome = runtime.block_on(command(args));
    drop(runtime);
    log::flush();
    outcome
}

/// Asks a mock that runs, and prints what it tells.
fn asking(
    question: impl std::future::Future<Output = Result<String, Failure>>,
) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|fault| Failure::Running(format!("cannot start: {fault}")))?;
    show(&runtime.block_on(question)?)
}

fn start_log(args: &ServeArgs) {
    let level = match (args.quiet, args.verbose) {
        (true, _) => LevelFilter::ERROR,
        (_, true) => LevelFilter::DEBUG,
        _ => LevelFilter::INFO,
    };
    let named = std::env::var("RUST_LOG").ok();
    let filter = named.and_then(|text| text.parse::<Targets>().ok());
    let filter = filter.unwrap_or_else(|| Targets::new().with_default(level));
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(log::Lines::new());
    match args.log {
        LogForm::Off => {}
        LogForm::Json => registry.with(layer.json()).init(),
        LogForm::Text => {
            let colours = std::io::IsTerminal::is_terminal(&std::io::stderr())
                && std::env::var_os("NO_COLOR").is_none();
            match colours {
                true => registry.with(layer).init(),
                false => registry.with(log::Plain).init(),
            }
        }
    }
}

async fn bind(args: &ServeArgs, options: Options) -> Result<Bound, Usage> {
    let open = !options.listen.ip().is_loopback();
    let bound = Bound::new(options).await.map_err(|fault| {
        match (&fault, args.world_file(), args.faults_file()) {
            (StartError::World(fault), Some(file), _) => in_file(file, fault),
            (StartError::Faults(fault), _, Some(file)) => in_file(file, fault),
            _ => Usage(fault.to_string()),
        }
    })?;
    if open {
        let listen = bound.address();
        eprintln!("mock-server: warning: every machine that reaches {listen} can use the mock");
    }
    Ok(bound)
}

fn write_info(file: &Path, info: &serde_json::Value) -> Result<(), Usage> {
    let written = mock_server::files::write_whole(file, format!("{info:#}\n").as_bytes());
    written.map_err(|fault| in_file(file, &fault))
}

fn in_file(file: &Path, fault: &dyn std::fmt::Display) -> Usage {
    Usage(format!("{}: {fault}", file.display()))
}

async fn serve(args: &ServeArgs) -> Result<u8, Failure> {
    let stop = stop_signal().map_err(|fault| Failure::Running(fault.to_string()))?;
    let bound = bind(args, args.options(Listen::Serve)?).await?;
    let info = bound.info().map_err(|fault| Usage(fault.to_string()))?;
    if let Some(path) = args.ready_file() {
        write_info(path, &info)?;
    }
    if !args.quiet {
        show(&print::welcome(&info, &bound.examples()))?;
    }
    let served = bound.serve(stop).await;
    if let Some(path) = args.ready_file() {
        // A file that says "ready" must not outlive the server; if it is gone already, good.
        let _ = mock_server::files::remove(path);
    }
    served.map_err(|fault| Failure::Running(format!("the state is not saved: it {fault}")))?;
    Ok(cli::OK)
}

async fn exec(args: &ExecArgs) -> Result<u8, Failure> {
    let mut options = args.serve.options(Listen::Exec)?;
    options.coverage = args.coverage.is_some() || !args.require.is_empty();
    options.intercept = args.intercept.then(|| args.intercept_host.clone());
    let bound = bind(&args.serve, options).await?;
    let watch = bound.coverage();
    let interception = bound.interception();
    // A pattern that names nothing is told before CMD runs for an hour.
    for pattern in &args.require {
        let known = watch.report().gaps(pattern).map(drop);
        known.map_err(|fault| Usage(format!("--require: {fault}")))?;
    }
    let info = bound.info().map_err(|fault| Usage(fault.to_string()))?;
    let folder = tempfile::tempdir().map_err(|fault| Failure::Running(fault.to_string()))?;
    let own_file = folder.path().join("info.json");
    let file = args.serve.ready_file().unwrap_or(&own_file);
    write_info(file, &info)?;
    let proxied = match &interception {
        Some(interception) => interception
            .environment(folder.path())
            .map_err(|fault| in_file(folder.path(), &fault))?,
        None => Vec::new(),
    };
    let status = exec::run(bound, &info, file, proxied, &args.command).await?;
    for (host, calls) in interception.iter().flat_map(|kept| kept.refused()) {
        let times = if calls == 1 {
            "once".to_owned()
        } else {
            format!("{calls} times")
        };
        eprintln!("mock-server: your code tried to reach {host} ({times}); refused");
    }
    let gaps = told(&watch, args)?;
    Ok(match status {
        cli::OK if gaps => cli::FAILED,
        status => status,
    })
}

/// Writes the coverage asked for, and says whether something required was never met.
fn told(watch: &CoverageWatch, wanted: &ExecArgs) -> Result<bool, Failure> {
    let report = watch.report();
    if let Some(file) = &wanted.coverage {
        let is_json = file.extension().is_some_and(|kind| kind == "json");
        let text = match is_json {
            true => format!("{:#}\n", serde_json::json!(report)),
            false => report.text(),
        };
        let written = mock_server::files::write_whole(file, text.as_bytes());
        written.map_err(|fault| Failure::Usage(in_file(file, &fault)))?;
        eprintln!("mock-server: {}; see {}", report.summary(), file.display());
    }
    let mut has_gaps = false;
    for pattern in &wanted.require {
        for gap in report.gaps(pattern).into_iter().flatten() {
            has_gaps = true;
            eprintln!(
                "mock-server: never met, though --require '{pattern}' asks for it: {}",
                gap.name
            );
        }
    }
    Ok(has_gaps)
}

/// Ends when the process is asked to stop. Listens from the moment it is made, so that no signal is lost.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl std::future::Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl std::future::Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

fn check_world(file: &Path) -> Result<u8, Failure> {
    let text = cli::read(file)?;
    match catalogue::check_world(&text) {
        Ok(()) => show(&format!("{}: a world\n", file.display())),
        Err(fault) => Err(Usage(format!("{}: {fault}", file.display())).into()),
    }
}

/// Prints to stdout. A reader that has gone is no failure.
fn show(text: &str) -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Running(format!("cannot print: {fault}")))
        }
        _ => Ok(cli::OK),
    }
}
