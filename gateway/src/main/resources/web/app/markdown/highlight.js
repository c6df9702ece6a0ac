// @ts-check
// The colours of code: the library is loaded with the first code that names its language.
import { lazy } from '../core/lazy.js';

/** In characters. The grammars are regular expressions, which a longer text keeps busy for too long. */
const LONGEST = 20_000;

const library = lazy(() => import('../../lib/highlight.js'));

/**
 * The text in parts, each a text or {scope, children}; null if the language is not known.
 * @param {string} text
 * @param {string} language
 * @returns {Promise<any[] | null>}
 */
export async function highlighted(text, language) {
  if (text.length > LONGEST) return null;
  const { default: hljs } = await library();
  if (!hljs.getLanguage(language)) return null;
  // The tree instead of the value, which is HTML.
  const result = hljs.highlight(text, { language, ignoreIllegals: true });
  return result.errorRaised ? null : /** @type {any} */ (result._emitter).root.children;
}
