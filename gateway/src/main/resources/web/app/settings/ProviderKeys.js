// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, post, remove } from '../core/session.js';
import { w } from '../core/words.js';
import { Field } from '../ui/forms.js';
import { useSaving } from './saving.js';

/** Keys for providers of language models. They are never shown again. */
export function ProviderKeys() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [provider, setProvider] = useState('');
  const [key, setKey] = useState('');
  const { run, read, result } = useSaving('');
  const load = async () => setItems((await get('/api-keys?limit=100')).items);
  useEffect(() => void read(load), []);
  const add = (event) => {
    event.preventDefault();
    void run(async () => {
      await post('/api-keys', { provider: provider.trim(), key });
      setProvider('');
      setKey('');
      await load();
      return w.keyAdded;
    });
  };
  const drop = (each) => run(async () => {
    await remove(`/api-keys/${each.id}`);
    await load();
    document.getElementById('provider-keys')?.focus();
    return w.keyRemoved;
  });
  return html`<section aria-labelledby="provider-keys">
    <h2 id="provider-keys" tabindex="-1">${w.providerKeys}</h2>
    <ul class="plain tasks" aria-label=${w.providerKeys} hidden=${items.length === 0}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title">${each.provider}</span><span class="task-facts"><span>${each.alias}</span><span>${each.key_hint && `…${each.key_hint}`}</span></span></div>
        <button aria-label=${w.removeKey(each.provider)} onClick=${() => drop(each)}>${w.remove}</button></li>`)}
    </ul>
    <form onSubmit=${add} autocomplete="off">
      <${Field} label=${w.provider} name="provider" value=${provider} onValue=${setProvider} autocomplete="off" required />
      <${Field} label=${w.key} name="provider-key" type="password" value=${key} onValue=${setKey} autocomplete="off" required />
      <button class="primary">${w.addKey}</button>
      ${result}
    </form>
  </section>`;
}
