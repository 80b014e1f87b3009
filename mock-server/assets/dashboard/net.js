// Talking to the server: calls of the control API, the stream of requests, and what happens when it goes away.

/** Where the control API of this page's space is, and below it the space itself. */
const ROOT = location.pathname.replace(/\/+$/, "");
const BASE = ROOT.slice(0, -"/_mock".length);
/** Where the control API of a space is. */
const rootOf = (space) => (space === "default" ? "/_mock" : `/_spaces/${space}/_mock`);

/** What the server refused, in its own words. */
class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** A call of the control API: the JSON of its answer, or null when it has none. */
async function call(path, method = "GET", body) {
  const options = { method, cache: "no-store", headers: {} };
  if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(ROOT + path, options);
  } catch {
    stream.lost();
    throw new Refused(0, "The server does not answer.");
  }
  const text = await response.text();
  const told = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Refused(response.status, told?.error ?? `${response.status}`);
  return told;
}

// What has been read stays good until something may have changed it.
const read = new Map();

/** What a call without arguments answers, asked once until `stale`. */
function ask(path) {
  if (!read.has(path)) {
    const answer = call(path);
    read.set(path, answer);
    answer.catch(() => read.delete(path));
  }
  return read.get(path);
}

/** Carries out what somebody asked for, says how it went, and shows what has changed; true when it went well. */
async function act(done, ...callArguments) {
  try {
    await call(...callArguments);
  } catch (fault) {
    toast(fault.message, true);
    return false;
  }
  if (done) toast(done);
  stale();
  return true;
}

/** The requests as they come, and the newest of them. */
const stream = {
  entries: [],
  last: 0,
  /** How many came since somebody paused; null while nobody has. */
  held: null,
  /** What was dropped of what the filters asked for. */
  dropped: null,
  /** Why the filters cannot be used. */
  fault: "",
  filter: "",
  state: "",
  source: null,
  turn: 0,
  /** Milliseconds between what is shown and the next; more when many come. */
  pace: 80,
  fresh: [],

  /** Reads the list again and follows what comes behind it. */
  async resync() {
    this.turn += 1;
    const turn = this.turn;
    this.source?.close();
    let found;
    try {
      found = await call(`/journal?limit=${MOST_ROWS}${this.filter && `&${this.filter}`}`);
    } catch (fault) {
      if (turn !== this.turn || fault.status === 0) return;
      this.fault = fault.message;
      found = { entries: [], last: this.last };
    }
    if (turn !== this.turn) return;
    if (!this.filter || found.entries.length) this.fault = "";
    this.entries = found.entries.reverse();
    this.last = found.last;
    this.dropped = found.dropped ?? null;
    this.fresh = [];
    if (this.held !== null) this.held = 0;
    this.follow();
    this.shown(true);
  },

  follow() {
    this.source?.close();
    const filter = this.fault ? "" : this.filter;
    const source = new EventSource(`${ROOT}/journal/stream?since=${this.last}${filter && `&${filter}`}`);
    this.source = source;
    source.addEventListener("entry", (event) => {
      if (source === this.source) this.take(JSON.parse(event.data));
    });
    source.addEventListener("dropped", () => later("resync", 400, () => this.resync()));
    source.addEventListener("open", () => this.is("live"));
    source.addEventListener("error", () => {
      if (source === this.source) this.lost();
    });
  },

  take(entry) {
    // After a reset numbers begin again.
    if (entry.number <= this.last) return void this.resync();
    this.last = entry.number;
    if (this.held !== null) this.held += 1;
    else this.fresh.push(entry);
    if (this.fresh.length > MOST_ROWS) this.fresh.shift();
    later("requests", this.pace, () => this.shown(false));
    later("stale", patience(900), stale);
  },

  shown(isAll) {
    const fresh = this.fresh;
    this.fresh = [];
    this.pace = fresh.length > 20 ? 500 : 80;
    if (!this.fault) this.entries = [...fresh.reverse(), ...this.entries].slice(0, MOST_ROWS);
    arrived(isAll ? [] : fresh);
  },

  is(state) {
    if (this.state === state) return;
    const before = this.state;
    this.state = state;
    connected(state, before);
  },

  /** This page asks for nothing any more. */
  leave() {
    this.turn += 1;
    this.source?.close();
    this.state = "left";
  },

  /** The server does not answer: says so, and asks until it does. */
  lost() {
    if (this.state === "left") return;
    this.source?.close();
    this.source = null;
    if (this.state === "gone" || document.hidden) return;
    this.is("gone");
    let pause = 200;
    const again = async () => {
      try {
        await fetch(`${ROOT}/health`, { cache: "no-store" });
        read.clear();
        await this.resync();
        if (!this.source) throw new Refused(0, "gone again");
        refresh();
      } catch {
        pause = Math.min(pause * 1.5, 4000);
        setTimeout(again, pause);
      }
    };
    setTimeout(again, pause);
  },

  /** Whether the stream still belongs to what the server has: a space can be reset, dropped or replaced. */
  async check() {
    if (this.state !== "live") return;
    const { turn, last } = this;
    const found = await call(`/journal?limit=0&since=${last}`);
    if (turn !== this.turn || last !== this.last) return;
    if (found.last < last || (!this.filter && found.last > last)) this.resync();
  },
};

// One timer for each thing that is due: it is done once, however often it was asked for meanwhile.
const due = new Map();
function later(name, milliseconds, work) {
  if (due.has(name)) return;
  due.set(
    name,
    setTimeout(() => {
      due.delete(name);
      work();
    }, milliseconds),
  );
}

/** So many milliseconds, and more where reading takes long. */
const patience = (milliseconds) => Math.max(milliseconds, 10 * kept.cost);

/** What was read may have changed. */
function stale() {
  read.clear();
  refresh();
}
