// My data: everything that is kept, to read, take along, bring in and erase.

import { ask, base, control, download, find, loadScript, make } from "./page.js";
import { loadFacts } from "./plan.js";
import { lastChange } from "./record.js";
import {
  damagedText, exportAll, forget, forgetAll, importAll, keepsAnything, keptNames, onChange, putDamagedAside,
  recall, recordOf, setKeeping,
} from "./store.js";
import { momentText, say } from "./words.js";

/** @typedef {import("./record.js").Value} Value */

const LARGEST_FILE = 5_000_000; // bytes; more than a browser lets a site keep
const keptList = find("[data-kept-list]");
const report = find("[data-report]");
const fileBox = control("#import-file");

/** What is shown of a record: its title, the page it belongs to, and each value with its name.
 * @typedef {{ title: string, link: string, lines: [string, string][] }} Shown */

/**
 * What a table has under a key of its own; a key may come from a file.
 * @template T
 * @param {Record<string, T> | undefined} table
 * @param {string} key
 * @returns {T | undefined}
 */
const ownOf = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined);

/** @param {Value} value @param {Record<string, string>} [options] what ids of options stand for */
const valueText = (value, options = {}) => {
  if (typeof value === "boolean") return value ? say("is_true") : say("is_false");
  if (typeof value === "string") return ownOf(options, value) ?? value;
  return value.map((one) => ownOf(options, one) ?? one).join("; ");
};

/** Steps with the numbers that they were given, as step=number. @param {Value} value @param {Record<string, string>} [steps] */
const orderText = (value, steps = {}) => {
  if (!Array.isArray(value) || !value.every((one) => one.includes("="))) return valueText(value, steps);
  const given = value.map((one) => one.split("=")).filter(([, number]) => number);
  given.sort(([, one], [, other]) => Number(one) - Number(other));
  return given.map(([step, number]) => `${number}. ${ownOf(steps, step) ?? step}`).join("; ");
};

/** @param {KitProgramme} facts @param {string} id */
const titleOfSession = (facts, id) => facts.sessions.find((one) => one.id === id)?.title ?? id;

/** What a copy of a sheet is called. @param {KitProgramme} facts @param {string} name of its record */
const copyTitle = (facts, name) => {
  const copy = name.split("/")[2] ?? "";
  const own = recordOf(name).values["@name"]?.[0];
  if (typeof own === "string" && own) return own;
  const number = copy.replace("copy-", "");
  return /^\d+$/.test(number) ? say("copy_number", { n: number }) : titleOfSession(facts, copy);
};

/** What is chosen on My programme and on the certificate. @type {Record<string, () => string>} */
const CHOICES = {
  role: () => say("plan_role"),
  start: () => say("plan_start"),
  time: () => say("plan_time"),
  cadence: () => say("plan_cadence_weeks"),
  minutes: () => say("plan_minutes"),
  track: () => say("show_track"),
  paper: () => say("plan_paper"),
  zone: () => say("plan_zone"),
  id: () => say("plan_id"),
  name: () => say("certificate_name"),
  date: () => say("certificate_date"),
};

/**
 * The name and the words of one value.
 * @param {KitProgramme} facts
 * @param {string} name
 * @param {string} key
 * @param {Value} value
 * @returns {[string, string]}
 */
