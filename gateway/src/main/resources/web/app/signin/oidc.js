// @ts-check
// Signing in at other providers: the way there, and what the browser comes back with in the fragment of the address.
import { Store } from '../core/view.js';
import { ApiError, base, session } from '../core/session.js';
import { w } from '../core/words.js';
import { errorText } from '../ui/forms.js';

const STARTED = 'parley.oidc';
const LONGEST = 15 * 60_000;
const LONGEST_RETURN = 500;

class Arrival extends Store {
  /** Waits for the consent of the signed-in user. */
  linkCode = '';
  /** A name of what went wrong, as in the fragment. */
  error = '';
  /** The token of a sign-in that a code is missing for. */
  challenge = '';
  /** What the server said of an exchange that failed. */
  failure = /** @type {any} */ (null);
  #code = '';

  /** Takes everything out of the address, so that it stays out of the history and of what is copied. */
  take() {
    const fragment = new URLSearchParams(location.hash.slice(1));
    const sent = (name) => fragment.get(name) ?? '';
    const [code, link, error] = [sent('sign_in_code'), sent('link_code'), sent('sign_in_error')];
    if (!code && !link && !error) return;
    history.replaceState(null, '', location.pathname + location.search);
    // Codes of somebody else, in a link, would sign this browser in to their account, or let them in to this one.
    const isOwn = Date.now() - Number(sessionStorage.getItem(STARTED) ?? 0) < LONGEST;
    sessionStorage.removeItem(STARTED);
    if (error) this.error = error;
    else if (!isOwn) this.error = 'not_started_here';
    else [this.#code, this.linkCode] = [code, link];
  }

  /** Signs in if the browser came back for that. */
  async enter() {
    if (!this.#code) return;
    const code = this.#code;
    this.#code = '';
    try {
      await session.enter('oidc/exchange', { code });
    } catch (failure) {
      if (failure instanceof ApiError && failure.problem.mfa_required) this.challenge = failure.problem.mfa_token;
      else this.failure = failure;
    }
  }

  forget() {
    this.linkCode = '';
    this.error = '';
    this.failure = null;
    this.changed();
  }
}

export const arrival = new Arrival();

/** What went wrong at another provider, in words for people; empty if nothing did. */
export function oidcError({ error, failure }) {
  if (failure) return errorText(failure);
  if (!error) return '';
  return w.oidcErrors[error] ?? w.oidcErrors.provider_error;
}

/** Leaves for the provider; it comes back to the page that is open. */
export function goTo(provider, link = false) {
  sessionStorage.setItem(STARTED, String(Date.now()));
  const here = location.pathname.slice(base.length) + location.search;
  const query = new URLSearchParams({ return_to: here.startsWith('/') && here.length <= LONGEST_RETURN ? here : '/' });
  if (link) query.set('link', '1');
  location.assign(`${base}/api/v1/auth/oidc/${encodeURIComponent(provider.name)}?${query}`);
}
