//! Limits, patience and what is never sent twice, against a server that says what it is told to.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use super::*;
use crate::client::time::ToldTime;

/// Serves these answers, one a connection; an empty one closes it without a word. Tells each request.
fn server(answers: &'static [&'static str]) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/creditors", listener.local_addr().unwrap());
    let (seen, requests) = mpsc::channel();
    thread::spawn(move || {
        for (answer, stream) in answers.iter().zip(listener.incoming()) {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let first = read_request(&mut reader);
            seen.send(first.split(' ').next().unwrap().to_owned())
                .unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    (url, requests)
}

/// Reads a whole request and gives its first line.
fn read_request(reader: &mut impl BufRead) -> String {
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(told) = line.to_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    first
}

const OK: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
const BUSY: &str = "HTTP/1.1 429 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const BUSY_7: &str =
    "HTTP/1.1 429 Busy\r\nconnection: close\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n";
const BUSY_UNTIL: &str = "HTTP/1.1 429 Busy\r\nconnection: close\r\n\
    date: Wed, 21 Oct 2015 07:28:00 GMT\r\nretry-after: Wed, 21 Oct 2015 07:28:40 GMT\r\n\
    content-length: 0\r\n\r\n";
const BUSY_LONG: &str =
    "HTTP/1.1 429 Busy\r\nconnection: close\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n";
const DOWN: &str = "HTTP/1.1 503 Down\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const LACKING: &str = "HTTP/1.1 501 Lacking\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
const CUT: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n{";
const GARBAGE: &str = "no protocol that anybody knows\r\n\r\n";
const SILENCE: &str = "";

const LIMITS: Limits = Limits {
    pace: None,
    max_requests: None,
    timeout: Duration::from_secs(30),
    patience: Duration::from_secs(10),
    retries: Retries {
        most: 4,
        first_pause: Duration::from_millis(500),
    },
};

fn request(method: &str, url: &str) -> Request {
    Request {
        method: method.to_owned(),
        url: url.parse().unwrap(),
        headers: Vec::new(),
        body: (method != "GET").then(|| "{}".to_owned()),
    }
}

/// What the answers come to: the status or what is wrong, the pauses in milliseconds, and how many requests
/// were sent.
#[track_caller]
fn check(
    method: &str,
    answers: &'static [&'static str],
    status: Result<u16, &str>,
    pauses: &[u128],
    sent: usize,
) {
    let time = Arc::new(ToldTime::new());
    let http = Http::with(LIMITS, Arc::clone(&time) as Arc<dyn Time>).unwrap();
    let (url, requests) = server(answers);
    let came_to = http.send(&request(method, &url), Purpose::Observing);
    match (&came_to, status) {
        (Ok(answer), Ok(status)) => assert_eq!(answer.status, status),
        (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
        other => panic!("{other:?}"),
    }
    let waited: Vec<_> = time.pauses().iter().map(Duration::as_millis).collect();
    assert_eq!(waited, pauses);
    let seen: Vec<_> = requests.try_iter().collect();
    assert_eq!(seen, vec![method; sent]);
}

#[test]
fn a_busy_target_is_asked_again_after_the_time_it_names() {
    check("GET", &[BUSY_7, OK], Ok(200), &[7_000], 2);
    check("GET", &[BUSY_UNTIL, OK], Ok(200), &[40_000], 2);
    // Nothing of a write was done either.
    for method in ["POST", "PATCH", "DELETE"] {
        check(
            method,
            &[BUSY_7, BUSY_UNTIL, OK],
            Ok(200),
            &[7_000, 40_000],
            3,
        );
    }
}

#[test]
fn without_a_time_the_pauses_double_until_it_is_enough() {
    let pauses = [500, 1_000, 2_000, 4_000];
    check("GET", &[BUSY, BUSY, BUSY, BUSY, OK], Ok(200), &pauses, 5);
    check(
        "GET",
        &[DOWN, DOWN, DOWN, DOWN, DOWN, OK],
        Ok(503),
        &pauses,
        5,
    );
    check("POST", &[BUSY; 6], Ok(429), &pauses, 5);
}

#[test]
fn nobody_waits_for_an_hour() {
    check("GET", &[BUSY_LONG, OK], Ok(429), &[], 1);
}

#[test]
fn a_read_is_repeated_after_a_fault_that_may_pass() {
    check("GET", &[DOWN, OK], Ok(200), &[500], 2);
    check("GET", &[SILENCE, OK], Ok(200), &[500], 2);
    check("GET", &[CUT, OK], Ok(200), &[500], 2);
    check("GET", &[GARBAGE, OK], Ok(200), &[500], 2);
    check("GET", &[LACKING, OK], Ok(501), &[], 1);
}

#[test]
fn a_write_whose_answer_was_lost_is_never_repeated() {
    for method in ["POST", "PATCH", "DELETE", "PUT"] {
        check(method, &[DOWN, OK], Ok(503), &[], 1);
        check(method, &[SILENCE, OK], Err("connection closed"), &[], 1);
        check(method, &[CUT, OK], Err("breaks off"), &[], 1);
        check(method, &[GARBAGE, OK], Err("error"), &[], 1);
    }
}

#[test]
fn a_target_that_takes_too_long_is_not_asked_again() {
    for method in ["GET", "POST"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let time = Arc::new(ToldTime::new());
        let limits = Limits {
            timeout: Duration::from_millis(50),
            ..LIMITS
        };
        let http = Http::with(limits, Arc::clone(&time) as Arc<dyn Time>).unwrap();
        // The system takes the connection, and nobody ever answers.
        let error = http.send(&request(method, &url), Purpose::Observing);
        let error = error.unwrap_err();
        assert!(error.to_string().contains("timed out"), "{error}");
        assert!(error.sent && error.kind == TroubleKind::Unreachable);
        assert!(time.pauses().is_empty());
    }
}

#[test]
fn a_request_that_nobody_took_was_never_sent_and_may_be_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let time = Arc::new(ToldTime::new());
    let http = Http::with(LIMITS, Arc::clone(&time) as Arc<dyn Time>).unwrap();
    let error = http.send(&request("POST", &url), Purpose::Observing);
    let error = error.unwrap_err();
    assert!(!error.sent, "{error}");
    assert_eq!(time.pauses().len(), 4);
}

#[test]
fn no_path_leads_to_another_host() {
    let base = "https://api-sandbox.amili.se";
    for path in [
        "@evil.example/x",
        ".evil.example/x",
        ":80/x",
        "creditors",
        "",
    ] {
        assert!(url(base, path, &[]).is_err(), "{path}");
    }
    for path in ["/creditors", "//evil.example/x", "/@evil.example"] {
        let url = url(base, path, &[]).unwrap();
        assert!(
            url.as_str().starts_with("https://api-sandbox.amili.se/"),
            "{url}"
        );
    }
}

#[test]
fn a_burst_goes_at_once_and_the_rest_keeps_the_pace() {
    let pace = Pace {
        per_minute: 60,
        burst: 2,
    };
    let start = Instant::now();
    let mut bucket = Bucket {
        tokens: 2.0,
        filled: start,
        quiet_until: start,
    };
    let pauses = [0, 0, 0, 0].map(|_| bucket.take(pace, start).as_secs());
    assert_eq!(pauses, [0, 0, 1, 2]);
    // After a rest there is a burst again, and no more than that.
    let later = start + Duration::from_secs(3600);
    let pauses = [0, 0, 0].map(|_| bucket.take(pace, later).as_secs());
    assert_eq!(pauses, [0, 0, 1]);
}

#[test]
fn a_rate_limit_quiets_everybody_who_shares_it() {
    let time = Arc::new(ToldTime::new());
    let http = Http::with(LIMITS, Arc::clone(&time) as Arc<dyn Time>).unwrap();
    http.hush(Duration::from_secs(9));
    let (url, _requests) = server(&[OK]);
    http.send(&request("GET", &url), Purpose::Observing)
        .unwrap();
    assert_eq!(time.pauses(), [Duration::from_secs(9)]);
}

#[test]
fn a_budget_counts_every_attempt_and_spares_the_clean_up() {
    let limits = Limits {
        max_requests: Some(2),
        ..LIMITS
    };
    let http = Http::with(limits, Arc::new(ToldTime::new())).unwrap();
    let (url, requests) = server(&[DOWN, OK, OK]);
    http.send(&request("GET", &url), Purpose::Observing)
        .unwrap();
    let error = http.send(&request("GET", &url), Purpose::Observing);
    let error = error.unwrap_err();
    assert!(error.to_string().contains("max_requests = 2"), "{error}");
    assert!(!error.sent);
    assert_eq!(requests.try_iter().count(), 2);
    http.send(&request("GET", &url), Purpose::CleaningUp)
        .unwrap();
}

#[test]
fn once_the_user_wants_the_end_only_the_clean_up_is_sent() {
    let http = Http::with(LIMITS, Arc::new(ToldTime::new())).unwrap();
    let (url, requests) = server(&[OK]);
    http.interrupt().ask();
    let error = http.send(&request("GET", &url), Purpose::Observing);
    assert!(error.unwrap_err().to_string().contains("interrupted"));
    assert_eq!(requests.try_iter().count(), 0);
    http.send(&request("GET", &url), Purpose::CleaningUp)
        .unwrap();
}

#[test]
fn a_kept_connection_that_the_target_has_closed_is_used_for_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (answered, waiting) = mpsc::channel();
    let (closed, told) = mpsc::channel();
    let serving = thread::spawn(move || {
        for _ in 0..20 {
            let (mut stream, _) = listener.accept().unwrap();
            read_request(&mut BufReader::new(&stream));
            // It does not say that it closes the connection, and does once the answer is read.
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(answer.as_bytes()).unwrap();
            waiting.recv().unwrap();
            drop(stream);
            closed.send(()).unwrap();
        }
    });
    let http = Http::with(LIMITS, Arc::new(ToldTime::new())).unwrap();
    for _ in 0..20 {
        http.send(&request("POST", &url), Purpose::Observing)
            .unwrap();
        answered.send(()).unwrap();
        told.recv().unwrap();
    }
    serving.join().unwrap();
}
