// @ts-check
import { html, useLayoutEffect, useRef, useState } from '../core/view.js';
import { session } from '../core/session.js';
import { w } from '../core/words.js';
import { Field, errorText } from '../ui/forms.js';

/** Asks for the second factor of a sign-in that has begun: a code of the authenticator app, or a recovery code. */
export function SecondFactor({ challenge, notice, onCancel }) {
  const [code, setCode] = useState('');
  const [isRecovery, setRecovery] = useState(false);
  const [error, setError] = useState('');
  const isBusy = useRef(false);
  const form = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => form.current.querySelector('input').focus(), [isRecovery]);
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    setError('');
    try {
      await session.enter('login/mfa', { mfa_token: challenge, ...factor(code) });
    } catch (failure) {
      setError(errorText(failure));
      form.current?.querySelector('input').focus();
    }
    isBusy.current = false;
  };
  const other = () => {
    setRecovery(!isRecovery);
    setCode('');
    setError('');
  };
  return html`<form ref=${form} onSubmit=${submit} novalidate>
      <${Field} key=${isRecovery} label=${w.code} name="code" value=${code} onValue=${setCode} required hint=${isRecovery ? w.recoveryHint : w.codeHint}
        autocomplete=${isRecovery ? 'off' : 'one-time-code'} inputmode=${isRecovery ? 'text' : 'numeric'} autocapitalize="none" spellcheck=${false} />
      <div role="alert" class="error">${error}</div>
      <div role="status">${notice}</div>
      <button class="primary wide" type="submit">${w.continue}</button>
    </form>
    <button class="wide" type="button" onClick=${other}>${isRecovery ? w.useAuthenticator : w.useRecoveryCode}</button>
    <button class="link" type="button" onClick=${onCancel}>${w.cancel}</button>`;
}

// Whoever has pasted a code of the other kind means it.
function factor(code) {
  const typed = code.replaceAll(' ', '');
  return /^\d{6}$/.test(typed) ? { code: typed } : { recovery_code: typed };
}
