// Calendar files (RFC 5545). Times are told by the clocks of a zone, with the zone's yearly rules, so
// that a meeting at ten stays at ten when the clocks change. A zone without such rules is told in
// universal time. No text, whatever it holds, can add a line of its own.

const FOLD = 75; // octets in a line, its end not counted

/** @typedef {{ uid: string, title: string, day: string, time: string, minutes: number, text: string,
 *   address: string }} CalendarEvent  without a time it takes the whole day */

/**
 * Text as a calendar holds it: what would end or part it is marked, and what cannot be printed is left out.
 * @param {string} text
 */
const quoted = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");

const encoder = new TextEncoder();

/** A line in pieces of at most 75 octets, never within a character. @param {string} line */
const folded = (line) => {
  const pieces = [""];
  let room = FOLD;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (size > room) {
      pieces.push(" ");
      room = FOLD - 1;
    }
    pieces[pieces.length - 1] += character;
    room -= size;
  }
  return pieces.join("\r\n");
};

/** 2027-01-12T10:00 becomes 20270112T100000. @param {string} moment */
const compact = (moment) => `${moment.replace(/[-:]/g, "")}00`;

/** @param {Date} moment */
const universal = (moment) => `${compact(moment.toISOString().slice(0, 16))}Z`;

/**
 * The moment at which clocks of a zone show a time. One that is skipped when clocks go forward counts
 * as the same time by the clock of before.
 * @param {string} wall year-month-dayThours:minutes
 * @param {(moment: Date) => string} clock what the zone's clocks show at a moment, in the same form
 */
export const momentOf = (wall, clock) => {
  const wanted = Date.parse(`${wall}Z`);
  let moment = wanted;
  for (let turn = 0; turn < 3; turn += 1) {
    const off = wanted - Date.parse(`${clock(new Date(moment))}Z`);
    if (off === 0) break;
    moment += off;
  }
  return new Date(moment);
};

/**
 * A calendar of events.
 * @param {CalendarEvent[]} events
 * @param {{ name: string, zone: string, rules: string[] | null, clock: (moment: Date) => string, now: Date }} setting
 *   `rules` are the lines of the zone's VTIMEZONE after its name, or null where there are none
 */
export const calendarText = (events, { name, zone, rules, clock, now }) => {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Reverse Mentoring Kit//My programme//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `X-WR-CALNAME:${quoted(name)}`,
  ];
  if (rules) lines.push("BEGIN:VTIMEZONE", `TZID:${zone}`, ...rules, "END:VTIMEZONE");
  /** @param {string} property @param {string} wall */
  const timed = (property, wall) =>
    rules ? `${property};TZID=${zone}:${compact(wall)}` : `${property}:${universal(momentOf(wall, clock))}`;
  const sequence = Math.floor(now.getTime() / 60_000); // a later download replaces an earlier one
  for (const event of events) {
    lines.push("BEGIN:VEVENT", `UID:${event.uid}`, `DTSTAMP:${universal(now)}`, `SEQUENCE:${sequence}`);
    const end = new Date(Date.parse(`${event.day}T${event.time || "00:00"}Z`) + event.minutes * 60_000);
    if (event.time) {
      lines.push(timed("DTSTART", `${event.day}T${event.time}`), timed("DTEND", end.toISOString().slice(0, 16)));
    } else {
      const next = new Date(Date.parse(event.day) + 86_400_000).toISOString().slice(0, 10);
      lines.push(`DTSTART;VALUE=DATE:${event.day.replaceAll("-", "")}`, `DTEND;VALUE=DATE:${next.replaceAll("-", "")}`, "TRANSP:TRANSPARENT");
    }
    lines.push(`SUMMARY:${quoted(event.title)}`, `DESCRIPTION:${quoted(event.text)}`);
    if (/^https?:\/\//.test(event.address)) lines.push(`URL:${event.address.replace(/\s/g, "")}`);
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return `${lines.map(folded).join("\r\n")}\r\n`;
};
