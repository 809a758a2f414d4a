// Where what the reader types is kept: in this browser, under names that carry the site's own path,
// since several sites, and on a file share all files, may have one storage between them.
//
// Each record is read again before it is written, and only the values that changed are put into it, so
// that two open tabs do not overwrite each other. What cannot be stored lives as long as the page.

import { root } from "./page.js";
import {
  emptyRecord, exportText, importText, isBlank, isName, lastChange, mergeRecords, readRecord, same,
} from "./record.js";

/** @typedef {import("./record.js").Value} Value */
/** @typedef {import("./record.js").KeptRecord} KeptRecord */
/** @typedef {import("./record.js").Records} Records */

/**
 * How it stands with keeping one record:
 * `nothing` to keep yet; `kept`; `off` by the reader's own choice; `forbidden` by the browser; storage
 * is `full`; a `newer` kit wrote it and it is left alone.
 * @typedef {"nothing" | "kept" | "off" | "forbidden" | "full" | "newer"} Standing
 */

const PREFIX = `reverse-mentoring-kit:${new URL(`${root}/`, location.href).pathname}:`;
const SWITCH = `${PREFIX}keep`;

/** Records that could not be stored, by name. @type {Map<string, KeptRecord>} */
const unstored = new Map();
/** What this page last saw of each value, by record and key. @type {Map<string, Value>} */
const seen = new Map();
/** Names of records whose storage was found damaged since the page was opened. @type {Set<string>} */
const foundDamaged = new Set();
/** @type {Set<(name: string) => void>} */
const listeners = new Set();
/** Whether the storage refused the last thing for want of room. */
let full = false;
/** The reader's choice to keep nothing, where even that cannot be stored. */
let silent = false;

/**
 * The browser's storage, or null where pages may not have one. Even to name it may be forbidden.
 * @returns {Storage | null}
 */
const storage = () => {
  try {
    return localStorage;
  } catch {
    return null;
  }
};

/** @param {string} key */
const rawAt = (key) => {
  try {
    return storage()?.getItem(key) ?? null;
  } catch {
    return null;
  }
};

/**
 * @param {string} key
 * @param {string} text
 * @returns {boolean} whether it is stored now
 */
const put = (key, text) => {
  try {
    const place = storage();
    place?.setItem(key, text);
    full = false;
    return place !== null;
  } catch (error) {
    full = error instanceof DOMException && error.name === "QuotaExceededError";
    return false;
  }
};

/** @param {string} key */
const remove = (key) => {
  try {
    storage()?.removeItem(key);
  } catch { /* then there was nothing of ours */ }
};

/** Whether the reader lets this browser keep anything. */
export const keepsAnything = () => !silent && rawAt(SWITCH) !== "no";

/**
 * Keep from now on, or keep nothing. The choice itself is the one thing that is always kept.
 * @param {boolean} wanted
 */
export const setKeeping = (wanted) => {
  silent = !wanted;
  if (wanted) remove(SWITCH);
  else put(SWITCH, "no");
  tell("");
};

/** The names of all records that are stored, and of those that live only as long as the page. */
export const keptNames = () => {
  const place = storage();
  const names = new Set(unstored.keys());
  for (let at = 0; place && at < place.length; at += 1) {
    const key = place.key(at) ?? "";
    const name = key.slice(PREFIX.length);
    if (key.startsWith(PREFIX) && key !== SWITCH && isName(name)) names.add(name);
  }
  return [...names].sort();
};

/**
 * A record as it is stored. One that cannot be read is moved out of the way, whole, and reported.
 * @param {string} name
 * @returns {KeptRecord | "newer"}
 */
const open = (name) => {
  const text = rawAt(PREFIX + name);
  if (text === null) return emptyRecord();
  let data;
  try {
    data = JSON.parse(text);
  } catch { /* then it is no record */ }
  const record = readRecord(data, Date.now());
  if (record !== null) return record;
  if (put(`${PREFIX}damaged/${Date.now()}`, `${name}\n${text}`)) remove(PREFIX + name);
  foundDamaged.add(name);
  return emptyRecord();
};

/**
 * A record with what could not be stored of it.
 * @param {string} name
 * @returns {KeptRecord}
 */
export const recordOf = (name) => {
  const stored = open(name);
  const loose = unstored.get(name);
  if (stored === "newer") return loose ?? emptyRecord();
  return loose ? mergeRecords(stored, loose).record : stored;
};

/**
 * What is kept under a name: values by key.
 * @param {string} name
 * @returns {Record<string, Value>}
 */
export const recall = (name) => {
  /** @type {Record<string, Value>} */
  const values = Object.create(null);
  for (const [key, [value]] of Object.entries(recordOf(name).values)) {
    values[key] = value;
    seen.set(`${name}#${key}`, value);
  }
  return values;
};

/**
 * Keep values under a name.
 * @param {string} name
 * @param {Record<string, Value>} changes by key
 */
