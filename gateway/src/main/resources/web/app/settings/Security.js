// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get } from '../core/session.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { useConfirmation } from './confirmation.js';
import { Passkeys } from './Passkeys.js';
import { useSaving } from './saving.js';
import { TwoFactor } from './TwoFactor.js';

/** Second factors, passkeys, and what happened to the account. */
export function Security() {
  const { confirmed, dialog } = useConfirmation();
  return html`<section aria-labelledby="security">
    <h2 id="security" tabindex="-1">${w.security}</h2>
    <${TwoFactor} confirmed=${confirmed} />
    <${Passkeys} confirmed=${confirmed} />
    <${SecurityEvents} />
    ${dialog}
  </section>`;
}

function SecurityEvents() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [next, setNext] = useState(/** @type {string | null} */ (null));
  const { read, result } = useSaving('');
  const load = (cursor) => read(async () => {
    const page = await get(`/users/me/security-events?limit=10${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    setItems((before) => (cursor ? [...before, ...page.items] : page.items));
    setNext(page.next_cursor);
  });
  useEffect(() => void load(null), []);
  return html`<h3 id="security-events">${w.securityEvents}</h3>
    <ul class="plain tasks" aria-labelledby="security-events">
      ${items.map((each) => html`<li key=${each.seq} class="task-row"><div class="grow"><span class="task-title">${w.securityEventTypes[each.type] ?? each.type}</span>
        <span class="task-facts"><span>${formatTime(each.created_at)}</span>${each.ip && html`<span>${each.ip}</span>`}</span></div></li>`)}
    </ul>
    ${next && html`<button type="button" onClick=${() => load(next)}>${w.showMore}</button>`}
    ${result}`;
}
