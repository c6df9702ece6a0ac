// @ts-check
import { html, Store, useEffect, useState } from './view.js';
import { base } from './session.js';
import { w } from './words.js';

const RELOADED = 'parley.reloaded';

class Router extends Store {
  constructor() {
    super();
    addEventListener('popstate', () => this.changed());
  }

  /** Without the prefix of the public URL. */
  get path() {
    const path = location.pathname.slice(base.length);
    return path === '' ? '/' : path;
  }

  get query() {
    return new URLSearchParams(location.search);
  }

  /** @param {boolean} [replace] instead of adding to the history */
  go(path, replace = false) {
    if (replace) history.replaceState(null, '', base + path);
    else if (base + path !== location.pathname + location.search + location.hash) history.pushState(null, '', base + path);
    this.changed();
  }
}

export const router = new Router();

/** Opens a page without loading the document again, unless the browser is asked for a new tab. */
export function Link({ to, children, onOpen, ...rest }) {
  const open = (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.go(to);
    onOpen?.();
  };
  return html`<a href=${base + to} onClick=${open} ...${rest}>${children}</a>`;
}

/** The title of the document. */
export function setTitle(title) {
  document.title = `${title} · Parley`;
}

/** A component whose module is loaded when it is shown for the first time. */
export function Lazy({ load, name, ...rest }) {
  const [loaded, setLoaded] = useState(/** @type {any} */ (null));
  useEffect(() => {
    let isWanted = true;
    load().then(
      (module) => isWanted && setLoaded({ View: module[name] }),
      () => isWanted && (reloadOnce() || setLoaded({ failed: true })),
    );
    return () => (isWanted = false);
  }, [load, name]);
  if (loaded?.failed) return html`<main class="alone"><p role="alert">${w.unreachable}</p></main>`;
  return loaded ? html`<${loaded.View} ...${rest} />` : null;
}

// The server may have a newer version, which no longer has the modules of this page: one reload, not a loop.
function reloadOnce() {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (!navigator.onLine || Date.now() - last < 60_000) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  location.reload();
  return true;
}
