for (const filter of document.querySelectorAll("input[data-filters]")) {
  const api = filter.dataset.filters;
  const cases = [...document.querySelectorAll(`[data-cases="${api}"] > details`)];
  const count = document.querySelector(`[data-count="${api}"]`);
  filter.closest(".filter").hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const one of cases) one.hidden = !one.textContent.toLowerCase().includes(wanted);
    const shown = cases.filter((one) => !one.hidden).length;
    count.textContent = wanted ? `${shown} of ${cases.length}` : "";
  });
}
const unfold = () => {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && named.tagName === "DETAILS") named.open = true;
};
addEventListener("hashchange", unfold);
unfold();
