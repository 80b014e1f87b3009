// The frame: which view is shown, the menu, the facts at the top.

/** How many requests are kept in the page. The server keeps more; filters reach them. */
const MOST_ROWS = 300;

/**
 * The views in the order of the menu. Each has a name, a title, a group; `build(section)` makes what stays, once;
 * `refresh(place)` shows what is so now; `close()`, where there is one, leaves what is open inside.
 */
const views = [];
const MENU = [
  "start",
  "requests",
  "mails",
  "records",
  "users",
  "departments",
  "rules",
  "assumptions",
  "faults",
  "time",
  "spaces",
];
let place = { name: "start", rest: [], query: new URLSearchParams() };

/** `#view/rest?query` */
function placeOf(hash) {
  const [path, query = ""] = hash.replace(/^#/, "").split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  const known = views.some((view) => view.name === name);
  return { name: known ? name : "start", rest: known ? rest : [], query: new URLSearchParams(query) };
}

const viewOf = (name) => views.find((view) => view.name === name);

function buildNav() {
  const groups = [...new Set(views.map((view) => view.group))];
  fill(
    byId("nav"),
    el(
      "div",
      null,
      groups.map((group) => {
        const links = views
          .filter((view) => view.group === group)
          .map((view) => {
            view.counter = el("span.count");
            view.link = el("a", { href: `#${view.name}` }, view.title, view.counter);
            return el("li", null, view.link);
          });
        return [el("h2", null, group), el("ul", null, links)];
      }),
    ),
  );
}

/** Shows the view that the address names. `isFirst`: the page has just been opened, the focus stays where it is. */
function route(isFirst = false) {
  const before = place;
  place = placeOf(location.hash);
  const view = viewOf(place.name);
  if (!view.section) {
    view.section = el(view.isWide ? "section.wide" : "section", {
      id: `view-${view.name}`,
      "aria-labelledby": "title",
    });
    byId("main").append(view.section);
    view.build(view.section);
  }
  for (const other of views) {
    other.section?.toggleAttribute("hidden", other !== view);
    if (other === view) other.link.setAttribute("aria-current", "page");
    else other.link.removeAttribute("aria-current");
  }
  byId("title").textContent = view.title;
  document.title = `${view.title} · ${spaceName()} · mock-server`;
  openMenu(false);
  if (!isFirst && before.name !== place.name) {
    scrollTo(0, 0);
    byId("title").focus({ preventScroll: true });
  }
  refresh();
}

/** Shows what is so now; what fails is said, and tried again when something changes. */
async function refresh() {
  const view = viewOf(place.name);
  if (!view.section || stream.state === "left") return;
  try {
    await Promise.all([view.refresh(place), header()]);
  } catch (fault) {
    if (fault.status !== 0) toast(fault.message, true);
    if (!(fault instanceof Refused)) throw fault;
  }
}

const spaceName = () => decodeURIComponent(/^\/_spaces\/([^/]+)$/.exec(BASE)?.[1] ?? "default");

function openMenu(is) {
  byId("nav").classList.toggle("open", is);
  byId("menu").setAttribute("aria-expanded", is);
}

// The clock of the space, read now and then and run on in between.
const clock = { now: null, mode: "", readAt: 0 };

async function header() {
  const [info, faults, mails] = await Promise.all([ask("/info"), ask("/faults"), ask("/outbox")]);
  byId("version").textContent = info.version;
  byId("space-name").textContent = spaceName();
  const told = await ask("/clock");
  if (told !== clock.told)
    Object.assign(clock, { told, now: Date.parse(told.now), mode: told.mode, readAt: performance.now() });
  tick();
  const struck = byId("struck");
  struck.hidden = !faults.length;
  struck.textContent = `⚡ ${plural(faults.length, "fault")} in force`;
  viewOf("faults").counter.textContent = faults.length || "";
  viewOf("mails").counter.textContent = mails.mails.length || "";
  viewOf("requests").counter.textContent = stream.last ? stream.last.toLocaleString("en") : "";
}

/** What the space's clock shows at this instant. */
function spaceNow() {
  if (clock.now === null) return null;
  const ahead = clock.mode === "fixed" ? 0 : performance.now() - clock.readAt;
  return new Date(clock.now + ahead).toISOString();
}

function tick() {
  const now = spaceNow();
  if (!now) return;
  byId("clock-now").textContent = `${dayTime(now)} UTC`;
  byId("clock-mode").textContent = clock.mode === "fixed" ? "stands at" : "clock";
  viewOf("time").tick?.(now);
}

/** Requests have come. */
function arrived(fresh) {
  viewOf("requests").counter.textContent = stream.last ? stream.last.toLocaleString("en") : "";
  if (place.name === "requests") viewOf("requests").show(fresh);
  if (place.name === "start") viewOf("start").greet();
}

function connected(state, before) {
  const isGone = state === "gone";
  const node = byId("connection");
  node.classList.toggle("live", state === "live");
  node.classList.toggle("gone-now", isGone);
  byId("connection-text").textContent = isGone ? "no answer" : "live";
  byId("gone").hidden = !isGone;
  byId("gone").textContent = isGone
    ? `The server has not answered since ${new Date().toTimeString().slice(0, 8)}. This page asks again until it does; what it shows is of before.`
    : "";
  if (place.name === "start") viewOf("start").greet();
  if (before === "gone" && state === "live") toast("The server answers again");
}

/** Says something to those who listen to the page, and not more often than they can bear. */
const speech = { last: -Infinity, waiting: 0 };
function announceRequests(fresh) {
  speech.waiting += fresh.length;
  if (!speech.waiting) return;
  const wait = Math.max(0, speech.last + 6000 - performance.now());
  const newest = fresh[0];
  later("speak", wait, () => {
    speech.last = performance.now();
    const answer = newest?.response ? `answered ${newest.response.status}` : "without an answer";
    byId("spoken").textContent =
      speech.waiting === 1 && newest
        ? `${newest.request.method} ${newest.request.path}, ${answer}`
        : plural(speech.waiting, "new request");
    speech.waiting = 0;
  });
}

function begin() {
  buildNav();
  stream.filter = filterOf(placeOf(location.hash));
  route(true);
  stream.resync();
  addEventListener("hashchange", () => {
    route();
    const filter = filterOf(place);
    if (filter !== stream.filter) {
      stream.filter = filter;
      stream.resync();
    }
  });
  byId("menu").addEventListener("click", () => openMenu(byId("menu").getAttribute("aria-expanded") !== "true"));
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  addEventListener("keydown", (event) => {
    const isWriting = event.target.matches?.("input, textarea, select") && event.target.value;
    if (event.key !== "Escape" || isWriting || byId("ask").open) return;
    if (byId("menu").getAttribute("aria-expanded") === "true") {
      openMenu(false);
      byId("menu").focus();
    } else if (place.rest.length) viewOf(place.name).close?.(place);
  });
  // A browser opens few connections to one server: a page that nobody sees holds none.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stream.source?.close();
      stream.source = null;
    } else {
      stream.resync();
      stale();
    }
  });
  setInterval(tick, 1000);
  let beats = 0;
  setInterval(() => {
    if (document.hidden || stream.state !== "live") return;
    stream.check().catch(() => {});
    beats += 1;
    if (beats % 4 === 0) later("stale", patience(0), stale);
  }, 1250);
}
