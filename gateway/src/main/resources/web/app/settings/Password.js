// @ts-check
import { html, useState } from '../core/view.js';
import { post, session } from '../core/session.js';
import { w } from '../core/words.js';
import { Field } from '../ui/forms.js';
import { useConfirmation } from './confirmation.js';
import { useHasPassword } from './useHasPassword.js';
import { useSaving } from './saving.js';

export function Password() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { hasPassword, setHasPassword } = useHasPassword();
  const { confirmed, dialog } = useConfirmation();
  const { run, result } = useSaving(w.passwordChanged);
  const save = async (event) => {
    event.preventDefault();
    const isDone = await run(() => confirmed(() =>
      post('/auth/password', hasPassword ? { current_password: current, new_password: next } : { new_password: next })));
    if (!isDone) return;
    setHasPassword(true);
    setCurrent('');
    setNext('');
  };
  return html`<section aria-labelledby="password-section">
    <h2 id="password-section">${w.password}</h2>
    <form onSubmit=${save}>
      <input class="unseen" type="email" name="account" autocomplete="username" value=${session.user.email} readonly tabindex="-1" aria-hidden="true" />
      ${hasPassword && html`<${Field} label=${w.currentPassword} name="current-password" type="password" autocomplete="current-password" value=${current} onValue=${setCurrent} required />`}
      <${Field} label=${w.newPassword} name="new-password" type="password" autocomplete="new-password" value=${next} onValue=${setNext} hint=${w.passwordHint} required />
      <button class="primary">${hasPassword ? w.changePassword : w.setPassword}</button>
      ${result}
    </form>
    ${dialog}
  </section>`;
}
