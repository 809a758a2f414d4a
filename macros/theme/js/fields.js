// Filling in: what the controls of a form hold, as values by their names, and back again.

import { findAll } from "./page.js";
import { same } from "./record.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Control */

/**
 * The controls of a part of the page, by name; radio buttons and boxes of one question share theirs.
 * @param {ParentNode} within
 */
const controlsByName = (within) => {
  /** @type {Map<string, Control[]>} */
  const found = new Map();
  for (const one of /** @type {Control[]} */ (findAll("input[name], textarea[name]", within))) {
    found.set(one.name, [...(found.get(one.name) ?? []), one]);
  }
  return found;
};

/**
 * @param {Control[]} controls
 * @returns {import("./record.js").Value}
 */
const valueOf = (controls) => {
  const ticked = controls.filter((one) => "checked" in one && one.checked).map((one) => one.value);
  if (controls[0].type === "radio") return ticked[0] ?? "";
  return controls[0].type === "checkbox" ? ticked : controls[0].value;
};

/**
 * @param {Control[]} controls
 * @param {import("./record.js").Value} value
 */
const putValue = (controls, value) => {
  for (const one of controls) {
    if (one instanceof HTMLInputElement && one.type === "checkbox") one.checked = Array.isArray(value) && value.includes(one.value);
    else if (one instanceof HTMLInputElement && one.type === "radio") one.checked = value === one.value;
    else if (one.value !== value) one.value = typeof value === "string" ? value : "";
    showFilled(one);
  }
};

/** What the look of a control hangs on: the height of a long text, and on paper whether there is a date. @param {Control} one */
const showFilled = (one) => {
  if (one instanceof HTMLTextAreaElement) fitHeight(one);
  else if (one.type === "date") one.classList.toggle("filled", one.value !== "");
};

// Where the browser does not let a text box grow with its text, it is done here.
const growsByItself = CSS.supports("field-sizing", "content");
/** @param {HTMLTextAreaElement} box */
const fitHeight = (box) => {
  if (growsByItself) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
};

const PAUSE = 250; // milliseconds without a key before what was typed is kept

/**
 * Keep what is filled in, shortly after it is; show what is kept.
 * @param {ParentNode & EventTarget} within
 * @param {{ recall: () => Record<string, import("./record.js").Value>,
 *   keep: (changes: Record<string, import("./record.js").Value>,
 *     shown: Record<string, import("./record.js").Value | undefined>) => void }} place
 */
export const bindFields = (within, place) => {
  const controls = controlsByName(within);
  /** What the controls held when they were last kept or shown. @type {Map<string, import("./record.js").Value>} */
  const settled = new Map();
  let timer = 0;

  const flush = () => {
    clearTimeout(timer);
    /** @type {Record<string, import("./record.js").Value>} */
    const changes = {};
    /** @type {Record<string, import("./record.js").Value | undefined>} */
    const shown = {};
    for (const [name, group] of controls) {
      const value = valueOf(group);
      if (same(value, settled.get(name))) continue;
      changes[name] = value;
      shown[name] = settled.get(name);
      settled.set(name, value);
    }
    if (Object.keys(changes).length) place.keep(changes, shown);
  };

  /** Show what is kept, but leave alone what is being typed and not kept yet. @param {boolean} [all] */
  const fill = (all = false) => {
    const kept = place.recall();
    for (const [name, group] of controls) {
      if (!all && !same(valueOf(group), settled.get(name))) continue;
      putValue(group, kept[name] ?? (group[0].type === "checkbox" ? [] : ""));
      settled.set(name, valueOf(group));
    }
  };

  const typed = (/** @type {Event} */ event) => {
    showFilled(/** @type {Control} */ (event.target));
    clearTimeout(timer);
    timer = window.setTimeout(flush, PAUSE);
  };
  within.addEventListener("input", typed);
  within.addEventListener("change", flush);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => (document.hidden ? flush() : fill()));
  fill(true);
  return { flush, fill };
};
