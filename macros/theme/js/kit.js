// What a page can do beyond reading: search, light and dark, printing, the role that a link asks for.
// Everything here shows itself; without this script nothing is missing but these.

const $ = (/** @type {string} */ selector) => document.querySelector(selector);
const dark = matchMedia("(prefers-color-scheme: dark)");

// --- light and dark ----------------------------------------------------------------------------

const root = document.documentElement;
const scheme = $("#scheme");
const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : dark.matches);
const showScheme = () => scheme.setAttribute("aria-pressed", String(isDark()));

scheme.hidden = false;
showScheme();
dark.addEventListener("change", showScheme);
scheme.addEventListener("click", () => {
  root.dataset.scheme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("reverse-mentoring-kit:scheme", root.dataset.scheme);
  } catch { /* the choice then lasts as long as the page */ }
  showScheme();
});

// --- printing, and links that ask for a role -----------------------------------------------------

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const chooseRole = () => {
  const asked = location.hash.startsWith("#as-") && document.getElementById(location.hash.slice(1));
  if (asked) asked.checked = true;
};
addEventListener("hashchange", chooseRole);
chooseRole();

// --- search --------------------------------------------------------------------------------------

const dialog = $("#search");
const words = $("#search-words");
const results = $("#search-results");
const hint = $("#search-hint");
const hintText = hint.textContent;
const base = document.body.dataset.base;
const language = root.lang;

const load = (/** @type {string} */ path) =>
  new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${base}/${path}`;
    script.onload = done;
    script.onerror = fail;
    document.head.append(script);
  });

// One word in the form it is looked up by: without accents, and without the endings that change
// with number and case. It only has to be the same for all forms of a word, not to be a word.
const endings = {
  en: /(?:ies|es|s|ing|ed)$/,
  pl: /(?:owaniem|owania|owanie|iami|ami|ach|iem|owi|ego|emu|ymi|imi|em|om|ow|ie|ia|iu|ej|ym|im|ych|ich|a|e|i|o|u|y)$/,
};
const stem = (/** @type {string} */ word) => {
  const plain = word.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
  const short = plain.replace(endings[language] ?? endings.en, "");
  return short.length > 2 ? short : plain;
};

let index;
const prepare = async () => {
  if (index) return;
  await Promise.all([load("vendor/minisearch.js"), load("js/search-index.js")]);
  index = new MiniSearch({
    idField: "url",
    fields: ["title", "text"],
    storeFields: ["title", "text"],
    processTerm: stem,
    searchOptions: { boost: { title: 4 }, prefix: true, fuzzy: 0.1, combineWith: "AND" },
  });
  index.addAll(kitPages);
};

const excerpt = (/** @type {string} */ text, /** @type {string[]} */ terms) => {
  const at = text.split(/\s+/);
  const hit = Math.max(0, at.findIndex((word) => terms.some((term) => stem(word.replace(/[^\p{L}\p{N}]/gu, "")) === term)) - 6);
  return `${hit ? "… " : ""}${at.slice(hit, hit + 24).join(" ")} …`;
};

const show = () => {
  const query = words.value.trim();
  const found = query && index ? index.search(query) : [];
  hint.textContent = !query ? hintText
    : found.length === 0 ? dialog.dataset.none
    : found.length === 1 ? dialog.dataset.one
    : `${dialog.dataset.many} ${found.length}`;
  results.replaceChildren(...found.slice(0, 20).map((page) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const text = document.createElement("p");
    link.href = `${base}/${page.id}`;
    link.textContent = page.title;
    text.textContent = excerpt(page.text, page.terms);
    item.append(link, text);
    return item;
  }));
};

const opener = $("#search-open");
opener.hidden = false;
const open = async () => {
  dialog.showModal();
  words.select();
  results.ariaBusy = "true";
  await prepare();
  results.ariaBusy = "false";
  show();
};
opener.addEventListener("click", open);
words.addEventListener("input", show);
words.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dialog.close(); // a search field would only empty itself
});
addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
  if (event.key === "/" && !typing && !dialog.open) {
    event.preventDefault();
    open();
  }
});
