// The line that says whether what is typed is kept, and since when.

import { find, findAll } from "./page.js";
import { onChange, standingOf } from "./store.js";
import { momentText, say } from "./words.js";

/** @type {Record<import("./store.js").Standing, () => string>} */
const SENTENCES = {
  nothing: () => say("kept_nothing"),
  kept: () => say("kept_here"),
  off: () => say("kept_off"),
  forbidden: () => say("kept_forbidden"),
  full: () => say("kept_full"),
  newer: () => say("kept_newer"),
};

/**
 * Let every such line on the page tell of one record, now and whenever it changes.
 * @param {() => string} name of the record that is being filled in
 */
export const showKept = (name) => {
  const show = () => {
    const { standing, at, damaged } = standingOf(name());
    const text = damaged ? `${say("kept_damaged")} ${SENTENCES[standing]()}` : SENTENCES[standing]();
    for (const line of findAll("[data-kept]")) {
      const status = find("[role=status]", line);
      if (status.textContent !== text) status.textContent = text; // what stays the same is not read out again
      find("[data-last]", line).textContent = standing === "kept" ? say("kept_last", { when: momentText(at) }) : "";
      line.classList.toggle("warned", damaged || !["nothing", "kept"].includes(standing));
    }
  };
  onChange(show);
  show();
  return show;
};
