// What is kept: records of values, each with the moment it was given. Nothing here touches the page
// or the storage, so that it can be reasoned about, and tried, by itself.

/** @typedef {string | boolean | string[]} Value */
/** @typedef {Record<string, [Value, number]>} Values  each with milliseconds since 1970 */
/** @typedef {{ v: number, values: Values }} KeptRecord */
/** @typedef {Record<string, KeptRecord>} Records  by name, such as worksheets/goals-and-baseline/1 */

/** The version of the format. A higher one was written by a newer kit and is left alone. */
export const VERSION = 1;

/**
 * By version: what turns a record of it into one of the next. There has been only one version so far.
 * @type {Record<number, (record: any) => any>}
 */
const STEPS = {};

const LONGEST_TEXT = 2_000_000;
/** More values than any sheet has; a record with more is not read. */
export const MOST_VALUES = 2_000;
const MOST_CHOICES = 200;
const LONGEST_KEY = 400;
const NAME = /^[a-z]+(?:-[a-z]+)*(?:\/[a-z0-9-]{1,64}){0,2}$/;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);
const SWITCH_NAME = "keep"; // under which the reader's choice to keep nothing is stored
const OF_A_MOMENT = /^(?:aside|damaged)\/\d{1,15}$/; // milliseconds since 1970

/**
 * An empty record. Its values have no prototype, so no key can reach one.
 * @returns {KeptRecord}
 */
export const emptyRecord = () => ({ v: VERSION, values: Object.create(null) });

/**
 * Whether something can be the name of a record.
 * @param {string} name
 */
export const isName = (name) =>
  NAME.test(name) && name !== SWITCH_NAME && !name.split("/").some((part) => RESERVED.has(part)) &&
  (OF_A_MOMENT.test(name) || !/^(?:aside|damaged)(?:\/|$)/.test(name));

/**
 * Whether two values are the same.
 * @param {Value | undefined} one
 * @param {Value | undefined} other
 */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Whether a value says nothing: an empty text, no choice, no tick.
 * @param {Value | undefined} value
 */
export const isBlank = (value) =>
  value === undefined || (typeof value === "boolean" ? !value : value.length === 0);

/**
 * A record from data of unknown origin: brought up to today's version, and only what can be a value.
 * `whole` tells whether nothing had to be left out. Returns "newer" for one that a newer kit wrote, and
 * null for what is no record at all.
 * @param {unknown} data
 * @param {number} now no value may have been given later
 * @param {Record<number, (record: any) => any>} [steps]
 * @param {number} [version]
 * @returns {{ record: KeptRecord, whole: boolean } | "newer" | null}
 */
export const readRecord = (data, now, steps = STEPS, version = VERSION) => {
  if (typeof data !== "object" || data === null) return null;
  let found = /** @type {any} */ (data);
  if (!Number.isInteger(found.v) || found.v < 1) return null;
  if (found.v > version) return "newer";
  while (found.v < version) found = steps[found.v](found);
  if (typeof found.values !== "object" || found.values === null || Array.isArray(found.values)) return null;
  const record = emptyRecord();
  record.v = version;
  const entries = Object.entries(found.values);
  if (entries.length > MOST_VALUES) return null;
  for (const [key, entry] of entries) {
    if (RESERVED.has(key) || key.length > LONGEST_KEY || !Array.isArray(entry)) continue;
    const [value, stamp] = entry;
    if (!isValue(value) || !Number.isSafeInteger(stamp) || stamp < 0) continue;
    record.values[key] = [value, Math.min(stamp, now)];
  }
  return { record, whole: Object.keys(record.values).length === entries.length };
};

/** @param {unknown} value */
const isText = (value) => typeof value === "string" && value.length <= LONGEST_TEXT;

/**
 * @param {unknown} value
 * @returns {value is Value}
 */
const isValue = (value) =>
  typeof value === "boolean" ||
  isText(value) ||
  (Array.isArray(value) && value.length <= MOST_CHOICES && value.every(isText));

/**
 * Two records as one: of each value the one that was given later. What had to give way, and says
 * something, is returned apart, so that nothing is lost.
 * @param {KeptRecord} here
 * @param {KeptRecord} there
 * @returns {{ record: KeptRecord, aside: Values }}
 */
export const mergeRecords = (here, there) => {
  const record = emptyRecord();
  Object.assign(record.values, here.values);
  /** @type {Values} */
  const aside = Object.create(null);
  for (const [key, entry] of Object.entries(there.values)) {
    const ours = record.values[key];
    const theirsIsLater = !ours || entry[1] > ours[1];
    const losing = theirsIsLater ? ours : entry;
    if (theirsIsLater) record.values[key] = entry;
    if (ours && !same(ours[0], entry[0]) && !isBlank(losing[0])) aside[key] = losing;
  }
  return { record, aside };
};

/**
 * When a record was last changed, in milliseconds, or 0.
 * @param {KeptRecord | null} record
 */
export const lastChange = (record) =>
  record ? Math.max(0, ...Object.values(record.values).map(([, stamp]) => stamp)) : 0;

/** What an exported file is recognised by. */
const KIT = "reverse-mentoring-kit";

/**
 * A file of everything that is kept.
 * @param {Records} records
 * @param {Record<string, string>} damaged what could not be read, as it was found
 */
export const exportText = (records, damaged) =>
  `${JSON.stringify({ kit: KIT, v: VERSION, records, damaged }, null, 1)}\n`;

/** @typedef {{ records: Records, newer: Record<string, string>, damaged: Record<string, string>,
 *   unreadable: number }} Imported  `newer` are records of a newer kit, as JSON */

/**
 * What a file brings. Nothing in it is trusted.
 * @param {string} text
 * @param {number} now
 * @returns {Imported | "newer" | null} null where the file is not one of ours
 */
export const importText = (text, now) => {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== "object" || data === null || data.kit !== KIT || !Number.isInteger(data.v)) return null;
  if (data.v > VERSION) return "newer";
  if (typeof data.records !== "object" || data.records === null) return null;
  /** @type {Records} */
  const records = Object.create(null);
  /** @type {Record<string, string>} */
  const newer = Object.create(null);
  /** @type {Record<string, string>} */
  const damaged = Object.create(null);
  let unreadable = 0;
  for (const [name, one] of Object.entries(data.records)) {
    const read = isName(name) && !name.startsWith("damaged/") ? readRecord(one, now) : null;
    if (read === "newer") newer[name] = JSON.stringify(one);
    else if (read) records[name] = read.record;
    if (read === null || (read !== "newer" && !read.whole)) unreadable += 1;
  }
  for (const [name, one] of Object.entries(data.damaged ?? {})) {
    if (isName(name) && name.startsWith("damaged/") && typeof one === "string" && one.length <= LONGEST_TEXT) damaged[name] = one;
    else unreadable += 1;
  }
  return { records, newer, damaged, unreadable };
};
