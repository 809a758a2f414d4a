// What every script needs of the page it runs on.

/** From the page to the top of its language's site, and to the top of the whole. */
export const base = document.body.dataset.base ?? ".";
export const root = document.body.dataset.root ?? ".";
export const language = document.documentElement.lang;

/**
 * The first element that a selector names; the page is built with it.
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export const find = (selector, within = document) =>
  /** @type {HTMLElement} */ (within.querySelector(selector));

/**
 * Every element that a selector names.
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export const findAll = (selector, within = document) =>
  /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);

/**
 * A form control by its selector.
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export const control = (selector, within = document) =>
  /** @type {HTMLInputElement} */ (within.querySelector(selector));

/**
 * A new element. Text is text: nothing that somebody typed can become markup.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Run another script of the site, once.
 * @param {string} path from the top of this language's site
 * @returns {Promise<void>}
 */
export const loadScript = (path) => {
  const known = loading.get(path);
  if (known) return known;
  const promise = new Promise((/** @type {(done?: undefined) => void} */ done, fail) => {
    const script = document.createElement("script");
    script.src = `${base}/${path}`;
    script.onload = () => done();
    script.onerror = () => fail(new Error(path));
    document.head.append(script);
  });
  loading.set(path, promise);
  return promise;
};

/**
 * Ask before something that cannot be undone.
 * @param {HTMLDialogElement} dialog holds the question and two buttons, `yes` and `no`
 * @param {string} [about] what it is about, put into the dialog's `[data-about]`
 * @returns {Promise<boolean>}
 */
export const ask = (dialog, about = "") =>
  new Promise((answer) => {
    const place = dialog.querySelector("[data-about]");
    if (place) place.textContent = about;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });

/**
 * Give the reader a file that was made here.
 * @param {string} name
 * @param {string} kind its media type
 * @param {string} text
 */
export const download = (name, kind, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
