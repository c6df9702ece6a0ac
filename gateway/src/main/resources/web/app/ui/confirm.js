// @ts-check
// Changes that need a recent sign-in: the proof is asked for when the server wants one, and then the change goes on by itself.
import { html, useState } from '../core/view.js';
import { ApiError, post } from '../core/session.js';
import { w } from '../core/words.js';
import { Dialog } from './Dialog.js';
import { Field, errorText } from './forms.js';

/** `run` carries an action out, now or after the confirmation; show the dialog while `asking`. */
export function useConfirmed() {
  const [waiting, setWaiting] = useState(/** @type {any} */ (null));
  const run = async (action) => {
    try {
      return await action();
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.problem.recent_sign_in_required)) throw failure;
      return new Promise((resolve, reject) => setWaiting({ action, resolve, reject, failure }));
    }
  };
  const confirmed = () => {
    setWaiting(null);
    waiting.action().then(waiting.resolve, waiting.reject);
  };
  const cancel = () => {
    setWaiting(null);
    waiting.reject(waiting.failure);
  };
  return { run, asking: waiting !== null, confirmed, cancel };
}

/** Asks for the password, or for a code of the authenticator app. */
export function ConfirmDialog({ onConfirmed, onClose }) {
  const [proof, setProof] = useState('');
  const [error, setError] = useState('');
  const confirm = async (event) => {
    event.preventDefault();
    try {
      await post('/auth/confirm', /^\d{6}$/.test(proof) ? { code: proof } : { current_password: proof });
      onConfirmed();
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  return html`<${Dialog} title=${w.confirmItIsYou} onClose=${onClose}>
    <form onSubmit=${confirm}>
      <${Field} label=${w.currentPassword} name="confirm-password" type="password" autocomplete="current-password" value=${proof}
        onValue=${setProof} hint=${w.proofHint} required />
      <div role="alert" class="error">${error}</div>
      <div class="actions"><button type="button" onClick=${onClose}>${w.cancel}</button><button class="primary">${w.confirm}</button></div>
    </form>
  </${Dialog}>`;
}
