// @ts-check
// Preact with htm's templates: html`<${Component} name=${value}>…</>`. Texts become text nodes, never HTML.
import { h, htm, render, Component, useState, useEffect } from '../../lib/preact.js';

export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback } from '../../lib/preact.js';
export { h, render, Component };
export const html = htm.bind(h);

/** A value that tells its listeners when it has changed. */
export class Store {
  /** Counts the changes. */
  version = 0;
  #listeners = new Set();

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed() {
    this.version++;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Renders the component again when the store has changed. */
export function useStore(store) {
  const [, count] = useState(0);
  const rendered = store.version;
  useEffect(() => {
    const again = () => count((before) => before + 1);
    const unsubscribe = store.subscribe(again);
    // Effects run after the next frame, and an answer may have arrived before.
    if (store.version !== rendered) again();
    return unsubscribe;
  }, [store]);
  return store;
}
