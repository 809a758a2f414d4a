// Where what the reader types is kept: in this browser, under names that carry the site's own path,
// since several sites, and on a file share all files, may have one storage between them.
//
// Each record is read again before it is written, and only the values that changed are put into it, so
// that two open tabs do not overwrite each other. What cannot be stored lives as long as the page.

import { root } from "./page.js";
import {
  emptyRecord, exportText, importText, isBlank, isName, lastChange, mergeRecords, MOST_VALUES, readRecord, same,
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

/** Why something is not stored. @typedef {"off" | "forbidden" | "full" | "newer"} Reason */

/**
 * What could not be stored, by record, and why. It is tried again with every change.
 * @type {Map<string, { values: import("./record.js").Values, reason: Reason }>}
 */
const pending = new Map();
/** Names of records whose storage was found damaged since the page was opened. @type {Set<string>} */
const foundDamaged = new Set();
/** @type {Set<(name: string) => void>} */
const listeners = new Set();
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
 * @returns {"stored" | "full" | "forbidden"}
 */
const put = (key, text) => {
  try {
    const place = storage();
    place?.setItem(key, text);
    return place ? "stored" : "forbidden";
  } catch (error) {
    return error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "forbidden";
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
  if (wanted) remove(SWITCH);
  silent = !wanted && put(SWITCH, "no") !== "stored";
  storePending();
  tell("");
};

/** The names of all records that are stored, and of those that live only as long as the page. */
export const keptNames = () => {
  const place = storage();
  const names = new Set(pending.keys());
  for (let at = 0; place && at < place.length; at += 1) {
    const key = place.key(at) ?? "";
    const name = key.slice(PREFIX.length);
    if (key.startsWith(PREFIX) && key !== SWITCH && isName(name)) names.add(name);
  }
  return [...names].sort();
};

/**
 * A name of this moment that nothing has yet.
 * @param {"aside" | "damaged"} kind
 * @param {string[]} [taken] names that are about to be given
 */
const freePlace = (kind, taken = []) => {
  let at = Date.now();
  while (rawAt(`${PREFIX}${kind}/${at}`) !== null || taken.includes(`${kind}/${at}`)) at += 1;
  return `${kind}/${at}`;
};

/**
 * A record as it is stored. What cannot be read is put aside, whole, and reported; where there is no
 * room for that it stays where it is, `stuck`, and is not written over.
 * @param {string} name
 * @returns {KeptRecord | "newer" | "stuck"}
 */
const open = (name) => {
  const text = rawAt(PREFIX + name);
  if (text === null) return emptyRecord();
  let data;
  try {
    data = JSON.parse(text);
  } catch { /* then it is no record */ }
  const read = readRecord(data, Date.now());
  if (read === "newer") return "newer";
  if (read?.whole) return read.record;
  foundDamaged.add(name);
  if (put(PREFIX + freePlace("damaged"), `${name}\n${text}`) !== "stored") return "stuck";
  if (read) put(PREFIX + name, JSON.stringify(read.record));
  else remove(PREFIX + name);
  return read ? read.record : emptyRecord();
};

/**
 * A record with what could not be stored of it.
 * @param {string} name
 * @returns {KeptRecord}
 */
export const recordOf = (name) => {
  const stored = open(name);
  const record = typeof stored === "string" ? emptyRecord() : stored;
  Object.assign(record.values, pending.get(name)?.values);
  return record;
};

/**
 * What is kept under a name: values by key.
 * @param {string} name
 * @returns {Record<string, Value>}
 */
export const recall = (name) => {
  /** @type {Record<string, Value>} */
  const values = Object.create(null);
  for (const [key, [value]] of Object.entries(recordOf(name).values)) values[key] = value;
  return values;
};

/**
 * Keep values under a name.
 * @param {string} name
 * @param {Record<string, Value>} changes by key
 * @param {Record<string, Value | undefined>} [shown] what the page showed before; another value that
 *   is found there was written elsewhere and never seen here, and is set aside
 */
export const keep = (name, changes, shown = {}) => {
  const now = Date.now();
  const record = recordOf(name);
  /** @type {import("./record.js").Values} */
  const changed = Object.create(null);
  /** @type {import("./record.js").Values} */
  const aside = Object.create(null);
  for (const [key, value] of Object.entries(changes)) {
    const [before, stamp] = record.values[key] ?? [undefined, 0];
    if (same(before, value)) continue;
    if (key in shown && !isBlank(before) && !same(before, shown[key])) aside[`${name}#${key}`] = record.values[key];
    changed[key] = [value, Math.max(now, stamp + 1)];
  }
  if (Object.keys(aside).length) save(freePlace("aside"), aside);
  save(name, changed);
  storePending();
  tell(name);
};

/**
 * Store values with what their record holds already, or else remember them as long as the page lives.
 * @param {string} name
 * @param {import("./record.js").Values} values
 */
const save = (name, values) => {
  const waiting = Object.assign(Object.create(null), pending.get(name)?.values, values);
  const stored = open(name);
  /** @type {Reason | "stored"} */
  let outcome = "off";
  if (keepsAnything()) {
    if (stored === "newer") outcome = "newer";
    else if (stored === "stuck") outcome = "full";
    else {
      Object.assign(stored.values, waiting);
      outcome = put(PREFIX + name, JSON.stringify(stored));
    }
  }
  if (outcome === "stored") pending.delete(name);
  else pending.set(name, { values: waiting, reason: outcome });
};

/** Try again to store what could not be stored so far. */
const storePending = () => {
  for (const [name, { values }] of [...pending]) save(name, values);
};

/**
 * Forget a record.
 * @param {string} name
 */
export const forget = (name) => {
  remove(PREFIX + name);
  pending.delete(name);
  tell(name);
};

/** Forget everything that this site keeps, what is damaged too. The choice to keep nothing stays. */
export const forgetAll = () => {
  for (const name of keptNames()) remove(PREFIX + name);
  pending.clear();
  tell("");
};

/**
 * How it stands with a record, and when it was last changed.
 * @param {string} name
 * @returns {{ standing: Standing, at: number, damaged: boolean }}
 */
export const standingOf = (name) => {
  const stored = open(name);
  const damaged = foundDamaged.has(name);
  const at = typeof stored === "string" ? 0 : lastChange(stored);
  const told = (/** @type {Standing} */ standing) => ({ standing, at, damaged });
  if (stored === "newer") return told("newer");
  if (!keepsAnything()) return told("off");
  if (storage() === null) return told("forbidden");
  return told(pending.get(name)?.reason ?? (at ? "kept" : "nothing"));
};

/**
 * Be told the name of each record that changes, here or in another tab; "" where several may have.
 * @param {(name: string) => void} listener
 */
export const onChange = (listener) => listeners.add(listener);

/** @param {string} name */
const tell = (name) => listeners.forEach((listener) => listener(name));

addEventListener("storage", (event) => {
  if (event.key === SWITCH) storePending();
  if (event.key === null || event.key === SWITCH) tell("");
  else if (event.key.startsWith(PREFIX)) tell(event.key.slice(PREFIX.length));
});
// A page that slept in the background may have missed what other tabs did.
addEventListener("pageshow", (event) => {
  if (event.persisted) tell("");
});

// --- taking everything along ---------------------------------------------------------------------

const isDamaged = (/** @type {string} */ name) => name.startsWith("damaged/");

/** Read every record once, so that what is damaged is among the names of what is kept. */
export const putDamagedAside = () => {
  for (const name of keptNames()) if (!isDamaged(name)) open(name);
};

/** A file of everything that is kept. */
export const exportAll = () => {
  putDamagedAside();
  /** @type {Records} */
  const records = Object.create(null);
  /** @type {Record<string, string>} */
  const damaged = Object.create(null);
  for (const name of keptNames()) {
    const stored = isDamaged(name) ? "damaged" : open(name);
    if (stored === "damaged") damaged[name] = damagedText(name);
    else if (stored === "newer") records[name] = JSON.parse(rawAt(PREFIX + name) ?? "");
    else records[name] = recordOf(name);
    if (stored === "stuck") damaged[freePlace("damaged", Object.keys(damaged))] = `${name}\n${rawAt(PREFIX + name) ?? ""}`;
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
  /** @type {[string, import("./record.js").Values[string]][]} */
  const aside = [];
  const asideAlready = new Set(keptNames().filter((name) => name.startsWith("aside/")).flatMap((name) =>
    Object.entries(recordOf(name).values).map(([key, [value]]) => JSON.stringify([key, value]))));
  let { unreadable } = found;
  for (const [name, raw] of Object.entries(found.newer)) {
    if (rawAt(PREFIX + name) === null) written.set(name, raw);
    else unreadable += 1;
  }
  for (const [name, record] of Object.entries(found.records)) {
    const stored = open(name);
    if (stored === "newer") return { outcome: "newer" };
    if (stored === "stuck") return { outcome: "full" };
    const merged = mergeRecords(recordOf(name), record);
    if (Object.keys(merged.record.values).length > MOST_VALUES) {
      unreadable += 1; // no sheet has so many, and they could not be read again
      continue;
    }
    written.set(name, JSON.stringify(merged.record));
    for (const [key, entry] of Object.entries(merged.aside)) {
      const where = `${name}#${key}`.slice(0, 400);
      if (!asideAlready.has(JSON.stringify([where, entry[0]]))) aside.push([where, entry]);
    }
  }
  for (const [name, raw] of Object.entries(found.damaged)) {
    if (rawAt(PREFIX + name) === raw) continue;
    written.set(rawAt(PREFIX + name) === null ? name : freePlace("damaged", [...written.keys()]), raw);
  }
  const lost = aside.length;
  while (aside.length) {
    const values = Object.assign(Object.create(null), Object.fromEntries(aside.splice(0, MOST_VALUES)));
    written.set(freePlace("aside", [...written.keys()]), JSON.stringify({ ...emptyRecord(), values }));
  }
  const before = [...written.keys()].map((name) => /** @type {const} */ ([name, rawAt(PREFIX + name)]));
  for (const [name, raw] of written) {
    if (put(PREFIX + name, raw) === "stored") continue;
    for (const [was, old] of before) {
      if (old === null) remove(PREFIX + was);
      else put(PREFIX + was, old);
    }
    return { outcome: "full" };
  }
  for (const name of written.keys()) pending.delete(name);
  tell("");
  return { outcome: "done", records: Object.keys(found.records).length, aside: lost, unreadable };
};

/**
 * What could not be read, as it was found: the record's name, a line break, the text.
 * @param {string} name such as damaged/1764100000000
 */
export const damagedText = (name) => rawAt(PREFIX + name) ?? "";
