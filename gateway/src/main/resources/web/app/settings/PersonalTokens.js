// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, remove, request } from '../core/session.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { Field } from '../ui/forms.js';
import { CopyButton } from '../ui/CopyButton.js';
import { useConfirmation } from './confirmation.js';
import { useSaving } from './saving.js';

const SCOPES = ['tasks:read', 'tasks:write', 'conversations:read', 'conversations:write', 'chat'];

/** What programs sign in with. A new one is shown once. */
export function PersonalTokens() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState(['tasks:write', 'conversations:write', 'chat']);
  const [made, setMade] = useState('');
  const { run, read, result } = useSaving('');
  const { confirmed, dialog } = useConfirmation();
  const load = async () => setItems((await get('/tokens?limit=200')).items);
  useEffect(() => void read(load), []);
  const create = (event) => {
    event.preventDefault();
    void run(async () => {
      const answer = await confirmed(() => request('/tokens', { method: 'POST', json: { name: name.trim(), scopes } }));
      setMade((await answer.json()).token);
      setName('');
      await load();
      return w.tokenMade;
    });
  };
  const revoke = (each) => run(async () => {
    await remove(`/tokens/${each.id}`);
    await load();
    document.getElementById('personal-tokens')?.focus();
    return w.tokenRevoked;
  });
  const choose = (scope) => setScopes((before) => (before.includes(scope) ? before.filter((each) => each !== scope) : [...before, scope]));
  return html`<section aria-labelledby="personal-tokens">
    <h2 id="personal-tokens" tabindex="-1">${w.personalTokens}</h2>
    <ul class="plain tasks" aria-label=${w.personalTokens} hidden=${items.length === 0}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title" dir="auto">${each.name}</span>
          <span class="task-facts"><span>…${each.hint}</span><span>${each.scopes.join(', ')}</span>${each.last_used_at && html`<span>${w.lastUsed(formatTime(each.last_used_at))}</span>`}</span></div>
        <button aria-label=${w.revokeToken(each.name)} onClick=${() => revoke(each)}>${w.revoke}</button></li>`)}
    </ul>
    <form onSubmit=${create} autocomplete="off">
      <${Field} label=${w.tokenName} name="token-name" value=${name} onValue=${setName} maxlength="100" required />
      <fieldset><legend>${w.scopes}</legend>
        ${SCOPES.map((scope) => html`<label key=${scope} class="row"><input type="checkbox" name=${scope} checked=${scopes.includes(scope)} onClick=${() => choose(scope)} />${scope}</label>`)}
      </fieldset>
      <button class="primary" disabled=${scopes.length === 0}>${w.createToken}</button>
      ${made && html`<div class="row"><${Field} label=${w.newToken} name="new-token" value=${made} onValue=${() => {}} hint=${w.newTokenHint} readonly /><${CopyButton} text=${made} label=${w.copy} /></div>`}
      ${result}
    </form>
    ${dialog}
  </section>`;
}
