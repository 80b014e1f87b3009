// Faults on purpose: those in force with their counts, and a form for more.

const EFFECTS = [
  ["status", "Answer with a status"],
  ["delay_ms", "Wait"],
  ["drop", "Close the connection before anything happens"],
  ["lose_answer", "Do everything, then lose the answer"],
  ["truncate", "Cut the body"],
  ["rate_limit", "Limit the rate (429)"],
];

function describeEffect(effect) {
  if (typeof effect === "string") {
    return (
      {
        drop: "Closes the connection before anything happens",
        lose_answer: "Does everything, then loses the answer",
        truncate: "Cuts the body in half",
        rate_limit: "Answers 429",
      }[effect] ?? effect
    );
  }
  if (effect.status)
    return `Answers ${effect.status}${effect.body === undefined ? "" : ` with ${JSON.stringify(effect.body)}`}`;
  if (effect.delay_ms) return `Waits ${effect.delay_ms} ms`;
  if ("truncate" in effect) return `Cuts the body after ${plural(effect.truncate, "byte")}`;
  const { requests, seconds, retry_after: retry } = effect.rate_limit ?? {};
  return `Answers 429${requests ? ` beyond ${plural(requests, "request")} in ${seconds} s for each key` : ""}${retry ? `, Retry-After ${retry}` : ""}`;
}

function describeMatch({ api, method, path } = {}) {
  const what = [method, path].filter(Boolean).join(" ") || "every request";
  return api ? `${what} to ${apiTitle(api)}` : what;
}

const describeTurns = ({ times, skip, every, probability }) =>
  [
    skip && `not the first ${skip}`,
    every > 1 && `every ${ordinal(every)}`,
    times && `at most ${plural(times, "time")}`,
    probability && `with probability ${probability}`,
  ]
    .filter(Boolean)
    .join(", ");

