// One request in full: what was asked, what was answered, and why.

async function entryShown(entry, title) {
  const [all, { rules }, { assumptions }] = await Promise.all([records(), ask("/rules"), ask("/assumptions")]);
  const { request, response } = entry;
  const caller = entry.caller === null ? null : all.user(entry.api, entry.caller);
  fill(title, request.method, " ", request.path);
  const link = all.link(entry.api);
  return [
    title,
    el(
      "p.chips",
      null,
      statusMark(response),
      el("span.pill", null, `No. ${entry.number}`),
      el("span.pill", null, apiTitle(entry.api)),
      el("span.pill", { title: entry.time }, `${dayTime(entry.time)} UTC`),
      entry.duration_us !== null && el("span.pill", null, took(entry.duration_us)),
    ),
    el(
      "p",
      null,
      "From ",
      caller ? recordLink(caller) : entry.caller === null ? "nobody: no valid token" : String(entry.caller),
      /[0-9a-f]{24}|\/\d+/.test(request.path) && [
        ". Path: ",
        el("span.mono", null, all.pathParts(entry.api, request.path)),
      ],
    ),
    entry.fault &&
      box(
        "odd",
        "A fault made this answer what it is",
        el("p", null, describeEffect(entry.fault.effect)),
        entry.fault.delay_ms && el("p", null, `It waited ${entry.fault.delay_ms} ms first.`),
        el("p", null, el("a", { href: "#faults" }, "Faults in force")),
      ),
    entry.explanation ? explained(entry.explanation, rules, assumptions) : unexplained(entry, rules, assumptions),
    entry.warnings.length > 0 &&
      box(
        "warn",
        "Warnings",
        el(
          "ul",
          null,
          entry.warnings.map((text) => el("li", null, text)),
        ),
      ),
    el("h3", null, "Request"),
    request.query &&
      el(
        "dl.facts",
        null,
        [...new URLSearchParams(request.query)].map(([key, value]) => fact(key, el("code", null, value))),
      ),
    headersShown(request.headers),
    bodyShown(request.body, link),
    request.body_is_cut && el("p.muted", null, "The body was longer than what the mock reads of one."),
    el(
      "p.buttons",
      null,
      copyButton(() => curlFor(entry), "this request as a curl line", "Copy as curl"),
    ),
    el("h3", null, "Answer"),
    response
      ? [headersShown(response.headers), bodyShown(response.body, link)]
      : el("p", null, "None: the connection was closed."),
    decidedShown(entry, rules, assumptions),
  ];
}

const box = (kind, heading, ...inside) => el(`div.why-box.${kind}`, null, el("h3", null, heading), inside);

function headersShown(headers) {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return el(
    "details",
    null,
    el("summary", null, plural(pairs.length, "header")),
    el(
      "dl.facts",
      null,
      pairs.map(([name, value]) => fact(el("code", null, name), el("code", null, value))),
    ),
  );
}

function bodyShown(body, link) {
  if (body === null || body === "") return el("p.muted", null, "No body.");
  return json(body, link);
}

/** The sentence of the document that a rule rests on. */
function quoteOf(rule) {
  const source = rule.source ?? rule;
  if (!source.quote) return null;
  return el(
    "blockquote",
    null,
    el("p", null, `“${source.quote}”`),
    el("footer", null, [source.page, rule.basis].filter(Boolean).join(" · ")),
  );
}

/** A rule with its sentence, unless what stands above says it already. */
function ruleShown(rule, said = "") {
  return [
    el("p", null, el("a.mono", { href: `#rules/${encodeURIComponent(rule.id)}` }, rule.id)),
    !said.includes(rule.text) && el("p", null, rule.text),
    quoteOf(rule),
  ];
}

/** Without the server's own explanation: what refused the request, a rule in the document's words or an assumption. */
function unexplained(entry, rules, assumptions) {
  const rule = rules.find(({ id }) => id === entry.refused_by);
  if (rule) return box("bad", "Refused, because", ruleShown(rule));
  if (entry.fault || !(entry.response?.status >= 400) || !entry.assumptions.length) return null;
  return box(
    "bad",
    "Refused, though no document says so: the mock assumes",
    entry.assumptions.map((id) => assumed(id, assumptions)),
  );
}

