// @ts-check
import { Store } from '../core/view.js';
import { ChangesMeanwhile } from '../core/changes.js';
import { get, patch, post, remove } from '../core/session.js';

/** @import { Conversation } from 'parley-api' */

const PAGE = 50;
const PREVIEW = 160;

/** The conversations of the user, or those in the archive: the pinned ones, then those of the last activity first. */
class Conversations extends Store {
  /** @type {Conversation[]} */
  items = [];
  isLoaded = false;
  isArchive = false;
  next = /** @type {string | null} */ (null);
  /** What is looked for in the list; empty shows all. */
  wanted = '';
  #meanwhile = new ChangesMeanwhile();
  /** What the server has found of it, also of conversations that are not in the list. */
  #found = { wanted: '', items: /** @type {{id: string, title: string | null}[]} */ ([]) };

  /** @returns {any[]} the list, or what is looked for in it */
  get shown() {
    const wanted = this.wanted.trim().toLowerCase();
    if (!wanted) return this.items;
    const here = this.items.filter((each) => each.title?.toLowerCase().includes(wanted));
    const known = new Set(here.map((each) => each.id));
    return [...here, ...(this.#found.wanted === wanted ? this.#found.items : []).filter((each) => !known.has(each.id))];
  }

  want(text) {
    this.wanted = text;
    this.changed();
  }

  /** Looks on the server, too. */
  async seek() {
    const wanted = this.wanted.trim().toLowerCase();
    const { items } = await get(`/search?type=conversation&limit=20&q=${encodeURIComponent(wanted)}`);
    this.#found = { wanted, items: items.map((hit) => this.find(hit.id) ?? { id: hit.id, title: hit.title }) };
    this.changed();
  }

  async load() {
    const wanted = Math.min(200, Math.max(PAGE, this.items.length));
    const isArchive = this.isArchive;
    const list = `/conversations?include=preview&archived=${isArchive}`;
    const { answer, changes } = await this.#meanwhile.during(() => Promise.all([get(`${list}&limit=${wanted}`), get(`${list}&limit=200&pinned=true`)]));
    if (isArchive !== this.isArchive) return;
    const [page, pinned] = answer;
    this.items = merged(page.items, pinned.items);
    this.next = page.next_cursor;
    this.isLoaded = true;
    this.#apply(changes);
  }

  async more() {
    if (!this.next) return;
    const isArchive = this.isArchive;
    const list = `/conversations?include=preview&archived=${isArchive}&limit=${PAGE}&cursor=${encodeURIComponent(this.next)}`;
    const { answer: page, changes } = await this.#meanwhile.during(() => get(list));
    if (isArchive !== this.isArchive) return;
    this.items = merged(this.items, page.items);
    this.next = page.next_cursor;
    this.#apply(changes);
  }

  /** @param {Map<string, Conversation | null>} changes */
  #apply(changes) {
    for (const [id, conversation] of changes) {
      if (conversation) this.put(conversation);
      else this.drop(id);
    }
    this.changed();
  }

  find(id) {
    return this.items.find((each) => each.id === id);
  }

  async create(key, fields) {
    const made = await post('/conversations', fields, key);
    this.put(made);
    return made;
  }

  /** Shows the archive, or what is not in it. */
  async show(isArchive) {
    this.isArchive = isArchive;
    this.items = [];
    this.isLoaded = false;
    this.changed();
    await this.load();
  }

  /** Changes the title, or where it is kept; returns the conversation. */
  async change(id, fields) {
    const changed = await patch(`/conversations/${id}`, fields);
    this.put(changed);
    return changed;
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
    this.#meanwhile.note(conversation.id, conversation);
    if (conversation.archived !== this.isArchive) return this.drop(conversation.id);
    const last_message = conversation.last_message ?? before?.last_message;
    this.items = [{ ...conversation, last_message }, ...this.items.filter((each) => each.id !== conversation.id)].sort(byPlace);
    this.changed();
  }

  drop(id) {
    this.#meanwhile.note(id, null);
    this.items = this.items.filter((each) => each.id !== id);
    this.changed();
  }

  #hearMessage({ conversation_id, id, role, content, created_at }) {
    // What tools answer is for the model.
    if (!content || !['user', 'assistant'].includes(role)) return;
    const last_message = { id, role, created_at, preview: Array.from(content ?? '').slice(0, PREVIEW).join('') };
    this.items = this.items.map((each) => (each.id === conversation_id ? { ...each, last_message } : each));
    this.changed();
  }

  hear({ type, data }) {
    if (type === 'reload') void this.load().catch(() => {});
    else if (type === 'conversation.created' || type === 'conversation.updated') this.put(data);
    else if (type === 'conversation.deleted') this.drop(data.id);
    else if (type === 'message.created') this.#hearMessage(data);
  }
}

function merged(items, more) {
  const known = new Set(items.map((each) => each.id));
  return [...items, ...more.filter((each) => !known.has(each.id))].sort(byPlace);
}

function byPlace(one, other) {
  if (one.pinned !== other.pinned) return one.pinned ? -1 : 1;
  return one.updated_at < other.updated_at ? 1 : one.updated_at > other.updated_at ? -1 : one.id < other.id ? 1 : -1;
}

export const conversations = new Conversations();
