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
 * The moment at which clocks of a zone show a time; the first one where they show it twice. A time that
 * is skipped is told by the clock of before (RFC 5545, section 3.3.5).
 * @param {string} wall year-month-dayThours:minutes
 * @param {(moment: Date) => string} clock what the zone's clocks show at a moment, in the same form
 */
export const momentOf = (wall, clock) => {
  const wanted = Date.parse(`${wall}Z`);
  const day = 86_400_000;
  const [before, after] = [wanted - day, wanted + day].map((near) => {
    const offset = Date.parse(`${clock(new Date(near))}Z`) - near;
    return new Date(wanted - offset);
  });
  return clock(before) === wall || clock(after) !== wall ? before : after;
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
  /** From when to when, by the zone's clocks or in universal time. @param {CalendarEvent} event */
  const times = ({ day, time, minutes }) => {
    const later = (/** @type {number} */ start) => new Date(start + minutes * 60_000);
    const wall = `${day}T${time}`;
    if (rules) {
      const end = later(Date.parse(`${wall}Z`)).toISOString().slice(0, 16);
      return [`DTSTART;TZID=${zone}:${compact(wall)}`, `DTEND;TZID=${zone}:${compact(end)}`];
    }
    const start = momentOf(wall, clock);
    return [`DTSTART:${universal(start)}`, `DTEND:${universal(later(start.getTime()))}`];
  };
  const sequence = Math.floor(now.getTime() / 60_000); // a later download replaces an earlier one
  for (const event of events) {
    lines.push("BEGIN:VEVENT", `UID:${quoted(event.uid)}`, `DTSTAMP:${universal(now)}`, `SEQUENCE:${sequence}`);
    if (event.time) lines.push(...times(event));
    else {
      const next = new Date(Date.parse(event.day) + 86_400_000).toISOString().slice(0, 10);
      lines.push(`DTSTART;VALUE=DATE:${event.day.replaceAll("-", "")}`, `DTEND;VALUE=DATE:${next.replaceAll("-", "")}`, "TRANSP:TRANSPARENT");
    }
    lines.push(`SUMMARY:${quoted(event.title)}`, `DESCRIPTION:${quoted(event.text)}`);
    if (/^https?:\/\//.test(event.address)) lines.push(`URL:${event.address.replace(/[\s\u0000-\u001f\u007f-\u009f]/g, "")}`);
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return `${lines.map(folded).join("\r\n")}\r\n`;
};
