// Where the reader is on the path through the course: what is worked through, what is next, what is left.

import { base, control, findAll, make } from "./page.js";
import { chosenRole, loadFacts } from "./plan.js";
import { keep, onChange, recall } from "./store.js";
import { durationText, say } from "./words.js";

/** The record of modules that the reader has worked through, by their own word. */
const DONE = "modules";

const doneBox = control("input[data-module-done]");
doneBox?.addEventListener("change", () => keep(DONE, { [doneBox.dataset.moduleDone ?? ""]: doneBox.checked }));

const showPath = async () => {
  const done = recall(DONE);
  if (doneBox) doneBox.checked = done[doneBox.dataset.moduleDone ?? ""] === true;
  for (const mark of findAll("[data-done-mark]")) {
    mark.textContent = done[mark.dataset.doneMark ?? ""] === true ? ` ✓ ${say("module_done")}` : "";
  }
  const places = findAll("[data-path-of]");
  if (!places.length) return;
  const anyDone = Object.values(done).includes(true);
  const role = chosenRole();
  if (!role && !anyDone) return; // nothing to say yet
  const facts = await loadFacts();
  for (const place of places) {
    const path = facts.paths[place.dataset.pathOf || role]?.modules ?? [];
    const left = path.filter((name) => done[name] !== true);
    const minutes = left.reduce((sum, name) => sum + facts.modules[name].minutes, 0);
    if (!path.length) place.replaceChildren();
    else if (!left.length) place.replaceChildren(`${say("path_done")} `, make("a", { href: `${base}/modules/certificate.html` }, say("certificate")));
    else {
      const next = left.find((name) => name !== doneBox?.dataset.moduleDone) ?? left[0];
      place.replaceChildren(
        `${say("path_at", { n: path.length - left.length, of: path.length })} ${say("path_next")} `,
        make("a", { href: `${base}/modules/${next}.html` }, facts.modules[next].title),
        `. ${say("path_left", { time: durationText(minutes) })}`,
      );
    }
  }
};

showPath();
onChange((name) => {
  if (["", DONE, "my-programme"].includes(name)) showPath();
});
