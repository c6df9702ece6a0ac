// @ts-check
import { html, useEffect } from '../core/view.js';
import { setTitle } from '../core/router.js';
import { w } from '../core/words.js';

export function NotFound() {
  useEffect(() => setTitle(w.notFound));
  return html`<div class="page"><h1>${w.notFound}</h1><p>${w.nothingHere}</p></div>`;
}