views.push({
  name: "faults",
  title: "Faults",
  group: "Steer",

  build(section) {
    this.rows = el("tbody");
    this.table = table(["Effect", "Which requests", "When", "Matched", "Struck", "Remove"], this.rows, ["Matched", "Struck"]);
    this.empty = el(
      "div.empty",
      null,
      el("h2", null, "No faults: the two fakes answer as well as they can"),
      el(
        "p",
        null,
        "A fault tries what a client must bear: a lost answer, a slow one, a 503. What a fault answers is never counted as evidence for a rule.",
      ),
    );
    this.all = el(
      "p.buttons",
      null,
      button("Remove all", () => act("No fault is left", "/faults", "DELETE"), "danger"),
      copyButton(() => this.text, "the faults as JSON", "Copy as JSON"),
    );
    section.append(el("div.panel", null, el("h2", null, "In force"), this.table, this.empty, this.all), this.form());
  },

  async refresh() {
    const faults = await ask("/faults");
    const bare = faults.map(({ seen: _, ...fault }) => fault);
    this.text = JSON.stringify(bare, null, 1);
    this.table.hidden = this.all.hidden = !faults.length;
    this.empty.hidden = Boolean(faults.length);
    sync(
      this.rows,
      faults.map((fault, number) => ({ fault, number })),
      ({ number }) => number,
      ({ fault, number }) => this.row(fault, number),
    );
  },

  row(fault, number) {
    const told = describeEffect(fault.effect);
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, told),
      el("td", { "data-label": "Which" }, describeMatch(fault.match)),
      el("td", { "data-label": "When" }, describeTurns(fault) || "always"),
      el("td.num", { "data-label": "Matched" }, String(fault.seen.matched)),
      el("td.num", { "data-label": "Struck" }, String(fault.seen.struck)),
      el(
        "td",
        null,
        button("Remove", () => this.remove(number, fault), "small", { "aria-label": `Remove: ${told}` }),
      ),
    );
  },

  /** The list is asked for anew, so that counts and what others have set stay as they are. */
  async change(done, edit) {
    try {
      return await act(done, "/faults", "PUT", edit(await call("/faults")));
    } catch (fault) {
      toast(fault.message, true);
      return false;
    }
  },

  remove(number, fault) {
    const same = (one) => JSON.stringify({ ...one, seen: 0 }) === JSON.stringify({ ...fault, seen: 0 });
    return this.change("The fault is removed", (faults) =>
      faults.filter((one, place) => place !== number || !same(one)),
    );
  },

  form() {
    const number = (name, label, options) => [
      name,
      label,
      el("input", { type: "number", name, min: "1", step: "1", inputmode: "numeric", ...options }),
    ];
    const parts = {
      status: [
        number("status", "Status", { min: "200", max: "599", value: "503" }),
        ["body", "Body, JSON (may be empty)", el("textarea", { name: "body", rows: "2", spellcheck: "false" })],
      ],
      delay_ms: [number("delay_ms", "Milliseconds", { max: "600000", value: "1000" })],
      truncate: [number("truncate", "Bytes that are left (half, when empty)", { min: "0" })],
      rate_limit: [
        number("requests", "Requests allowed (none, when empty)"),
        number("seconds", "in so many seconds"),
        number("retry_after", "Retry-After, seconds (may be empty)"),
      ],
    };
    this.groups = Object.fromEntries(
      Object.entries(parts).map(([name, list]) => [
        name,
        el(
          "div.fields",
          null,
          list.map(([, label, control]) => field(label, control, control.localName === "textarea" ? "broad" : "")),
        ),
      ]),
    );
    this.effect = select({ name: "effect", onchange: () => this.choose() }, EFFECTS, "lose_answer");
    this.paths = el("datalist", { id: "fault-paths" });
    this.suggest();
    const turns = [
      number("times", "At most so many times", { value: "1" }),
      number("skip", "Leave the first alone"),
      number("every", "Only every n-th"),
      [
        "probability",
        "Probability (0 to 1)",
        el("input", { type: "number", name: "probability", min: "0", max: "1", step: "any" }),
      ],
    ];
    this.fields = el(
      "form",
      {
        "aria-label": "A new fault",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.add();
        },
      },
      el(
        "fieldset",
        null,
        el("legend", null, "Which requests"),
        el(
          "div.fields",
          null,
          field(
            "API",
            select({ name: "api" }, [["", "both"], ...Object.keys(APIS).map((api) => [api, apiTitle(api)])]),
          ),
          field(
            "Method",
            select({ name: "method" }, [
              ["", "any"],
              ..."GET POST PUT PATCH DELETE".split(" ").map((method) => [method, method]),
            ]),
          ),
          field(
            "Path (any, when empty)",
            el("input", {
              name: "path",
              list: "fault-paths",
              placeholder: "/creditors/{id} or /v2/**",
              spellcheck: "false",
              autocapitalize: "none",
            }),
            "broad",
          ),
        ),
      ),
      el(
        "fieldset",
        null,
        el("legend", null, "What happens"),
        el("div.fields", null, field("Effect", this.effect, "broad")),
        Object.values(this.groups),
      ),
      el(
        "fieldset",
        null,
        el("legend", null, "How often"),
        el(
          "div.fields",
          null,
          turns.map(([, label, control]) => field(label, control)),
        ),
      ),
      this.paths,
      (this.wrong = el("p.fault-text", { role: "alert" })),
      el(
        "p.buttons",
        null,
        el("button.main", { type: "submit" }, "Add this fault"),
        button("Add Amili’s documented limits", () => this.preset()),
        el("span.muted", null, "100 requests a minute and 10 a second for each key"),
      ),
    );
    this.choose();
    return el("div.panel", null, el("h2", null, "A new fault"), this.fields);
  },

  /** The paths of both APIs, as their documents name them. */
  async suggest() {
    const documents = await Promise.all(Object.keys(APIS).map((api) => call(`/openapi/${api}.json`)));
    const paths = documents.flatMap((document) => Object.keys(document.paths));
    this.paths.replaceChildren(...paths.map((value) => el("option", { value })));
  },

  choose() {
    for (const [name, group] of Object.entries(this.groups)) group.hidden = name !== this.effect.value;
  },

  async add() {
    const value = (name) => this.fields.elements[name].value.trim();
    const number = (name) => (value(name) === "" ? undefined : Number(value(name)));
    this.wrong.textContent = "";
    let body;
    try {
      body = value("body") === "" ? undefined : JSON.parse(value("body"));
    } catch (fault) {
      if (this.effect.value === "status")
        return void (this.wrong.textContent = `The body is no JSON: ${fault.message}`);
    }
    const limit = { requests: number("requests"), seconds: number("seconds"), retry_after: number("retry_after") };
    const effects = {
      status: { status: number("status") ?? 0, body },
      delay_ms: { delay_ms: number("delay_ms") ?? 0 },
      drop: "drop",
      lose_answer: "lose_answer",
      truncate: number("truncate") === undefined ? "truncate" : { truncate: number("truncate") },
      rate_limit: Object.values(limit).some((part) => part !== undefined) ? { rate_limit: limit } : "rate_limit",
    };
    const match = {
      api: value("api") || undefined,
      method: value("method") || undefined,
      path: value("path") || undefined,
    };
    const fault = {
      match,
      effect: effects[this.effect.value],
      skip: number("skip"),
      every: number("every"),
      times: number("times"),
      probability: number("probability"),
    };
    try {
      await call("/faults", "PUT", [...(await call("/faults")), fault]);
      toast("The fault is in force");
      stale();
    } catch (told) {
      this.wrong.textContent = told.message;
    }
  },

  preset() {
    return this.change("Amili’s limits are in force", (faults) => [...faults, { preset: "amili-limits" }]);
  },
});
