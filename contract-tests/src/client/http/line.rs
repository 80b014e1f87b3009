//! What carries a request to its target and the answer back: a line for each thread that talks at one time,
//! with connections of its own that are kept between requests. Knows no limits and no retries.

use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use reqwest::redirect::Policy;
use tokio::runtime::{Builder, Runtime};

use super::{NoAnswer, Request, Response, other};
use crate::verdict::TroubleKind;

/// As much of an answer as is read: a target that never stops talking is not listened to for ever.
const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// How long a connection is kept that nobody uses: less than any server does.
const IDLE: Duration = Duration::from_secs(1);

/// The lines that nobody is talking on, those that are encrypted apart: to open one of them means to read
/// every root certificate of this machine, which takes longer than many a run on a mock.
#[derive(Debug)]
pub(super) struct Lines {
    timeout: Duration,
    plain: Mutex<Vec<Line>>,
    encrypted: Mutex<Vec<Line>>,
}

/// A client that whoever waits for the answer drives by themselves: no other thread has to wake up for it.
#[derive(Debug)]
struct Line {
    runtime: Runtime,
    client: reqwest::Client,
}

impl Lines {
    pub(super) fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            plain: Mutex::default(),
            encrypted: Mutex::default(),
        }
    }

    /// Sends a request and waits for the whole of its answer.
    pub(super) fn exchange(&self, request: &Request) -> Result<Response, NoAnswer> {
        let encrypted = request.url.scheme() != "http";
        let free = match encrypted {
            true => &self.encrypted,
            false => &self.plain,
        };
        let locked = || free.lock().unwrap_or_else(PoisonError::into_inner);
        let line = locked().pop();
        let line = line.map_or_else(|| Line::open(encrypted, self.timeout), Ok)?;
        let answer = line.exchange(request);
        locked().push(line);
        answer
    }
}

impl Line {
    fn open(encrypted: bool, timeout: Duration) -> Result<Self, NoAnswer> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // An error means that the process has a provider already, which serves as well.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        });
        let runtime = Builder::new_current_thread().enable_all().build();
        let mut builder = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            // A connection that the target is about to close must not be used for a write: nobody would
            // know whether it was done.
            .pool_idle_timeout(IDLE)
            .timeout(timeout);
        if !encrypted {
            builder = builder.tls_certs_only([]);
        }
        Ok(Self {
            runtime: runtime.map_err(|error| other(error.to_string()))?,
            client: builder.build().map_err(|error| other(chain(&error)))?,
        })
    }

    fn exchange(&self, request: &Request) -> Result<Response, NoAnswer> {
        let method = reqwest::Method::from_bytes(request.method.as_bytes())
            .map_err(|error| other(error.to_string()))?;
        let mut builder = self.client.request(method, request.url.clone());
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.clone());
        }
        self.runtime.block_on(async {
            // Nobody looked at the kept connections since the last request: one that the target has closed
            // in the meantime is found out here, and not by writing to it.
            tokio::task::yield_now().await;
            let response = builder.send().await.map_err(|error| unanswered(&error))?;
            answer(response).await
        })
    }
}

async fn answer(response: reqwest::Response) -> Result<Response, NoAnswer> {
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    let headers = headers.collect();
    Ok(Response {
        status,
        headers,
        body: body(response).await?,
    })
}

/// The whole body, or none of it.
async fn body(mut response: reqwest::Response) -> Result<String, NoAnswer> {
    let mut bytes = Vec::new();
    let lost = |text: String, passing: bool| NoAnswer {
        kind: TroubleKind::Unreachable,
        text,
        sent: true,
        passing,
    };
    loop {
        let read = response.chunk().await.map_err(|error| {
            let text = format!("the answer breaks off: {}", chain(&error));
            lost(text, !error.is_timeout())
        })?;
        let Some(chunk) = read else {
            break;
        };
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_ANSWER {
            return Err(lost("the answer does not end".to_owned(), false));
        }
    }
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn unanswered(error: &reqwest::Error) -> NoAnswer {
    NoAnswer {
        kind: TroubleKind::Unreachable,
        text: chain(error),
        sent: !error.is_connect() && !error.is_builder(),
        // A target that took its time may take it again.
        passing: !error.is_timeout() && !error.is_builder(),
    }
}

/// The causes in one line; reqwest tells the telling one last.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    text
}
