// @ts-check
import { html, useState } from '../core/view.js';
import { remove, session } from '../core/session.js';
import { w } from '../core/words.js';
import { clearDrafts } from '../chat/drafts.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/forms.js';
import { useConfirmation } from './confirmation.js';
import { useHasPassword } from './useHasPassword.js';
import { useSaving } from './saving.js';

export function DeleteAccount() {
  const [isAsking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  const { hasPassword } = useHasPassword();
  const { confirmed, dialog } = useConfirmation();
  const { run, result } = useSaving('');
  const drop = (event) => {
    event.preventDefault();
    void run(async () => {
      const { id } = session.user;
      await confirmed(() => remove('/users/me', hasPassword ? { current_password: password } : undefined));
      clearDrafts(id);
      await session.leave();
    });
  };
  return html`<section aria-labelledby="delete-account">
    <h2 id="delete-account">${w.deleteAccount}</h2>
    <p>${w.deleteAccountHint}</p>
    <button class="danger" onClick=${() => setAsking(true)}>${w.deleteAccount}…</button>
    ${isAsking && html`<${Dialog} title=${w.deleteAccount} onClose=${() => setAsking(false)}>
      <form onSubmit=${drop}>
        <p>${w.deleteAccountSure}</p>
        ${hasPassword && html`<${Field} label=${w.currentPassword} name="delete-password" type="password" autocomplete="current-password" value=${password} onValue=${setPassword} required />`}
        ${result}
        <div class="actions"><button type="button" onClick=${() => setAsking(false)}>${w.cancel}</button><button class="danger">${w.deleteForGood}</button></div>
      </form>
    </${Dialog}>`}
    ${dialog}
  </section>`;
}
