// @ts-check
import { Store } from '../core/view.js';
import { newKey } from '../core/session.js';
import { upload } from '../core/upload.js';

/** @import { DraftFile } from './drafts.js' */

/**
 * Files that go with the next message. They are uploaded at once, and are the user's like any others if they are not sent.
 *
 * @typedef {{key: string, name: string, size: number, sent: number, id: string | null, stop: AbortController}} Attachment
 */
export class Attachments extends Store {
  /** @type {Attachment[]} */
  items;
  #keep;

  /**
   * @param {DraftFile[]} files that were chosen before the page was loaded
   * @param {(files: DraftFile[]) => void} keep takes those that are on the server whenever they have changed
   */
  constructor(files, keep) {
    super();
    this.items = files.map((each) => ({ ...each, key: newKey(), sent: each.size, stop: new AbortController() }));
    this.#keep = keep;
  }

  get isReady() {
    return this.items.every((each) => each.id !== null);
  }

  /**
   * Fails if a file could not be uploaded; it is no attachment then.
   *
   * @param {File} file
   * @param {boolean} encrypted
   */
  async add(file, encrypted) {
    const item = { key: newKey(), name: file.name, size: file.size, sent: 0, id: null, stop: new AbortController() };
    this.#set([...this.items, item]);
    const query = new URLSearchParams({ name: file.name, ...(encrypted && { encrypted: 'true' }) });
    const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': item.key };
    const onSent = (/** @type {number} */ sent) => this.#change(item.key, { sent });
    try {
      const { id } = await upload(`/files?${query}`, file, { headers, onSent, signal: item.stop.signal });
      this.#change(item.key, { id });
    } catch (failure) {
      this.remove(item);
      if (!item.stop.signal.aborted) throw failure;
    }
  }

  /** @param {Attachment} item */
  remove(item) {
    item.stop.abort();
    this.#set(this.items.filter((each) => each.key !== item.key));
  }

  keep() {
    this.#keep(this.items.flatMap(({ id, name, size }) => (id === null ? [] : [{ id, name, size }])));
  }

  /** Those that go with a message now. */
  take() {
    const taken = this.items;
    this.#set([]);
    return taken;
  }

  /** The message could not be sent. @param {Attachment[]} items */
  putBack(items) {
    this.#set([...items, ...this.items]);
  }

  /** @param {string} key @param {Partial<Attachment>} fields */
  #change(key, fields) {
    this.#set(this.items.map((each) => (each.key === key ? { ...each, ...fields } : each)));
  }

  /** @param {Attachment[]} items */
  #set(items) {
    this.items = items;
    this.keep();
    this.changed();
  }
}

/** The files of a message, as they are sent with another one. */
export const fileParts = (message) => (message.parts ?? []).filter((each) => each.type === 'file').map(({ file_id }) => ({ type: 'file', file_id }));
