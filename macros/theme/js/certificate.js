// The certificate: what the reader has worked through and practised, by their own word.

import { bindFields } from "./fields.js";
import { showKept } from "./kept.js";
import { find, findAll } from "./page.js";
import { chosenRole } from "./plan.js";
import { keep, onChange, recall } from "./store.js";
import { say } from "./words.js";

const sheetOfHonour = find("[data-certificate]");
const roleMenu = /** @type {HTMLSelectElement} */ (find("#certificate-role"));

/** Endings of a scenario that were reached in any role. @param {string} name */
const isPractised = (name) =>
  Object.entries(recall(`scenarios/${name}`)).some(([key, value]) => key.endsWith(".endings") && Array.isArray(value) && value.length > 0);

const showCertificate = () => {
  const done = recall("modules");
  const role = roleMenu.value;
  for (const row of findAll("[data-for]", sheetOfHonour)) {
    row.hidden = role !== "" && !(row.dataset.for ?? "").split(" ").includes(role);
  }
  for (const box of /** @type {HTMLInputElement[]} */ (findAll("[data-worked-through]", sheetOfHonour))) {
    box.checked = done[box.dataset.workedThrough ?? ""] === true;
  }
  for (const box of /** @type {HTMLInputElement[]} */ (findAll("[data-practised]", sheetOfHonour))) {
    const name = box.dataset.practised ?? "";
    const own = recall("certificate")[`practised.${name}`];
    box.checked = own === undefined ? isPractised(name) : own === true;
  }
  showStandings();
};

/** Each part says whether it is complete or as far as it has come. */
const showStandings = () => {
  const complete = (/** @type {string} */ part) => {
    const boxes = /** @type {HTMLInputElement[]} */ (findAll(`li:not([hidden]) > label > [data-${part}]`, sheetOfHonour));
    return boxes.length > 0 && boxes.every((box) => box.checked);
  };
  find("[data-course-standing]").textContent = complete("worked-through") ? say("course_completed") : say("course_so_far");
  find("[data-practice-standing]").textContent = complete("practised") ? say("practice_completed") : say("practice_so_far");
};

bindFields(find("[data-certificate-fields]"), {
  recall: () => recall("certificate"),
  keep: (changes, shown) => keep("certificate", changes, shown),
});
const roleBefore = String(recall("certificate").role || chosenRole());
if ([...roleMenu.options].some((option) => option.value === roleBefore)) roleMenu.value = roleBefore;
roleMenu.addEventListener("change", () => {
  keep("certificate", { role: roleMenu.value });
  showCertificate();
});
for (const box of /** @type {HTMLInputElement[]} */ (findAll("[data-worked-through]", sheetOfHonour))) {
  box.addEventListener("change", () => keep("modules", { [box.dataset.workedThrough ?? ""]: box.checked }));
}
// What was practised on screen is told by the scenarios; a tick by hand, for practice on paper, counts more.
for (const box of /** @type {HTMLInputElement[]} */ (findAll("[data-practised]", sheetOfHonour))) {
  box.addEventListener("change", () => keep("certificate", { [`practised.${box.dataset.practised}`]: box.checked }));
}
showCertificate();
showKept(() => "certificate");
onChange((name) => {
  if (["", "modules", "certificate"].includes(name) || name.startsWith("scenarios/")) showCertificate();
});
