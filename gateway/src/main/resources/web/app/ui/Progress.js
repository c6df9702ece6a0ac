// @ts-check
import { html } from '../core/view.js';
import { locale, w } from '../core/words.js';

/**
 * How much of a file has been sent. Screen readers read the bar when they come to it; to hear each step would be too much.
 *
 * @param {{label: string, sent: number, size: number, onStop: () => void}} properties `sent` and `size` in bytes
 */
export function Progress({ label, sent, size, onStop }) {
  const isSent = sent >= size;
  const part = size > 0 ? sent / size : 1;
  return html`<div class="progress">
    <progress aria-label=${label} max="1" value=${isSent ? undefined : part}></progress>
    <span class="quiet">${isSent ? w.beingRead : part.toLocaleString(locale(), { style: 'percent' })}</span>
    <button type="button" class="small" onClick=${onStop}>${w.stop}</button>
  </div>`;
}
