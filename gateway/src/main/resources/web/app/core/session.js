// @ts-check
// Who is signed in, and requests in their name. The access token is in this module alone; the refresh token is in a cookie that
// no script can read.
import { Store } from './view.js';

/** @import { User } from 'parley-api' */

export const base = document.documentElement.dataset.base ?? '';
const API = `${base}/api/v1`;
const EARLY = 30_000;
const WEB = { 'Parley-Web': '1' };

/** What went wrong with a request: status 0 if the server could not be reached. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? '');
    this.status = status;
    this.problem = problem ?? {};
  }

  pointers() {
    return (this.problem.errors ?? []).map((each) => each.pointer);
  }
}

class Session extends Store {
  /**
   * Null if nobody is signed in, undefined until that is known. The type is that of nearly all pages, which are shown to users only.
   *
   * @type {User}
   */
  user = /** @type {any} */ (undefined);
  /** Whose data this document has, also after the session has ended. */
  owner = '';
  #token = '';
  #expires = 0;
  /** @type {Promise<unknown> | undefined} */
  #refreshing;
  #tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('parley-session') : null;

  constructor() {
    super();
    this.#tabs?.addEventListener('message', ({ data }) => this.#hear(data));
  }

  get isFresh() {
    return this.#token !== '' && Date.now() < this.#expires - EARLY;
  }

  /** A token that is valid for a while; empty if nobody is signed in. */
  async token() {
    if (!this.isFresh) await this.refresh();
    return this.#token;
  }

  /** Finds out who is signed in. Fails if the server cannot be reached. */
  refresh() {
    this.#refreshing ??= this.#inTurn().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  // Tabs refresh one after the other, because each refresh spends the token; the second finds what the first has told.
  #inTurn() {
    const before = this.#token;
    const once = async () => {
      if (this.#token === before || !this.isFresh) await this.#exchange();
    };
    return navigator.locks ? navigator.locks.request('parley-refresh', once) : once();
  }

  async #exchange() {
    const answer = await send(`${API}/web/refresh`, { method: 'POST', headers: WEB });
    if (answer.status === 200) this.#take(await answer.json(), true);
    else if (answer.status === 204 || answer.status === 401) this.#end();
    else throw new ApiError(answer.status, await problem(answer));
  }

  /**
   * Returns 'mailed' if the address has to be confirmed first.
   *
   * @param {'login' | 'login/mfa' | 'passkeys/login' | 'register' | 'oidc/exchange'} route
   */
  async enter(route, body) {
    const answer = await send(`${API}/web/${route}`, {
      method: 'POST',
      headers: { ...WEB, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new ApiError(answer.status, await problem(answer));
    if (answer.status === 202) return 'mailed';
    this.#take(await answer.json(), true);
    return 'entered';
  }

  async leave() {
    const answer = await send(`${API}/web/logout`, { method: 'POST', headers: WEB });
    if (!answer.ok) throw new ApiError(answer.status, await problem(answer));
    this.#end();
    this.#tabs?.postMessage({ left: true });
  }

  /** The account was changed. */
  update(user) {
    this.user = user;
    rememberTheme(user.theme);
    this.changed();
  }

  invalidate() {
    this.#expires = 0;
  }

  #take({ user, access_token, expires_in }, tell) {
    // The next account at this browser sees nothing of the one before.
    if (this.owner && this.owner !== user.id) return location.reload();
    this.owner = user.id;
    this.#token = access_token;
    this.#expires = Date.now() + expires_in * 1000;
    if (tell) this.#tabs?.postMessage({ user, access_token, expires_in });
    this.update(user);
  }

  #hear(data) {
    if (data.left) this.#end();
    else this.#take(data, false);
  }

  #end() {
    this.#token = '';
    this.#expires = 0;
    this.user = /** @type {any} */ (null);
    this.changed();
  }
}

export const session = new Session();

function rememberTheme(theme) {
  try {
    localStorage.setItem('parley.theme', theme);
  } catch {
    // The theme is only remembered for the next visit.
  }
  dispatchEvent(new Event('parley-theme'));
}

async function send(url, options) {
  try {
    return await fetch(url, options);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new ApiError(0);
  }
}

async function problem(answer) {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

/**
 * Sends a request to the API and returns the answer. Fails with an ApiError unless it is a success.
 *
 * @param {string} path below /api/v1
 * @param {{method?: string, json?: any, body?: any, headers?: Record<string, string>, signal?: AbortSignal, keepalive?: boolean}} [options]
 */
export async function request(path, options = {}) {
  const { json, ...rest } = options;
  for (let attempt = 1; ; attempt++) {
    const token = await session.token();
    if (!token) throw new ApiError(401);
    const headers = { ...rest.headers, Authorization: `Bearer ${token}` };
    if (json !== undefined) headers['Content-Type'] = 'application/json';
    const answer = await send(API + path, { ...rest, headers, body: json === undefined ? rest.body : JSON.stringify(json) });
    if (answer.ok || answer.status === 304) return answer;
    if (answer.status === 401 && attempt === 1) session.invalidate();
    else throw new ApiError(answer.status, await problem(answer));
  }
}

/** Posts to a route that needs no sign-in. */
export async function ask(path, json) {
  const answer = await send(API + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) });
  if (!answer.ok) throw new ApiError(answer.status, await problem(answer));
  return body(answer);
}

async function body(answer) {
  return [202, 204].includes(answer.status) ? null : answer.json();
}

export const get = async (path, options) => body(await request(path, options));
export const patch = async (path, json, headers) => body(await request(path, { method: 'PATCH', json, headers }));
export const remove = async (path, json) => body(await request(path, { method: 'DELETE', json }));
export const put = async (path, json) => body(await request(path, { method: 'PUT', json }));

/**
 * Creates something once, however often it is sent: after a lost answer it is sent again under the same key.
 *
 * @param {string} path
 * @param {any} [json]
 * @param {string} [key] one for each thing to do
 */
export async function post(path, json, key = newKey()) {
  const options = { method: 'POST', json, headers: { 'Idempotency-Key': key } };
  try {
    return await body(await request(path, options));
  } catch (failure) {
    if (!(failure instanceof ApiError) || ![0, 502, 504].includes(failure.status)) throw failure;
    return body(await request(path, options));
  }
}

/** A random key; crypto.randomUUID is missing without TLS. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
