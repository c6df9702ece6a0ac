// @ts-check
import { html, Store, useEffect, useStore } from '../core/view.js';
import { get, patch } from '../core/session.js';
import { w } from '../core/words.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';

class Models extends Store {
  /** @type {any[]} */
  items = [];
  #loading;

  load() {
    this.#loading ??= get('/chat/models').then(({ items }) => {
      this.items = items;
      this.changed();
    }, () => (this.#loading = undefined));
    return this.#loading;
  }
}

export const models = new Models();
const forNew = { value: '' };

export const modelKey = (each) => JSON.stringify([each.provider, each.model]);

/** For a conversation that does not exist yet; it keeps the choice. */
export function chosenModel(thread) {
  if (thread.id || !forNew.value) return {};
  const [provider, model] = JSON.parse(forNew.value);
  return { ...(provider && { provider }), model };
}

/** Whether the model that answers next takes files. @param {any} thread */
export function takesFiles(thread) {
  const chosen = thread.id ? (thread.conversation?.model ? modelKey(thread.conversation) : '') : forNew.value;
  const model = models.items.find((each) => modelKey(each) === chosen) ?? models.items.find((each) => each.is_default);
  return model?.images === true;
}

/** Only shown if there is a choice. */
export function ModelChoice({ thread }) {
  useStore(models);
  useEffect(() => void models.load(), []);
  if (models.items.length < 2) return html`<span class="grow"></span>`;
  const own = thread.conversation;
  const chosen = thread.id ? (own?.model ? modelKey(own) : '') : forNew.value;
  const change = async (event) => {
    const value = event.currentTarget.value;
    forNew.value = value;
    if (!thread.id) return thread.changed();
    const [provider, model] = value ? JSON.parse(value) : [null, null];
    try {
      thread.conversation = await patch(`/conversations/${thread.id}`, { provider, model });
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
    thread.changed();
  };
  const usual = models.items.find((each) => each.is_default);
  return html`<span class="grow"><select class="model" name="model" aria-label=${w.model} value=${chosen} onChange=${change}>
    <option value="">${usual ? w.usualModel(usual.model) : w.usual}</option>
    ${models.items.map((each) => html`<option key=${modelKey(each)} value=${modelKey(each)}>${each.model}${each.provider ? ` (${each.provider})` : ''}</option>`)}
  </select></span>`;
}
