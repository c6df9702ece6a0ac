// @ts-check
import { html, Store, useStore } from '../core/view.js';
import { w } from '../core/words.js';

const SHOWN = 10_000;

class Toasts extends Store {
  /** @type {{id: number, text: string, isError?: boolean, undo?: () => any}[]} */
  items = [];
  #next = 1;

  /** @param {() => any} [undo] offered with the message */
  say(text, undo) {
    this.#add({ text, undo });
  }

  fail(text) {
    this.#add({ text, isError: true });
  }

  close(id) {
    this.items = this.items.filter((each) => each.id !== id);
    this.changed();
  }

  #add(item) {
    const id = this.#next++;
    this.items = [...this.items.slice(-2), { ...item, id }];
    this.changed();
    setTimeout(() => this.close(id), SHOWN);
  }
}

export const toasts = new Toasts();

/**
 * Both regions are always there, so that screen readers hear what comes into them.
 *
 * @param {{isAbove: boolean}} props whether a field at the lower edge is to be left free
 */
export function ToastRegion({ isAbove }) {
  useStore(toasts);
  const shown = (isError) => toasts.items.filter((each) => Boolean(each.isError) === isError);
  return html`<div class=${isAbove ? 'toasts above' : 'toasts'}>
    <div role="status">${shown(false).map((each) => html`<${Toast} key=${each.id} item=${each} />`)}</div>
    <div role="alert">${shown(true).map((each) => html`<${Toast} key=${each.id} item=${each} />`)}</div>
  </div>`;
}

function Toast({ item }) {
  const undo = () => {
    toasts.close(item.id);
    item.undo();
  };
  return html`<div class=${item.isError ? 'toast error' : 'toast'}>
    <span class="grow">${item.text}</span>
    ${item.undo && html`<button class="small" onClick=${undo}>${w.undo}</button>`}
    <button class="icon small" aria-label=${w.dismiss} onClick=${() => toasts.close(item.id)}>×</button>
  </div>`;
}
