//! What connections may do and may not. Time is the runtime's own: it passes as soon as everybody waits for it.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::time::{Instant, sleep};

use super::{Door, Limits};

const SECOND: Duration = Duration::from_secs(1);

fn limits() -> Limits {
    Limits {
        head: 8192,
        connections: 4,
        request_within: 30 * SECOND,
        idle: 120 * SECOND,
        ..Limits::default()
    }
}

/// A connection to a server that reads bodies and echoes them; `/stream` never ends, `/wait` takes an hour,
/// `/much` has a mebibyte.
fn call(door: &Door) -> DuplexStream {
    let (client, server) = tokio::io::duplex(4096);
    let app = tower::service_fn(async |request: Request| {
        let path = request.uri().path().to_owned();
        let body = axum::body::to_bytes(request.into_body(), usize::MAX).await;
        let body = match path.as_str() {
            "/stream" => Body::from_stream(stream::pending::<Result<Bytes, Infallible>>()),
            "/much" => Body::from(vec![b'x'; 1024 * 1024]),
            "/wait" => {
                sleep(3600 * SECOND).await;
                Body::empty()
            }
            _ => Body::from(body.unwrap_or_default()),
        };
        Ok::<_, Infallible>(Response::new(body))
    });
    door.open(server, app);
    client
}

async fn says(client: &mut DuplexStream, text: &str) {
    client.write_all(text.as_bytes()).await.unwrap();
}

/// All that comes until the connection ends.
async fn told(client: &mut DuplexStream) -> String {
    let mut text = Vec::new();
    let _ = client.read_to_end(&mut text).await;
    String::from_utf8_lossy(&text).into_owned()
}

/// What comes at once.
async fn hears(client: &mut DuplexStream) -> String {
    let mut text = vec![0; 4096];
    let count = client.read(&mut text).await.unwrap();
    String::from_utf8_lossy(&text[..count]).into_owned()
}

#[track_caller]
fn check(told: &str, status: &str, words: &str) {
    assert!(told.starts_with(&format!("HTTP/1.1 {status} ")), "{told}");
    let (_, body) = told.split_once("\r\n\r\n").expect("a body");
    let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
    let error = body["error"].as_str().expect("an error");
    assert!(error.contains(words), "{error}");
}

