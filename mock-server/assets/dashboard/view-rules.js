// The rules with how often each decided an answer, and the open questions with the answers in force.

const apiChoice = (onchange) =>
  select({ name: "api", onchange }, [["", "both"], ...Object.keys(APIS).map((api) => [api, apiTitle(api)])]);
const searchField = (placeholder) =>
  el("input", {
    type: "search",
    name: "search",
    placeholder,
    spellcheck: "false",
    autocapitalize: "none",
    oninput: () => refresh(),
  });
const holds = (value, wanted) => !wanted || JSON.stringify(value).toLowerCase().includes(wanted.trim().toLowerCase());
const decidedPill = (count) =>
  count ? el("span.pill.good", null, "✓ ", plural(count, "time")) : el("span.pill", null, "never");

/** Opens what the address names, and brings it into sight once. */
function unfold(view, list, id) {
  if (view.named === id) return;
  view.named = id;
  const fold = id && list.querySelector(`[data-key="${CSS.escape(id)}"]`);
  if (!fold) return;
  fold.open = true;
  fold.scrollIntoView({ block: "center" });
  fold.querySelector("summary").focus({ preventScroll: true });
}

views.push({
  name: "rules",
  title: "Rules",
  group: "Behaviour",

  build(section) {
    const again = () => refresh();
    this.search = searchField("a word, an id, a sentence");
    this.api = apiChoice(again);
    this.basis = select({ name: "basis", onchange: again }, [
      ["", "any"],
      ["seed", "seed"],
      ["public-docs", "public-docs"],
      ["framework", "framework"],
    ]);
    this.never = el("input", { type: "checkbox", name: "never", onchange: again });
    this.summary = el("p", { role: "status" });
    this.meter = el("span");
    this.list = el("div.panel");
    section.append(
      el(
        "div.panel",
        null,
        this.summary,
        el("div.meter", { "aria-hidden": "true" }, this.meter),
        el(
          "div.fields",
          null,
          field("Search", this.search, "broad"),
          field("API", this.api),
          field("Basis", this.basis),
          el("label.tick", null, this.never, "Only those that never decided"),
        ),
      ),
      this.list,
    );
  },

  async refresh({ rest: [id] }) {
    const { rules } = await ask("/rules");
    if (id && this.named !== id) {
      this.search.value = this.api.value = this.basis.value = "";
      this.never.checked = false;
    }
    const met = rules.filter((rule) => rule.decided).length;
    const told = `${met} of ${plural(rules.length, "rule")} decided at least one answer in this space since it began.`;
    if (this.summary.textContent !== told) this.summary.textContent = told;
    this.meter.style.width = `${rules.length ? (100 * met) / rules.length : 0}%`;
    const shown = rules.filter(
      (rule) =>
        holds({ ...rule, decided: 0 }, this.search.value) &&
        (!this.api.value || rule.api === this.api.value) &&
        (!this.basis.value || rule.basis === this.basis.value) &&
        (!this.never.checked || !rule.decided),
    );
    sync(
      this.list,
      shown,
      (rule) => rule.id,
      (rule) => this.row(rule),
    );
    if (!shown.length) fill(this.list, el("p.muted", null, "No rule like that."));
    unfold(this, this.list, id);
  },

  row(rule) {
    return el(
      "details.fold",
      null,
      el("summary", null, el("span", null, rule.text), decidedPill(rule.decided), el("span.id", null, rule.id)),
      el(
        "div.inside",
        null,
        quoteOf(rule),
        el(
          "dl.facts",
          null,
          fact("API", apiTitle(rule.api)),
          fact("Basis", rule.basis),
          fact(
            "Breaking it",
            rule.status
              ? `is answered ${rule.status}${rule.error ? `, ${rule.error}` : ""}`
              : "is not possible: it shapes answers and refuses nothing",
          ),
        ),
        el(
          "p",
          null,
          el("a", { href: `#requests?rule=${encodeURIComponent(rule.id)}` }, "Requests that it had a part in"),
        ),
      ),
    );
  },
});

views.push({
  name: "assumptions",
  title: "Assumptions",
  group: "Behaviour",

  build(section) {
    const again = () => refresh();
    this.search = searchField("a word, an id, an answer");
    this.api = apiChoice(again);
    this.changed = el("input", { type: "checkbox", name: "changed", onchange: again });
    this.decided = el("input", { type: "checkbox", name: "decided", onchange: again });
    this.summary = el("p");
    this.list = el("div.panel");
    this.back = button("All back to the default", () => this.reset());
    section.append(
      el(
        "div.panel",
        null,
        el(
          "p",
          null,
          "Questions that no document answers. Another answer holds from the next request on, in this space alone.",
        ),
        this.summary,
        el(
          "div.fields",
          null,
          field("Search", this.search, "broad"),
          field("API", this.api),
          el("label.tick", null, this.changed, "Only those changed"),
          el("label.tick", null, this.decided, "Only those that decided"),
        ),
        el("p.buttons", null, this.back),
      ),
      this.list,
    );
  },

  async refresh({ rest: [id] }) {
    const { assumptions } = await ask("/assumptions");
    if (id && this.named !== id) {
      this.search.value = this.api.value = "";
      this.changed.checked = this.decided.checked = false;
    }
    this.other = assumptions.filter((one) => one.answer !== one.default);
    this.summary.textContent = `${assumptions.length} questions, ${this.other.length || "none"} with another answer than the default.`;
    this.back.disabled = !this.other.length;
    const shown = assumptions.filter(
      (one) =>
        holds({ ...one, decided: 0 }, this.search.value) &&
        (!this.api.value || one.api === this.api.value) &&
        (!this.changed.checked || one.answer !== one.default) &&
        (!this.decided.checked || one.decided),
    );
    sync(
      this.list,
      shown,
      (one) => one.id,
      (one) => this.row(one),
    );
    if (!shown.length) fill(this.list, el("p.muted", null, "No assumption like that."));
    unfold(this, this.list, id);
  },

  row(one) {
    const choices = one.answers.map((answer) =>
      el(
        "label.choice",
        null,
        el("input", {
          type: "radio",
          name: one.id,
          value: answer.id,
          checked: answer.id === one.answer,
          onchange: () => this.choose(one.id, answer.id),
        }),
        el(
          "span",
          null,
          answer.text,
          " ",
          el("code.muted", null, answer.id),
          answer.id === one.default && el("span.muted", null, " (default)"),
        ),
      ),
    );
    return el(
      "details.fold",
      null,
      el(
        "summary",
        null,
        el("span", null, one.question),
        one.answer === one.default ? decidedPill(one.decided) : el("span.pill.warn", null, "changed: ", one.answer),
        el("span.id", null, one.id),
      ),
      el(
        "div.inside",
        null,
        el("fieldset", null, el("legend.unseen", null, one.question), choices),
        el(
          "p",
          null,
          el("a", { href: `#requests?rule=${encodeURIComponent(one.id)}` }, plural(one.decided, "answer")),
          " decided by it in this space.",
        ),
      ),
    );
  },

  choose(id, answer) {
    return act(`${id}: ${answer}`, "/assumptions", "PUT", { [id]: answer });
  },

  reset() {
    return act(
      "Every answer is the default one again",
      "/assumptions",
      "PUT",
      Object.fromEntries(this.other.map((one) => [one.id, one.default])),
    );
  },
});