const lineOf = (facts, name, key, value) => {
  const [kind, id] = name.split("/");
  if (kind === "worksheets") {
    if (key === "@name") return [say("copy"), valueText(value)];
    const [field, ...cell] = key.split(".");
    const known = ownOf(ownOf(kitLabels.sheets, id), field);
    if (!known) return [`${key} (${say("not_on_the_sheet")})`, valueText(value)];
    const label = cell.length ? `${known.label}: ${ownOf(known.cells, cell.join(".")) ?? cell.join(", ")}` : known.label;
    return [label, valueText(value, known.options)];
  }
  if (kind === "ticks") {
    const [item, of] = key.split("@");
    const text = ownOf(kitLabels.items, item) ?? item;
    return [of ? `${text} (${titleOfSession(facts, of)})` : text, valueText(value)];
  }
  if (kind === "quizzes") {
    const [, question, what] = key.split(".");
    const known = ownOf(ownOf(kitLabels.quizzes, id), question ?? "");
    const label = known?.label ?? key;
    if (what === "compared") return [label, say("compared")];
    if (what === "own") return [label, value === "right" ? say("mine_says_this") : say("mine_does_not")];
    return [label, orderText(value, known?.options)];
  }
  if (kind === "modules") return [ownOf(facts.modules, key)?.title ?? key, valueText(value)];
  if (kind === "open-copies") return [ownOf(facts.sheets, key)?.title ?? key, copyTitle(facts, `worksheets/${key}/${value}`)];
  if (kind === "scenarios") {
    const [role, endings] = key.split(".");
    const n = Array.isArray(value) ? value.length : 0;
    return [`${ownOf(facts.roles, role) ?? role}: ${endings ? say("my_endings") : say("my_way")}`, say("passages", { n })];
  }
  if (kind === "my-programme" || kind === "certificate") {
    const [what, scenario = ""] = key.split(".");
    const known = ownOf(CHOICES, what)?.();
    if (what === "practised") return [ownOf(facts.scenarios, scenario) ?? scenario, valueText(value)];
    return [known ?? key, what === "role" ? valueText(value, facts.roles) : valueText(value)];
  }
  if (kind === "aside") {
    const [from, ...rest] = key.split("#");
    const [label, text] = lineOf(facts, from, rest.join("#"), value);
    return [`${headOf(facts, from)[0]}: ${label}`, text];
  }
  return [key, valueText(value)];
};

/**
 * The title of a record and the page it belongs to.
 * @param {KitProgramme} facts
 * @param {string} name
 * @returns {[string, string]}
 */
const headOf = (facts, name) => {
  const [kind, id = "", copy = ""] = name.split("/");
  const page = (/** @type {string} */ path) => `${base}/${path}`;
  /** @type {Record<string, () => [string, string]>} */
  const kinds = {
    worksheets: () => {
      const part = copy === "1" ? "" : ` (${copyTitle(facts, name)})`;
      return [`${facts.sheets[id]?.title ?? id}${part}`, page(`templates/worksheets/${id}.html#copy-${copy}`)];
    },
    ticks: () => [say("my_ticks"), page("templates/index.html")],
    quizzes: () => [say("my_quiz", { module: facts.modules[id]?.title ?? id }), page(`modules/${id}.html#quiz`)],
    scenarios: () => [say("my_scenario", { scenario: facts.scenarios[id] ?? id }), page(`scenarios/${id}.html`)],
    modules: () => [say("my_modules"), page("modules/index.html")],
    "my-programme": () => [say("my_programme"), page("guide/my-programme.html")],
    certificate: () => [say("certificate"), page("modules/certificate.html")],
    "open-copies": () => [say("my_open_copies"), ""],
    aside: () => [say("set_aside", { when: momentText(Number(id)) }), ""],
    damaged: () => [say("damaged_record"), ""],
  };
  return (ownOf(kinds, kind) ?? (() => /** @type {[string, string]} */ ([name, ""])))();
};

/**
 * @param {KitProgramme} facts
 * @param {string} name
 * @returns {Shown}
 */
const shownOf = (facts, name) => {
  const [title, link] = headOf(facts, name);
  if (name.startsWith("damaged/")) return { title, link, lines: [[say("as_found"), damagedText(name)]] };
  const lines = Object.entries(recall(name))
    .filter(([, value]) => value !== "" && value !== false && !(Array.isArray(value) && !value.length))
    .map(([key, value]) => lineOf(facts, name, key, value));
  return { title, link, lines };
};

