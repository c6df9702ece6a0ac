// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { w } from '../core/words.js';

const RELOADED = 'parley.reloaded';

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
