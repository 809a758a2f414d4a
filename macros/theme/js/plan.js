// The reader's own programme: role, first day, rhythm, time, length, paper. What is not chosen is as
// the organisation has it.

import { loadScript } from "./page.js";
import { keep, recall } from "./store.js";
import { isDay, itemSlots, lengthOf, sessionSlots, slotsOf } from "./schedule.js";

/** @typedef {{ role: string, start: string, time: string, cadence: number, minutes: number, track: string, paper: string,
 *   zone: string, id: string }} Plan */

/** The record it is kept in. */
export const PLAN = "my-programme";

/** Whether the reader has set anything, without loading the programme. */
export const hasPlan = () => Boolean(recall(PLAN).start || recall(PLAN).role || recall(PLAN).track);

/** The role that the reader has chosen, or "". */
export const chosenRole = () => String(recall(PLAN).role ?? "");

/** @returns {Promise<KitProgramme>} */
export const loadFacts = async () => {
  await loadScript("js/data-programme.js");
  return kitProgramme;
};

/**
 * The plan as it holds: the reader's choices where they can be, else the organisation's.
 * @param {KitProgramme} facts
 * @returns {Plan}
 */
export const planOf = (facts) => {
  const own = recall(PLAN);
  const { organisation } = facts;
  const cadence = Number(own.cadence);
  const minutes = Number(own.minutes);
  const text = (/** @type {string} */ key, /** @type {string} */ otherwise) => String(own[key] || otherwise);
  const start = text("start", organisation.start);
  return {
    role: Object.hasOwn(facts.roles, String(own.role ?? "")) ? String(own.role) : "",
    start: isDay(start) ? start : "",
    time: /^([01]\d|2[0-3]):[0-5]\d$/.test(text("time", organisation.time)) ? text("time", organisation.time) : "",
    cadence: cadence >= 1 && cadence <= 12 ? Math.round(cadence) : organisation.cadence,
    minutes: [30, 45, 60, 90].includes(minutes) ? minutes : organisation.minutes,
    track: text("track", ""),
    paper: own.paper === "A4" || own.paper === "Letter" ? own.paper : organisation.paper,
    zone: isZone(text("zone", "")) ? text("zone", "") : organisation.zone,
    id: ownId(),
  };
};

/** What calendar entries of the plan are known by, or "". */
const ownId = () => {
  const id = recall(PLAN).id;
  return typeof id === "string" && /^[0-9a-f]{16}$/.test(id) ? id : "";
};

/**
 * Keep choices. The first time, the plan is given an id.
 * @param {Record<string, string>} choices
 */
export const choose = (choices) => {
  const dice = crypto.getRandomValues(new Uint8Array(8));
  const id = ownId() || [...dice].map((n) => n.toString(16).padStart(2, "0")).join("");
  keep(PLAN, { ...choices, id });
};

/** @typedef {{ kind: "session" | "milestone", id: string, nth: number, title: string, day: string,
 *   movedFrom: string, minutes: number, session: KitSession | null }} Step */

/**
 * What a role takes part in, in order of time; everybody's where no role is chosen.
 * @param {KitProgramme} facts
 * @param {Plan} plan its `start` is set
 * @returns {Step[]}
 */
export const stepsOf = (facts, plan) => {
  const mine = (/** @type {{ roles: string[] }} */ one) => !plan.role || one.roles.includes(plan.role);
  /** @type {Step[]} */
  const steps = [];
  for (const session of facts.sessions.filter(mine)) {
    sessionSlots(facts, plan, session).forEach(({ day, movedFrom }, nth) =>
      steps.push({
        kind: "session", id: session.id, nth, title: session.title, day, movedFrom,
        minutes: lengthOf(session, plan.minutes), session,
      }));
  }
  for (const milestone of facts.milestones.filter(mine)) {
    slotsOf(facts, plan, milestone.when).forEach(({ day, movedFrom }, nth) =>
      steps.push({
        kind: "milestone", id: milestone.id, nth, title: milestone.title, day, movedFrom,
        minutes: milestone.minutes, session: null,
      }));
  }
  return steps.filter(({ day }) => day).sort((one, other) => one.day.localeCompare(other.day));
};

/** @typedef {{ item: KitItem, day: string, key: string }} Due  an item, a day it is due, and the key of its tick */

/**
 * What a role has to do by the day of a session, as checklists show it, first things first. A thing that
 * comes back has a day and a tick for each time; macros/program/browser.py writes the same keys.
 * @param {KitProgramme} facts
 * @param {Plan} plan
 * @param {Step} step
 * @returns {Due[]}
 */
export const dueBy = (facts, plan, step) => {
  const meetings = facts.sessions.filter(({ number }) => number);
  /** @type {Due[]} */
  const found = [];
  for (const item of facts.items) {
    if (plan.role && !item.roles.includes(plan.role)) continue;
    const slots = itemSlots(facts, plan, item);
    slots.forEach(({ day }, at) => {
      const again = slots.length > 1 ? `@${at + 1}` : "";
      const before = day < step.day || (day === step.day && ["before", ""].includes(item.moment));
      if (!day || !before || item.moment === "during") return;
      found.push({ item, day, key: `${item.id}${item.every ? `@${meetings[at].id}` : again}` });
    });
  }
  return found.sort((one, other) => one.day.localeCompare(other.day));
};

/** Whether this browser knows the clocks of a zone. @param {string} zone */
export const isZone = (zone) => {
  try {
    return Boolean(zone && clockIn(zone, new Date(0)));
  } catch {
    return false;
  }
};

/**
 * The time on the clocks of a zone, as year-month-dayThours:minutes.
 * @param {string} zone
 * @param {Date} moment
 */
export const clockIn = (zone, moment) => {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(moment);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
};
