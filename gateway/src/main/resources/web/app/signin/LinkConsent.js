// @ts-check
import { html, useStore } from '../core/view.js';
import { post } from '../core/session.js';
import { w } from '../core/words.js';
import { Dialog } from '../ui/Dialog.js';
import { ConfirmDialog, useConfirmed } from '../ui/confirm.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { arrival, oidcError } from './oidc.js';

/** Asks whether the account that somebody has signed in with elsewhere is to be linked to this one, and shows what went wrong there. */
export function LinkConsent() {
  useStore(arrival);
  const { run, asking, confirmed, cancel } = useConfirmed();
  const error = oidcError(arrival);
  if (error)
    return html`<${Dialog} title=${w.linkAccount} onClose=${() => arrival.forget()}>
      <p role="alert">${error}</p>
      <div class="actions"><button type="button" onClick=${() => arrival.forget()}>${w.close}</button></div>
    </${Dialog}>`;
  if (!arrival.linkCode) return null;
  const link = () => run(async () => {
    const code = arrival.linkCode;
    await post('/users/me/identities', { link_code: code });
    arrival.forget();
    toasts.say(w.accountLinked);
    dispatchEvent(new Event('parley-identities'));
  }).catch((failure) => {
    arrival.forget();
    toasts.fail(errorText(failure));
  });
  if (asking) return html`<${ConfirmDialog} onConfirmed=${confirmed} onClose=${cancel} />`;
  return html`<${Dialog} title=${w.linkAccount} onClose=${() => arrival.forget()}>
    <p>${w.linkAccountSure}</p>
    <div class="actions">
      <button type="button" onClick=${() => arrival.forget()}>${w.cancel}</button>
      <button type="button" class="primary" onClick=${link}>${w.linkAccount}</button>
    </div>
  </${Dialog}>`;
}
