// Search over all pages. The index is fetched when somebody first asks.

import { base, control, find, language, loadScript, make } from "./page.js";

// One word in the form it is looked up by: without accents, and without the endings that change
// with number and case. It only has to be the same for all forms of a word, not to be a word.
/** @type {Record<string, RegExp>} */
const endings = {
  en: /(?:ies|es|s|ing|ed)$/,
  pl: /(?:owaniem|owania|owanie|iami|ami|ach|iem|owi|ego|emu|ymi|imi|em|om|ow|ie|ia|iu|ej|ym|im|ych|ich|a|e|i|o|u|y)$/,
};
const stem = (/** @type {string} */ word) => {
  const plain = word.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
  const short = plain.replace(endings[language] ?? endings.en, "");
  return short.length > 2 ? short : plain;
};

const excerpt = (/** @type {string} */ text, /** @type {string[]} */ terms) => {
  const parts = text.split(/\s+/);
  const bare = (/** @type {string} */ word) => stem(word.replace(/[^\p{L}\p{N}]/gu, ""));
  const hit = Math.max(0, parts.findIndex((word) => terms.some((term) => bare(word) === term)) - 6);
  return `${hit ? "… " : ""}${parts.slice(hit, hit + 24).join(" ")} …`;
};

export const setUpSearch = () => {
  const dialog = /** @type {HTMLDialogElement} */ (find("#search"));
  const asked = control("#search-words");
  const results = find("#search-results");
  const hint = find("#search-hint");
  const hintText = hint.textContent;
  /** @type {MiniSearch | undefined} */
  let index;

  const prepare = async () => {
    if (index) return;
    await Promise.all([loadScript("vendor/minisearch.js"), loadScript("js/search-index.js")]);
    index = new MiniSearch({
      idField: "url",
      fields: ["title", "text"],
      storeFields: ["title", "text"],
      processTerm: stem,
      searchOptions: { boost: { title: 4 }, prefix: true, fuzzy: 0.1, combineWith: "AND" },
    });
    index.addAll(kitPages);
  };

  const show = () => {
    const query = asked.value.trim();
    const found = query && index ? index.search(query) : [];
    const { none = "", one = "", many = "" } = dialog.dataset;
    if (!query) hint.textContent = hintText;
    else if (found.length === 0) hint.textContent = none;
    else hint.textContent = found.length === 1 ? one : `${many} ${found.length}`;
    results.replaceChildren(
      ...found.slice(0, 20).map((page) =>
        make("li", {}, make("a", { href: `${base}/${page.id}` }, page.title),
          make("p", {}, excerpt(page.text, page.terms)))),
    );
  };

  const start = async () => {
    dialog.showModal();
    asked.select();
    results.ariaBusy = "true";
    await prepare();
    results.ariaBusy = "false";
    show();
  };

  const opener = find("#search-open");
  opener.hidden = false;
  opener.addEventListener("click", start);
  asked.addEventListener("input", show);
  asked.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close(); // a search field would only empty itself
  });
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
    if (event.key === "/" && !typing && !document.querySelector("dialog:modal")) {
      event.preventDefault();
      start();
    }
  });
};
