// Checklists keep their ticks, and say how far one is.

import { findAll } from "./page.js";
import { showKept } from "./kept.js";
import { keep, onChange, recall } from "./store.js";
import { say } from "./words.js";

const boxes = /** @type {HTMLInputElement[]} */ (findAll("input[data-tick]"));
const keyOf = (/** @type {HTMLElement} */ box) => box.dataset.tick ?? "";

/**
 * Say in words and as a bar how much is done.
 * @param {HTMLElement} line
 * @param {boolean[]} done
 */
const showProgress = (line, done) => {
  const n = done.filter(Boolean).length;
  line.replaceChildren(say("done_of", { n, of: done.length }));
  const bar = document.createElement("progress");
  bar.max = done.length;
  bar.value = n;
  bar.ariaHidden = "true"; // the words beside it say the same
  line.prepend(bar, " ");
};

const showTicks = () => {
  const ticks = recall("ticks");
  for (const box of boxes) box.checked = ticks[keyOf(box)] === true;
  for (const line of findAll("[data-progress]")) {
    const group = line.closest("[data-ticks]") ?? document;
    showProgress(line, findAll("input[data-tick]", group).map((box) => ticks[keyOf(box)] === true));
  }
  for (const line of findAll("[data-ticked]")) {
    showProgress(line, (line.dataset.ticked ?? "").split(" ").map((key) => ticks[key] === true));
  }
};

for (const box of boxes) {
  box.addEventListener("change", () => keep("ticks", { [keyOf(box)]: box.checked }));
}
onChange((name) => {
  if (name === "" || name === "ticks") showTicks();
});
showTicks();
showKept(() => "ticks");
