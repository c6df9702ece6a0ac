// @ts-check
import { html, useLayoutEffect, useRef, useState } from '../core/view.js';
import { ask } from '../core/session.js';
import { w } from '../core/words.js';
import { Field, errorText } from '../ui/forms.js';

/** Sends a mail with a link to choose a new password. What it says does not depend on whether there is such an account. */
export function ForgottenPassword({ email, onEmail, onCancel }) {
  const [notice, setNotice] = useState('');
  const [error, setError] = useState('');
  const isBusy = useRef(false);
  const form = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => form.current.querySelector('input').focus(), []);
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    setError('');
    setNotice('');
    try {
      await ask('/auth/password/forgot', { email: email.trim() });
      setNotice(w.mailSent);
    } catch (failure) {
      setError(errorText(failure));
    }
    isBusy.current = false;
  };
  return html`<form ref=${form} onSubmit=${submit} novalidate>
      <p>${w.forgotHint}</p>
      <${Field} label=${w.email} name="email" type="email" autocomplete="username" value=${email} onValue=${onEmail} required />
      <div role="alert" class="error">${error}</div>
      <div role="status">${notice}</div>
      <button class="primary wide" type="submit">${w.sendLink}</button>
    </form>
    <button class="link" type="button" onClick=${onCancel}>${w.signInInstead}</button>`;
}
