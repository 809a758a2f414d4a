// The words of data/ui.yml that scripts say, in the language of the page.

import { language } from "./page.js";

const plurals = new Intl.PluralRules(language);
const region = language === "en" ? "en-GB" : language;
const written = new Intl.DateTimeFormat(region, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(region, { weekday: "long", timeZone: "UTC" });
const moment = new Intl.DateTimeFormat(region, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

/**
 * A word of the interface. `n` chooses the plural form.
 * @param {string} key
 * @param {Record<string, string | number>} [values] what stands for the words in braces
 */
export const say = (key, values = {}) => {
  const word = kitWords[key];
  const form = typeof word === "string" ? word : (word[plurals.select(Number(values.n ?? 0))] ?? word.other);
  return form.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
};

/**
 * A day as people write it: 12 January 2027.
 * @param {string} day year-month-day
 */
export const dateText = (day) => written.format(new Date(`${day}T00:00Z`));

/**
 * The day of the week.
 * @param {string} day year-month-day
 */
export const weekdayText = (day) => weekday.format(new Date(`${day}T00:00Z`));

/**
 * A moment on this computer's clock: 25 November at 14:32.
 * @param {number} stamp milliseconds
 */
export const momentText = (stamp) => moment.format(new Date(stamp));

/**
 * Minutes as hours and minutes: 90 becomes 1 h 30 min.
 * @param {number} minutes
 */
export const durationText = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = hours ? [say("hours_short", { hours })] : [];
  if (rest || !hours) parts.push(say("minutes_short", { minutes: rest }));
  return parts.join("\u00a0");
};
