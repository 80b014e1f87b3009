//! A browser without a window, driven by the WebDriver protocol through chromedriver. Knows nothing of the page.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use serde_json::{Value, json};

use crate::harness::Caller;

/// The member under which the protocol hands out an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// How often a page is asked, and watches itself for a tenth of a second, before a test gives up.
const LOOKS: usize = 200;
/// How many browsers there are at most: one waits for its page while the other has the processor.
const BROWSERS: usize = 2;
/// When the browser gives up a script, in milliseconds: one whose page has gone is never answered.
const SCRIPT_ENDS: u64 = 3_000;
/// The browser without its windows, which takes a third less of the processor, where Debian's package has it: the
/// script of that name does not end with its driver. Where it is not, chromedriver starts the whole browser.
const WINDOWLESS: &str = "/usr/lib/chromium/chromium-headless-shell";
/// Set where a browser must be: its want is then a failure.
const REQUIRED: &str = "REQUIRE_BROWSER";

pub(super) const ENTER: &str = "\u{e007}";
pub(super) const ESCAPE: &str = "\u{e00c}";
pub(super) const TAB: &str = "\u{e004}";
pub(super) const SHIFT: &str = "\u{e008}";
pub(super) const DOWN: &str = "\u{e015}";

// Each test that has a browser holds the driver, so that one serves them all and ends with the last of them.
static SHARED: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// A browser with one window, for one test at a time.
pub(super) struct Browser {
    driver: Arc<Driver>,
    session: Caller,
}

/// chromedriver, and the browsers that it has started.
struct Driver {
    process: Child,
    root: Caller,
    sessions: Mutex<Sessions>,
    freed: Condvar,
}

/// One session for each browser.
#[derive(Default)]
struct Sessions {
    begun: usize,
    free: Vec<Caller>,
}

impl Browser {
    /// A browser, or none where there is no chromedriver; the reason is told on stderr.
    pub(super) fn start(width: u32, height: u32) -> Option<Self> {
        let begun = Driver::shared().and_then(|driver| {
            let session = driver.session()?;
            Ok(Self { driver, session })
        });
        let browser = match begun {
            Ok(browser) => browser,
            Err(why) => {
                skipped(&why);
                return None;
            }
        };
        browser.open("about:blank");
        browser.resize(width, height);
        browser.prefer("light");
        let _ = (browser.told(), browser.requested());
        Some(browser)
    }

    #[track_caller]
    fn command(&self, path: &str, body: &Value) -> Value {
        let answer = self.session.post(path, body);
        assert_eq!(
            answer.status,
            200,
            "{path} {body}: {}\n{:#?}",
            answer.text(),
            self.told()
        );
        answer.json()["value"].take()
    }

    /// A command of the browser's own protocol.
    #[track_caller]
    pub(super) fn devtools(&self, name: &str, parameters: &Value) -> Value {
        let body = json!({ "cmd": name, "params": parameters });
        self.command("/goog/cdp/execute", &body)
    }

    /// Gives the page this much room, whatever the window's frame takes.
    pub(super) fn resize(&self, width: u32, height: u32) {
        let room = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", &room);
    }

    /// `light` or `dark`.
    pub(super) fn prefer(&self, scheme: &str) {
        let wanted = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", &wanted);
    }

    #[track_caller]
    pub(super) fn open(&self, address: &str) {
        self.command("/url", &json!({ "url": address }));
    }

