// Requests as they come, newest first, and one of them in full.

const FILTERS = ["api", "method", "path", "status", "rule"];

/** The filters that an address names, in the form of the control API. */
function filterOf({ name, query }) {
  if (name !== "requests") return "";
  const wanted = new URLSearchParams();
  for (const key of FILTERS) if (query.get(key)) wanted.set(key, query.get(key));
  return wanted.toString();
}

function statusMark(response) {
  if (!response) return el("span.status.s0", null, "⚡ none");
  const { status } = response;
  const mark = status < 300 ? "✓" : status < 400 ? "↪" : status < 500 ? "✕" : "‼";
  return el(
    `span.status.s${Math.floor(status / 100)}`,
    null,
    el("span", { "aria-hidden": "true" }, `${mark} `),
    String(status),
  );
}

function whyOf(entry) {
  const reasons = [];
  if (entry.fault) reasons.push(`⚡ fault: ${effectName(entry.fault.effect)}`);
  const isRefused = entry.response?.status >= 400 && !entry.fault;
  if (entry.refused_by) reasons.push(entry.refused_by);
  else if (isRefused && entry.assumptions.length) {
    const more = entry.assumptions.length - 1;
    reasons.push(`assumed: ${entry.assumptions[0]}${more ? ` and ${more} more` : ""}`);
  }
  if (entry.warnings.length) reasons.push(`⚠ ${plural(entry.warnings.length, "warning")}`);
  return reasons.join(" · ");
}

/** Open where there is room, and folded on a phone. */
function folded(text, ...inside) {
  const fold = el("details.filters", null, el("summary", null, text), inside);
  const narrow = matchMedia("(max-width: 860px)");
  const suit = () => {
    fold.open = !narrow.matches;
  };
  narrow.addEventListener("change", suit);
  suit();
  return fold;
}

/** A query as people read it. */
function readable(query) {
  const pairs = [...new URLSearchParams(query)].map(([key, value]) => (value ? `${key}=${value}` : key));
  return `?${pairs.join("&")}`;
}

const effectName = (effect) => (typeof effect === "string" ? effect : Object.keys(effect ?? {}).join(", "));

