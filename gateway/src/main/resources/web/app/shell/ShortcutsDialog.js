// @ts-check
import { html } from '../core/view.js';
import { w } from '../core/words.js';
import { Dialog } from '../ui/Dialog.js';

export function ShortcutsDialog({ onClose }) {
  return html`<${Dialog} title=${w.shortcuts} onClose=${onClose}>
    <dl class="keys">
      ${w.shortcutList.map(([keys, action]) => html`<div key=${keys}><dt><kbd>${keys}</kbd></dt><dd>${action}</dd></div>`)}
    </dl>
    <div class="actions"><button onClick=${onClose}>${w.close}</button></div>
  </${Dialog}>`;
}
