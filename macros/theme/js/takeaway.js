// A filled-in sheet as text: for a file, or for a mail.

import { letterText } from "./letters.js";
import { find, findAll } from "./page.js";
import { say } from "./words.js";

/** @typedef {"me" | "partner" | "lead" | "anyone"} Reader */

/**
 * Whether a field may be shown to a reader. The page says which field is for whose eyes.
 * @param {HTMLElement} field
 * @param {Reader} reader
 */
export const mayRead = (field, reader) =>
  reader === "me" || (field.dataset.readers ?? "").split(" ").includes(reader);

/** Whether there is nothing to fill in. @param {HTMLElement} field */
const isFixed = (field) => ["fixed-text", "letter", "contacts"].includes(field.dataset.type ?? "");

/**
 * The fields with an answer that a reader would not get.
 * @param {HTMLElement} sheet
 * @param {Reader} reader
 */
export const keptBack = (sheet, reader) =>
  findAll(".field", sheet).filter((field) => !isFixed(field) && !mayRead(field, reader));

/**
 * A sheet as text. `marked` writes Markdown, otherwise it is plain text.
 * @param {HTMLElement} sheet
 * @param {{ title: string, reader: Reader, everything: boolean, marked: boolean }} wish
 */
export const sheetText = (sheet, { title, reader, everything, marked }) => {
  const fields = findAll(".field", sheet).filter((field) => everything || mayRead(field, reader));
  const parts = fields.map((field) => fieldText(field, marked)).filter((part) => part !== "");
  const head = marked ? `# ${title}` : `${title}\n${"=".repeat([...title].length)}`;
  return `${[head, ...parts].join("\n\n")}\n`;
};

/**
 * @param {HTMLElement} field
 * @param {boolean} marked
 */
const fieldText = (field, marked) => {
  const { label = "", type = "" } = field.dataset;
  const heading = marked ? `## ${label}` : label;
  if (type === "fixed-text") {
    const points = findAll("li", field).map((point) => `- ${point.textContent?.trim()}`);
    return [marked ? `**${label}**` : label, points.join("\n")].filter(Boolean).join(marked ? "\n\n" : "\n");
  }
  if (type === "letter") return `${heading}\n\n${letterText(find("[data-letter]", field))}`;
  if (type === "contacts") {
    const people = findAll("dt", field).map((who) => `- ${who.textContent}: ${who.nextElementSibling?.textContent?.trim()}`);
    return `${heading}\n\n${people.join("\n")}`;
  }
  if (type === "drawing") return "";
  const answer = type === "table" ? tableText(field, marked) : answerText(field, type);
  return `${heading}\n${marked ? "\n" : ""}${answer || say("no_answer")}`;
};

/**
 * @param {HTMLElement} field
 * @param {string} type
 */
const answerText = (field, type) => {
  const ticked = findAll("input:checked", field).map((one) => one.closest("label")?.textContent?.trim() ?? "");
  if (type === "scale") {
    const ends = findAll(".end", field).map((end) => end.textContent?.trim());
    return ticked.length ? `${ticked[0]} (${ends.join("; ")})` : "";
  }
  if (["multiple-choice", "tick-list", "topics"].includes(type)) return ticked.map((one) => `- ${one}`).join("\n");
  if (type === "single-choice") return ticked.join("");
  const box = /** @type {HTMLInputElement} */ (field.querySelector("input, textarea"));
  const unit = field.querySelector(".inline span")?.textContent ?? "";
  return box.value && unit ? `${box.value} ${unit}` : box.value.trim();
};

/**
 * @param {HTMLElement} field
 * @param {boolean} marked
 */
const tableText = (field, marked) => {
  const titles = findAll("thead th, thead td", field).map((cell) => cell.textContent?.trim() ?? "");
  const rows = findAll("tbody tr", field).map((row) => [
    row.querySelector("th")?.textContent?.trim() ?? "",
    .../** @type {HTMLTextAreaElement[]} */ (findAll("textarea", row)).map((box) => box.value.trim()),
  ]);
  if (marked) {
    const line = (/** @type {string[]} */ cells) =>
      `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
    return [line(titles), `|${" --- |".repeat(titles.length)}`, ...rows.map(line)].join("\n");
  }
  return rows
    .map(([name, ...cells]) => {
      const said = cells.map((cell, at) => (cell ? `  ${titles[at + 1]}: ${cell}` : "")).filter(Boolean);
      return said.length ? `${name}\n${said.join("\n")}` : "";
    })
    .filter(Boolean)
    .join("\n");
};
