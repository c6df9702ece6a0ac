// @ts-check
import { html, Store } from './view.js';
import { base } from './session.js';

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

/** The title of the document, and the focus on its heading after a change of pages. */
export function setTitle(title) {
  document.title = `${title} · Parley`;
}