views.push({
  name: "requests",
  title: "Requests",
  group: "Watch",
  isWide: true,

  build(section) {
    this.rows = el("ol.rows", { "aria-label": "Requests, newest first" });
    this.detail = el("article.panel.detail", { hidden: true, "aria-label": "One request" });
    this.note = el("p.muted");
    this.empty = el("div");
    this.head = el(
      "div.row.head",
      { "aria-hidden": "true" },
      [
        "n|No.",
        "time|Time",
        "api|API",
        "method|Method",
        "path|Path",
        "status|Answer",
        "why|Decided by",
        "took|Took",
      ].map((cell) => {
        const [name, text] = cell.split("|");
        return el(name === "time" ? "time" : `span.${name}`, null, text);
      }),
    );
    this.list = el("div.panel.list", null, this.head, this.rows, this.empty);
    this.desk = el("div.desk", null, this.list, this.detail);
    section.append(this.filters(), this.note, this.desk);
    this.rows.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const rows = [...this.rows.querySelectorAll("a.row")];
      const next = step && rows[rows.indexOf(document.activeElement) + step];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    });
  },

  filters() {
    this.inputs = {
      api: select({ name: "api" }, [["", "both"], ...Object.keys(APIS).map((api) => [api, apiTitle(api)])]),
      method: select({ name: "method" }, [
        ["", "any"],
        ..."GET POST PUT PATCH DELETE HEAD OPTIONS".split(" ").map((m) => [m, m]),
      ]),
      path: el("input", {
        name: "path",
        placeholder: "/users/{id} or /v2/**",
        spellcheck: "false",
        autocapitalize: "none",
      }),
      status: el("input", { name: "status", placeholder: "422 or 4xx", spellcheck: "false" }),
      rule: el("input", {
        name: "rule",
        placeholder: "amili.creditor.*",
        list: "rule-ids",
        spellcheck: "false",
        autocapitalize: "none",
      }),
    };
    this.ids = el("datalist", { id: "rule-ids" });
    this.fault = el("p.fault-text", { role: "alert" });
    this.pause = button("Pause", () => this.toggle(), "", { "aria-pressed": "false" });
    const form = el(
      "form",
      {
        "aria-label": "Which requests",
        onsubmit: (event) => {
          event.preventDefault();
          this.wanted();
        },
        onchange: () => this.wanted(),
        oninput: () => {
          clearTimeout(this.typing);
          this.typing = setTimeout(() => this.wanted(), 350);
        },
      },
      folded(
        "Filters",
        el(
          "div.fields",
          null,
          field("API", this.inputs.api),
          field("Method", this.inputs.method),
          field("Path", this.inputs.path, "broad"),
          field("Status", this.inputs.status),
          field("Rule or assumption", this.inputs.rule, "broad"),
        ),
      ),
      el(
        "p.buttons",
        null,
        this.pause,
        (this.without = button("Without filters", () => {
          for (const input of Object.values(this.inputs)) input.value = "";
          this.wanted();
        })),
        button("Empty the journal", async () => {
          if (await act("The journal is empty", "/journal", "DELETE")) stream.resync();
        }),
      ),
      this.ids,
      this.fault,
    );
    return el("div.panel", null, form);
  },

  /** The filters as somebody has set them become the address. */
  wanted() {
    clearTimeout(this.typing);
    const query = new URLSearchParams();
    for (const key of FILTERS) if (this.inputs[key].value.trim()) query.set(key, this.inputs[key].value.trim());
    const hash = `#requests${query.size ? `?${query}` : ""}`;
    if (hash !== (location.hash || "#requests")) {
      history.replaceState(null, "", hash);
      dispatchEvent(new HashChangeEvent("hashchange"));
    }
  },

  toggle() {
    const isPaused = stream.held === null;
    stream.held = isPaused ? 0 : null;
    this.pause.setAttribute("aria-pressed", isPaused);
    this.pause.textContent = isPaused ? "Paused – go on" : "Pause";
    if (isPaused) this.show([]);
    else stream.resync();
  },

  async refresh({ query, rest }) {
    for (const key of FILTERS) {
      const input = this.inputs[key];
      if (input !== document.activeElement && input.value !== (query.get(key) ?? ""))
        input.value = query.get(key) ?? "";
    }
    this.without.disabled = !filterOf(place);
    this.show([]);
    await this.open(rest[0]);
    if (!this.ids.children.length) {
      const [{ rules }, { assumptions }] = await Promise.all([ask("/rules"), ask("/assumptions")]);
      if (!this.ids.children.length)
        fill(
          this.ids,
          [...rules, ...assumptions].map(({ id }) => el("option", { value: id })),
        );
    }
  },

  show(fresh) {
    const isNew = new Set(fresh.length < 8 ? fresh : []);
    const query = place.query.size ? `?${place.query}` : "";
    sync(
      this.rows,
      stream.entries,
      (entry) => entry.number,
      (entry) => this.row(entry, query, isNew.has(entry)),
      (entry) => entry.time + query,
    );
    this.rows.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (place.rest.length)
      this.rows.querySelector(`[data-key="${CSS.escape(place.rest[0])}"] a`)?.setAttribute("aria-current", "true");
    this.fault.textContent = stream.fault;
    this.note.textContent = this.told();
    this.head.hidden = !stream.entries.length;
    if (stream.entries.length) this.empty.replaceChildren();
    else this.nothing();
    if (stream.held === null) announceRequests(fresh);
  },

  told() {
    const { entries, last, held, dropped } = stream;
    const shown =
      entries.length >= MOST_ROWS
        ? `The newest ${MOST_ROWS} that pass, of ${last.toLocaleString("en")} in all. Filters reach the older ones.`
        : entries.length
          ? `${plural(entries.length, "request")} shown.`
          : "";
    const paused = held === null ? "" : held ? ` Paused; ${plural(held, "request")} came since.` : " Paused.";
    const lost = dropped ? ` Entries ${dropped.from} to ${dropped.to} are no longer kept.` : "";
    return shown + paused + lost;
  },

  nothing() {
    if (this.empty.firstChild && this.emptyFor === stream.filter) return;
    this.emptyFor = stream.filter;
    fill(
      this.empty,
      stream.filter
        ? el(
            "div.empty",
            null,
            el("h2", null, "No request passes these filters"),
            el("p", null, "Those to come are shown as they come."),
          )
        : el(
            "div.empty",
            null,
            el("h2", null, "Nothing has been asked yet"),
            el(
              "p",
              null,
              "Requests to the two fakes appear here as they come, each with what decided its answer. ",
              "Where they go, and with which token, stands at ",
              el("a", { href: "#start" }, "Start"),
              ".",
            ),
            el(
              "p",
              null,
              button("Send a first request", () => tryOut("amili"), "main"),
            ),
          ),
    );
  },

  row(entry, query, isNew) {
    const { request, response } = entry;
    return el(
      "li",
      null,
      el(
        isNew ? "a.row.new" : "a.row",
        { href: `#requests/${entry.number}${query}` },
        el("span.n", null, String(entry.number)),
        el("time", { datetime: entry.time, title: `${entry.time}` }, clockTime(entry.time, 0)),
        el("span.api", null, apiTitle(entry.api)),
        el("span.method", null, request.method),
        el("span.path", null, request.path, request.query && el("span.query.muted", null, readable(request.query))),
        statusMark(response),
        el("span.why", null, whyOf(entry)),
        el("span.took", null, took(entry.duration_us)),
      ),
    );
  },

  async open(number) {
    this.desk.classList.toggle("open", Boolean(number));
    this.detail.hidden = !number;
    if (!number) return void (this.number = null);
    let entry = stream.entries.find((one) => String(one.number) === number);
    let fault = null;
    try {
      entry = await call(`/journal/${encodeURIComponent(number)}`);
    } catch (told) {
      if (!entry) fault = told.message;
    }
    if (place.rest[0] !== number) return;
    const isOther = this.number !== number;
    const mark = fault ?? JSON.stringify(entry);
    if (!isOther && mark === this.mark) return;
    Object.assign(this, { number, mark });
    const title = el("h2", { id: "entry-title", tabindex: "-1" });
    const back = el(
      "p.buttons",
      null,
      button("← All requests", () => this.close()),
    );
    if (fault) fill(this.detail, back, fill(title, `Request ${number}`), el("p", null, fault));
    else fill(this.detail, back, await entryShown(entry, title));
    if (isOther) {
      this.detail.scrollTop = 0;
      title.focus({ preventScroll: innerWidth >= 1150 });
    }
  },

  close() {
    const query = place.query.toString();
    const number = place.rest[0];
    location.hash = `#requests${query && `?${query}`}`;
    // The list is shown again only once the address has changed.
    addEventListener("hashchange", () => this.rows.querySelector(`[data-key="${CSS.escape(number)}"] a`)?.focus(), {
      once: true,
    });
  },
});
