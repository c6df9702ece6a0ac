// @ts-check
import { html, useState } from '../core/view.js';
import { post, session } from '../core/session.js';
import { w } from '../core/words.js';
import { Field } from '../ui/forms.js';
import { useSaving } from './saving.js';

export function Password() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { run, result } = useSaving(w.passwordChanged);
  const save = async (event) => {
    event.preventDefault();
    const isDone = await run(() => post('/auth/password', { current_password: current, new_password: next }));
    if (!isDone) return;
    setCurrent('');
    setNext('');
  };
  return html`<section aria-labelledby="password-section">
    <h2 id="password-section">${w.password}</h2>
    <form onSubmit=${save}>
      <input class="unseen" type="email" name="account" autocomplete="username" value=${session.user.email} readonly tabindex="-1" aria-hidden="true" />
      <${Field} label=${w.currentPassword} name="current-password" type="password" autocomplete="current-password" value=${current} onValue=${setCurrent} required />
      <${Field} label=${w.newPassword} name="new-password" type="password" autocomplete="new-password" value=${next} onValue=${setNext} hint=${w.passwordHint} required />
      <button class="primary">${w.changePassword}</button>
      ${result}
    </form>
  </section>`;
}
