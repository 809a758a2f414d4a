// The next meeting, three things to do before it, and the sheets to bring: a panel on the home page of
// whoever has set a first day.

import { base, find, make } from "./page.js";
import { clockIn, dueBy, loadFacts, PLAN, planOf, stepsOf } from "./plan.js";
import { laterTime } from "./schedule.js";
import { keep, onChange, recall } from "./store.js";
import { dateText, say, weekdayText } from "./words.js";

const MOST_THINGS = 3;
const panel = find("[data-next-up]");

const showNext = async () => {
  const started = Boolean(recall(PLAN).start);
  const facts = started ? await loadFacts() : null;
  const plan = facts && planOf(facts);
  if (!facts || !plan?.start) {
    panel.hidden = true;
    return;
  }
  const now = clockIn(plan.zone, new Date());
  const today = now.slice(0, 10);
  const step = stepsOf(facts, plan).find(({ session, day, minutes }) =>
    session && `${day}T${plan.time ? laterTime(plan.time, minutes) : "24:00"}` > now);
  panel.hidden = false;
  const body = find("[data-next-body]", panel);
  if (!step?.session) {
    body.replaceChildren(make("p", {}, say("next_none")));
    return;
  }
  const { session } = step;
  const days = Math.round((Date.parse(step.day) - Date.parse(today)) / 86_400_000);
  const away = days === 0 ? say("next_today") : say("next_in_days", { n: days });
  const guide = `${base}/templates/agendas/${step.id}.html${plan.role ? `#as-${plan.role}` : ""}`;
  const ticks = recall("ticks");
  const things = dueBy(facts, plan, step).filter(({ key }) => ticks[key] !== true);
  // What belongs to this very session comes first, then what has waited longest.
  const ofSession = (/** @type {import("./plan.js").Due} */ { item, key }) =>
    item.session === session.id || key === `${item.id}@${session.id}`;
  things.sort((one, other) => Number(ofSession(other)) - Number(ofSession(one)));
  const parts = [
    make("p", {}, make("a", { href: guide, class: "strong" }, step.title), ` · ${weekdayText(step.day)}, ${dateText(step.day)}${plan.time ? `, ${plan.time}` : ""} · ${away}`),
  ];
  if (things.length) {
    parts.push(make("h3", {}, say("next_things")));
    parts.push(make("ul", { class: "ticks" }, ...things.slice(0, MOST_THINGS).map(({ item, key }, at) => {
      const box = make("input", { type: "checkbox", id: `next-${at}` });
      box.addEventListener("change", () => keep("ticks", { [key]: /** @type {HTMLInputElement} */ (box).checked }));
      return make("li", {}, box, make("div", {}, make("label", { for: `next-${at}` }, item.text)));
    })));
  } else {
    parts.push(make("p", {}, say("next_all_done")));
  }
  if (session.sheets.length) {
    parts.push(make("h3", {}, say("next_sheets")));
    parts.push(make("ul", {}, ...session.sheets.map((id) => {
      const { title, copies } = facts.sheets[id];
      const copy = copies === "meeting" && session.number ? `#copy-${session.id}` : "";
      return make("li", {}, make("a", { href: `${base}/templates/worksheets/${id}.html${copy}` }, title));
    })));
  }
  body.replaceChildren(...parts);
};

showNext();
onChange((name) => {
  // A tick made here stays in sight until the page is opened again.
  if (name === "" || name === PLAN) showNext();
});
