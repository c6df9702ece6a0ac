// @ts-check
import { html, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { Icon } from './icons.js';
import { Dialog } from './Dialog.js';
import { copy } from './clipboard.js';

/** Copies a text, or shows it to be copied by hand if the browser does not permit it. */
export function CopyButton({ text, label, isIcon = false }) {
  const [state, setState] = useState('');
  const press = async () => {
    const isCopied = await copy(text);
    setState(isCopied ? 'copied' : 'refused');
    if (isCopied) setTimeout(() => setState(''), 1_500);
  };
  return html`<button type="button" class=${isIcon ? 'icon small' : 'small'} aria-label=${label} title=${label} onClick=${press}>
      ${isIcon ? html`<${Icon} name="copy" size=${16} />` : label}${state === 'copied' ? html`<span aria-hidden="true"> ✓</span>` : ''}</button>
    <span class="unseen" role="status">${state === 'copied' ? w.copied : ''}</span>
    ${state === 'refused' && html`<${Dialog} title=${label} onClose=${() => setState('')}>
      <textarea readonly rows="8" aria-label=${label} onFocus=${(event) => event.currentTarget.select()}>${text}</textarea>
      <div class="actions"><button onClick=${() => setState('')}>${w.close}</button></div>
    </${Dialog}>`}`;
}
