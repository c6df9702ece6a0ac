// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, patch, post, request } from '../core/session.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/forms.js';
import { useSaving } from './saving.js';

/** Offered only on pages of origins that may use passkeys; those that are there can be removed anywhere. */
export function Passkeys({ confirmed }) {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [isOffered, setOffered] = useState(false);
  const [renamed, setRenamed] = useState(/** @type {any} */ (null));
  const { run, read, result } = useSaving('');
  const load = async () => setItems((await get('/users/me/passkeys')).items);
  useEffect(() => void read(async () => {
    await load();
    const { passkey_origins } = await get('/auth/options');
    setOffered('PublicKeyCredential' in globalThis && passkey_origins.includes(location.origin));
  }), []);
  const add = () => run(async () => {
    const options = await confirmed(() => post('/users/me/passkeys/options'));
    const publicKey = /** @type {any} */ (PublicKeyCredential).parseCreationOptionsFromJSON(options);
    const made = /** @type {any} */ (await navigator.credentials.create({ publicKey }));
    await confirmed(() => post('/users/me/passkeys', { name: w.passkeyName(items.length + 1), credential: made.toJSON() }));
    await load();
    return w.passkeyAdded;
  });
  const drop = (each) => run(async () => {
    await confirmed(() => request(`/users/me/passkeys/${each.id}`, { method: 'DELETE' }));
    await load();
    document.getElementById('security')?.focus();
    return w.passkeyRemoved;
  });
  const rename = (event) => {
    event.preventDefault();
    void run(async () => {
      await patch(`/users/me/passkeys/${renamed.id}`, { name: renamed.name.trim() });
      setRenamed(null);
      await load();
      return w.saved;
    });
  };
  return html`<h3 id="passkeys">${w.passkeys}</h3>
    <ul class="plain tasks" aria-labelledby="passkeys" hidden=${items.length === 0}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title" dir="auto">${each.name}</span>
          <span class="task-facts"><span>${formatTime(each.created_at)}</span>${each.last_used_at && html`<span>${w.lastUsed(formatTime(each.last_used_at))}</span>`}</span></div>
        <button type="button" aria-label=${w.renameNamed(each.name)} onClick=${() => setRenamed({ ...each })}>${w.rename}</button>
        <button type="button" aria-label=${w.removeNamed(each.name)} onClick=${() => drop(each)}>${w.remove}</button></li>`)}
    </ul>
    ${isOffered ? html`<button type="button" onClick=${add}>${w.addPasskey}</button>` : html`<p class="hint">${w.noPasskeysHere}</p>`}
    ${renamed && html`<${Dialog} title=${w.renameNamed(renamed.name)} onClose=${() => setRenamed(null)}>
      <form onSubmit=${rename}>
        <${Field} label=${w.name} name="passkey-name" value=${renamed.name} onValue=${(name) => setRenamed({ ...renamed, name })} maxlength="100" required />
        <div class="actions"><button type="button" onClick=${() => setRenamed(null)}>${w.cancel}</button><button class="primary">${w.save}</button></div>
      </form>
    </${Dialog}>`}
    ${result}`;
}
