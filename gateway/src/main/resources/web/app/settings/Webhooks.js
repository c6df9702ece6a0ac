// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, patch, remove, request } from '../core/session.js';
import { w } from '../core/words.js';
import { Field } from '../ui/forms.js';
import { CopyButton } from '../ui/CopyButton.js';
import { useSaving } from './saving.js';

const GROUPS = ['task', 'conversation', 'message', 'turn'];
const eventsOf = (groups) => groups.flatMap((group) => ['created', 'updated', 'deleted'].map((kind) => `${group}.${kind}`));

/** URLs that are called when something changes. The secret of a new one is shown once. */
export function Webhooks() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [url, setUrl] = useState('');
  const [groups, setGroups] = useState(['task']);
  const [secret, setSecret] = useState('');
  const { run, read, result } = useSaving('');
  const load = async () => setItems((await get('/webhooks?limit=200')).items);
  useEffect(() => void read(load), []);
  const create = (event) => {
    event.preventDefault();
    void run(async () => {
      const answer = await request('/webhooks', { method: 'POST', json: { url: url.trim(), events: eventsOf(groups) } });
      setSecret((await answer.json()).secret);
      setUrl('');
      await load();
      return w.webhookMade;
    });
  };
  const change = (work, said) => run(async () => {
    await work();
    await load();
    document.getElementById('webhooks')?.focus();
    return said;
  });
  const toggle = (each) => change(() => patch(`/webhooks/${each.id}`, { is_active: !each.is_active }), w.webhookChanged);
  const choose = (group) => setGroups((before) => (before.includes(group) ? before.filter((each) => each !== group) : [...before, group]));
  return html`<section aria-labelledby="webhooks">
    <h2 id="webhooks" tabindex="-1">${w.webhooks}</h2>
    <ul class="plain tasks" aria-label=${w.webhooks} hidden=${items.length === 0}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title" dir="ltr">${each.url}</span>
          <span class="task-facts"><span>${each.is_active ? (each.failing_since ? w.webhookFailing : w.webhookOn) : w.webhookOff}</span></span></div>
        ${each.is_active && html`<button aria-label=${w.testWebhook(each.url)} onClick=${() => change(() => request(`/webhooks/${each.id}/test`, { method: 'POST' }), w.webhookTested)}>${w.test}</button>`}
        <button aria-label=${(each.is_active ? w.switchWebhookOff : w.switchWebhookOn)(each.url)} onClick=${() => toggle(each)}>${each.is_active ? w.switchOff : w.switchOn}</button>
        <button aria-label=${w.deleteWebhook(each.url)} onClick=${() => change(() => remove(`/webhooks/${each.id}`), w.webhookDeleted)}>${w.remove}</button></li>`)}
    </ul>
    <form onSubmit=${create} autocomplete="off">
      <${Field} label=${w.webhookUrl} name="webhook-url" type="url" value=${url} onValue=${setUrl} maxlength="2048" required />
      <fieldset><legend>${w.webhookEvents}</legend>
        ${GROUPS.map((group) => html`<label key=${group} class="row"><input type="checkbox" name=${group} checked=${groups.includes(group)} onClick=${() => choose(group)} />${w.webhookGroups[group]}</label>`)}
      </fieldset>
      <button class="primary" disabled=${groups.length === 0}>${w.createWebhook}</button>
      ${secret && html`<div class="row"><${Field} label=${w.webhookSecret} name="webhook-secret" value=${secret} onValue=${() => {}} hint=${w.newTokenHint} readonly /><${CopyButton} text=${secret} label=${w.copy} /></div>`}
      ${result}
    </form>
  </section>`;
}
