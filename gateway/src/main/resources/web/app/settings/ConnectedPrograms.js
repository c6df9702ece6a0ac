// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, remove } from '../core/session.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { useSaving } from './saving.js';

/** Programs that were let in on the consent page, and what each may do. */
export function ConnectedPrograms() {
  const [items, setItems] = useState(/** @type {any[] | null} */ (null));
  const { run, read, result } = useSaving('');
  const load = async () => setItems((await get('/users/me/grants?limit=200')).items);
  useEffect(() => void read(load), []);
  const end = (grant) => run(async () => {
    await remove(`/users/me/grants/${grant.id}`);
    await load();
    document.getElementById('connected-programs')?.focus();
    return w.programDisconnected(grant.client_name);
  });
  return html`<section aria-labelledby="connected-programs">
    <h2 id="connected-programs" tabindex="-1">${w.connectedPrograms}</h2>
    ${items?.length === 0 && html`<p class="quiet">${w.noPrograms}</p>`}
    <ul class="plain tasks" aria-label=${w.connectedPrograms} hidden=${!items?.length}>
      ${(items ?? []).map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title" dir="auto">${each.client_name}</span>
          <span class="task-facts">${publisher(each)}<span>${each.scopes.map((scope) => w.scopeWords[scope] ?? scope).join(', ')}</span></span>
          <span class="task-facts"><span>${w.connectedAt(formatTime(each.created_at))}</span>
            <span>${each.last_used_at ? w.lastUsed(formatTime(each.last_used_at)) : w.neverUsed}</span></span></div>
        <button aria-label=${w.disconnectNamed(each.client_name)} onClick=${() => end(each)}>${w.disconnect}</button></li>`)}
    </ul>
    ${result}
  </section>`;
}

// The name is the program's own word; whose document it is, is not.
function publisher({ client_id }) {
  return client_id.startsWith('https://') && html`<span>${new URL(client_id).host}</span>`;
}
