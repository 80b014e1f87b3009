//! Tokens kept, renewed in time and after a refusal, by a clock that the test turns.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use super::*;
use crate::client::http::Limits;
use crate::client::retry::Retries;
use crate::client::time::{Time, ToldTime};

const KEY: &str = include_str!("../../../../fixtures/keys/api-code-es256.pem");

/// Gives a token to whoever asks with a JWT, each time another one, lasting as long as `lasts` says.
fn server(lasts: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut given = 0;
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let lines = lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty());
            let lines: Vec<_> = lines.map(|line| line.to_lowercase()).collect();
            let jwt = lines.iter().any(|line| line.starts_with("x-api-key"));
            given += usize::from(jwt);
            let (status, body) = match jwt {
                true => ("200 OK", format!("{{\"token\":\"token-{given}\"{lasts}}}")),
                false => ("401 Who", "{}".to_owned()),
            };
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\ndate: Wed, 21 Oct 2015 07:28:00 GMT\r\n\
                 connection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    url
}

struct Scene {
    provider: AuthTokenProvider,
    http: Http,
    time: Arc<ToldTime>,
    url: String,
}

impl Scene {
    fn new(lasts: &'static str) -> Self {
        let time = Arc::new(ToldTime::new());
        let limits = Limits {
            pace: None,
            max_requests: None,
            timeout: Duration::from_secs(30),
            patience: Duration::from_secs(10),
            retries: Retries::NONE,
        };
        Self {
            provider: AuthTokenProvider::new(Secret::new("code"), KEY).unwrap(),
            http: Http::with(limits, Arc::clone(&time) as Arc<dyn Time>).unwrap(),
            time,
            url: server(lasts),
        }
    }

    fn token(&self) -> Secret {
        let token = self
            .provider
            .token(&self.http, &self.url, Purpose::Observing);
        token.unwrap()
    }

    #[track_caller]
    fn check(&self, after: u64, token: &str) {
        self.time.pass(Duration::from_secs(after));
        assert_eq!(self.token().reveal(), token);
    }
}

#[test]
fn a_token_is_renewed_a_minute_before_it_ends() {
    let scene = Scene::new(",\"expires_in\":600");
    scene.check(0, "token-1");
    scene.check(539, "token-1");
    scene.check(1, "token-2");
    scene.check(539, "token-2");
    scene.check(1, "token-3");
}

#[test]
fn a_token_that_does_not_say_how_long_it_lasts_is_renewed_within_ten_minutes() {
    let scene = Scene::new("");
    scene.check(0, "token-1");
    scene.check(539, "token-1");
    scene.check(1, "token-2");
}

#[test]
fn a_token_that_lasts_no_minute_is_used_once() {
    let scene = Scene::new(",\"expires_in\":30");
    scene.check(0, "token-1");
    scene.check(0, "token-2");
}

#[test]
fn no_length_of_life_is_too_long() {
    let scene = Scene::new(",\"expires_in\":18446744073709551615");
    scene.check(0, "token-1");
}

#[test]
fn a_refused_token_is_replaced_and_a_newer_one_is_kept() {
    let scene = Scene::new("");
    let first = scene.token();
    scene.provider.forget(&scene.url, &first);
    scene.check(0, "token-2");
    // Somebody else who had the first one comes late.
    scene.provider.forget(&scene.url, &first);
    scene.check(0, "token-2");
}
