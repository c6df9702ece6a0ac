// @ts-check
// The pages that links in mails open. They work for anybody, signed in or not.
import { html, useEffect, useState } from '../core/view.js';
import { ask } from '../core/session.js';
import { router, setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { Field, errorText } from '../ui/forms.js';

const LINKS = {
  '/verify-email': { route: '/auth/verify-email', heading: () => w.emailVerified },
  '/confirm-email': { route: '/auth/email/confirm', heading: () => w.emailConfirmed },
};

export function LinkPage({ path }) {
  const [token] = useState(takeToken);
  return path === '/reset-password' ? html`<${NewPassword} token=${token} />` : html`<${Confirmation} token=${token} ...${LINKS[path]} />`;
}

function Confirmation({ token, route, heading }) {
  const [state, setState] = useState({ text: '', failed: false, done: false });
  useEffect(() => {
    ask(route, { token }).then(
      () => setState({ text: w.thankYou, failed: false, done: true }),
      (failure) => setState({ text: linkError(failure), failed: true, done: false }),
    );
  }, []);
  const title = state.failed ? w.linkDoesNotWork : heading();
  useEffect(() => setTitle(title), [title]);
  return html`<main class="alone">
    ${(state.done || state.failed) && html`<h1>${title}</h1>`}
    <p role=${state.failed ? 'alert' : 'status'}>${state.text}</p>
    <${Onwards} />
  </main>`;
}

function NewPassword({ token }) {
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [isDone, setDone] = useState(false);
  useEffect(() => setTitle(w.chooseNewPassword));
  const submit = async (event) => {
    event.preventDefault();
    setError('');
    try {
      await ask('/auth/password/reset', { token, new_password: password });
      setDone(true);
    } catch (failure) {
      setError(linkError(failure));
    }
  };
  return html`<main class="alone">
    <h1>${w.chooseNewPassword}</h1>
    ${isDone
      ? html`<p role="status">${w.passwordChosen}</p><${Onwards} />`
      : html`<form onSubmit=${submit} novalidate>
          <${Field} label=${w.newPassword} name="password" type="password" value=${password} onValue=${setPassword}
            autocomplete="new-password" hint=${w.passwordHint} required />
          <div role="alert" class="error">${error}</div>
          <button class="primary wide" type="submit">${w.changePassword}</button>
        </form>`}
  </main>`;
}

const Onwards = () => html`<button class="link" type="button" onClick=${() => router.go('/')}>${w.toParley}</button>`;

function linkError(failure) {
  return failure.pointers?.().includes('/token') ? w.linkUsedUp : errorText(failure);
}

// What is in a fragment stays out of the history and out of what is copied from the address bar.
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}