/** @param {KitProgramme} facts @param {string} name */
const entryOf = (facts, name) => {
  const { title, link, lines } = shownOf(facts, name);
  const at = name.startsWith("damaged/") ? 0 : lastChange(recordOf(name));
  const erase = make("button", { type: "button", class: "button quiet", "aria-label": say("erase_named", { title }) }, say("erase"));
  erase.addEventListener("click", async () => {
    if (!(await ask(/** @type {HTMLDialogElement} */ (find("#erase-one")), title))) return;
    forget(name);
    report.textContent = say("erased", { title });
    find("h2", find("[data-my-data]")).focus(); // its button is gone
  });
  const parts = lines.flatMap(([label, text]) => [make("dt", {}, label), make("dd", {}, text)]);
  return make("details", { class: "kept-entry" },
    make("summary", {}, title, " ", make("span", { class: "facts" }, at ? say("kept_last", { when: momentText(at) }) : "")),
    make("dl", {}, ...parts),
    make("p", { class: "row" }, ...(link ? [make("a", { href: link, "aria-label": say("open_named", { title }) }, say("help"))] : []), erase));
};

/** @param {KitProgramme} facts */
const showAll = (facts) => {
  putDamagedAside();
  const names = keptNames();
  const focused = document.activeElement;
  const held = focused?.closest("details")?.id;
  const opened = new Set([...keptList.querySelectorAll("details[open]")].map((one) => one.id));
  keptList.replaceChildren(...names.map((name) => {
    const entry = entryOf(facts, name);
    entry.id = `kept-${name.replaceAll("/", "-")}`;
    entry.toggleAttribute("open", opened.has(entry.id));
    return entry;
  }));
  if (held && focused) { // the keyboard stays where it was
    const again = document.getElementById(held)?.querySelector(focused.tagName);
    if (again instanceof HTMLElement) again.focus();
  }
  find("[data-summary]").textContent = names.length ? say("my_data_count", { n: names.length }) : say("my_data_none");
  for (const button of ["[data-export]", "[data-erase-all]"]) {
    /** @type {HTMLButtonElement} */ (find(button)).disabled = names.length === 0;
  }
  control("#keep-nothing").checked = !keepsAnything();
};

/** @param {string} text */
const bringIn = (text) => {
  const done = importAll(text);
  if (done.outcome !== "done") {
    return { foreign: say("import_foreign"), newer: say("import_newer"), full: say("import_full"), off: say("import_off") }[done.outcome];
  }
  const parts = [say("import_done", { n: done.records })];
  if (done.aside) parts.push(say("import_aside", { n: done.aside }));
  if (done.unreadable) parts.push(say("import_unreadable", { n: done.unreadable }));
  return parts.join(" ");
};

const setUpMyData = async () => {
  const [facts] = await Promise.all([loadFacts(), loadScript("js/data-labels.js")]);
  showAll(facts);
  onChange(() => showAll(facts));

  find("[data-export]").addEventListener("click", () => {
    const day = new Date().toISOString().slice(0, 10);
    download(`reverse-mentoring-${day}.json`, "application/json", exportAll());
    report.textContent = say("exported");
  });
  fileBox.addEventListener("change", async () => {
    const [file] = fileBox.files ?? [];
    if (!file) return;
    report.textContent = file.size > LARGEST_FILE ? say("import_large") : bringIn(await file.text());
    fileBox.value = ""; // so that the same file can be chosen again
  });
  find("[data-erase-all]").addEventListener("click", async () => {
    if (!(await ask(/** @type {HTMLDialogElement} */ (find("#erase-all"))))) return;
    forgetAll();
    report.textContent = say("erased_all");
    find("h2", find("[data-my-data]")).focus(); // its button can no longer be pressed
  });
  control("#keep-nothing").addEventListener("change", (event) => {
    const off = /** @type {HTMLInputElement} */ (event.target).checked;
    setKeeping(!off);
    const left = off && keptNames().length > 0;
    report.textContent = off ? `${say("kept_off")}${left ? ` ${say("kept_off_but")}` : ""}` : say("kept_on");
  });
};

setUpMyData();
