// @ts-check
import { html } from '../core/view.js';

/** A formula, in its source. */
export function Formula({ raw, isBlock }) {
  return isBlock ? html`<code class="formula block" dir="ltr">${raw}</code>` : html`<code class="formula" dir="ltr">${raw}</code>`;
}
