// @ts-check
// Preact with htm's templates: html`<${Component} name=${value}>…</>`. Texts become text nodes, never HTML.
import { h, htm, render, Component, useState, useEffect } from '../../lib/preact.js';

export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback } from '../../lib/preact.js';
export { h, render, Component };
export const html = htm.bind(h);

/** A value that tells its listeners when it has changed. */
export class Store {
  #listeners = new Set();

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed() {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Renders the component again when the store has changed. */
export function useStore(store) {
  const [, count] = useState(0);
  useEffect(() => store.subscribe(() => count((before) => before + 1)), [store]);
  return store;
}
