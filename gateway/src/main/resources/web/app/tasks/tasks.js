// @ts-check
import { Store } from '../core/view.js';
import { ChangesMeanwhile } from '../core/changes.js';
import { get, newKey, patch, post, remove, request } from '../core/session.js';
import { dueTime, isOverdue } from './days.js';

/** @import { Task } from 'parley-api' */

const PAGE = 200;
const BATCH = 100;
const ORDERS = { created_at: 'desc', due_date: 'asc', priority: 'desc', title: 'asc' };
const RANKS = { high: 0, medium: 1, low: 2 };

/** The tasks of the user that have the chosen status. */
class Tasks extends Store {
  /** @type {Task[]} */
  items = [];
  isLoaded = false;
  next = /** @type {string | null} */ (null);
  filter = { status: '', priority: '', tag: '', overdue: false };
  sort = 'created_at';
  #meanwhile = new ChangesMeanwhile();
  /** The keys of what could not be added yet. */
  #unsent = new Map();

  async choose(filter) {
    this.filter = { ...this.filter, ...filter };
    this.changed();
    await this.load();
  }

  async sortBy(sort) {
    this.sort = sort;
    this.changed();
    await this.load();
  }

  get #list() {
    const { status, priority, tag, overdue } = this.filter;
    return `/tasks?limit=${PAGE}&sort=${this.sort}&order=${ORDERS[this.sort]}${query('status', status)}${query('priority', priority)}${query('tag', encodeURIComponent(tag))}${query('overdue', overdue)}`;
  }

  async load() {
    const list = this.#list;
    const { answer: page, changes } = await this.#meanwhile.during(() => get(list));
    if (list !== this.#list) return;
    this.items = page.items;
    this.next = page.next_cursor;
    this.isLoaded = true;
    this.#apply(changes);
  }

  async more() {
    const list = this.#list;
    const { answer: page, changes } = await this.#meanwhile.during(() => get(`${list}&cursor=${encodeURIComponent(String(this.next))}`));
    if (list !== this.#list) return;
    const known = new Set(this.items.map((each) => each.id));
    this.items = [...this.items, ...page.items.filter((each) => !known.has(each.id))];
    this.next = page.next_cursor;
    this.#apply(changes);
  }

  /** @param {Map<string, Task | null>} changes */
  #apply(changes) {
    for (const [id, task] of changes) {
      if (task) this.put(task);
      else this.drop(id);
    }
    this.changed();
  }

  /** In the chosen order; tasks without a due date come last. */
  get sorted() {
    const { sort, items } = this;
    if (sort === 'created_at') return [...items].sort((one, other) => (one.created_at < other.created_at ? 1 : one.created_at > other.created_at ? -1 : 0));
    const value = (task) => (sort === 'priority' ? String(RANKS[task.priority]) : sort === 'due_date' ? (task.due_date ? dueTime(task.due_date) : '~') : task.title.toLowerCase());
    return [...items].sort((one, other) => (value(one) < value(other) ? -1 : value(one) > value(other) ? 1 : 0));
  }

  /** The same line after a failure is the same task. */
  async add(draft) {
    const line = JSON.stringify(draft);
    const key = this.#unsent.get(line) ?? newKey();
    this.#unsent.set(line, key);
    this.put(await post('/tasks', draft, key));
    this.#unsent.delete(line);
  }

  async change(id, fields, tag) {
    this.put(await patch(`/tasks/${id}`, fields, tag ? { 'If-Match': tag } : undefined));
  }

  /** The task as it is now, with its entity tag. */
  async read(id) {
    const answer = await request(`/tasks/${id}`);
    return { task: await answer.json(), tag: answer.headers.get('ETag') };
  }

  async remove(id) {
    await remove(`/tasks/${id}`);
    this.drop(id);
  }

  async restore(id) {
    this.put(await post(`/tasks/${id}/restore`));
  }

  /** Changes several tasks alike; returns those that could not be changed. */
  async changeAll(ids, fields) {
    return this.#batch(ids.map((id) => ({ op: 'update', id, body: fields })));
  }

  async removeAll(ids) {
    return this.#batch(ids.map((id) => ({ op: 'delete', id })));
  }

  async #batch(operations) {
    const failed = [];
    for (let at = 0; at < operations.length; at += BATCH) {
      const part = operations.slice(at, at + BATCH);
      const { results } = await post('/tasks/batch', { operations: part });
      results.forEach((result, index) => {
        if (result.problem) failed.push(part[index].id);
        else if (part[index].op === 'delete') this.drop(part[index].id);
        else if (result.body) this.put(result.body);
      });
    }
    return failed;
  }

  put(task) {
    const before = this.items.find((each) => each.id === task.id);
    if (before && before.updated_at > task.updated_at) return;
    this.#meanwhile.note(task.id, task);
    if (!this.#fits(task)) return this.drop(task.id);
    this.items = before
      ? this.items.map((each) => (each.id === task.id ? task : each))
      : [...this.items, task];
    this.changed();
  }

  drop(id) {
    this.#meanwhile.note(id, null);
    this.items = this.items.filter((each) => each.id !== id);
    this.changed();
  }

  #fits(task) {
    const { status, priority, tag, overdue } = this.filter;
    return (!status || task.status === status) && (!priority || task.priority === priority)
      && (!tag || task.tags.some((each) => each.toLowerCase() === tag.toLowerCase())) && (!overdue || isOverdue(task));
  }

  hear({ type, data }) {
    if (type === 'reload') {
      if (this.isLoaded) void this.load().catch(() => {});
    } else if (type === 'task.created' || type === 'task.updated') this.put(data);
    else if (type === 'task.deleted') this.drop(data.id);
  }
}

const query = (name, value) => (value ? `&${name}=${value}` : '');

export const tasks = new Tasks();
