// Questions: the answer and why at once, what was answered kept, a score, and a way to start again.
// What a reader is told comes from the answer key at the end of the page.

import { findAll, find, make } from "./page.js";
import { same } from "./record.js";
import { showKept } from "./kept.js";
import { keep, onChange, recall } from "./store.js";
import { say } from "./words.js";

/** @typedef {import("./record.js").Value} Value */

/**
 * One question on the page. Its place in the record is its id, after what it is asked for: `quiz`, `again`.
 * @param {HTMLElement} item
 */
const question = (item) => {
  const { question: type = "", module = "", place: key = "" } = item.dataset;
  const answerKey = find(`[data-key="${item.id}"] .verdicts`);
  const controls = /** @type {HTMLInputElement[]} */ (findAll("input, textarea", item));
  const reply = make("div", { class: "reply", role: "status" });
  item.append(reply);

  /** What is answered, as it is kept. @returns {Value} */
  const answer = () => {
    if (type === "recall") return controls[0].value;
    if (type === "order") return controls.map((one) => `${one.dataset.step}=${one.value}`);
    const ticked = controls.filter((one) => one.checked).map((one) => one.value);
    return type === "single-choice" ? (ticked[0] ?? "") : ticked;
  };

  /** What was answered when it was last kept or shown. */
  let settled = answer();

  /** @param {Value} value */
  const putAnswer = (value) => {
    for (const one of controls) {
      if (type === "recall") one.value = typeof value === "string" ? value : "";
      else if (type === "order") {
        const told = Array.isArray(value) ? value.find((text) => text.startsWith(`${one.dataset.step}=`)) : "";
        one.value = told?.split("=")[1] ?? "";
      } else one.checked = Array.isArray(value) ? value.includes(one.value) : value === one.value;
    }
  };

  /** Whether the answer is right; for a free answer, whether the reader finds so. @param {Value} own */
  const isRight = (own) => {
    if (type === "recall") return own === "right";
    if (type === "order") {
      const wanted = findAll("[data-option]", answerKey).map((step, at) => `${step.dataset.option}=${at + 1}`);
      return same([.../** @type {string[]} */ (answer())].sort(), wanted.sort());
    }
    const right = findAll(".right[data-option]", answerKey).map((option) => option.dataset.option ?? "");
    return same(controls.filter((one) => one.checked).map((one) => one.value).sort(), right.sort());
  };

  /** Show what the key says of this question, with what was chosen marked. @param {Value} own */
  const explain = (own) => {
    const copy = /** @type {HTMLElement} */ (answerKey.cloneNode(true));
    for (const one of controls.filter((each) => each.checked)) {
      copy.querySelector(`[data-option="${one.value}"]`)?.classList.add("chosen");
    }
    reply.replaceChildren(copy);
    if (type !== "recall") return;
    const buttons = make("p", { class: "row" });
    for (const [value, words] of [["right", say("mine_says_this")], ["wrong", say("mine_does_not")]]) {
      const button = make("button", { type: "button", class: "button", "aria-pressed": String(own === value) }, words);
      button.addEventListener("click", () => {
        keep(`quizzes/${module}`, { [`${key}.own`]: value });
        findAll("button", buttons).forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      });
      buttons.append(button);
    }
    reply.append(buttons);
  };

  const keepAnswer = (/** @type {boolean} */ compared) => {
    const shown = { [key]: settled };
    settled = answer();
    keep(`quizzes/${module}`, { [key]: settled, ...(compared ? { [`${key}.compared`]: true } : {}) }, shown);
    if (compared) explain(recall(`quizzes/${module}`)[`${key}.own`] ?? "");
  };

  item.addEventListener("change", () => keepAnswer(type === "single-choice"));
  addEventListener("pagehide", () => { // with the cursor still in the box
    if (!same(answer(), settled)) keepAnswer(false);
  });
  if (type !== "single-choice") {
    const words = /** @type {HTMLElement} */ (item.closest("[data-check]")).dataset.check ?? "";
    const button = make("button", { type: "button", class: "button" }, words);
    button.addEventListener("click", () => keepAnswer(true));
    reply.before(button);
  }

  /** Show what is kept: the answer, and the explanation if it was asked for. */
  const show = () => {
    const kept = recall(`quizzes/${module}`);
    if (document.activeElement?.closest("[data-question]") !== item || document.hidden) {
      putAnswer(kept[key] ?? "");
      settled = answer();
    }
    if (kept[`${key}.compared`] !== true) reply.replaceChildren();
    else if (!reply.hasChildNodes()) explain(kept[`${key}.own`] ?? "");
  };

  const clear = () => keep(`quizzes/${module}`, { [key]: "", [`${key}.compared`]: false, [`${key}.own`]: "" });

  const standing = () => {
    const kept = recall(`quizzes/${module}`);
    const own = kept[`${key}.own`] ?? "";
    const answered = kept[`${key}.compared`] === true && (type !== "recall" || own !== "");
    return { answered, right: answered && isRight(own) };
  };

  show();
  return { item, module, show, clear, standing };
};

const questions = findAll("[data-question]").map(question);

/** The score of each list of questions, below it. */
const scores = findAll("[data-score]").map((line) => {
  const list = line.closest("[data-quiz]");
  const asked = questions.filter(({ item }) => list?.contains(item));
  const status = make("span", { role: "status" });
  const again = make("button", { type: "button", class: "button quiet" }, say("quiz_again"));
  line.append(status, " ", again);
  again.addEventListener("click", () => {
    for (const one of asked) one.clear();
    for (const one of asked) one.show();
    const first = /** @type {HTMLElement} */ (asked[0].item.querySelector("input, textarea"));
    first.focus();
  });
  return () => {
    const standings = asked.map((one) => one.standing());
    const answered = standings.filter((one) => one.answered).length;
    const right = standings.filter((one) => one.right).length;
    const left = asked.length - answered;
    again.hidden = answered === 0;
    let text = "";
    if (answered) text = say("score", { right, of: answered });
    if (answered && left) text += ` ${say("score_left", { n: left })}`;
    if (status.textContent !== text) status.textContent = text;
  };
});

const showScores = () => scores.forEach((score) => score());
onChange((name) => {
  if (name !== "" && !name.startsWith("quizzes/")) return;
  for (const one of questions) one.show();
  showScores();
});
showScores();
showKept(() => `quizzes/${questions[questions.length - 1].module}`);
