// @ts-check
import { Store } from '../core/view.js';
import { ApiError, get, newKey, patch, post, remove } from '../core/session.js';
import { router } from '../core/router.js';
import { w } from '../core/words.js';
import { errorText } from '../ui/forms.js';
import { conversations } from './conversations.js';
import { Attachments, fileParts } from './attachments.js';
import { draft, draftFiles, keepDraft, keepDraftFiles } from './drafts.js';
import { Turn } from './turn.js';

/** @import { Conversation, Message } from 'parley-api' */

const PAGE = 50;
const MOST = 350;
const NEW = 'new';

/** A conversation with the part of its messages that is loaded, its running turn, and what is being typed. */
export class Thread extends Store {
  /** @type {Message[]} the current branch, oldest first */
  messages = [];
  /** @type {Conversation | null} */
  conversation = null;
  isLoaded = false;
  isMissing = false;
  error = '';
  older = /** @type {string | null} */ (null);
  /** Whether newer messages than the last one here exist. */
  isBehind = false;
  /** @type {Turn | null} */
  turn = null;
  /** Shown until the server has stored it. */
  said = /** @type {string | null} */ (null);
  /** What is sent again with "Try again". */
  failed = /** @type {(() => void) | null} */ (null);
  /** Of the draft alone: at a key, only the field is rendered and not hundreds of messages. */
  typing = new Store();
  /** Whether a new one is to be encrypted; null leaves it to the settings. */
  encrypted = /** @type {boolean | null} */ (null);
  /** Counts what was sent, for scrolling to it. */
  sent = 0;
  #unsent = { text: '', key: '' };
  #next = /** @type {(() => void) | null} */ (null);
  #reloading = false;
  #hasFailed = false;
  #ended = new Set();
  /** The messages that are being edited here: what happens elsewhere is shown afterwards. */
  #edited = new Set();
  #isOutdated = false;

  /** @param {string | null} id null for a new one */
  constructor(id) {
    super();
    this.id = id;
    this.isLoaded = id === null;
    this.draft = draft(id ?? NEW);
    /** Files of the next message. */
    this.attachments = new Attachments(draftFiles(id ?? NEW), (files) => keepDraftFiles(this.id ?? NEW, files));
  }

  get isEncrypted() {
    return this.conversation ? this.conversation.encrypted : this.encrypted === true;
  }

  get title() {
    const known = this.conversation ?? (this.id && conversations.find(this.id));
    return known ? (known.title ?? w.untitled) : this.id ? w.conversation : w.newConversation;
  }

  setDraft(text) {
    this.draft = text;
    keepDraft(this.id ?? NEW, text);
    this.typing.changed();
  }

  /** Loads the newest messages, or as many as there were. */
  async load() {
    if (!this.id) return;
    try {
      const limit = Math.min(200, Math.max(PAGE, this.isBehind ? 0 : this.messages.length));
      const [conversation, page] = await Promise.all([
        get(`/conversations/${this.id}`),
        get(`/conversations/${this.id}/messages?order=desc&limit=${limit}`),
      ]);
      this.conversation = conversation;
      this.isMissing = false;
      conversations.put(conversation);
      this.#show(page.items.reverse(), page.next_cursor);
      if (!this.failed && !this.#hasFailed) this.error = '';
    } catch (failure) {
      if (failure instanceof ApiError && [400, 403, 404].includes(failure.status)) this.isMissing = true;
      else this.error = errorText(failure);
    }
    this.isLoaded = true;
    this.changed();
  }

  #show(items, cursor) {
    const first = this.messages.findIndex((each) => each.id === items[0]?.id);
    const isJoined = first > 0 && !this.isBehind;
    this.messages = isJoined ? [...this.messages.slice(0, first), ...items] : items;
    if (!isJoined) this.older = cursor;
    this.isBehind = false;
  }

  /** Looks at the newest turn, on whatever device it was started: one that is running is followed, and one that gave no answer can be tried again. */
  async join() {
    if (!this.id || this.turn) return;
    const { items } = await get(`/chat/turns?conversation_id=${this.id}&limit=1`);
    const [newest] = items;
    const last = this.messages.at(-1);
    if (newest?.status === 'running') this.follow(newest.id);
    else if (newest?.status === 'failed' && last && last.id === newest.user_message_id && !this.turn && !this.failed) {
      this.error = newest.error ?? w.unexpected;
      this.failed = () => this.regenerate(last);
      this.changed();
    }
  }

  async showEarlier() {
    if (!this.older) return;
    const page = await get(`/conversations/${this.id}/messages?order=desc&limit=${PAGE}&cursor=${encodeURIComponent(this.older)}`);
    const all = [...page.items.reverse(), ...this.messages];
    this.isBehind ||= all.length > MOST;
    this.messages = all.slice(0, MOST);
    this.older = page.next_cursor;
    this.changed();
  }