/// Sends a byte a second until it is answered or the connection ends.
async fn dribbles(client: DuplexStream, text: &str) -> (String, Duration) {
    let begin = Instant::now();
    let (mut reading, mut writing) = tokio::io::split(client);
    let text = text.to_owned();
    let dribble = tokio::spawn(async move {
        for byte in text.bytes() {
            if writing.write_all(&[byte]).await.is_err() {
                break;
            }
            sleep(SECOND).await;
        }
        // Nobody hangs up before the answer.
        sleep(3600 * SECOND).await;
    });
    let mut told = Vec::new();
    let _ = reading.read_to_end(&mut told).await;
    dribble.abort();
    (String::from_utf8_lossy(&told).into_owned(), begin.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_head_that_comes_byte_by_byte_is_refused() {
    let door = Door::new(limits());
    let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(60));
    let (told, took) = dribbles(call(&door), &head).await;
    check(&told, "408", "--max-request-seconds");
    assert!((30..=32).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_comes_byte_by_byte_is_refused() {
    let door = Door::new(limits());
    let mut client = call(&door);
    let head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n";
    says(&mut client, head).await;
    let (told, took) = dribbles(client, &"x".repeat(100)).await;
    check(&told, "408", "its body included");
    assert!((30..=32).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn each_request_of_a_connection_has_its_own_time() {
    let door = Door::new(limits());
    let mut client = call(&door);
    for _ in 0..3 {
        says(
            &mut client,
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n",
        )
        .await;
        sleep(20 * SECOND).await;
        says(&mut client, "echo").await;
        let answer = hears(&mut client).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("echo"));
        sleep(100 * SECOND).await;
    }
    assert_eq!(told(&mut client).await, "");
}

#[tokio::test(start_paused = true)]
async fn an_idle_connection_ends_without_a_word() {
    let door = Door::new(limits());
    let begin = Instant::now();
    assert_eq!(told(&mut call(&door)).await, "");
    assert!((120..=122).contains(&begin.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn who_takes_nothing_of_an_answer_is_left() {
    let door = Door::new(limits());
    let mut client = call(&door);
    says(&mut client, "GET /much HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(90 * SECOND).await;
    assert!(told(&mut client).await.len() < 1024 * 1024);
}

#[tokio::test(start_paused = true)]
async fn who_takes_an_answer_slowly_gets_it_whole() {
    let door = Door::new(limits());
    let mut client = call(&door);
    says(
        &mut client,
        "GET /much HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
    )
    .await;
    let mut length = 0;
    loop {
        sleep(SECOND).await;
        match hears(&mut client).await.len() {
            0 => break,
            count => length += count,
        }
    }
    assert!(length > 1024 * 1024);
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_take_its_time() {
    let door = Door::new(limits());
    let mut client = call(&door);
    says(&mut client, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hears(&mut client).await.starts_with("HTTP/1.1 200 OK"));
    let mut client = call(&door);
    says(&mut client, "GET /stream HTTP/1.1\r\nhost: a\r\n\r\n").await;
    hears(&mut client).await;
    let more = tokio::time::timeout(3600 * SECOND, client.read_u8()).await;
    assert!(more.is_err(), "it still streams");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_request_is_refused_in_words() {
    let door = Door::new(limits());
    let asked = async |text: &str| {
        let mut client = call(&door);
        says(&mut client, text).await;
        told(&mut client).await
    };
    check(
        &asked("\u{1}\u{2}\r\n\r\n").await,
        "400",
        "no HTTP/1.1 request",
    );
    check(
        &asked("GET / HTTP/1.1\r\nno header\r\n\r\n").await,
        "400",
        "no HTTP/1.1 request",
    );
    let many = "x: y\r\n".repeat(101);
    check(
        &asked(&format!("GET / HTTP/1.1\r\n{many}\r\n")).await,
        "431",
        "100 headers (--max-headers)",
    );
    let long = "x".repeat(20_000);
    check(
        &asked(&format!("GET / HTTP/1.1\r\nx: {long}\r\n\r\n")).await,
        "431",
        "8 KiB (--max-head-kib)",
    );
}

#[tokio::test(start_paused = true)]
async fn another_number_of_headers_can_be_asked_for() {
    let door = Door::new(Limits {
        headers: 200,
        ..limits()
    });
    let asked = async |count: usize| {
        let mut client = call(&door);
        let many = "x: y\r\n".repeat(count);
        let text = format!("GET / HTTP/1.1\r\n{many}connection: close\r\n\r\n");
        says(&mut client, &text).await;
        told(&mut client).await
    };
    assert!(asked(199).await.starts_with("HTTP/1.1 200 "));
    check(&asked(200).await, "431", "200 headers");
}

#[tokio::test(start_paused = true)]
async fn the_longest_idle_connection_makes_room_for_another() {
    let door = Door::new(limits());
    let mut clients: Vec<_> = (0..4).map(|_| call(&door)).collect();
    sleep(SECOND).await;
    // The first is no longer the one that waits longest.
    says(&mut clients[0], "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    hears(&mut clients[0]).await;
    sleep(SECOND).await;
    let mut another = call(&door);
    says(&mut another, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hears(&mut another).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(told(&mut clients[1]).await, "");
    for kept in [0, 2, 3] {
        says(&mut clients[kept], "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(hears(&mut clients[kept]).await.starts_with("HTTP/1.1 200 "));
    }
}

#[tokio::test(start_paused = true)]
async fn a_half_sent_request_leaves_before_one_that_is_answered() {
    let door = Door::new(limits());
    let mut answered: Vec<_> = (0..3).map(|_| call(&door)).collect();
    for client in &mut answered {
        says(client, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    }
    let mut half = call(&door);
    says(&mut half, "GET / HTTP/1.1\r\n").await;
    sleep(SECOND).await;
    let mut another = call(&door);
    says(&mut another, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    check(&told(&mut half).await, "503", "4 connections");
    let mut one_too_many = call(&door);
    check(&told(&mut one_too_many).await, "503", "--max-connections");
    for client in answered.iter_mut().chain([&mut another]) {
        assert!(hears(client).await.starts_with("HTTP/1.1 200 "));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_of_events_makes_room_when_nobody_else_can() {
    let door = Door::new(limits());
    let mut streams: Vec<_> = (0..4).map(|_| call(&door)).collect();
    for client in &mut streams {
        says(client, "GET /stream HTTP/1.1\r\nhost: a\r\n\r\n").await;
        hears(client).await;
        sleep(SECOND).await;
    }
    let mut another = call(&door);
    says(&mut another, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hears(&mut another).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(told(&mut streams[0]).await, "");
}

#[tokio::test(start_paused = true)]
async fn closing_lets_an_open_request_end() {
    let door = Door::new(limits());
    let (mut open, mut idle) = (call(&door), call(&door));
    says(
        &mut open,
        "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n",
    )
    .await;
    sleep(SECOND).await;
    let closing = tokio::spawn(door.close(10 * SECOND));
    sleep(SECOND).await;
    assert_eq!(told(&mut idle).await, "");
    says(&mut open, "echo").await;
    assert!(told(&mut open).await.ends_with("echo"));
    closing.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn closing_ends_a_stream_at_once() {
    let door = Door::new(limits());
    let mut stream = call(&door);
    says(&mut stream, "GET /stream HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hears(&mut stream).await.starts_with("HTTP/1.1 200 "));
    let begun = Instant::now();
    door.close(10 * SECOND).await;
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn who_is_not_answered_when_the_end_has_come_never_is() {
    let door = Door::new(limits());
    let mut client = call(&door);
    says(&mut client, "GET /wait HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(SECOND).await;
    let begin = Instant::now();
    door.close(10 * SECOND).await;
    assert_eq!(told(&mut client).await, "");
    assert_eq!(begin.elapsed(), 10 * SECOND);
}
