// @ts-check
import { html, useEffect, useLayoutEffect, useRef, useState } from '../core/view.js';
import { ApiError, ask, base, session } from '../core/session.js';
import { setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { Field, errorText } from '../ui/forms.js';
import { arrival, goTo, oidcError } from './oidc.js';

/** Shown in place of every page until somebody is signed in; the address stays, so that the page asked for opens afterwards. */
export function SignInPage() {
  const [invitation] = useState(takeInvitation);
  const [isNew, setNew] = useState(invitation !== null || location.pathname === `${base}/join`);
  const [form, setForm] = useState({ email: '', name: '', password: '' });
  const [error, setError] = useState(() => oidcError(arrival));
  const [notice, setNotice] = useState(arrival.linkCode ? w.signInToLink : '');
  const [isBusy, setBusy] = useState(false);
  const [challenge, setChallenge] = useState(arrival.challenge);
  const [code, setCode] = useState('');
  const needsPassword = challenge === '' || form.password !== '';
  const options = useOptions();
  const heading = isNew ? w.createAccount : w.signIn;
  const page = useRef(/** @type {any} */ (null));
  useEffect(() => setTitle(heading), [heading]);
  useLayoutEffect(() => page.current?.querySelector('input')?.focus(), [isNew]);

  const set = (name) => (value) => setForm((before) => ({ ...before, [name]: value }));
  const submit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError('');
    setNotice('');
    arrival.error = '';
    arrival.failure = null;
    try {
      if (isNew) mailed(await session.enter('register', registration(form, invitation)));
      else if (challenge) await session.enter('login/mfa', { mfa_token: challenge, ...factor(code) });
      else await session.enter('login', { email: form.email.trim(), password: form.password });
    } catch (failure) {
      setBusy(false);
      if (failure instanceof ApiError && failure.problem.mfa_required) return setChallenge(failure.problem.mfa_token);
      if (challenge) return setError(errorText(failure));
      setError(failure instanceof ApiError && failure.status === 401 ? w.wrongPassword : errorText(failure));
    }
  };
  const mailed = (outcome) => {
    if (outcome !== 'mailed') return;
    setNotice(w.mailSent);
    setBusy(false);
  };
  const forgot = async () => {
    setError('');
    try {
      await ask('/auth/password/forgot', { email: form.email.trim() });
      setNotice(w.mailSent);
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  const other = () => {
    setNew(!isNew);
    setChallenge('');
    setError('');
  };
  const mayRegister = options?.registration === 'open' || invitation !== null;

  return html`<main class="alone" ref=${page}>
    <p class="brand" aria-hidden="true">Parley</p>
    <h1>${heading}</h1>
    ${options && !options.has_users && html`<p class="notice">${w.firstAccount}</p>`}
    <form onSubmit=${submit} novalidate>
      ${(needsPassword || isNew) && html`<${Field} label=${w.email} name="email" type="email" autocomplete="username" value=${form.email} onValue=${set('email')} required />`}
      ${isNew && html`<${Field} label=${w.name} name="name" autocomplete="name" value=${form.name} onValue=${set('name')} />`}
      ${(needsPassword || isNew) && html`<${Field} key=${isNew} label=${w.password} name="password" type="password" value=${form.password} onValue=${set('password')}
        autocomplete=${isNew ? 'new-password' : 'current-password'} hint=${isNew ? w.passwordHint : undefined} required />`}
      ${challenge && html`<${Field} label=${w.code} name="code" autocomplete="one-time-code" value=${code} onValue=${setCode} hint=${w.codeHint} required />`}
      <div role="alert" class="error">${error}</div>
      <div role="status">${notice}</div>
      <button class="primary wide" type="submit" aria-disabled=${isBusy}>${isNew ? w.createAccount : w.signIn}</button>
    </form>
    ${(options?.oidc.items ?? []).map((each) => html`<button key=${each.name} class="wide" type="button" onClick=${() => goTo(each)}>${w.continueWith(each.title)}</button>`)}
    ${!isNew && options?.password_reset && html`<button class="link" type="button" onClick=${forgot}>${w.forgotPassword}</button>`}
    ${(isNew || mayRegister) && html`<button class="link" type="button" onClick=${other}>${isNew ? w.signInInstead : w.createAnAccount}</button>`}
  </main>`;
}

function factor(code) {
  const typed = code.replaceAll(' ', '');
  return /^\d{6}$/.test(typed) ? { code: typed } : { recovery_code: typed };
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
