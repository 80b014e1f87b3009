// The spaces: gone to, made, dropped; and the mails that this one did not send.

views.push({
  name: "spaces",
  title: "Spaces",
  group: "Steer",

  build(section) {
    this.rows = el("tbody");
    this.nameField = el("input", {
      name: "space",
      placeholder: "my-test",
      maxlength: "64",
      required: true,
      pattern: "[A-Za-z0-9._\\-]{1,64}",
      title: "1 to 64 of A-Z a-z 0-9 . _ -",
      spellcheck: "false",
      autocapitalize: "none",
    });
    const names = ["Space", "Records", "Requests", "Checkpoints", "Clock", "Drop"];
    section.append(
      el(
        "div.panel",
        null,
        el("h2", null, "Go to a space"),
        el("p.muted", null, "A name that no space has yet makes one from the world."),
        el(
          "form",
          {
            "aria-label": "Go to a space",
            onsubmit: (event) => {
              event.preventDefault();
              this.go(this.nameField.value.trim());
            },
          },
          el("div.fields", null, field("Name", this.nameField, "broad"), el("button.main", { type: "submit" }, "Go")),
        ),
      ),
      el(
        "div.panel",
        null,
        table(names, this.rows, ["Records", "Requests", "Checkpoints"]),
      ),
    );
  },

  async refresh() {
    const { spaces } = await ask("/spaces");
    sync(
      this.rows,
      spaces,
      ({ name }) => name,
      (space) => this.row(space),
      (space) => JSON.stringify({ ...space, clock: space.clock.mode }),
    );
  },

  row({ name, records: counts, journal, checkpoints, clock: at }) {
    const sum = Object.values(counts)
      .flatMap((kinds) => Object.values(kinds))
      .reduce((one, other) => one + other, 0);
    const isOwn = name === spaceName();
    const number = (label, value) => el("td.num", { "data-label": label }, value.toLocaleString("en"));
    return el(
      "tr",
      null,
      el(
        "th",
        { scope: "row" },
        isOwn
          ? [el("b", null, name), " ", el("span.pill.accent", null, "shown here")]
          : el("a", { href: `${rootOf(name)}#start` }, name),
      ),
      number("Records", sum),
      number("Requests", journal.entries),
      number("Checkpoints", checkpoints.length),
      el("td", { "data-label": "Clock" }, at.mode === "fixed" ? `stands at ${dayTime(at.now)}` : "runs"),
      el(
        "td",
        null,
        button("Drop …", () => this.drop(name, isOwn), "small", { "aria-label": `Drop ${name}` }),
      ),
    );
  },

  go(name) {
    if (name) location.assign(`${rootOf(name)}#start`);
  },

  async drop(name, isOwn) {
    if (
      !(await sure(`Drop “${name}”?`, "Everything in it is forgotten. Named again, it is made from the world.", "Drop"))
    )
      return;
    const path = `/spaces/${encodeURIComponent(name)}`;
    if (!isOwn) return void act(`“${name}” is dropped`, path, "DELETE");
    // Whatever this page asked from here on would make the space again.
    stream.leave();
    await call(path, "DELETE").catch(() => {});
    if (name === "default") location.reload();
    else this.go("default");
  },
});

views.push({
  name: "mails",
  title: "Mails",
  group: "Watch",

  build(section) {
    this.rows = el("tbody");
    this.table = table(["Time, UTC", "To", "Subject", "Why", "API"], this.rows);
    this.empty = el(
      "div.empty",
      null,
      el("h2", null, "No mail yet"),
      el("p", null, "Mails that AMS would have sent stand here, such as the one to a new user. Nothing is ever sent."),
    );
    section.append(el("div.panel", null, this.table, this.empty));
  },

  async refresh() {
    const { mails } = await ask("/outbox");
    this.table.hidden = !mails.length;
    this.empty.hidden = Boolean(mails.length);
    const newest = mails
      .map((mail, number) => ({ mail, number }))
      .reverse()
      .slice(0, MOST_RECORDS);
    sync(
      this.rows,
      newest,
      ({ number }) => number,
      ({ mail }) =>
        el(
          "tr",
          null,
          el("td", { "data-label": "At" }, dayTime(mail.time)),
          el("th", { scope: "row" }, mail.to),
          el("td", { "data-label": "Subject" }, mail.subject),
          el("td", { "data-label": "Why" }, el("code", null, mail.kind)),
          el("td", { "data-label": "API" }, apiTitle(mail.api)),
        ),
    );
  },
});
