// @ts-check
// Changes of the user's data, from whatever client they come. All tabs share one stream, because a browser has only six connections
// to a server: the tab that holds the lock reads it and tells the others, and when it closes, another one takes over.
import { Store } from './view.js';
import { request, session } from './session.js';
import { readEvents } from './sse.js';

const SILENCE = 25_000;
const PAUSES = [500, 1_000, 2_000, 4_000];

class Live extends Store {
  isConnected = true;
  #handlers = new Set();
  #lastId = '';
  #user = '';
  #tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('parley-live') : null;

  constructor() {
    super();
    this.#tabs?.addEventListener('message', ({ data }) => {
      if (data.user !== this.#user) return;
      if (data.event) this.#tell(data.event);
      else this.#connected(data.isConnected);
    });
  }

  /** @param {(event: {type: string, data: any}) => void} handler */
  on(handler) {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  /** Reads until the returned function is called. */
  start(userId) {
    const stop = new AbortController();
    this.#user = userId;
    const follow = () => this.#follow(stop.signal);
    if (navigator.locks) navigator.locks.request(`parley-live-${userId}`, { signal: stop.signal }, follow).catch(() => {});
    else void follow();
    return () => stop.abort();
  }

  async #follow(stopped) {
    for (let failures = 0; !stopped.aborted; ) {
      try {
        await this.#read(stopped, () => (failures = 0));
      } catch {
        if (stopped.aborted || session.user === null) return;
        failures++;
      }
      if (failures > 0) this.#share({ isConnected: false });
      await pause(PAUSES[Math.min(failures, PAUSES.length - 1)]);
    }
  }

  async #read(stopped, onOpen) {
    const silence = new AbortController();
    let timer = 0;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE);
    };
    const stop = () => silence.abort();
    stopped.addEventListener('abort', stop);
    try {
      /** @type {Record<string, string>} */
      const headers = this.#lastId ? { 'Last-Event-ID': this.#lastId } : {};
      heard();
      const answer = await request('/events', { headers, signal: silence.signal });
      const isAgain = !this.isConnected;
      onOpen();
      this.#share({ isConnected: true });
      if (isAgain && !this.#lastId) this.#share({ event: { type: 'reload', data: {} } });
      await readEvents(answer, (event) => {
        this.#lastId = event.id;
        this.#share({ event });
      }, heard);
    } finally {
      clearTimeout(timer);
      stopped.removeEventListener('abort', stop);
    }
  }

  #share(message) {
    this.#tabs?.postMessage({ user: this.#user, ...message });
    if (message.event) this.#tell(message.event);
    else this.#connected(message.isConnected);
  }

  #tell(event) {
    for (const handler of [...this.#handlers]) handler(event);
  }

  #connected(isConnected) {
    if (this.isConnected === isConnected) return;
    this.isConnected = isConnected;
    this.changed();
  }
}

// An offline computer waits no longer than until it is online again.
export function pause(millis) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, millis);
    function done() {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve(undefined);
    }
    addEventListener('online', done);
  });
}

export const live = new Live();