export const keep = (name, changes) => {
  const now = Date.now();
  const record = recordOf(name);
  /** @type {import("./record.js").Values} */
  const aside = Object.create(null);
  for (const [key, value] of Object.entries(changes)) {
    const [before, stamp] = record.values[key] ?? [undefined, 0];
    const known = seen.get(`${name}#${key}`);
    if (!isBlank(before) && !same(before, known) && !same(before, value)) {
      aside[`${name}#${key}`] = record.values[key]; // another tab wrote it, and this page never saw it
    }
    if (!same(before, value)) record.values[key] = [value, Math.max(now, stamp + 1)];
    seen.set(`${name}#${key}`, value);
  }
  if (Object.keys(aside).length) save(`aside/${now}`, { ...emptyRecord(), values: aside });
  save(name, record);
  tell(name);
};

/**
 * @param {string} name
 * @param {KeptRecord} record
 */
const save = (name, record) => {
  const stored = keepsAnything() && open(name) !== "newer" && put(PREFIX + name, JSON.stringify(record));
  if (stored) unstored.delete(name);
  else unstored.set(name, record);
};

/**
 * Forget a record.
 * @param {string} name
 */
export const forget = (name) => {
  remove(PREFIX + name);
  unstored.delete(name);
  for (const key of seen.keys()) if (key.startsWith(`${name}#`)) seen.delete(key);
  tell(name);
};

/** Forget everything that this site keeps, what is damaged too. The choice to keep nothing stays. */
export const forgetAll = () => {
  for (const name of keptNames()) forget(name);
};

/**
 * How it stands with a record, and when it was last changed.
 * @param {string} name
 * @returns {{ standing: Standing, at: number, damaged: boolean }}
 */
export const standingOf = (name) => {
  const stored = open(name);
  const damaged = foundDamaged.has(name);
  if (stored === "newer") return { standing: "newer", at: 0, damaged };
  if (!keepsAnything()) return { standing: "off", at: 0, damaged };
  if (storage() === null) return { standing: "forbidden", at: 0, damaged };
  const at = lastChange(stored);
  if (unstored.has(name)) return { standing: full ? "full" : "forbidden", at, damaged };
  return { standing: at ? "kept" : "nothing", at, damaged };
};

/**
 * Be told the name of each record that changes, here or in another tab; "" where several may have.
 * @param {(name: string) => void} listener
 */
export const onChange = (listener) => listeners.add(listener);

/** @param {string} name */
const tell = (name) => listeners.forEach((listener) => listener(name));

addEventListener("storage", (event) => {
  if (event.key === null || event.key === SWITCH) tell("");
  else if (event.key.startsWith(PREFIX)) tell(event.key.slice(PREFIX.length));
});
// A page that slept in the background may have missed what other tabs did.
addEventListener("pageshow", (event) => {
  if (event.persisted) tell("");
});

// --- taking everything along ---------------------------------------------------------------------

const isDamaged = (/** @type {string} */ name) => name.startsWith("damaged/");

/** A file of everything that is kept. */
export const exportAll = () => {
  /** @type {Records} */
  const records = Object.create(null);
  /** @type {Record<string, string>} */
  const damaged = Object.create(null);
  for (const name of keptNames()) {
    if (isDamaged(name)) damaged[name] = rawAt(PREFIX + name) ?? "";
    else records[name] = recordOf(name);
  }
  return exportText(records, damaged);
};

/**
 * Bring in what a file holds: nothing that is here is lost, and either all of it is kept or none.
 * @param {string} text
 * @returns {{ outcome: "done", records: number, aside: number, unreadable: number }
 *   | { outcome: "foreign" | "newer" | "full" | "off" }}
 */
export const importAll = (text) => {
  const now = Date.now();
  const found = importText(text, now);
  if (found === null) return { outcome: "foreign" };
  if (found === "newer") return { outcome: "newer" };
  if (!keepsAnything()) return { outcome: "off" };
  /** @type {Map<string, string>} */
  const written = new Map();
  /** @type {import("./record.js").Values} */
  const aside = Object.create(null);
  for (const [name, record] of Object.entries(found.records)) {
    if (open(name) === "newer") return { outcome: "newer" };
    const merged = mergeRecords(recordOf(name), record);
    written.set(name, JSON.stringify(merged.record));
    for (const [key, entry] of Object.entries(merged.aside)) aside[`${name}#${key}`.slice(0, 400)] = entry;
  }
  for (const [name, raw] of Object.entries(found.damaged)) written.set(name, raw);
  const lost = Object.keys(aside).length;
  if (lost) written.set(`aside/${now}`, JSON.stringify({ ...emptyRecord(), values: aside }));
  const before = [...written.keys()].map((name) => /** @type {const} */ ([name, rawAt(PREFIX + name)]));
  for (const [name, raw] of written) {
    if (put(PREFIX + name, raw)) continue;
    for (const [was, old] of before) {
      if (old === null) remove(PREFIX + was);
      else put(PREFIX + was, old);
    }
    return { outcome: "full" };
  }
  for (const name of written.keys()) unstored.delete(name);
  tell("");
  return { outcome: "done", records: Object.keys(found.records).length, aside: lost, unreadable: found.unreadable };
};

/**
 * What could not be read, as it was found: the record's name, a line break, the text.
 * @param {string} name such as damaged/1764100000000
 */
export const damagedText = (name) => rawAt(PREFIX + name) ?? "";

/** Whether this site stored anything under a name that is damaged. */
export const damagedNames = () => keptNames().filter(isDamaged);
