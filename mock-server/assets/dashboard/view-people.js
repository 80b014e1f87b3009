// Who may do what, and the departments as the tree that they are.

views.push({
  name: "users",
  title: "Users",
  group: "Data",

  build(section) {
    this.search = el("input", {
      type: "search",
      name: "user",
      placeholder: "a name, an address, a permission",
      spellcheck: "false",
      oninput: () => refresh(),
    });
    this.lists = Object.fromEntries(Object.keys(APIS).map((api) => [api, el("div.cards")]));
    section.append(
      el("p.muted", null, "What a user may do in the end is what any of their groups allows."),
      el("div.fields", null, field("Search", this.search, "broad")),
      el(
        "div",
        null,
        Object.keys(APIS).map((api) => [el("h2", null, apiTitle(api)), this.lists[api]]),
      ),
    );
  },

  async refresh() {
    const all = await records();
    const wanted = this.search.value.trim().toLowerCase();
    for (const api of Object.keys(APIS)) {
      const cards = all
        .list(api, "users")
        .map((user) => ({
          api,
          user,
          may: powers(all, api, user),
          tokens: all.tokens.filter((one) => one.api === api && String(one.user) === String(idOf(user))),
        }))
        .filter(
          (card) =>
            !wanted ||
            JSON.stringify([card.user, card.may.map(([power]) => power), card.tokens])
              .toLowerCase()
              .includes(wanted),
        );
      sync(
        this.lists[api],
        cards.slice(0, MOST_RECORDS),
        ({ user }) => idOf(user),
        (card) => this.card(all, card),
        ({ user, may, tokens }) =>
          JSON.stringify([
            user,
            may.map(([power, from]) => [power, from.map(({ record }) => titleOf(record))]),
            tokens,
          ]),
      );
      if (!cards.length) fill(this.lists[api], el("p.muted", null, wanted ? "Nobody like that." : "No users yet."));
    }
  },

  card(all, { api, user, may, tokens }) {
    const self = all.user(api, idOf(user));
    const groups = groupsOf(all, api, user);
    const belongs = all
      .references(self)
      .filter(({ kind }) => !["groups", "access--groups", "departments"].includes(kind));
    const departments = all.references(self).filter(({ kind }) => kind === "departments");
    const chips = (list) =>
      el(
        "ul.chips",
        null,
        list.map((one) => el("li", null, recordLink(one, "a.pill"))),
      );
    return el(
      "article.panel",
      null,
      el("h3", null, recordLink(self)),
      el(
        "p.muted",
        null,
        [user.email ?? user.email_data?.email ?? "no address", user.is_enabled === false && "not enabled"]
          .filter(Boolean)
          .join(" · "),
      ),
      el(
        "dl.facts",
        null,
        fact("Id", el("code", null, String(idOf(user)))),
        fact("Belongs to", belongs.length ? chips(belongs) : "nothing"),
        departments.length > 0 && fact("Departments", chips(departments)),
        fact("Groups", groups.length ? chips(groups) : "none"),
        fact(
          "May",
          may.length
            ? el(
                "ul.chips",
                null,
                may.map(([power, from]) =>
                  el(
                    "li",
                    null,
                    el("span.pill.good", { title: `from ${from.map((one) => titleOf(one.record)).join(", ")}` }, power),
                  ),
                ),
              )
            : "nothing",
        ),
      ),
      el(
        "p.buttons",
        null,
        tokens.map(({ token }) => copyButton(token, `the token ${token}`, token)),
        button("New token", () => this.issue(api, user), "small", { "aria-label": `New token for ${titleOf(user)}` }),
      ),
    );
  },

  async issue(api, user) {
    try {
      const { token } = await call("/tokens", "POST", { api, user: idOf(user) });
      const done = await copy(token);
      toast(`${done ? "Copied" : "The new token"}: ${token}`);
      stale();
    } catch (fault) {
      toast(fault.message, true);
    }
  },
});

views.push({
  name: "departments",
  title: "Departments",
  group: "Data",

  build(section) {
    this.tree = el("div.panel.tree");
    section.append(
      el("p.muted", null, "The departments of AMS, each below its parent, with the users in it."),
      this.tree,
    );
  },

  async refresh() {
    const all = await records();
    const departments = all.list("ams", "departments");
    const users = all.list("ams", "users");
    const mark = JSON.stringify([departments, users]);
    if (this.mark === mark) return;
    this.mark = mark;
    if (!departments.length) return void fill(this.tree, el("div.empty", null, el("h2", null, "No departments yet")));
    fill(this.tree, this.grown(all, departments, users));
  },

  /** The tree, from the roots down, without a depth that could be too deep. */
  grown(all, departments, users) {
    const members = new Map();
    for (const user of users) {
      for (const id of user.departments ?? []) members.set(id, [...(members.get(id) ?? []), user]);
    }
    const top = el("ul");
    const twigs = new Map(
      departments.map((department) => {
        const below = el("ul");
        const company = all.get("ams", "companies", department.company_id);
        const leaf = el(
          "div.leaf",
          null,
          recordLink(all.get("ams", "departments", department.id)),
          el("span.muted", null, `id ${department.id}${company ? ` · ${titleOf(company.record)}` : ""}`),
          (members.get(department.id) ?? []).map((user) => recordLink(all.user("ams", user.id), "a.pill")),
        );
        return [department.id, { below, item: el("li", null, leaf, below) }];
      }),
    );
    for (const { id, parent_id: parent } of departments) {
      const { item } = twigs.get(id);
      const over = twigs.get(parent);
      // A world file may hold a ring; what would hang below itself hangs at the top.
      (over && !item.contains(over.below) ? over.below : top).append(item);
    }
    for (const { below } of twigs.values()) if (!below.firstChild) below.remove();
    return top;
  },
});
