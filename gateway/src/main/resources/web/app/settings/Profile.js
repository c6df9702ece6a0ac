// @ts-check
import { html, useState } from '../core/view.js';
import { session } from '../core/session.js';
import { w } from '../core/words.js';
import { Choice } from '../ui/Choice.js';
import { Field } from '../ui/forms.js';
import { updateAccount, useSaving } from './saving.js';

const ZONES = /** @type {string[]} */ (Intl.supportedValuesOf?.('timeZone') ?? []);

export function Profile() {
  const [name, setName] = useState(session.user.name ?? '');
  const [zone, setZone] = useState(session.user.time_zone);
  const { run, result } = useSaving(w.saved);
  const save = (event) => {
    event.preventDefault();
    void run(() => updateAccount({ name: name.trim() || null, time_zone: zone }));
  };
  const zones = [...new Set([session.user.time_zone, 'UTC', ...ZONES])].map((each) => [each, each.replaceAll('_', ' ')]);
  return html`<section aria-labelledby="profile">
    <h2 id="profile">${w.profile}</h2>
    <form onSubmit=${save}>
      <p class="quiet">${session.user.email}</p>
      <${Field} label=${w.name} name="profile-name" autocomplete="name" value=${name} onValue=${setName} maxlength="255" />
      <${Choice} label=${w.timeZone} name="time-zone" value=${zone} options=${zones} onValue=${setZone} />
      <button class="primary">${w.save}</button>
      ${result}
    </form>
  </section>`;
}
