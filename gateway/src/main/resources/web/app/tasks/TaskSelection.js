// @ts-check
import { html, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { tasks } from './tasks.js';

/** Which tasks are chosen to be changed together; null if none are being chosen. */
export function useSelection() {
  const [chosen, setChosen] = useState(/** @type {Set<string> | null} */ (null));
  const toggle = (id) => setChosen((before) => {
    const next = new Set(before ?? []);
    if (!next.delete(id)) next.add(id);
    return next;
  });
  return { chosen, toggle, begin: () => setChosen(new Set()), end: () => setChosen(null), all: (ids) => setChosen(new Set(ids)) };
}

/** What can be done with the chosen tasks. Whatever is done can be undone. */
export function SelectionBar({ selection }) {
  const ids = [...(selection.chosen ?? [])].filter((id) => tasks.items.some((each) => each.id === id));
  const run = async (action, undo, words) => {
    try {
      const failed = await action();
      const done = ids.filter((id) => !failed.includes(id));
      if (done.length > 0) toasts.say(words(done.length), () => undo(done).catch((failure) => toasts.fail(errorText(failure))));
      if (failed.length > 0) toasts.fail(w.someFailed(failed.length));
      selection.end();
      setTimeout(() => document.getElementById('select-tasks')?.focus());
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  const complete = () => {
    const before = new Map(tasks.items.map((each) => [each.id, each.status]));
    const reopen = async (done) => {
      for (const status of ['pending', 'in_progress']) {
        const those = done.filter((id) => before.get(id) === status);
        if (those.length > 0) await tasks.changeAll(those, { status });
      }
    };
    return run(() => tasks.changeAll(ids, { status: 'completed' }), reopen, w.tasksCompleted);
  };
  const restore = (done) => Promise.all(done.map((id) => tasks.restore(id)));
  const remove = () => run(() => tasks.removeAll(ids), restore, w.tasksDeleted);
  return html`<div class="row filters" role="group" aria-label=${w.selection}>
    <span class="grow" role="status">${w.selected(ids.length)}</span>
    <button onClick=${() => selection.all(tasks.items.map((each) => each.id))}>${w.selectAll}</button>
    <button disabled=${ids.length === 0} onClick=${complete}>${w.completeSelected}</button>
    <button class="danger" disabled=${ids.length === 0} onClick=${remove}>${w.deleteSelected}</button>
  </div>`;
}
