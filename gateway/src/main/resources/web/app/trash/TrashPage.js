// @ts-check
import { html, useEffect, useRef, useState } from '../core/view.js';
import { get, post } from '../core/session.js';
import { live } from '../core/live.js';
import { setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { formatTime } from '../tasks/days.js';

const KINDS = [['conversation', 'conversations'], ['task', 'tasks'], ['message', 'messages'], ['file', 'files']];

/** What was deleted, newest first, and can be had back. */
export function TrashPage() {
  const [items, setItems] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState('');
  const list = useRef(/** @type {any} */ (null));
  const load = async () => {
    try {
      const pages = await Promise.all(KINDS.map(([kind, path]) => get(`/${path}?deleted=true&limit=100`).then((page) => page.items.map((each) => ({ ...each, kind, path })))));
      setItems(pages.flat().sort((one, other) => (one.deleted_at < other.deleted_at ? 1 : -1)));
      setError('');
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  useEffect(() => {
    setTitle(w.trash);
    void load();
    return live.on((event) => /deleted|created|reload/.test(event.type) && void load());
  }, []);
  const restore = async (item) => {
    try {
      await post(`/${item.path}/${item.id}/restore`);
      setItems((before) => (before ?? []).filter((each) => each.id !== item.id));
      setTimeout(() => (list.current?.querySelector('button') ?? document.querySelector('main'))?.focus());
      toasts.say(w.restored(name(item)));
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  return html`<div class="page">
    <h1>${w.trash}</h1>
    ${error && html`<p role="alert" class="error">${error}</p>`}
    ${items?.length === 0 && html`<p class="quiet">${w.trashEmpty}</p>`}
    <ul ref=${list} class="plain tasks" aria-label=${w.trash} hidden=${!items?.length}>
      ${(items ?? []).map((item) => html`<li key=${item.id} class="task-row">
        <div class="grow"><span class="task-title" dir="auto">${name(item)}</span>
          <span class="task-facts"><span>${w.kinds[item.kind]}</span><span>${formatTime(item.deleted_at)}</span></span></div>
        <button aria-label=${w.restoreNamed(name(item))} onClick=${() => restore(item)}>${w.restore}</button>
      </li>`)}
    </ul>
  </div>`;
}

function name(item) {
  return item.title ?? item.name ?? (item.kind === 'message' ? [...(item.content ?? '')].slice(0, 80).join('') : w.untitled);
}
