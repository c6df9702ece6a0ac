// @ts-check
import { ApiError, request } from '../core/session.js';
import { pause } from '../core/live.js';
import { readEvents } from '../core/sse.js';

const STREAM = { Accept: 'text/event-stream' };

/** An answer in the making. It goes on by itself after the connection was lost. */
export class Turn {
  /** @type {'sending' | 'running' | 'stopping'} */
  status = 'sending';
  id = /** @type {string | null} */ (null);
  text = '';
  reasoning = '';
  /** @type {{id: string, name: string, arguments: string, result?: any}[]} */
  calls = [];
  isInterrupted = false;
  #lastId = '';
  #hasEnded = false;

  /** @param {(type: string, data: any) => void} onEvent hears each event once, after it has been taken */
  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  /** Starts it with this request, and returns after its end. Fails if it could not be started. */
  async run(path, json, key) {
    const start = { method: 'POST', json, headers: { ...STREAM, 'Idempotency-Key': key } };
    try {
      await this.#read(await request(path, start));
    } catch (failure) {
      if (!this.id && !(failure instanceof ApiError && failure.status === 0)) throw failure;
      // It may have started: the same key finds it.
      if (!this.id) await this.#read(await request(path, start));
    }
    await this.#goOn();
  }

  /** Follows one that is running, from its beginning. */
  async follow(id) {
    this.id = id;
    this.status = 'running';
    await this.#goOn();
  }

  async stop() {
    this.status = 'stopping';
    if (this.id) await request(`/chat/turns/${this.id}`, { method: 'DELETE' });
  }

  async #goOn() {
    for (let wait = 500; !this.#hasEnded; wait = Math.min(wait * 2, 4_000)) {
      try {
        const headers = this.#lastId ? { ...STREAM, 'Last-Event-ID': this.#lastId } : STREAM;
        const answer = await request(`/chat/turns/${this.id}/events`, { headers });
        if (answer.status === 204) return;
        wait = 500;
        await this.#read(answer);
      } catch (failure) {
        if (failure instanceof ApiError && [401, 403, 404].includes(failure.status)) throw failure;
      }
      if (this.#hasEnded) return;
      this.#interrupted(true);
      await pause(wait);
    }
  }

  #interrupted(isInterrupted) {
    if (this.isInterrupted === isInterrupted) return;
    this.isInterrupted = isInterrupted;
    this.onEvent('', {});
  }

  async #read(answer) {
    try {
      await readEvents(answer, (event) => this.#take(event), () => this.#interrupted(false));
    } catch (failure) {
      if (!this.id) throw new ApiError(0);
      if (!(failure instanceof TypeError) && !(failure instanceof DOMException)) throw failure;
    }
  }

  #take({ id, type, data }) {
    if (Number(id) <= Number(this.#lastId || 0)) return;
    this.#lastId = id;
    if (type === 'turn.started') this.#started(data.turn_id);
    else if (type === 'content.delta') this.text += data.text;
    else if (type === 'reasoning.delta') this.reasoning += data.text;
    else if (type === 'tool.call') this.calls.push({ ...data, before: this.text.length });
    else if (type === 'tool.result') this.#result(data);
    else if (type.startsWith('turn.')) this.#hasEnded = true;
    this.onEvent(type, data);
  }

  #started(id) {
    this.id = id;
    if (this.status === 'stopping') void this.stop().catch(() => {});
    else this.status = 'running';
  }

  #result({ tool_call_id, result }) {
    const call = this.calls.find((each) => each.id === tool_call_id);
    if (call) call.result = result;
  }
}
