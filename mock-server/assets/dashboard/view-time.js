// Time and moments: the clock, checkpoints with what has changed since, the way back to the world.

const STEPS = [
  ["1 minute", 60],
  ["10 minutes", 600],
  ["1 hour", 3600],
  ["1 day", 86400],
  ["30 days", 2592000],
];
const UNITS = [
  ["1", "seconds"],
  ["60", "minutes"],
  ["3600", "hours"],
  ["86400", "days"],
];

views.push({
  name: "time",
  title: "Time and state",
  group: "Steer",

  build(section) {
    this.now = el("p.big");
    this.mode = el("p.muted");
    this.points = el("div");
    this.changes = el("div", { role: "region", "aria-label": "Changes", hidden: true });
    this.save = el("div.panel", { hidden: true });
    section.append(
      el(
        "div.pair",
        null,
        this.clock(),
        el(
          "div",
          null,
          el(
            "div.panel",
            null,
            el("h2", null, "Moments to go back to"),
            el(
              "p.muted",
              null,
              "Named, this moment can be gone back to: it keeps data, tokens, clock, ids, assumptions, mails and faults.",
            ),
            this.naming(),
            this.points,
          ),
          el(
            "div.panel",
            null,
            el("h2", null, "Back to the world"),
            el(
              "p",
              null,
              "Data, clock and ids as at the start; requests, mails and faults are forgotten. Checkpoints stay.",
            ),
            el(
              "p.buttons",
              null,
              button("Reset this space …", () => this.reset(), "danger"),
            ),
          ),
          this.save,
        ),
      ),
      this.changes,
    );
  },

  clock() {
    this.amount = el("input", { type: "number", name: "amount", value: "15", step: "1", inputmode: "numeric" });
    this.unit = select({ name: "unit" }, UNITS, "60");
    this.instant = el("input", { type: "datetime-local", name: "instant", step: "1" });
    const put = (done, body) => act(done, "/clock", "PUT", body);
    const form = (label, submit, ...fields) =>
      el(
        "form",
        {
          "aria-label": label,
          onsubmit: (event) => {
            event.preventDefault();
            submit();
          },
        },
        el("div.fields", null, fields),
      );
    return el(
      "div.panel",
      null,
      el("h2", null, "Clock"),
      this.now,
      this.mode,
      el("h3", null, "Move on by"),
      el(
        "p.buttons",
        null,
        STEPS.map(([text, seconds]) =>
          button(text, () => put(`Moved on by ${text}`, { advance_seconds: seconds }), "small", {
            "aria-label": `Move on by ${text}`,
          }),
        ),
      ),
      form(
        "Move on",
        () =>
          put(`Moved by ${this.amount.value} × ${this.unit.value} seconds`, {
            advance_seconds: Number(this.amount.value) * Number(this.unit.value),
          }),
        field("Or by", this.amount),
        field("Unit", this.unit),
        el("button", { type: "submit" }, "Move on"),
      ),
      el("h3", null, "Stand still"),
      form(
        "Stand still",
        () =>
          this.instant.value &&
          put("The clock stands still", {
            now: `${this.instant.value.length === 16 ? `${this.instant.value}:00` : this.instant.value}Z`,
          }),
        field("At this instant, UTC", this.instant, "broad"),
        el("button", { type: "submit" }, "Set"),
      ),
      el(
        "p.buttons",
        null,
        button("Stand still now", () => put("The clock stands still", { now: spaceNow() })),
        button("Back to the machine’s clock", () => put("The clock runs with the machine’s", { mode: "real" })),
      ),
    );
  },

  naming() {
    this.nameField = el("input", {
      name: "checkpoint",
      placeholder: "before-payment",
      maxlength: "64",
      required: true,
      pattern: "[A-Za-z0-9._\\-]{1,64}",
      title: "1 to 64 of A-Z a-z 0-9 . _ -",
      spellcheck: "false",
      autocapitalize: "none",
    });
    return el(
      "form",
      {
        "aria-label": "A new checkpoint",
        onsubmit: async (event) => {
          event.preventDefault();
          if (
            await act(
              `“${this.nameField.value}” is named`,
              `/checkpoints/${encodeURIComponent(this.nameField.value)}`,
              "PUT",
            )
          )
            this.nameField.value = "";
        },
      },
      el("div.fields", null, field("Name", this.nameField, "broad"), el("button", { type: "submit" }, "Name it")),
    );
  },

  async refresh() {
    const [{ checkpoints }, info] = await Promise.all([ask("/checkpoints"), ask("/info")]);
    if (!checkpoints.length) fill(this.points, el("p.muted", null, "None yet."));
    else if (!this.points.querySelector("ul")) fill(this.points, el("ul.rows"));
    const list = this.points.querySelector("ul");
    if (list)
      sync(
        list,
        checkpoints,
        (name) => name,
        (name) => this.point(name),
      );
    if (!this.instant.value && clock.now) this.instant.value = spaceNow().slice(0, 19);
    this.save.hidden = !info.files.state;
    if (info.files.state && !this.save.firstChild) {
      fill(
        this.save,
        el("h2", null, "State file"),
        el("p", null, el("code", null, info.files.state)),
        el("p", null, "Written when the server ends, and now if you like: every space, whole or not at all."),
        el(
          "p.buttons",
          null,
          button("Save now", () => act("Saved", "/state/save", "POST")),
        ),
      );
    }
  },

  tick(now) {
    if (!this.now) return;
    this.now.textContent = `${dayTime(now)} UTC`;
    this.mode.textContent =
      clock.mode === "fixed" ? "It stands still until it is moved." : "It runs on, second by second.";
  },

  point(name) {
    const path = `/checkpoints/${encodeURIComponent(name)}`;
    const named = (what) => ({ "aria-label": `${what} ${name}` });
    return el(
      "li",
      null,
      el(
        "p.buttons",
        null,
        el("b.mono", null, name),
        button("Changes since", () => this.since(name, path), "small", named("Changes since")),
        button(
          "Rewind …",
          async () => {
            if (
              await sure(
                `Back to “${name}”?`,
                "What happened since then is undone: records, tokens, clock, mails and faults.",
                "Rewind",
              )
            )
              await act(`Back at “${name}”`, `${path}/rewind`, "POST");
          },
          "small",
          named("Rewind to"),
        ),
        button("Forget", () => act(`“${name}” is forgotten`, path, "DELETE"), "small", named("Forget")),
      ),
    );
  },

  async since(name, path) {
    let told;
    try {
      told = await call(`${path}/changes`);
    } catch (fault) {
      return toast(fault.message, true);
    }
    const all = await records();
    const parts = [
      ["created", "good", "+ created"],
      ["changed", "warn", "~ changed"],
      ["deleted", "bad", "− deleted"],
    ];
    const items = parts.flatMap(([key, kind, text]) => told[key].map((change) => this.change(all, change, kind, text)));
    const heading = el("h2", { tabindex: "-1" }, `Since “${name}”`);
    this.changes.hidden = false;
    fill(
      this.changes,
      el(
        "div.panel",
        null,
        heading,
        items.length ? items : el("p", null, "Nothing has changed."),
        el(
          "p.buttons",
          null,
          button(
            "Close",
            () => {
              this.changes.hidden = true;
            },
            "small",
          ),
        ),
      ),
    );
    heading.focus();
  },

  change(all, { api, kind, id, before, after }, className, text) {
    const found = all.get(api, kind, id);
    const differs =
      before && after
        ? [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
            (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
          )
        : [];
    return el(
      "details.fold",
      null,
      el(
        "summary",
        null,
        el("span", null, titleOf(after ?? before)),
        el(`span.pill.${className}`, null, text),
        el("span.id", null, `${api} ${kind} ${id}`),
      ),
      el(
        "div.inside",
        null,
        found && el("p", null, "Now: ", recordLink(found)),
        differs.length
          ? el(
              "dl.facts",
              null,
              differs.map((key) =>
                fact(
                  key,
                  el("code", null, JSON.stringify(before[key]) ?? "absent"),
                  " → ",
                  el("code", null, JSON.stringify(after[key]) ?? "absent"),
                ),
              ),
            )
          : json(after ?? before, all.link(api)),
      ),
    );
  },

  async reset() {
    if (
      !(await sure(
        "Reset this space?",
        `Records, tokens, requests, mails and faults of “${spaceName()}” are forgotten; it begins again from the world.`,
        "Reset",
      ))
    )
      return;
    if (await act("The space is as at the start", "/reset", "POST")) stream.resync();
  },
});
