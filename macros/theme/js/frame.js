// What the frame of every page can do beyond reading: light and dark, printing, a role that a link asks for.

import { find, findAll } from "./page.js";
import { setUpSearch } from "./search.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const chosen = document.documentElement.dataset;
const darkButton = find("#scheme");
const isDark = () => (chosen.scheme ? chosen.scheme === "dark" : dark.matches);
const showScheme = () => darkButton.setAttribute("aria-pressed", String(isDark()));

darkButton.hidden = false;
showScheme();
dark.addEventListener("change", showScheme);
darkButton.addEventListener("click", () => {
  chosen.scheme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("reverse-mentoring-kit:scheme", chosen.scheme);
  } catch { /* the choice then lasts as long as the page */ }
  showScheme();
});

for (const button of findAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const chooseRole = () => {
  const asked = location.hash.startsWith("#as-") && document.getElementById(location.hash.slice(1));
  if (asked instanceof HTMLInputElement) asked.checked = true;
};
addEventListener("hashchange", chooseRole);
chooseRole();

setUpSearch();
