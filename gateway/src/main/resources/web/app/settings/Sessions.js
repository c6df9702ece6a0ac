// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, remove } from '../core/session.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { useSaving } from './saving.js';

export function Sessions() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const { run, read, result } = useSaving('');
  const load = async () => setItems((await get('/auth/sessions')).items);
  useEffect(() => void read(load), []);
  const end = (session) => run(async () => {
    await remove(`/auth/sessions/${session.id}`);
    await load();
    document.getElementById('sessions')?.focus();
    return w.sessionEnded;
  });
  return html`<section aria-labelledby="sessions">
    <h2 id="sessions" tabindex="-1">${w.sessions}</h2>
    <ul class="plain tasks" aria-label=${w.sessions}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title">${device(each.user_agent)}</span>
          <span class="task-facts"><span>${each.ip}</span><span>${w.lastUsed(formatTime(each.last_used_at))}</span></span></div>
        ${each.current ? html`<span class="quiet">${w.thisOne}</span>` : html`<button onClick=${() => end(each)}>${w.endSession}</button>`}
      </li>`)}
    </ul>
    ${result}
  </section>`;
}

function device(agent) {
  if (!agent) return w.unknownDevice;
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/[\d.]+/.exec(agent)?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent)?.[1];
  return browser ? [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system].filter(Boolean).join(', ') : agent;
}
