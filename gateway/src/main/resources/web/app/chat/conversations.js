// @ts-check
import { Store } from '../core/view.js';
import { get, patch, post, remove } from '../core/session.js';

const PAGE = 50;

/** The conversations of the user, those of the last activity first. */
class Conversations extends Store {
  /** @type {any[]} */
  items = [];
  isLoaded = false;
  next = /** @type {string | null} */ (null);

  async load() {
    const wanted = Math.min(200, Math.max(PAGE, this.items.length));
    const page = await get(`/conversations?limit=${wanted}`);
    this.items = page.items;
    this.next = page.next_cursor;
    this.isLoaded = true;
    this.changed();
  }

  async more() {
    if (!this.next) return;
    const page = await get(`/conversations?limit=${PAGE}&cursor=${encodeURIComponent(this.next)}`);
    const known = new Set(this.items.map((each) => each.id));
    this.items = [...this.items, ...page.items.filter((each) => !known.has(each.id))];
    this.next = page.next_cursor;
    this.changed();
  }

  find(id) {
    return this.items.find((each) => each.id === id);
  }

  /** @param {boolean | null} encrypted null leaves it to the settings */
  async create(key, encrypted = null) {
    const made = await post('/conversations', encrypted === null ? {} : { encrypted }, key);
    this.put(made);
    return made;
  }

  async rename(id, title) {
    this.put(await patch(`/conversations/${id}`, { title }));
  }

  async remove(id) {
    await remove(`/conversations/${id}`);
    this.drop(id);
  }

  async restore(id) {
    this.put(await post(`/conversations/${id}/restore`));
  }

  /** Takes what is known of a conversation now. */
  put(conversation) {
    const before = this.find(conversation.id);
    if (before && before.updated_at > conversation.updated_at) return;
    this.items = [conversation, ...this.items.filter((each) => each.id !== conversation.id)].sort(byRecency);
    this.changed();
  }

  drop(id) {
    this.items = this.items.filter((each) => each.id !== id);
    this.changed();
  }

  hear({ type, data }) {
    if (type === 'reload') void this.load().catch(() => {});
    else if (type === 'conversation.created' || type === 'conversation.updated') this.put(data);
    else if (type === 'conversation.deleted') this.drop(data.id);
  }
}

function byRecency(one, other) {
  return one.updated_at < other.updated_at ? 1 : one.updated_at > other.updated_at ? -1 : one.id < other.id ? 1 : -1;
}

export const conversations = new Conversations();