/** What the server says of a refusal. Every part may be missing. */
function explained({ text, rule, assumptions = [], breaches = [], nearest }, rules, known) {
  const ruled = typeof rule === "string" ? (rules.find(({ id }) => id === rule) ?? { id: rule }) : rule;
  const inside = [
    text && el("p", null, text),
    ruled && ruleShown(ruled, text),
    breaches.length > 0 && [el("h3", null, "What in the request broke it"), listed(breaches)],
    nearest && nearestShown(nearest),
    assumptions.length > 0 && [
      el("h3", null, "No document says it, so the mock assumes"),
      assumptions.map((one) => assumed(one, known)),
    ],
  ];
  if (!inside.flat().some(Boolean)) return null;
  return box(ruled ? "bad" : "calm", ruled ? "Refused, because" : "Why this answer", inside);
}

/** Places of a request with what is wrong there or becomes of them; some come as plain sentences. */
function listed(items) {
  const told = (item) => {
    if (typeof item === "string") return item;
    const { place, why, text, ...rest } = item;
    const words = why ?? text ?? (Object.keys(rest).length ? JSON.stringify(rest) : "");
    return [el("code", null, place || "the request"), words && `: ${words}`];
  };
  const lines = items.map((item) => el("li", null, told(item)));
  return el("ul", null, lines);
}

function nearestShown({ changes = [], request, curl, text }) {
  return [
    el("h3", null, "The nearest request that would have been accepted"),
    text && el("p", null, text),
    changes.length > 0 && listed(changes),
    curl && code(curl, "the nearest request as a curl line"),
    request && el("details", null, el("summary", null, "That request in full"), json(request)),
  ];
}

function assumed(one, known) {
  const given = typeof one === "string" ? { id: one } : one;
  const whole = { ...known.find(({ id }) => id === given.id), ...given };
  const answer =
    typeof whole.answer === "object" ? whole.answer : whole.answers?.find?.(({ id }) => id === whole.answer);
  return el(
    "p",
    null,
    whole.question ?? "",
    " ",
    el("b", null, answer?.text ?? whole.answer ?? ""),
    " ",
    el("a.mono", { href: `#assumptions/${encodeURIComponent(whole.id)}` }, whole.id),
  );
}

/** Every rule and assumption that had a part in the answer. */
function decidedShown(entry, rules, assumptions) {
  const taken = entry.rules.map((id) => rules.find((rule) => rule.id === id) ?? { id, text: "" });
  if (!taken.length && !entry.assumptions.length) return null;
  return [
    el("h3", null, "What had a part in it"),
    taken.map((rule) =>
      el(
        "details",
        null,
        el("summary", null, rule.text || rule.id),
        el("p", null, el("a.mono", { href: `#rules/${encodeURIComponent(rule.id)}` }, rule.id)),
        quoteOf(rule),
      ),
    ),
    entry.assumptions.length > 0 &&
      el(
        "details",
        { open: !entry.explanation && !taken.length },
        el("summary", null, plural(entry.assumptions.length, "assumption")),
        entry.assumptions.map((id) => assumed(id, assumptions)),
      ),
  ];
}

/** The request as a line for a shell. Masked secrets stay masked. */
function curlFor({ request }) {
  const skipped = ["host", "content-length", "user-agent", "accept", "connection", "accept-encoding"];
  const headers = Object.entries(request.headers).filter(
    ([name]) => !skipped.includes(name) && !name.startsWith("sec-"),
  );
  const address = BASE_URL() + request.path + (request.query ? `?${request.query}` : "");
  const parts = [`curl -X ${request.method} ${quoted(address)}`];
  for (const [name, value] of headers) for (const one of [value].flat()) parts.push(`-H ${quoted(`${name}: ${one}`)}`);
  if (request.body !== null && request.body !== "") {
    parts.push(`-d ${quoted(typeof request.body === "string" ? request.body : JSON.stringify(request.body))}`);
  }
  return parts.join(" \\\n  ");
}

const BASE_URL = () => location.origin + BASE;

/** Sends a first request with a token of the world, so that there is something to see. */
async function tryOut(api) {
  const { tokens } = await ask("/info");
  const { tokens: marked } = await ask("/state");
  const grant = marked.find((one) => one.api === api && one.default) ?? tokens.find((one) => one.api === api);
  if (!grant) return toast(`The world has no token for ${apiTitle(api)}`, true);
  const [name, value] = APIS[api].header(grant.token).split(": ");
  try {
    const { status } = await fetch(BASE + APIS[api].first, { headers: { [name]: value }, cache: "no-store" });
    toast(`${apiTitle(api)} answered ${status}`);
  } catch {
    toast("The connection was closed without an answer", true);
  }
}
