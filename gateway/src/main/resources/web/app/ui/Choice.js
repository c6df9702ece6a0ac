// @ts-check
import { html } from '../core/view.js';

/** A combobox with its label. */
export function Choice({ label, name, value, options, onValue, ...rest }) {
  return html`<div class="field choice">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} value=${value} onChange=${(event) => onValue(event.currentTarget.value)} ...${rest}>
      ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}
    </select>
  </div>`;
}
