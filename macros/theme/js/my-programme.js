// My programme: the reader's role and dates, the list of what follows, and a calendar file.

import { calendarText, momentOf } from "./calendar.js";
import { showKept } from "./kept.js";
import { ask, base, control, download, find, loadScript, make } from "./page.js";
import { choose, clockIn, isZone, loadFacts, PLAN, planOf, stepsOf } from "./plan.js";
import { isDay, lengthOf } from "./schedule.js";
import { forget, onChange } from "./store.js";
import { dateText, durationText, say, weekdayText } from "./words.js";

const choices = find("[data-plan]");
const startBox = control("#plan-start");
const startError = find("#plan-start-error");
const zoneMenu = /** @type {HTMLSelectElement} */ (find("#plan-zone"));
const CONTROLS = ["role", "start", "time", "cadence", "minutes", "track", "paper", "zone"]
  .filter((key) => document.getElementById(`plan-${key}`));

/** @param {KitProgramme} facts */
const fillForm = (facts) => {
  const plan = planOf(facts);
  for (const key of CONTROLS) {
    const box = control(`#plan-${key}`);
    if (box !== document.activeElement || document.hidden) {
      box.value = String(plan[/** @type {"role"} */ (key)]);
    }
  }
};

/** @param {KitProgramme} facts */
const listZones = (facts) => {
  const names = Object.keys(kitZones.names);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const plan = planOf(facts).zone;
  const all = [...new Set([...[facts.organisation.zone, own, plan].filter(isZone), ...names])];
  zoneMenu.replaceChildren(...all.sort().map((name) => make("option", { value: name }, name.replaceAll("_", " "))));
  zoneMenu.value = plan;
};

/** @param {string} path a page by its path in docs/ without .md */
const addressOf = (path) => `${base}/${path}.html`;

/**
 * One date of the list: when, what with its guide, how long, and from which day it was moved.
 * @param {import("./plan.js").Plan} plan
 * @param {import("./plan.js").Step} step
 */
const dateItem = (plan, { kind, id, title, day, movedFrom, minutes, session }) => {
  const time = plan.time && session ? `, ${plan.time}` : "";
  const guide = `${addressOf(`templates/agendas/${id}`)}${plan.role ? `#as-${plan.role}` : ""}`;
  const more = [durationText(minutes), ...(movedFrom ? [say("moved", { date: dateText(movedFrom) })] : [])];
  return make("li", { class: kind },
    make("span", { class: "when" }, `${weekdayText(day)}, ${dateText(day)}${time}`), " ",
    session ? make("a", { href: guide }, title) : make("span", {}, title), " ",
    make("span", { class: "facts" }, more.join(" · ")));
};

/** @param {KitProgramme} facts */
const showDatesOfMine = (facts) => {
  const plan = planOf(facts);
  const steps = plan.start ? stepsOf(facts, plan) : [];
  const list = find("[data-my-dates]");
  list.replaceChildren(...steps.map((step) => dateItem(plan, step)));
  list.hidden = steps.length === 0;
  find("[data-no-dates]").hidden = steps.length > 0;
  find("[data-calendar]").hidden = steps.length === 0;
  const skipped = steps.find((step) => step.session && plan.time && isSkipped(plan.zone, step.day, plan.time));
  const warning = find("[data-skipped]");
  warning.hidden = !skipped;
  warning.textContent = skipped ? say("time_skipped", { time: plan.time, date: dateText(skipped.day) }) : "";
};

/**
 * Whether a time does not exist that day, since the clocks go forward over it.
 * @param {string} zone
 * @param {string} day
 * @param {string} time
 */
const isSkipped = (zone, day, time) => {
  const wall = `${day}T${time}`;
  return clockIn(zone, momentOf(wall, (moment) => clockIn(zone, moment))) !== wall;
};

/**
 * What an entry says: the agenda, minute by minute, and where the guide and the sheets are.
 * @param {KitProgramme} facts
 * @param {import("./plan.js").Step} step
 */
const entryText = (facts, step) => {
  if (!step.session) return say("calendar_survey");
  const plan = planOf(facts);
  const agenda = step.session.agendas[lengthOf(step.session, plan.minutes)].map(([first, last, title]) => `${first}–${last}  ${title}`);
  const link = (/** @type {string} */ path) => new URL(addressOf(path), location.href).href;
  const sheets = step.session.sheets.map((id) => `${facts.sheets[id].title}: ${link(`templates/worksheets/${id}`)}`);
  return [
    ...agenda, "", `${say("calendar_guide")} ${link(`templates/agendas/${step.id}`)}`, ...sheets,
  ].join("\n");
};

/** @param {KitProgramme} facts */
const calendarOf = (facts) => {
  const plan = planOf(facts);
  const rule = kitZones.names[plan.zone];
  const events = stepsOf(facts, plan).map((step) => ({
    uid: `${step.id}.${step.nth + 1}.${plan.id}@reverse-mentoring-kit`,
    title: step.title,
    day: step.day,
    time: step.session ? plan.time : "",
    minutes: step.minutes,
    text: entryText(facts, step),
    address: step.session ? new URL(addressOf(`templates/agendas/${step.id}`), location.href).href : "",
  }));
  return calendarText(events, {
    name: facts.organisation.programme,
    zone: plan.zone,
    rules: rule === undefined ? null : kitZones.rules[rule],
    clock: (moment) => clockIn(plan.zone, moment),
    now: new Date(),
  });
};

const setUp = async () => {
  const [facts] = await Promise.all([loadFacts(), loadScript("js/data-zones.js")]);
  const show = () => {
    fillForm(facts);
    showDatesOfMine(facts);
  };
  listZones(facts);
  show();
  choices.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if (box === startBox) {
      const wrong = box.validity.badInput || (box.value !== "" && !isDay(box.value));
      startError.textContent = wrong ? say("date_wrong") : "";
      box.setAttribute("aria-invalid", String(wrong));
      if (wrong) return;
    }
    if (!box.checkValidity()) {
      box.reportValidity();
      return;
    }
    choose({ [box.id.replace("plan-", "")]: box.value });
    showDatesOfMine(facts);
  });
  find("[data-calendar]").addEventListener("click", () => {
    if (!planOf(facts).id) choose({});
    download("reverse-mentoring.ics", "text/calendar", calendarOf(facts));
  });
  find("[data-forget-plan]").addEventListener("click", async () => {
    if (!(await ask(/** @type {HTMLDialogElement} */ (find("#forget-plan"))))) return;
    forget(PLAN);
    startError.textContent = "";
    show();
  });
  onChange((name) => {
    if (name === "" || name === PLAN) show();
  });
  showKept(() => PLAN);
};

setUp();
