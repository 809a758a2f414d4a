// When things happen, for a first day and a rhythm of the reader's own. The same rules as in
// macros/program/schedule.py: a day that is not free moves to the next working day; what is due before
// a session moves the other way. Days are texts, year-month-day.

const SEARCH_DAYS = 28; // how far a working day is looked for
const DAY = 86_400_000;

/** @typedef {{ start: string, cadence: number }} Rhythm  the first day and the weeks between meetings */
/** @typedef {{ week: number, day: string, movedFrom: string }} Slot  a day is empty where there is none */

const toDay = (/** @type {number} */ time) => new Date(time).toISOString().slice(0, 10);

/**
 * A day so many days later.
 * @param {string} day
 * @param {number} days
 */
export const addDays = (day, days) => toDay(Date.parse(day) + days * DAY);

/**
 * Whether a text is a day of the calendar, between 2000 and 2100.
 * @param {string} text
 */
export const isDay = (text) => {
  const time = /^(20\d\d|2100)-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && toDay(time) === text;
};

/**
 * Whether people meet on a day.
 * @param {KitProgramme} facts
 * @param {string} day
 */
const isFree = (facts, day) =>
  ![0, 6].includes(new Date(day).getUTCDay()) &&
  !facts.organisation.holidays.some(([first, last]) => first <= day && day <= last);

/** @param {KitProgramme} facts */
const meetingsOf = (facts) => facts.sessions.filter((session) => session.number);

/**
 * Weeks after the first meeting; several where the moment comes back, none where it never does.
 * @param {KitProgramme} facts
 * @param {Rhythm} rhythm
 * @param {KitWhen} when
 */
export const weeksOf = (facts, rhythm, when) => {
  const count = meetingsOf(facts).length;
  if (when.first_meeting !== undefined) return [when.first_meeting];
  if (when.last_meeting !== undefined) return [Math.max(count - 1, 0) * rhythm.cadence + when.last_meeting];
  if (when.meeting !== undefined) return when.meeting <= count ? [(when.meeting - 1) * rhythm.cadence] : [];
  return (when.after_meetings ?? []).filter((n) => n <= count).map((n) => (n - 1) * rhythm.cadence + 1);
};

/**
 * @param {KitProgramme} facts
 * @param {Rhythm} rhythm
 * @param {number} week
 * @returns {Slot}
 */
const slotOf = (facts, rhythm, week) => {
  const meant = addDays(rhythm.start, 7 * week);
  for (let ahead = 0; ahead < SEARCH_DAYS; ahead += 1) {
    const day = addDays(meant, ahead);
    if (isFree(facts, day)) return { week, day, movedFrom: ahead ? meant : "" };
  }
  return { week, day: "", movedFrom: meant };
};

/**
 * The moments that `when` names.
 * @param {KitProgramme} facts
 * @param {Rhythm} rhythm
 * @param {KitWhen} when
 */
export const slotsOf = (facts, rhythm, when) =>
  weeksOf(facts, rhythm, when).map((week) => slotOf(facts, rhythm, week));

/**
 * When a session is held; an event may come back.
 * @param {KitProgramme} facts
 * @param {Rhythm} rhythm
 * @param {KitSession} session
 */
export const sessionSlots = (facts, rhythm, session) =>
  slotsOf(facts, rhythm, session.number ? { meeting: session.number } : session.when);

/**
 * When a checklist item is due: at its own moment, or counted from each session it belongs to.
 * @param {KitProgramme} facts
 * @param {Rhythm} rhythm
 * @param {KitItem} item
 * @param {string} [only] the id of the one session that is asked about
 * @returns {Slot[]}
 */
export const itemSlots = (facts, rhythm, item, only) => {
  if (item.when) return slotsOf(facts, rhythm, item.when);
  const sessions = item.session ? facts.sessions.filter(({ id }) => id === item.session) : meetingsOf(facts);
  const sign = item.moment === "before" ? -1 : 1;
  return sessions
    .filter(({ id }) => !only || id === only)
    .flatMap((session) => sessionSlots(facts, rhythm, session))
    .map(({ week, day }) => ({ week, day: nearDay(facts, day, sign, item.days), movedFrom: "" }));
};

/**
 * The working day so many days before or after another; further away where the calendar wants it.
 * @param {KitProgramme} facts
 * @param {string} day
 * @param {number} sign
 * @param {number} days
 */
const nearDay = (facts, day, sign, days) => {
  if (!days || !day) return day;
  for (let more = 0; more < SEARCH_DAYS; more += 1) {
    const near = addDays(day, sign * (days + more));
    if (isFree(facts, near)) return near;
  }
  return "";
};

/**
 * How long a session is held where meetings take `wanted` minutes: the nearest length not shorter.
 * @param {KitSession} session
 * @param {number} wanted
 */
export const lengthOf = (session, wanted) => {
  if (!session.number) return session.length;
  const lengths = Object.keys(session.agendas).map(Number).sort((one, other) => one - other);
  return lengths.find((n) => n >= wanted) ?? lengths[lengths.length - 1];
};

/**
 * The time of day so many minutes later.
 * @param {string} time hours:minutes
 * @param {number} minutes
 */
export const laterTime = (time, minutes) => {
  const [hour, minute] = time.split(":").map(Number);
  return new Date((hour * 60 + minute + minutes) * 60_000).toISOString().slice(11, 16);
};
