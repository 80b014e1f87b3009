// What every view owes to those who cannot see it well, or use no mouse. Returns what is missing.
const found = [];
const told = (what, node) => found.push(`${what}: ${node.outerHTML.slice(0, 140)}`);
const isShown = (node) => node.checkVisibility({ visibilityProperty: true });
const named = (node) => {
  const ids = (node.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  const by = ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  return (node.getAttribute("aria-label") || by || node.textContent || "").trim();
};

const ids = new Map();
for (const node of document.querySelectorAll("[id]")) {
  if (ids.has(node.id)) told("an id that is there twice", node);
  ids.set(node.id, node);
}
for (const attribute of ["aria-labelledby", "aria-controls", "list"]) {
  for (const node of document.querySelectorAll(`[${attribute}]`)) {
    for (const id of node.getAttribute(attribute).split(" ")) if (!ids.has(id)) told(`${attribute} leads nowhere`, node);
  }
}
for (const node of document.querySelectorAll("input, select, textarea")) {
  const label = [...(node.labels ?? [])].map((one) => one.textContent).join("").trim();
  if (!label && !named(node)) told("a field without a label", node);
}
for (const node of document.querySelectorAll("button, a, summary, dialog")) {
  if (isShown(node) && !named(node)) told("nothing tells what it is", node);
}
for (const node of document.querySelectorAll("a")) if (!node.hasAttribute("href")) told("a link without an address", node);
for (const node of document.querySelectorAll("[role=region], article, nav, section, form")) {
  if (isShown(node) && !node.matches("form:not([aria-label])") && !named({ getAttribute: (key) => node.getAttribute(key), textContent: "" }) && node.localName !== "article") told("a landmark without a name", node);
}
if (document.querySelectorAll("h1").length !== 1) found.push("there is not one h1");
for (const landmark of ["header", "nav", "main"]) if (document.querySelectorAll(landmark).length !== 1) found.push(`there is not one ${landmark}`);
if (!document.documentElement.lang || !document.title) found.push("the page has no language or no title");
let level = 1;
for (const node of document.querySelectorAll("main :is(h1, h2, h3, h4)")) {
  if (!isShown(node)) continue;
  const own = Number(node.localName[1]);
  if (own > level + 1) told(`a heading of level ${own} below one of level ${level}`, node);
  level = own;
}

// Contrast: the colour of each shown text against what is painted below it.
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const painted = new Map();
const rgba = (colour) => {
  if (!painted.has(colour)) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    painted.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
  }
  return painted.get(colour);
};
const light = ([red, green, blue]) => {
  const [r, g, b] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ground = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] === 255) return colour;
  }
  return [255, 255, 255, 255];
};
let pairs = 0;
for (const node of document.querySelectorAll("body *")) {
  const hasText = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  if (!hasText || !isShown(node) || node.closest(":disabled, script, style, noscript, option, .unseen, .skip")) continue;
  const [one, other] = [light(rgba(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
  const contrast = (one + 0.05) / (other + 0.05);
  pairs += 1;
  if (contrast < 4.5) told(`a contrast of ${contrast.toFixed(2)}`, node);
}
if (pairs < 20) found.push(`only ${pairs} texts were seen`);
return found;
