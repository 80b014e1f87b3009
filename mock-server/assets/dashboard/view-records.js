// The records of both APIs: found, opened, and followed to those that they refer to.

/** How many records of a kind are listed at once. */
const MOST_RECORDS = 200;

views.push({
  name: "records",
  title: "Records",
  group: "Data",
  isWide: true,

  build(section) {
    this.search = el("input", {
      type: "search",
      name: "search",
      placeholder: "a name, an id, any value",
      spellcheck: "false",
      autocapitalize: "none",
      oninput: () => refresh(),
    });
    this.kinds = el("div");
    this.found = el("tbody");
    this.note = el("p.muted");
    this.detail = el("article.panel.detail", { hidden: true, "aria-label": "One record" });
    this.list = el(
      "div.panel",
      null,
      this.note,
      table(["Name", "Kind", "Id", "Refers to"], this.found),
    );
    this.desk = el("div.desk", null, this.list, this.detail);
    section.append(
      el("div.panel", null, el("div.fields", null, field("Search in every record", this.search, "broad")), this.kinds),
      this.desk,
    );
  },

  async refresh({ rest: [api, kind, id] }) {
    const all = await records();
    const wanted = this.search.value.trim().toLowerCase();
    this.showKinds(all, api, kind);
    const chosen = [...all.places.values()].filter(
      (place) =>
        (wanted || !api || place.api === api) &&
        (wanted || !kind || place.kind === kind) &&
        (!wanted || JSON.stringify(place.record).toLowerCase().includes(wanted)),
    );
    this.note.textContent =
      chosen.length > MOST_RECORDS
        ? `${MOST_RECORDS} of ${chosen.length.toLocaleString("en")} are listed; the search narrows them.`
        : chosen.length
          ? plural(chosen.length, "record")
          : wanted
            ? "No record holds that."
            : "No record of this kind yet.";
    sync(
      this.found,
      chosen.slice(0, MOST_RECORDS),
      (place) => hrefOf(place),
      (place) => this.row(all, place),
      (place) => JSON.stringify(place.record),
    );
    this.found.parentNode.hidden = !chosen.length;
    this.open(all, id === undefined ? undefined : all.get(api, kind, id), id);
  },

  showKinds(all, api, kind) {
    const mark = JSON.stringify([api, kind, all.kinds.map(({ list }) => list.length)]);
    if (this.kindsMark === mark) return;
    this.kindsMark = mark;
    const chip = (href, text, count, is) =>
      el(
        "li",
        null,
        el(
          is ? "a.pill.accent" : "a.pill",
          {
            href,
            "aria-current": is ? "true" : null,
            onclick: () => {
              this.search.value = "";
            },
          },
          text,
          " ",
          el("span", null, String(count)),
        ),
      );
    fill(
      this.kinds,
      el("ul.chips", null, chip("#records", "all", all.places.size, !api)),
      Object.keys(APIS).map((name) =>
        el(
          "ul.chips",
          { "aria-label": `Kinds of ${apiTitle(name)}` },
          el("li.muted", null, apiTitle(name)),
          all.kinds
            .filter((one) => one.api === name)
            .map((one) =>
              chip(`#records/${name}/${one.kind}`, one.kind, one.list.length, api === name && kind === one.kind),
            ),
        ),
      ),
    );
  },

  row(all, place) {
    const { api, kind, record } = place;
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, recordLink(place)),
      el("td", null, `${apiTitle(api)} ${kind}`),
      el("td", null, el("code", null, String(idOf(record)))),
      el(
        "td",
        null,
        el(
          "ul.chips",
          null,
          all
            .references(place)
            .slice(0, 6)
            .map((to) => el("li", null, recordLink(to, "a.pill"))),
        ),
      ),
    );
  },

  open(all, place, id) {
    this.desk.classList.toggle("open", id !== undefined);
    this.detail.hidden = id === undefined;
    const href = place ? hrefOf(place) : id;
    const mark = place && JSON.stringify([place.record, all.referrers(place).length]);
    if (id === undefined || (this.href === href && this.mark === mark))
      return void (id === undefined && (this.href = null));
    const isOther = this.href !== href;
    Object.assign(this, { href, mark });
    const title = el("h2", { id: "record-title", tabindex: "-1" }, place ? titleOf(place.record) : `There is no ${id}`);
    fill(
      this.detail,
      el(
        "p.buttons",
        null,
        button("← All records", () => this.close()),
      ),
      title,
      place ? this.shown(all, place) : el("p", null, "It may have been deleted, or it is of another space."),
    );
    if (isOther) {
      this.detail.scrollTop = 0;
      title.focus({ preventScroll: innerWidth >= 1150 });
    }
  },

  shown(all, place) {
    const { api, kind, record } = place;
    const chips = (heading, list) =>
      list.length > 0 && [
        el("h3", null, `${heading} (${list.length})`),
        el(
          "ul.chips",
          null,
          list.slice(0, 60).map((one) => el("li", null, recordLink(one, "a.pill"))),
          list.length > 60 && el("li", null, "…"),
        ),
      ];
    const back = all.referrers(place);
    const groups = back.filter((one) => one.kind === "access--groups");
    const members = [...new Set(groups.flatMap((group) => all.referrers(group)))].filter(
      (one) => one.kind === "users" && !back.includes(one),
    );
    return [
      el(
        "p.chips",
        null,
        el("span.pill", null, apiTitle(api)),
        el("span.pill", null, kind),
        el("span.pill", null, el("code", null, String(idOf(record)))),
        copyButton(String(idOf(record)), `the id of ${titleOf(record)}`, "Copy id"),
      ),
      chips("Refers to", all.references(place)),
      [...new Set(back.map((one) => one.kind))].map((of) =>
        chips(
          `Its ${of}`,
          back.filter((one) => one.kind === of),
        ),
      ),
      chips("Users through its access groups", members),
      el("h3", null, "The record"),
      json(record, all.link(api, record)),
    ];
  },

  close() {
    const [api, kind] = place.rest;
    const href = this.href;
    location.hash = this.search.value ? "#records" : `#records/${api}/${kind}`;
    addEventListener(
      "hashchange",
      () => later("focus", 50, () => this.found.querySelector(`[data-key="${CSS.escape(href)}"] a`)?.focus()),
      { once: true },
    );
  },
});
