// @ts-check
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core/view.js';
import { ApiError, base, session } from '../core/session.js';
import { Lazy, setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { Field, errorText } from '../ui/forms.js';
import { arrival, goTo, oidcError } from './oidc.js';

// A first visit needs none of them, and each would be a request.
const forgottenPassword = () => import('./ForgottenPassword.js');
const secondFactor = () => import('./SecondFactor.js');
const passkeys = () => import('./passkeys.js');

/** Shown in place of every page until somebody is signed in; the address stays, so that the page asked for opens afterwards. */
export function SignInPage() {
  const [invitation] = useState(takeInvitation);
  const [isNew, setNew] = useState(invitation !== null || location.pathname === `${base}/join`);
  const [isForgotten, setForgotten] = useState(false);
  const [email, setEmail] = useState('');
  const [challenge, setChallenge] = useState(arrival.challenge);
  const options = useOptions();
  const heading = isNew ? w.createAccount : isForgotten ? w.forgotPassword : w.signIn;
  useEffect(() => setTitle(heading), [heading]);
  const notice = arrival.linkCode ? w.signInToLink : '';

  return html`<main class="alone">
    <p class="brand" aria-hidden="true">Parley</p>
    <h1>${heading}</h1>
    ${options && !options.has_users && html`<p class="notice">${w.firstAccount}</p>`}
    ${challenge
      ? html`<${Lazy} load=${secondFactor} name="SecondFactor" challenge=${challenge} notice=${notice} onCancel=${() => setChallenge('')} />`
      : isForgotten
        ? html`<${Lazy} load=${forgottenPassword} name="ForgottenPassword" email=${email} onEmail=${setEmail} onCancel=${() => setForgotten(false)} />`
        : html`<${Entrance} key=${isNew} email=${email} onEmail=${setEmail} isNew=${isNew} invitation=${invitation} options=${options} firstNotice=${notice}
            onChallenge=${setChallenge} onForgotten=${() => setForgotten(true)} onOther=${() => setNew(!isNew)} />`}
  </main>`;
}

/** The ways in: a password, for a new account or one that exists, a passkey, other providers. */
function Entrance({ email, onEmail, isNew, invitation, options, firstNotice, onChallenge, onForgotten, onOther }) {
  const [form, setForm] = useState({ name: '', password: '' });
  const [error, setError] = useState(() => oidcError(arrival));
  const [notice, setNotice] = useState(firstNotice);
  const [isBusy, setBusy] = useState(false);
  const fields = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => fields.current.querySelector('input').focus(), []);

  const set = (name) => (value) => setForm((before) => ({ ...before, [name]: value }));
  const attempt = async (enter, refused) => {
    if (isBusy) return;
    setBusy(true);
    setError('');
    setNotice('');
    arrival.error = '';
    arrival.failure = null;
    try {
      if ((await enter()) !== 'mailed') return;
      setNotice(w.mailSent);
    } catch (failure) {
      if (failure instanceof ApiError && failure.problem.mfa_required) return onChallenge(failure.problem.mfa_token);
      setError(refused && failure instanceof ApiError && failure.status === 401 ? refused : errorText(failure));
    }
    setBusy(false);
  };
  const submit = (event) => {
    event.preventDefault();
    void attempt(() => isNew
      ? session.enter('register', registration({ email, ...form }, invitation))
      : session.enter('login', { email: email.trim(), password: form.password }), w.wrongPassword);
  };
  const forgotten = (event) => {
    event.preventDefault();
    onForgotten();
  };
  const mayUsePasskey = !isNew && 'PublicKeyCredential' in globalThis && options?.passkey_origins.includes(location.origin);
  const mayRegister = options?.registration === 'open' || invitation !== null;

  return html`<form ref=${fields} onSubmit=${submit} novalidate>
      <${Field} label=${w.email} name="email" type="email" autocomplete="username" value=${email} onValue=${onEmail} required />
      ${isNew && html`<${Field} label=${w.name} name="name" autocomplete="name" value=${form.name} onValue=${set('name')} />`}
      <${Field} label=${w.password} name="password" type="password" value=${form.password} onValue=${set('password')}
        autocomplete=${isNew ? 'new-password' : 'current-password'} hint=${isNew ? w.passwordHint : undefined} required />
      <div role="alert" class="error">${error}</div>
      <div role="status">${notice}</div>
      <button class="primary wide" type="submit" aria-disabled=${isBusy}>${isNew ? w.createAccount : w.signIn}</button>
    </form>
    ${mayUsePasskey && html`<button class="wide" type="button" onClick=${() => attempt(async () => (await passkeys()).signInWithPasskey())}>${w.signInWithPasskey}</button>`}
    ${(options?.oidc.items ?? []).map((each) => html`<button key=${each.name} class="wide" type="button" onClick=${() => goTo(each)}>${w.continueWith(each.title)}</button>`)}
    ${!isNew && options?.password_reset && html`<p><a href="#forgot" onClick=${forgotten}>${w.forgotPassword}</a></p>`}
    ${(isNew || mayRegister) && html`<button class="link" type="button" onClick=${onOther}>${isNew ? w.signInInstead : w.createAnAccount}</button>`}`;
}

function registration(form, invitation) {
  return {
    email: form.email.trim(),
    password: form.password,
    ...(form.name.trim() && { name: form.name.trim() }),
    ...(invitation && { invitation }),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function useOptions() {
  const [options, setOptions] = useState(/** @type {any} */ (null));
  useEffect(() => {
    fetch(`${base}/api/v1/auth/options`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .then(setOptions, () => {});
  }, []);
  return options;
}

// What is in a fragment stays out of the history and out of what is copied from the address bar.
function takeInvitation() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const secrets = ['invitation', 'token'];
  if (secrets.some((name) => fragment.has(name))) history.replaceState(null, '', location.pathname + location.search);
  return fragment.get('invitation');
}
