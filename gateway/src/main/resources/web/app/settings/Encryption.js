// @ts-check
import { html, useStore } from '../core/view.js';
import { session } from '../core/session.js';
import { w } from '../core/words.js';
import { updateAccount, useSaving } from './saving.js';

/** Whether what is new is encrypted. */
export function Encryption() {
  useStore(session);
  const { run, result } = useSaving(w.saved);
  const isDefault = session.user.encrypt_by_default;
  return html`<section aria-labelledby="encryption">
    <h2 id="encryption">${w.encryption}</h2>
    <label class="row"><input type="checkbox" name="encrypt-by-default" checked=${isDefault}
      onChange=${() => run(() => updateAccount({ encrypt_by_default: !isDefault }))} />${w.encryptByDefault}</label>
    <p class="hint">${w.encryptionHint}</p>
    ${result}
  </section>`;
}
