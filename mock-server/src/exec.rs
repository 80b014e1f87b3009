//! `exec`: a server for the lifetime of one command.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitStatus;

use mock_server::Bound;
use serde_json::Value;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

use crate::cli::Usage;

/// Runs the command to its end, with `proxied` in its environment besides the addresses. How it ended, as an exit status of our own.
pub(crate) async fn run(
    bound: Bound,
    info: &Value,
    info_file: &Path,
    proxied: Vec<(&'static str, OsString)>,
    command: &[OsString],
) -> Result<u8, Usage> {
    let environment = bound.environment();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(bound.serve(async {
        // Gone or told: both mean that the command has ended.
        let _ = stopped.await;
    }));
    let Some((program, arguments)) = command.split_first() else {
        return Err(Usage("exec needs a command after --".to_owned()));
    };
    let control = info.pointer("/control/base_url").and_then(Value::as_str);
    let mut child = Command::new(program)
        .args(arguments)
        .envs(environment)
        .envs(proxied)
        .env("MOCK_CONTROL_URL", control.unwrap_or_default())
        .env("MOCK_SERVER_INFO", info_file)
        .spawn()
        .map_err(|fault| Usage(format!("cannot run {}: {fault}", program.display())))?;
    let status = wait(&mut child).await;
    // The server is gone already only when the runtime is.
    let _ = stop.send(());
    if let Ok(Err(fault)) = serving.await {
        eprintln!("mock-server: warning: the state is not saved: it {fault}");
    }
    status
        .map(exit_status)
        .map_err(|fault| Usage(format!("lost {}: {fault}", program.display())))
}

/// Waits for the command, passing on the signals that ask us to stop.
#[cfg(unix)]
async fn wait(child: &mut Child) -> std::io::Result<ExitStatus> {
    use rustix::process::Signal;
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    // A terminal sends Ctrl-C to the command itself.
    let pass_interrupt = !std::io::stdin().is_terminal();
    loop {
        tokio::select! {
            status = child.wait() => return status,
            _ = terminate.recv() => pass_on(child, Signal::TERM),
            _ = interrupt.recv() => if pass_interrupt { pass_on(child, Signal::INT) },
        }
    }
}

#[cfg(unix)]
fn pass_on(child: &Child, signal: rustix::process::Signal) {
    let id = child.id().and_then(|id| i32::try_from(id).ok());
    if let Some(pid) = id.and_then(rustix::process::Pid::from_raw) {
        // It fails only when the command has ended in this instant.
        let _ = rustix::process::kill_process(pid, signal);
    }
}

#[cfg(not(unix))]
async fn wait(child: &mut Child) -> std::io::Result<ExitStatus> {
    child.wait().await
}

/// The command's own status; as shells do, 128 and the signal for one that a signal ended.
fn exit_status(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return u8::try_from(128 + signal).unwrap_or(u8::MAX);
        }
    }
    status
        .code()
        .and_then(|code| u8::try_from(code & 0xff).ok())
        .unwrap_or(1)
}
