// The reader's own dates, role, length and paper on the pages that show the organisation's.

import { findAll } from "./page.js";
import { hasPlan, loadFacts, planOf } from "./plan.js";
import { itemSlots, laterTime, lengthOf, sessionSlots, slotsOf } from "./schedule.js";
import { onChange } from "./store.js";
import { dateText, say } from "./words.js";

/** @typedef {import("./schedule.js").Slot} Slot */

/** @param {Slot} slot */
const slotText = ({ day, movedFrom }) => {
  if (!day) return "";
  return movedFrom ? `${dateText(day)} (${say("moved", { date: dateText(movedFrom) })})` : dateText(day);
};

/**
 * @param {KitProgramme} facts
 * @param {import("./plan.js").Plan} plan
 * @param {string} place sessions/… or milestones/…
 */
const slotsAt = (facts, plan, place) => {
  const [kind, id] = place.split("/");
  const session = kind === "sessions" && facts.sessions.find((one) => one.id === id);
  if (session) return sessionSlots(facts, plan, session);
  const milestone = facts.milestones.find((one) => one.id === id);
  return milestone ? slotsOf(facts, plan, milestone.when) : [];
};

/**
 * When a checklist item is due, in words, as macros/render/speech.py says it.
 * @param {KitProgramme} facts
 * @param {import("./plan.js").Plan} plan
 * @param {KitItem} item
 * @param {string} session the session whose guide shows it, or ""
 */
const dueText = (facts, plan, item, session) => {
  const slots = itemSlots(facts, plan, item, session);
  if (!slots.length) return "";
  if (!item.moment) return slots.map(slotText).join(", ");
  const n = item.days;
  const texts = {
    before: n ? say("days_before", { n }) : say("before_session"),
    during: say("during_session"),
    after: n ? say("days_after", { n }) : say("after_session"),
  };
  let text = texts[/** @type {"before" | "during" | "after"} */ (item.moment)];
  if (item.every) text = say("each_meeting", { when: text });
  else if (!session) {
    const title = facts.sessions.find(({ id }) => id === item.session)?.title ?? "";
    text = `${title}: ${text[0].toLowerCase()}${text.slice(1)}`;
  }
  return slots.length === 1 && slots[0].day ? `${text}, ${dateText(slots[0].day)}` : text;
};

/** @param {KitProgramme} facts */
const showDates = (facts) => {
  const plan = planOf(facts);
  if (plan.start) {
    for (const place of findAll("[data-when]")) {
      const slot = slotsAt(facts, plan, place.dataset.when ?? "")[Number(place.dataset.nth ?? 0)];
      if (slot) place.textContent = slotText(slot);
    }
    for (const place of findAll("[data-due]")) {
      const item = facts.items.find(({ id }) => id === place.dataset.due);
      if (item) place.textContent = dueText(facts, plan, item, place.dataset.session ?? "");
    }
    for (const place of findAll("[data-span]")) {
      const phase = facts.phases.find(({ id }) => id === place.dataset.span);
      const [first] = phase ? slotsOf(facts, plan, phase.starts) : [];
      const [last] = phase ? slotsOf(facts, plan, phase.ends) : [];
      if (first?.day && last?.day) place.textContent = say("dates_span", { first: dateText(first.day), last: dateText(last.day) });
    }
    // A picture drawn for another rhythm would be wrong; the list below it says the same.
    for (const picture of findAll("[data-rhythm]")) {
      picture.toggleAttribute("hidden", Number(picture.dataset.rhythm) !== plan.cadence);
    }
  }
  if (plan.time) {
    for (const clock of findAll("[data-from]")) {
      clock.textContent = `${laterTime(plan.time, Number(clock.dataset.from))}–${laterTime(plan.time, Number(clock.dataset.to))}`;
    }
  }
  for (const pages of findAll("[data-pages]")) {
    const counts = JSON.parse(pages.dataset.pages ?? "{}");
    if (counts[plan.paper]) pages.textContent = say("takes_pages", { n: counts[plan.paper], paper: plan.paper });
  }
  setPaper(plan.paper);
};

const paperStyle = new CSSStyleSheet();
/** Make the paper that the reader chose the one that the browser offers. @param {string} paper */
const setPaper = (paper) => {
  paperStyle.replaceSync(`@page { size: ${paper === "Letter" ? "letter" : "A4"}; }`);
  if (!document.adoptedStyleSheets.includes(paperStyle)) document.adoptedStyleSheets.push(paperStyle);
};

/** A guide opens with the reader's role and length, unless a link asks for another role. @param {KitProgramme} facts */
const chooseSwitches = (facts) => {
  const plan = planOf(facts);
  const guide = document.querySelector(".guide[data-session]");
  const session = facts.sessions.find(({ id }) => id === guide?.getAttribute("data-session"));
  if (!session) return;
  const asked = location.hash.startsWith("#as-");
  const role = asked ? null : document.getElementById(`as-${plan.role}`);
  const length = document.getElementById(`for-${lengthOf(session, plan.minutes)}`);
  const track = document.getElementById(`track-${plan.track || "any"}`);
  for (const one of [role, length, track]) if (one instanceof HTMLInputElement) one.checked = true;
};

const applyPlan = async () => {
  if (!hasPlan()) return;
  const facts = await loadFacts();
  showDates(facts);
  chooseSwitches(facts);
};

applyPlan();
onChange((name) => {
  if (name === "" || name === "my-programme") applyPlan();
});
