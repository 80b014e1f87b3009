//! Servers as processes of their own: started, waited for, looked at, ended.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Fault;

/// How long a server may take to accept a connection.
const START_WITHIN: Duration = Duration::from_secs(30);

/// A server that runs; it ends when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    /// From the start of the process to the first connection taken.
    pub(crate) started_in: Duration,
}

/// A port that nobody listens on.
fn free_port() -> Result<u16, Fault> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

impl Server {
    /// Starts a command in whose arguments `{port}` stands for the port, and waits until it takes connections.
    pub(crate) fn start(command: &[String]) -> Result<Self, Fault> {
        let port = free_port()?;
        let arguments = command
            .iter()
            .map(|part| part.replace("{port}", &port.to_string()));
        let arguments: Vec<String> = arguments.collect();
        let (program, rest) = arguments.split_first().ok_or("no command")?;
        let since = Instant::now();
        let child = Command::new(program)
            .args(rest)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|fault| format!("{program}: {fault}"))?;
        let mut server = Self {
            child,
            port,
            started_in: Duration::ZERO,
        };
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("{} ended at once: {status}", arguments.join(" ")).into());
            }
            if since.elapsed() > START_WITHIN {
                return Err(format!("{} takes no connection", arguments.join(" ")).into());
            }
            thread::sleep(Duration::from_micros(200));
        }
        server.started_in = since.elapsed();
        Ok(server)
    }

    /// The mock, with its defaults and these options.
    pub(crate) fn mock(binary: &Path, options: &[&str]) -> Result<Self, Fault> {
        let own = [
            &binary.to_string_lossy(),
            "serve",
            "--listen",
            "127.0.0.1:{port}",
        ];
        let command = own.iter().chain(options).map(|part| (*part).to_owned());
        Self::start(&command.collect::<Vec<_>>())
    }

    /// One of the yardsticks in this program.
    pub(crate) fn own(arguments: &[&str]) -> Result<Self, Fault> {
        let own = std::env::current_exe()?.to_string_lossy().into_owned();
        let arguments = arguments.iter().map(|part| (*part).to_owned());
        Self::start(&[own].into_iter().chain(arguments).collect::<Vec<_>>())
    }

    /// The one that answers the constants of a file.
    pub(crate) fn constants(file: &Path) -> Result<Self, Fault> {
        Self::own(&["constants", "{port}", &file.to_string_lossy()])
    }

    /// The memory that it holds, in bytes.
    pub(crate) fn resident(&self) -> Result<u64, Fault> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib.ok_or("no VmRSS")?.parse::<u64>()? * 1024)
    }

    /// How many descriptors it has open.
    pub(crate) fn descriptors(&self) -> Result<usize, Fault> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
