// Where to call, with which token, and how to have a world of one's own.

views.push({
  name: "start",
  title: "Start",
  group: "Watch",

  build(section) {
    this.first = el("div");
    this.addresses = el("div");
    this.tokens = el("tbody");
    this.example = el("div");
    section.append(
      this.first,
      el(
        "div.pair",
        null,
        el("div.panel", null, el("h2", null, "Addresses"), this.addresses),
        el("div.panel", null, el("h2", null, "A world of its own for each test"), this.example),
      ),
      el(
        "div.panel",
        null,
        el("h2", null, "Tokens"),
        table(["Token", "API", "Acts as", "May", "Copy"], this.tokens),
      ),
    );
  },

  async refresh() {
    const [info, all] = await Promise.all([ask("/info"), records()]);
    this.greet();
    const mark = JSON.stringify([info.tokens, all.tokens]);
    if (this.mark === mark) return;
    this.mark = mark;
    fill(
      this.addresses,
      Object.keys(APIS).map((api) => [
        el("h3", null, apiTitle(api)),
        el("p.muted", null, APIS[api].about),
        code(info[api].base_url, `the base URL of ${apiTitle(api)}`),
        this.tryLine(info, all, api),
      ]),
      el("h3", null, "Control API"),
      code(info.control.base_url, "the address of the control API"),
    );
    fill(
      this.tokens,
      info.tokens.map((grant) => this.token(info, all, grant)),
    );
    const mine = `${location.origin}/_spaces/my-test`;
    fill(
      this.example,
      el(
        "p",
        null,
        "A space has its own data, tokens, clock, faults and requests. It is made from the world when it is first named: by a prefix, so that only a base URL changes,",
      ),
      code(mine, "a base URL of a space called my-test"),
      el("p", null, "or by a header, where the prefix cannot be set:"),
      code("X-Mock-Space: my-test", "the header that names a space"),
      el(
        "p",
        null,
        "This page belongs to the space ",
        el("b", null, spaceName()),
        ". ",
        el("a", { href: "#spaces" }, "All spaces"),
      ),
    );
  },

  tryLine(info, all, api) {
    const grant = all.tokens.find((one) => one.api === api && one.default) ?? all.tokens.find((one) => one.api === api);
    if (!grant) return null;
    return [
      code(curlOf(info[api].base_url, api, grant.token), `a curl line for ${apiTitle(api)}`),
      el(
        "p",
        null,
        button("Send it from here", () => tryOut(api), "small", {
          "aria-label": `Send the line for ${apiTitle(api)} from here`,
        }),
      ),
    ];
  },

  token(info, all, { token, api, user, may }) {
    const found = all.user(api, user);
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, el("code", null, token)),
      el("td", null, apiTitle(api)),
      el("td", { "data-label": "Acts as" }, found ? recordLink(found) : String(user)),
      el("td", { "data-label": "May" }, may ?? ""),
      el(
        "td",
        null,
        el(
          "span.buttons",
          null,
          copyButton(token, `the token ${token}`, "Token"),
          copyButton(curlOf(info[api].base_url, api, token), `a curl line with ${token}`, "curl"),
        ),
      ),
    );
  },

  /** What to do first, as long as nothing has been asked. */
  greet() {
    const isFirst = stream.state === "live" && stream.last === 0;
    if (isFirst === Boolean(this.first.firstChild)) return;
    fill(
      this.first,
      isFirst &&
        el(
          "div.panel",
          null,
          el("h2", null, "Nothing has been asked yet. Three steps:"),
          el(
            "ol.steps",
            null,
            el(
              "li",
              null,
              "Give your code the base URL below in place of the vendor’s, for Amili, for AMS, or for both.",
            ),
            el("li", null, "Give it one of the tokens below. Each tells what it may do."),
            el(
              "li",
              null,
              "Send something, and see at ",
              el("a", { href: "#requests" }, "Requests"),
              " which rule of which document decided the answer.",
            ),
          ),
        ),
    );
  },
});