  /** Loads earlier messages until this one is there, as far as it is worth the wait. */
  async reach(messageId) {
    const has = () => this.messages.some((each) => each.id === messageId);
    if (!this.isLoaded) await this.load();
    for (let pages = 0; pages < 40 && this.older && !has(); pages++) await this.showEarlier().catch(() => (pages = 40));
  }

  async showNewest() {
    this.messages = [];
    await this.load();
  }

  /** Says something. While an answer is being stopped, it waits for its end. */
  send(text, options = {}) {
    if (this.turn) {
      if (this.turn.status === 'stopping' && !this.#next) {
        this.#next = () => this.send(text, options);
        this.#clearDraft();
        this.said = null;
        this.changed();
        return true;
      }
      return false;
    }
    const isEdit = 'parent_id' in options;
    const files = isEdit ? [] : this.attachments.take();
    const said = [text, ...files.map((each) => each.id), options.provider, options.model].join('\n');
    const key = this.#unsent.text === said && !isEdit ? this.#unsent.key : newKey();
    const turn = this.#begin(text || files.map((each) => each.name).join(', '));
    if (!isEdit) {
      this.#unsent = { text: said, key };
      this.#clearDraft();
    } else this.messages = this.#upTo(options.parent_id);
    void this.#run(turn, async () => {
      const id = this.id ?? (await this.#create(key, options));
      await turn.run(`/chat/conversations/${id}/messages`, content(text, options, files), key);
    }, () => {
      this.#notSent(text, isEdit, options);
      this.attachments.putBack(files);
    });
    return true;
  }

  /** Answers the same question again. */
  async regenerate(message, options = {}) {
    if (this.turn) return;
    const at = this.messages.findIndex((each) => each.id === message.id);
    const question = this.messages.slice(0, at + 1).reverse().find((each) => each.role === 'user');
    if (!question) return;
    const turn = this.#begin(null);
    const before = this.messages;
    this.messages = this.#upTo(question.id);
    void this.#run(turn, async () => {
      const answered = await this.#turnOf(question.id);
      if (answered) await turn.run(`/chat/turns/${answered.id}/regenerate`, options, newKey());
      else await turn.run(`/chat/conversations/${this.id}/messages`, content(question.content ?? '', { parent_id: question.parent_id, parts: fileParts(question), ...options }, []), newKey());
    }, () => (this.messages = before));
  }

  async #turnOf(questionId) {
    const { items } = await get(`/chat/turns?conversation_id=${this.id}&limit=200`);
    return items.find((each) => each.user_message_id === questionId && each.status !== 'running');
  }

  /** Keeps the messages as they are while one of them is being edited. */
  beginEdit(id) {
    this.#edited.add(id);
  }

  endEdit(id) {
    this.#edited.delete(id);
    if (this.#isOutdated && !this.turn) this.refresh();
  }

  /** Loads what may have changed, and a turn that is running now. */
  refresh() {
    this.#isOutdated = this.#edited.size > 0;
    if (!this.#isOutdated) void open(this);
  }

  follow(turnId) {
    if (this.#edited.size > 0) {
      this.#isOutdated = true;
      return;
    }
    if (this.turn || this.#ended.has(turnId)) return;
    const turn = this.#begin(null);
    void this.#run(turn, () => turn.follow(turnId), () => {});
  }

  async stop() {
    const turn = this.turn;
    if (!turn || turn.status === 'stopping') return;
    const stopping = turn.stop();
    this.changed();
    await stopping;
  }

  #begin(text) {
    const turn = new Turn((type, data) => this.#hearTurn(turn, type, data));
    this.turn = turn;
    this.said = text;
    this.error = '';
    this.failed = null;
    this.#hasFailed = false;
    if (text !== null) this.sent++;
    this.changed();
    return turn;
  }

  async #run(turn, action, onFailure) {
    try {
      await action();
    } catch (failure) {
      this.#hasFailed = true;
      this.error = errorText(failure);
      onFailure();
    }
    if (this.turn === turn) {
      this.turn = null;
      this.said = null;
      this.changed();
    }
    const next = this.#next;
    this.#next = null;
    if (next) next();
    else if (!this.id || threads.get(this.id) === this) await this.load(); // It may be in the trash by now.
  }

  #notSent(text, isEdit, options) {
    if (isEdit) this.failed = () => this.send(text, options);
    else if (this.draft === '') this.setDraft(text);
  }

  #hearTurn(turn, type, data) {
    if (type === 'turn.started') {
      this.#unsent = { text: '', key: '' };
      this.said = null;
      this.messages = [...this.#upTo(data.user_message.parent_id), data.user_message];
    } else if (/^turn\.(completed|failed|cancelled)$/.test(type)) {
      const known = new Set(this.messages.map((each) => each.id));
      this.messages = [...this.messages, ...data.messages.filter((each) => !known.has(each.id))];
      if (type === 'turn.failed') {
        this.#hasFailed = true;
        this.error = data.problem.detail ?? w.unexpected;
        const last = this.messages.at(-1);
        this.failed = () => this.regenerate(last);
      }
      this.#ended.add(turn.id);
      if (this.turn === turn) this.turn = null;
    }
    this.changed();
  }

  #upTo(id) {
    if (id === null) return [];
    const at = this.messages.findIndex((each) => each.id === id);
    return at < 0 ? this.messages : this.messages.slice(0, at + 1);
  }

  /** @param {string} key @param {{provider?: string, model?: string}} chosen */
  async #create(key, { provider, model }) {
    const conversation = await conversations.create(`${key}-conversation`, {
      ...(this.encrypted !== null && { encrypted: this.encrypted }),
      ...(model && { ...(provider && { provider }), model }),
    });
    this.id = conversation.id;
    this.conversation = conversation;
    keepDraft(NEW, '');
    keepDraft(conversation.id, this.draft);
    keepDraftFiles(NEW, []);
    this.attachments.keep();
    threads.set(conversation.id, this);
    if (isNew === this) {
      isNew = null;
      if (router.path === '/') router.go(`/c/${conversation.id}`, true);
    }
    return conversation.id;
  }

  #clearDraft() {
    this.draft = '';
    keepDraft(this.id ?? NEW, '');
  }

  async chooseVersion(leaf) {
    this.conversation = await patch(`/conversations/${this.id}`, { current_leaf: leaf });
    this.messages = [];
    await this.load();
  }

  async removeMessage(id) {
    await remove(`/messages/${id}`);
    await this.load();
  }

  async restoreMessage(id) {
    await post(`/messages/${id}/restore`);
    await this.load();
  }

  hear({ type, data }) {
    if (type === 'conversation.updated') {
      const isMoved = data.current_leaf !== this.messages.at(-1)?.id;
      this.conversation = data;
      this.changed();
      if (isMoved && !this.isBehind) this.#reload();
    } else if (type === 'conversation.deleted') {
      this.isMissing = true;
      this.changed();
    } else if (type === 'conversation.created') {
      this.isMissing = false;
      this.#reload();
    } else if (type === 'turn.started') data.status === 'running' && this.follow(data.id);
    else this.#reload();
  }

  // Several changes at once are one request.
  #reload() {
    if (this.#edited.size > 0) this.#isOutdated = true;
    if (this.#edited.size > 0 || this.#reloading || this.turn || !this.isLoaded) return;
    this.#reloading = true;
    setTimeout(() => {
      this.#reloading = false;
      if (this.#edited.size > 0) this.#isOutdated = true;
      else if (!this.turn && threads.get(this.id) === this) void this.load();
    }, 200);
  }
}

/** A text with files, of which one may be missing. */
function content(text, { parts = [], ...options }, files) {
  const all = [...parts, ...files.map((each) => ({ type: 'file', file_id: each.id }))];
  return { ...(text.trim() && { content: text }), ...(all.length > 0 && { parts: all }), ...options };
}

/** @type {Map<string | null, Thread>} */
const threads = new Map();
let isNew = /** @type {Thread | null} */ (null);
let shown = /** @type {Thread | null} */ (null);

/** Where a new conversation is written, encrypted or as the settings say. */
export function newThread(encrypted) {
  const next = thread(null);
  next.encrypted = encrypted;
  next.changed();
}

/** The thread of a conversation, or of a new one. One that answers goes on while another one is shown. */
export function thread(id) {
  if (id === null) {
    isNew ??= new Thread(null);
    shown = isNew;
    return isNew;
  }
  let found = threads.get(id);
  if (!found) {
    found = new Thread(id);
    threads.set(id, found);
    void open(found);
  } else if (found !== shown && !found.turn) void open(found);
  shown = found;
  forget();
  return found;
}

async function open(opened) {
  await opened.load();
  if (!opened.isMissing) await opened.join().catch(() => {});
}

/** Of a conversation that goes to the trash; restored, it is loaded anew. */
export function dropThread(id) {
  threads.delete(id);
}

// A few are kept, for going back and forth.
function forget() {
  for (const [id, each] of threads) {
    if (threads.size <= 5) return;
    if (each !== shown && !each.turn) threads.delete(id);
  }
}

/** Changes from elsewhere. */
export function hearThreads(event) {
  const { type, data } = event;
  if (type === 'reload') {
    if (shown?.id && !shown.turn) shown.refresh();
    return;
  }
  if (type.startsWith('task.') || (type.startsWith('turn.') && type !== 'turn.started')) return;
  const id = type.startsWith('conversation.') ? data.id : data.conversation_id;
  if (type === 'message.deleted') {
    if (shown?.messages.some((each) => each.id === data.id)) shown.hear(event);
    return;
  }
  const found = threads.get(id);
  if (!found) return;
  // Only what is shown is followed; the others are loaded when they are opened.
  if (found === shown || type.startsWith('conversation.')) found.hear(event);
  else if (!found.turn) threads.delete(id);
}
