// Texts to copy: letters, announcements, things to say.

import { findAll } from "./page.js";
import { say } from "./words.js";

/** The lines of a paragraph; one without any, such as the subject, is a line itself. @param {Element} part */
const linesOf = (part) =>
  (findAll(".line", part).map((line) => line.textContent?.trim()).join("\n") || part.textContent?.trim()) ?? "";

/**
 * A letter as text: a line to a line, an empty line between paragraphs.
 * @param {HTMLElement} letter
 */
export const letterText = (letter) =>
  [...letter.children]
    .map((part) => part.tagName === "UL"
      ? findAll("li", part).map((point) => `- ${point.textContent?.trim()}`).join("\n")
      : linesOf(part))
    .join("\n\n");

for (const button of findAll("[data-copy-letter]")) {
  button.addEventListener("click", async () => {
    const field = /** @type {HTMLElement} */ (button.closest(".field"));
    const letter = /** @type {HTMLElement} */ (field.querySelector("[data-letter]"));
    const said = /** @type {HTMLElement} */ (field.querySelector("[role=status]"));
    try {
      await navigator.clipboard.writeText(letterText(letter));
      said.textContent = say("share_copied");
    } catch { // no clipboard without https; the text is selected, and Ctrl+C takes it
      getSelection()?.selectAllChildren(letter);
      said.textContent = say("share_select");
    }
  });
}
