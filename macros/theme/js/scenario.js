// A scenario step by step: what is not reached yet is hidden, ways taken and endings seen are kept.
// On paper, and without this script, every passage stands there with its number.

import { find, findAll } from "./page.js";
import { showKept } from "./kept.js";
import { keep, onChange, recall } from "./store.js";
import { say } from "./words.js";

const page = find("[data-scenario]");
const record = `scenarios/${page.dataset.scenario}`;

/** @param {HTMLElement} version the scenario as one role lives it */
const walkThrough = (version) => {
  const role = version.dataset.role ?? "";
  const passages = findAll(".passage", version);
  const byPlace = new Map(passages.map((one) => [one.dataset.at ?? "", one]));
  const line = find("[data-endings]", version);

  const kept = (/** @type {string} */ key) => {
    const value = recall(record)[key];
    return Array.isArray(value) ? value.filter((place) => byPlace.has(place)) : [];
  };
  /** The passages on the way so far, after the first. */
  let way = kept(role);

  const show = () => {
    passages.forEach((one, at) => {
      const place = one.dataset.at ?? "";
      one.classList.toggle("reached", at === 0 || way.includes(place));
      const links = findAll("a[href^='#']", one);
      for (const link of links) link.classList.toggle("taken", way.includes(goalOf(link)?.dataset.at ?? ""));
    });
    const endings = passages.filter((one) => one.classList.contains("at-ending"));
    const found = kept(`${role}.endings`);
    line.textContent = found.length ? say("endings_found", { n: found.length, of: endings.length }) : "";
  };

  const goalOf = (/** @type {HTMLElement} */ link) =>
    passages.find((one) => `#${one.id}` === link.getAttribute("href"));

  version.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    const from = /** @type {HTMLElement | null} */ (link.closest(".passage"));
    const goal = goalOf(link);
    if (!from) return;
    event.preventDefault();
    // Choosing again at an earlier passage takes back what came after it.
    const at = way.indexOf(from.dataset.at ?? "");
    way = way.slice(0, at + 1);
    if (goal) way.push(goal.dataset.at ?? "");
    else way = []; // "Start again" leads back to the top
    /** @type {Record<string, string[]>} */
    const changes = { [role]: way };
    if (goal?.classList.contains("at-ending")) {
      changes[`${role}.endings`] = [...new Set([...kept(`${role}.endings`), goal.dataset.at ?? ""])];
    }
    keep(record, changes);
    show();
    const next = goal ?? passages[0];
    next.tabIndex = -1;
    next.focus(); // a reader who cannot see the page is taken along
    next.scrollIntoView({ block: "nearest" });
  });

  onChange((name) => {
    if (name !== "" && name !== record) return;
    way = kept(role);
    show();
  });
  show();
};

findAll(".version").forEach(walkThrough);
showKept(() => record);
