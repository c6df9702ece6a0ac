// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { ApiError, request, session } from '../core/session.js';
import { w } from '../core/words.js';
import { Dialog } from '../ui/Dialog.js';
import { Field, errorText } from '../ui/forms.js';

/** Asks who it is if a change needs a recent sign-in, and then makes the change. */
export function useConfirmation() {
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef(/** @type {any} */ (null));
  /** @param {() => Promise<any>} change */
  const confirmed = async (change) => {
    try {
      return await change();
    } catch (failure) {
      if (!(failure instanceof ApiError) || !failure.problem.recent_sign_in_required) throw failure;
      await new Promise((resolve, reject) => {
        waiting.current = { resolve, reject: () => reject(failure) };
        setAsking(true);
      });
      return change();
    }
  };
  const settle = (how) => {
    setAsking(false);
    waiting.current?.[how]();
    waiting.current = null;
  };
  const dialog = isAsking && html`<${ConfirmDialog} onDone=${() => settle('resolve')} onClose=${() => settle('reject')} />`;
  return { confirmed, dialog };
}

function ConfirmDialog({ onDone, onClose }) {
  const [value, setValue] = useState('');
  const [isCode, setCode] = useState(false);
  const [error, setError] = useState('');
  const confirm = async (event) => {
    event.preventDefault();
    try {
      await request('/auth/confirm', { method: 'POST', json: isCode ? { code: value.trim() } : { current_password: value } });
      onDone();
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  const other = () => {
    setCode(!isCode);
    setValue('');
  };
  return html`<${Dialog} title=${w.confirmItIsYou} onClose=${onClose}>
    <form onSubmit=${confirm}>
      <p>${w.confirmHint}</p>
      <input class="unseen" type="email" name="account" autocomplete="username" value=${session.user.email} readonly tabindex="-1" aria-hidden="true" />
      ${isCode
        ? html`<${Field} label=${w.code} name="confirm-code" autocomplete="one-time-code" inputmode="numeric" value=${value} onValue=${setValue} required />`
        : html`<${Field} label=${w.currentPassword} name="confirm-password" type="password" autocomplete="current-password" value=${value} onValue=${setValue} required />`}
      <div role="alert" class="error">${error}</div>
      <div class="actions">
        <button type="button" onClick=${other}>${isCode ? w.usePassword : w.useCode}</button>
        <button type="button" onClick=${onClose}>${w.cancel}</button>
        <button class="primary">${w.confirm}</button>
      </div>
    </form>
  </${Dialog}>`;
}
