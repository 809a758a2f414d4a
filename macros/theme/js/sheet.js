// A worksheet on screen: filled in, kept, in several copies, printed filled or blank, taken along.

import { bindFields } from "./fields.js";
import { showKept } from "./kept.js";
import { ask, control, download, find, findAll, make } from "./page.js";
import { forget, keep, keptNames, onChange, recall } from "./store.js";
import { keptBack, sheetText } from "./takeaway.js";
import { say } from "./words.js";

const desk = find("[data-sheet]");
const sheet = find("section.sheet");
const sheetId = desk.dataset.sheet ?? "";
const folder = `worksheets/${sheetId}`;
const copyMenu = /** @type {HTMLSelectElement} */ (find("#copy"));

/** Copies that everybody has; more are made by whoever needs them. */
const given = [...copyMenu.options].map((option) => option.value);

const nameOf = (/** @type {string} */ copy) => `${folder}/${copy}`;
const titleOf = (/** @type {string} */ copy) => {
  const own = recall(nameOf(copy))["@name"];
  if (typeof own === "string" && own) return own;
  return say("copy_number", { n: copy.replace("copy-", "") });
};

/** The copy that a link asks for, or that was open last, or the first. */
const chosenCopy = () => {
  const asked = location.hash.startsWith("#copy-") ? location.hash.slice("#copy-".length) : "";
  const last = String(recall("open-copies")[sheetId] ?? "");
  const there = [...copyMenu.options].map((option) => option.value);
  return [asked, last].find((copy) => there.includes(copy)) ?? given[0];
};

/** The menu of copies: those that everybody has, and those that are kept beyond them. */
const listCopies = () => {
  const current = copyMenu.value;
  const more = keptNames()
    .filter((name) => name.startsWith(`${folder}/`))
    .map((name) => name.slice(folder.length + 1))
    .filter((copy) => !given.includes(copy));
  for (const option of [...copyMenu.options]) {
    if (!given.includes(option.value)) option.remove();
  }
  copyMenu.append(...more.map((copy) => make("option", { value: copy }, titleOf(copy))));
  find("[data-copies]").hidden = copyMenu.options.length < 2; // one copy leaves nothing to choose
  copyMenu.value = current;
  if (!copyMenu.value) copyMenu.value = given[0];
};

listCopies();
copyMenu.value = chosenCopy();
let openCopy = copyMenu.value;

const fields = bindFields(sheet, {
  recall: () => recall(nameOf(openCopy)),
  keep: (changes, shown) => keep(nameOf(openCopy), changes, shown),
});
const showStanding = showKept(() => nameOf(openCopy));

/** @param {string} copy */
const openTheCopy = (copy) => {
  fields.flush();
  openCopy = copy;
  copyMenu.value = copy;
  fields.fill(true);
  keep("open-copies", { [sheetId]: copy });
  showStanding();
};

copyMenu.addEventListener("change", () => openTheCopy(copyMenu.value));
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#copy-")) openTheCopy(chosenCopy());
});
onChange((name) => {
  if (name !== "" && !name.startsWith(`${folder}/`)) return;
  listCopies();
  if (copyMenu.value !== openCopy) openTheCopy(copyMenu.value); // another tab threw the open copy away
  fields.fill();
});

find("[data-new-copy]").addEventListener("click", async () => {
  const box = control("#copy-name");
  box.value = "";
  if (!(await ask(/** @type {HTMLDialogElement} */ (find("#name-copy"))))) return;
  const taken = [...copyMenu.options].map((option) => option.value);
  let number = 2;
  while (taken.includes(`copy-${number}`)) number += 1;
  const copy = `copy-${number}`;
  const title = box.value.trim() || say("copy_number", { n: number });
  copyMenu.append(make("option", { value: copy }, title));
  find("[data-copies]").hidden = false;
  openTheCopy(copy);
  keep(nameOf(copy), { "@name": title });
});

find("[data-remove-copy]").addEventListener("click", async () => {
  const title = copyMenu.selectedOptions[0].textContent ?? "";
  if (!(await ask(/** @type {HTMLDialogElement} */ (find("#remove-copy")), title))) return;
  const copy = openCopy;
  if (!given.includes(copy)) openTheCopy(given[0]);
  forget(nameOf(copy));
  fields.fill(true);
});

// --- on paper ------------------------------------------------------------------------------------

find("[data-print-blank]").addEventListener("click", () => {
  const blank = /** @type {HTMLElement} */ (sheet.cloneNode(true));
  blank.classList.add("blank-sheet");
  for (const part of findAll("[id]", blank)) part.removeAttribute("id"); // the filled-in sheet has them
  for (const one of /** @type {HTMLInputElement[]} */ (findAll("input, textarea", blank))) {
    if (["radio", "checkbox"].includes(one.type)) one.checked = false;
    else one.value = "";
  }
  sheet.before(blank);
  document.body.classList.add("prints-blank");
  addEventListener("afterprint", () => {
    blank.remove();
    document.body.classList.remove("prints-blank");
  }, { once: true });
  print();
});

// --- taken along ---------------------------------------------------------------------------------

const share = /** @type {HTMLDialogElement} */ (find("#share"));
const preview = /** @type {HTMLTextAreaElement} */ (find("#share-text"));
const everythingBox = control("#share-everything");

/** @param {boolean} marked */
const shared = (marked) => {
  const reader = /** @type {import("./takeaway.js").Reader} */ (control("[name=share-reader]:checked", share).value);
  const copies = copyMenu.options.length > 1 ? ` (${copyMenu.selectedOptions[0].textContent})` : "";
  const title = `${desk.dataset.title ?? ""}${copies}`;
  return sheetText(sheet, { title, reader, everything: everythingBox.checked, marked });
};

const showShared = () => {
  const reader = /** @type {import("./takeaway.js").Reader} */ (control("[name=share-reader]:checked", share).value);
  const back = keptBack(sheet, reader).map((field) => field.dataset.label ?? "");
  const fieldsBack = { fields: back.join("; ") };
  let told = say("share_whole");
  if (back.length) told = everythingBox.checked ? say("share_all_the_same", fieldsBack) : say("share_left_out", fieldsBack);
  find("[data-kept-back]", share).textContent = told;
  find("[data-everything]", share).hidden = back.length === 0;
  preview.value = shared(false);
};

find("[data-share]").addEventListener("click", () => {
  fields.flush();
  everythingBox.checked = false;
  find("[data-shared]", share).textContent = "";
  showShared();
  share.showModal();
});
share.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.type === "radio") everythingBox.checked = false;
  showShared();
});

const fileName = () => `${sheetId}${openCopy === given[0] ? "" : `-${openCopy}`}`;
find("[data-markdown]", share).addEventListener("click", () => download(`${fileName()}.md`, "text/markdown", shared(true)));
find("[data-plain]", share).addEventListener("click", () => download(`${fileName()}.txt`, "text/plain", shared(false)));
find("[data-copy-text]", share).addEventListener("click", async () => {
  const done = find("[data-shared]", share);
  preview.select();
  try {
    await navigator.clipboard.writeText(preview.value);
    done.textContent = say("share_copied");
  } catch { // no clipboard without https; the text is selected, and Ctrl+C takes it
    done.textContent = say("share_select");
  }
});
