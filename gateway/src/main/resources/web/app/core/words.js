// @ts-check
// The words of the interface. English is always there; another language replaces them.
import english from '../words/en.js';

const LANGUAGES = { de: () => import('../words/de.js') };
const KEY = 'parley.language';

/** All words; texts with a part that changes are functions. */
export const w = { ...english };

/** @returns {string} `en`, `de`, or empty for the browser's */
export function chosenLanguage() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function language() {
  const wanted = chosenLanguage() || navigator.language.slice(0, 2).toLowerCase();
  return wanted in LANGUAGES ? wanted : 'en';
}

/** For dates and numbers: the browser's own form of the language, such as `en-GB`, if it has one. */
export function locale() {
  const code = language();
  return navigator.languages.find((each) => each.slice(0, 2).toLowerCase() === code) ?? code;
}

export async function loadWords() {
  const code = language();
  Object.assign(w, english);
  if (code in LANGUAGES) Object.assign(w, (await LANGUAGES[code]()).default);
  document.documentElement.lang = code;
}

export async function chooseLanguage(code) {
  if (code) localStorage.setItem(KEY, code);
  else localStorage.removeItem(KEY);
  await loadWords();
}
