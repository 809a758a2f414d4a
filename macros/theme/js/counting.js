// Figures that follow a number the reader types: copies of a print pack, hours and costs of a budget.

import { control, find, findAll } from "./page.js";
import { durationText, say } from "./words.js";

/** A number from a box, or 0 where there is none in its bounds. @param {HTMLInputElement} box */
const numberIn = (box) => (box.validity.valid && box.value !== "" ? Number(box.value) : 0);

/** @param {HTMLElement} row @param {string} name */
const fact = (row, name) => Number(row.dataset[name] ?? 0);

/** Sheets of paper for one copy. @param {number} printed @param {boolean} both */
const paperFor = (printed, both) => (both ? Math.ceil(printed / 2) : printed);

const countPack = () => {
  const people = numberIn(control("#pack-count"));
  if (!people) return;
  let total = 0;
  for (const row of findAll(".order tbody tr")) {
    const copies = find("[data-each]", row);
    const sheets = find("[data-printed]", row);
    const count = fact(copies, "each") * people + fact(copies, "once");
    const paper = count * paperFor(fact(sheets, "printed"), control("#both-sides").checked);
    copies.textContent = String(count);
    sheets.textContent = String(paper);
    total += paper;
  }
  find(".order [data-total]").textContent = String(total);
};

const countBudget = () => {
  const pairs = numberIn(control("#budget-pairs"));
  const price = numberIn(control("#budget-price"));
  if (!pairs) return;
  let [minutes, cost] = [0, 0];
  for (const row of findAll("[data-budget] tbody tr")) {
    const people = row.dataset.many ? pairs : 1;
    const each = fact(row, "minutes") + fact(row, "growing") * pairs;
    const [shownPeople, shownEach, shownTogether] = findAll("td", row);
    shownPeople.textContent = String(people);
    shownEach.textContent = durationText(each);
    shownTogether.textContent = durationText(people * each);
    minutes += people * each;
    cost += (people * each * (price || fact(row, "price"))) / 60;
  }
  find("[data-budget] [data-total]").textContent = durationText(minutes);
  find("[data-cost]").textContent = String(Math.round(cost));
  find("[data-cost-row]").hidden = cost === 0;
  find("[data-budget-said]").textContent = say("budget_said", { time: durationText(minutes), n: pairs });
};

for (const box of findAll("#pack-count, #both-sides")) box.addEventListener("input", countPack);
for (const box of findAll("#budget-pairs, #budget-price")) box.addEventListener("input", countBudget);
