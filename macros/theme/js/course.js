// Answers and why, at once: what the answer key says of a question is shown below it. Without this
// script the key stands at the end of the page.

for (const question of document.querySelectorAll("[data-question]")) {
  const key = document.querySelector(`[data-key="${question.id}"] .verdicts`);
  const reply = document.createElement("div");
  reply.className = "reply";
  reply.setAttribute("role", "status");
  question.append(reply);

  const show = () => {
    const answer = key.cloneNode(true);
    for (const chosen of question.querySelectorAll("input:checked")) {
      answer.querySelector(`[data-option="${chosen.value}"]`)?.classList.add("chosen");
    }
    reply.replaceChildren(answer);
  };

  if (question.dataset.question === "single-choice") {
    question.addEventListener("change", show);
  } else {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = question.closest("[data-check]").dataset.check;
    button.addEventListener("click", show);
    reply.before(button);
  }
}
