//! Runs that come to no good end: their reports are written, and say so.

use serde_json::Value;

use super::{REPORTS, Run, command, folder_for};

#[test]
fn a_target_that_cannot_be_reached_is_reported() {
    let run = Run::against(
        "http://127.0.0.1:1",
        &["run", "--target", "front", "--github"],
    );
    assert_eq!(run.status(), Some(3), "{}", run.told());
    assert_eq!(run.told().lines().count(), 1, "{}", run.told());
    let xml = run.read("junit.xml");
    assert!(
        xml.contains("errors=\"1\"") && xml.contains("type=\"stopped\""),
        "{xml}"
    );
    let sarif: Value = serde_json::from_str(&run.read("run.sarif")).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0]["descriptor"]["id"];
    assert_eq!(told, "stopped");
    assert!(
        run.read("run.html")
            .contains("The run ended before its work was done.")
    );
    assert!(run.read("run.json").contains("\"event\": \"stopped\""));
    let out = String::from_utf8(run.output.stdout.clone()).unwrap();
    assert!(
        out.starts_with("::error title=the run stopped early::"),
        "{out}"
    );
}

#[test]
fn a_run_that_observed_nothing_fails_in_every_report() {
    let mock = mock_server::MockServer::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let targets = format!(
        "[front.amili]\nbase_url = \"{}\"\ntoken_env = \"REPORTED_AMILI\"\n",
        mock.base_url()
    );
    std::fs::write(folder.path().join("targets.toml"), targets).unwrap();
    let scenarios = [
        "run",
        "--target",
        "front",
        "--scenario",
        "ams/walk-*",
        "--github",
    ];
    let output = command(folder.path(), &scenarios)
        .args(REPORTS)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let run = Run { folder, output };
    let xml = run.read("junit.xml");
    assert!(
        xml.contains("<skipped message=\"the targets file has no [front.ams]\""),
        "{xml}"
    );
    assert!(
        xml.contains("<failure message=\"nothing was observed\""),
        "{xml}"
    );
    assert!(run.read("run.sarif").contains("nothing-observed"));
    assert!(run.read("run.html").contains("Nothing was observed."));
    let out = String::from_utf8(run.output.stdout.clone()).unwrap();
    assert_eq!(out, "::error title=the run::nothing was observed\n");
}

/// A server that ends the caller's process politely when it is first asked to create something.
#[cfg(unix)]
#[test]
fn an_interrupted_run_reports_what_it_saw() {
    use std::sync::mpsc;

    use mock_server::MockServer;
    use rustix::process::{Pid, Signal, kill_process};

    use crate::explore::proxy::{Proxy, Request};

    let mock = MockServer::start().unwrap();
    let (tell, told) = mpsc::channel::<u32>();
    let told = std::sync::Mutex::new(told);
    let interrupting = move |request: &mut Request| {
        if request.method == "POST" {
            // Only the first waits: the test has told the process, and hung up.
            if let Ok(caller) = told.lock().unwrap().recv() {
                let caller = Pid::from_raw(i32::try_from(caller).unwrap()).unwrap();
                kill_process(caller, Signal::TERM).unwrap();
            }
        }
    };
    let front = Proxy::before(&mock, interrupting, |_, _| {});
    let folder = folder_for(front.base_url());
    let child = command(folder.path(), &["run", "--target", "front"])
        .args(REPORTS)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    tell.send(child.id()).unwrap();
    drop(tell);
    let output = child.wait_with_output().unwrap();
    let run = Run { folder, output };
    assert_eq!(run.status(), Some(130), "{}", run.told());
    assert!(
        run.told().contains("stopped: interrupted after "),
        "{}",
        run.told()
    );
    assert!(
        run.told().contains("again to stop at once"),
        "{}",
        run.told()
    );
    assert!(run.read("junit.xml").contains("interrupted after "));
    assert!(run.read("run.html").contains("interrupted after "));
    let document: Value = serde_json::from_str(&run.read("run.json")).unwrap();
    let events = document["events"].as_array().unwrap();
    let all = contract_tests::all().len();
    assert!(events.len() > 3 && events.len() < all, "{}", events.len());
}