    /// What a script returns.
    #[track_caller]
    pub(super) fn run(&self, script: &str) -> Value {
        self.command("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression is true in the page, and gives its value. The page may go elsewhere meanwhile.
    #[track_caller]
    pub(super) fn until(&self, expression: &str) -> Value {
        let script = format!(
            "const look = () => {{ try {{ return ({expression}) || null; }} catch {{ return null; }} }}; \
             const ends = performance.now() + 100; \
             return new Promise((done) => {{ \
               const again = () => {{ \
                 const found = look(); \
                 if (found !== null || performance.now() > ends) done(found); else setTimeout(again, 10); \
               }}; \
               again(); \
             }});"
        );
        let body = json!({ "script": script, "args": [] });
        for _ in 0..LOOKS {
            let answer = self.session.post("/execute/sync", &body);
            // A script ends with the page that it ran in.
            let found = (answer.status == 200).then(|| answer.json()["value"].take());
            if let Some(found) = found.filter(|found| !found.is_null()) {
                return found;
            }
        }
        let shown =
            self.run("return location.href + '\\n' + document.body.innerText.slice(0, 3000)");
        panic!(
            "never: {expression}\n{:#?}\n{}",
            self.told(),
            shown.as_str().unwrap_or_default()
        );
    }

    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let wanted = json!({ "using": "css selector", "value": selector });
        let found = self.command("/element", &wanted);
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Clicks as a mouse does: what is covered or outside the page cannot be clicked.
    #[track_caller]
    pub(super) fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command(&format!("/element/{element}/click"), &json!({}));
    }

    /// Writes a text into a field at once, in place of what it holds. What is hidden or disabled takes none.
    #[track_caller]
    pub(super) fn write(&self, selector: &str, text: &str) {
        let script = format!(
            "const field = document.querySelector({selector:?}); field.focus(); field.select(); \
             return document.activeElement === field && document.execCommand('insertText', false, {text:?});"
        );
        assert_eq!(self.run(&script), true, "{selector} takes no text");
    }

    /// Chooses an option of a select by its value.
    #[track_caller]
    pub(super) fn choose(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value=\"{value}\"]"));
    }

    /// Presses keys one after the other, the first held while the others are pressed if it is Shift.
    #[track_caller]
    pub(super) fn press(&self, keys: &[&str]) {
        let key = |kind: &str, value: &str| json!({ "type": kind, "value": value });
        let mut steps = Vec::new();
        let (held, keys) = match keys {
            [first, rest @ ..] if *first == SHIFT => (Some(*first), rest),
            all => (None, all),
        };
        steps.extend(held.map(|held| key("keyDown", held)));
        for pressed in keys {
            steps.push(key("keyDown", pressed));
            steps.push(key("keyUp", pressed));
        }
        steps.extend(held.map(|held| key("keyUp", held)));
        let keyboard =
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": steps }] });
        self.command("/actions", &keyboard);
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        let told = self.command("/se/log", &json!({ "type": kind }));
        told.as_array().unwrap().clone()
    }

    /// What the console has been told since it was asked last: faults of scripts, refusals of the policy, failed
    /// requests.
    pub(super) fn told(&self) -> Vec<String> {
        let entries = self.log("browser");
        entries
            .iter()
            .map(|entry| format!("{} {}", entry["level"], entry["message"]))
            .collect()
    }

    /// The addresses of every request that pages have made since this was asked last.
    pub(super) fn requested(&self) -> Vec<String> {
        let events = self.log("performance");
        let sent = events.iter().filter_map(|event| {
            let event: Value = serde_json::from_str(event["message"].as_str()?).ok()?;
            let message = &event["message"];
            let is_sent = message["method"] == "Network.requestWillBeSent";
            let address = message["params"]["request"]["url"].as_str()?;
            is_sent.then(|| address.to_owned())
        });
        sent.collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.locked().free.push(self.session.clone());
        self.driver.freed.notify_one();
    }
}

impl Driver {
    /// The one that other tests hold, or a new one.
    fn shared() -> Result<Arc<Self>, String> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = shared.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start()?);
        *shared = Arc::downgrade(&driver);
        Ok(driver)
    }

    fn start() -> Result<Self, String> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|fault| format!("chromedriver: {fault}"))?;
        let root = Caller::of_another(&format!("http://127.0.0.1:{}", port(&mut process)));
        Ok(Self {
            process,
            root,
            sessions: Mutex::default(),
            freed: Condvar::new(),
        })
    }

    fn locked(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session that nobody has: a new one as long as there may be more, or else the next that is given back.
    fn session(&self) -> Result<Caller, String> {
        let mut sessions = self.locked();
        loop {
            if let Some(session) = sessions.free.pop() {
                return Ok(session);
            }
            if sessions.begun < BROWSERS {
                sessions.begun += 1;
                drop(sessions);
                return self.begun();
            }
            let waited = self.freed.wait(sessions);
            sessions = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn begun(&self) -> Result<Caller, String> {
        let mut options = json!({ "args": [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
            "--lang=en",
        ] });
        if Path::new(WINDOWLESS).exists() {
            options["binary"] = json!(WINDOWLESS);
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "timeouts": { "script": SCRIPT_ENDS },
        } } });
        let opened = self.root.post("/session", &wanted);
        if opened.status != 200 {
            // Whoever waits may try again.
            self.locked().begun -= 1;
            self.freed.notify_one();
            return Err(opened.text());
        }
        let id = opened.text_at("/value/sessionId");
        Ok(self.root.clone().below(&format!("/session/{id}")))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Killed, or asked for nothing but its own end, the driver would leave browsers behind.
        for session in self.locked().free.drain(..) {
            session.call("DELETE", "").send();
        }
        self.root.get("/shutdown");
        let _ = self.process.wait();
    }
}

/// The port that a driver says it listens on.
fn port(driver: &mut Child) -> u16 {
    let lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
    let told = lines.map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    told.expect("chromedriver tells its port")
}

/// Past the harness, which keeps what passing tests print.
fn skipped(why: &str) {
    assert!(
        std::env::var_os(REQUIRED).is_none(),
        "{REQUIRED} is set, and there is no browser: {why}"
    );
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {name}: no browser (packages chromium and chromium-driver): {why}"
    );
}
