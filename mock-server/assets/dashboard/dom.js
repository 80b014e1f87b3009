// Building the page. Whatever comes from the server goes in as text: nothing here reads HTML.

/** An element: `el("a.pill.good", { href, onclick }, "text", child)`. Children that are null or false are left out. */
function el(what, options, ...children) {
  const [tag, ...classes] = what.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(options ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  put(node, children);
  return node;
}

function put(node, children) {
  for (const child of [children].flat(9)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/** Puts other children into an element. */
function fill(node, ...children) {
  node.replaceChildren();
  put(node, children);
  return node;
}

const byId = (id) => document.getElementById(id);

/**
 * Makes the children of `list` those of `items`, keeping the elements of items that have not changed, so that
 * what is open, chosen or focused stays so.
 */
function sync(list, items, key, make, sign = JSON.stringify) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  items.forEach((item, place) => {
    const name = String(key(item));
    const mark = sign(item);
    let node = old.get(name);
    old.delete(name);
    if (!node || node.mark !== mark) {
      const fresh = make(item);
      fresh.dataset.key = name;
      fresh.mark = mark;
      if (node) replace(node, fresh);
      node = fresh;
    }
    if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
  });
  for (const node of old.values()) node.remove();
}

const FOCUSABLE = "a, button, input, select, textarea, summary";

/** Puts an element in another's place, with the focus and the open parts of the old one. */
function replace(node, fresh) {
  const folds = (of) => [of, ...of.querySelectorAll("details")].filter((part) => part.localName === "details");
  const wasOpen = folds(node).map((fold) => fold.open);
  folds(fresh).forEach((fold, place) => {
    if (wasOpen[place]) fold.open = true;
  });
  const focused = [...node.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
  node.replaceWith(fresh);
  if (focused >= 0) fresh.querySelectorAll(FOCUSABLE)[focused]?.focus({ preventScroll: true });
}

/** A field with its label; `control` is the input, select or textarea. */
const field = (label, control, className) => el(className ? `label.${className}` : "label", null, label, control);

/** A select of `[value, text]` pairs. */
function select(options, pairs, chosen) {
  const choices = pairs.map(([value, text]) => el("option", { value, selected: value === chosen }, text));
  return el("select", options, choices);
}

const button = (text, onclick, className = "", options = {}) =>
  el(className ? `button.${className}` : "button", { type: "button", onclick, ...options }, text);

/** A table with these columns, some of them of numbers, that becomes a stack of cards where there is no room. */
const table = (columns, rows, numbers = []) =>
  el(
    "table.stack",
    null,
    el(
      "thead",
      null,
      el(
        "tr",
        null,
        columns.map((name) => el(numbers.includes(name) ? "th.num" : "th", { scope: "col" }, name)),
      ),
    ),
    rows,
  );

const fact = (name, ...value) => [el("dt", null, name), el("dd", null, value)];

/** A button that copies a text; `what` names it for those who cannot see what stands beside it. */
function copyButton(text, what, label = "Copy") {
  return button(
    label,
    async () => {
      const done = await copy(typeof text === "function" ? text() : text);
      toast(done ? `Copied: ${what}` : "The browser does not let this page copy", !done);
    },
    "small",
    { "aria-label": `${label}: ${what}` },
  );
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Outside loopback names a page may not use the clipboard; the old way needs a selection.
    const area = el("textarea", { class: "unseen", value: text, "aria-hidden": "true", tabindex: "-1" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Something to copy, in a box of its own. */
const code = (text, what) => el("div.code", null, el("code", null, text), copyButton(text, what));

function toast(text, isBad = false) {
  const node = el(isBad ? "p.toast.bad" : "p.toast", null, text);
  byId("toasts").append(node);
  while (byId("toasts").children.length > 3) byId("toasts").firstChild.remove();
  setTimeout(() => node.remove(), isBad ? 9000 : 3500);
}

/** Asks before something that cannot be undone; true when it shall be done. */
function sure(title, text, yes) {
  const dialog = byId("ask");
  byId("ask-title").textContent = title;
  byId("ask-text").textContent = text;
  byId("ask-yes").textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  byId("ask-no").focus();
  return new Promise((resolve) => {
    byId("ask-yes").onclick = () => dialog.close("yes");
    byId("ask-no").onclick = () => dialog.close("");
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinal = (count) => `${count}${ENDINGS[new Intl.PluralRules("en", { type: "ordinal" }).select(count)]}`;

/** `02:04:43.693` of an RFC 3339 time in UTC. */
function clockTime(time, digits = 3) {
  const [, hours, fraction = ""] = /T(\d\d:\d\d:\d\d)(?:\.(\d+))?/.exec(time) ?? [null, time];
  return digits ? `${hours}.${fraction.slice(0, digits).padEnd(digits, "0")}` : hours;
}

const dayTime = (time) => `${time.slice(0, 10)} ${clockTime(time, 0)}`;

function took(micros) {
  if (micros === null || micros === undefined) return "–";
  if (micros < 1e6) return `${(micros / 1e3).toFixed(micros < 1e4 ? 1 : 0)} ms`;
  return `${(micros / 1e6).toFixed(1)} s`;
}

/** How many values of a document are shown; a page of more is read by nobody and slow for everybody. */
const MOST_VALUES = 4000;

/** A JSON value, indented; `link(key, value)` gives the address that a value leads to, or null. */
function json(value, link = () => null) {
  let left = MOST_VALUES;
  const leaf = (key, part) => {
    const text = JSON.stringify(part) ?? "null";
    const href = typeof part === "object" ? null : link(key, part);
    return href ? el("a", { href }, text) : text;
  };
  const shown = (key, part, indent) => {
    left -= 1;
    if (left < 0) return left === -1 ? "… more than is shown here" : "";
    const isList = Array.isArray(part);
    const pairs = part && typeof part === "object" ? Object.entries(part) : [];
    if (!pairs.length) return leaf(key, part);
    const inner = `${indent}  `;
    const lines = pairs.map(([name, of], place) => [
      "\n",
      inner,
      isList ? null : [el("span.k", null, JSON.stringify(name)), ": "],
      shown(isList ? key : name, of, inner),
      place < pairs.length - 1 ? "," : "",
    ]);
    return [isList ? "[" : "{", ...lines.map((line) => line.flat(1)), `\n${indent}`, isList ? "]" : "}"];
  };
  const pre = el("pre.json", { tabindex: "0", role: "group", "aria-label": "JSON" });
  const append = (part) => {
    if (Array.isArray(part)) part.forEach(append);
    else if (part !== null) pre.append(part);
  };
  append(typeof value === "string" ? value : shown("", value, ""));
  return pre;
}

/** `'…'` for a POSIX shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
