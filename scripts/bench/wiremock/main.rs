//! The crate `wiremock` as its users set it up: one stub for each call, with a constant answer.
//!
//!   bench-wiremock PORT FILE        FILE holds the constants that `load` writes

use std::net::TcpListener;

use serde_json::Value;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, port, file] = arguments.as_slice() else {
        return Err("bench-wiremock PORT FILE".into());
    };
    let constants: Vec<Value> = serde_json::from_slice(&std::fs::read(file)?)?;
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?))?;
    // It keeps every request until its memory is full unless told not to, and few users tell it.
    let server = MockServer::builder().listener(listener).start().await;
    for constant in constants {
        let text = |key: &str| constant[key].as_str().unwrap_or_default().to_owned();
        let status = u16::try_from(constant["status"].as_u64().unwrap_or(200))?;
        let answer = ResponseTemplate::new(status).set_body_raw(text("body"), "application/json");
        Mock::given(method(text("method").as_str()))
            .and(path(text("path")))
            .respond_with(answer)
            .mount(&server)
            .await;
    }
    std::future::pending().await
}
