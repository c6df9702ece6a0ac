// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { draft, keepDraft } from '../chat/drafts.js';
import { errorText } from '../ui/forms.js';
import { readQuickAdd } from './taskLine.js';
import { formatDue } from './days.js';
import { tasks } from './tasks.js';

const PLACE = 'task';

export function QuickAdd() {
  const [line, setLine] = useState(() => draft(PLACE));
  const [error, setError] = useState('');
  // Another line may be added while one is on its way.
  const sending = useRef(new Set());
  const field = useRef(/** @type {any} */ (null));
  const read = line.trim() ? readQuickAdd(line) : null;
  const type = (text) => {
    setLine(text);
    keepDraft(PLACE, text);
  };
  const add = async (event) => {
    event.preventDefault();
    if (!read || sending.current.has(line)) return;
    sending.current.add(line);
    try {
      await tasks.add(read);
      setError('');
      // What was typed meanwhile stays.
      setLine((now) => (now === line ? '' : now));
      if (draft(PLACE) === line) keepDraft(PLACE, '');
    } catch (failure) {
      setError(errorText(failure));
    }
    sending.current.delete(line);
    field.current?.focus();
  };
  // Enter that ends a composition adds nothing.
  const press = (event) => {
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  };
  const understood = read && [read.due_date && formatDue(read.due_date), read.priority && w.priorities[read.priority]].filter(Boolean).join(' · ');
  return html`<form class="quick-add" onSubmit=${add}>
    <label class="unseen" for="new-task">${w.newTask}</label>
    <div class="row">
      <input id="new-task" name="new-task" ref=${field} class="grow" dir="auto" maxlength="300" placeholder=${w.newTaskPlaceholder} autocomplete="off"
        value=${line} onInput=${(event) => type(event.currentTarget.value)} onKeyDown=${press} />
      <button class="primary" disabled=${!read}>${w.add}</button>
    </div>
    <p class="hint understood">${understood || '\u00a0'}</p>
    <div role="alert" class="error">${error}</div>
  </form>`;
}
