// @ts-check
import { html, useEffect, useRef, useState } from '../core/view.js';
import { ApiError } from '../core/session.js';
import { draft, keepDraft } from '../chat/drafts.js';
import { w } from '../core/words.js';
import { Choice } from '../ui/Choice.js';
import { Dialog } from '../ui/Dialog.js';
import { Field, errorText } from '../ui/forms.js';
import { dueParts, instant } from './days.js';
import { tasks } from './tasks.js';

/** Saves what was changed in it, and nothing else; never over a change from elsewhere without a word. */
export function TaskDialog({ id, onClose }) {
  const place = `task.${id}`;
  const read = useRef(/** @type {any} */ (null));
  // Survives a reload: only these fields, so that nothing else goes back to what it was.
  const typed = useRef(/** @type {Record<string, string>} */ ({}));
  const [form, setForm] = useState(/** @type {any} */ (null));
  const [error, setError] = useState('');
  useEffect(() => {
    tasks.read(id).then((found) => {
      read.current = found;
      const kept = JSON.parse(draft(place) || '{}');
      typed.current = kept.typed ?? {};
      setForm({ ...fields(found.task), ...typed.current });
      if (kept.tag && kept.tag !== found.tag) setError(w.changedElsewhere);
    }, (failure) => setError(errorText(failure)));
  }, [id]);

  const set = (name) => (value) => {
    typed.current = { ...typed.current, [name]: value };
    setForm((before) => ({ ...before, [name]: value }));
    keepDraft(place, JSON.stringify({ typed: typed.current, tag: read.current.tag }));
  };
  const close = () => {
    keepDraft(place, '');
    onClose();
  };
  const save = async (event) => {
    event.preventDefault();
    try {
      const changed = changes(fields(read.current.task), form);
      if (Object.keys(changed).length > 0) await tasks.change(id, changed, read.current.tag);
      close();
    } catch (failure) {
      if (failure instanceof ApiError && failure.status === 412) read.current = await tasks.read(id).catch(() => read.current);
      setError(errorText(failure));
    }
  };
  return html`<${Dialog} title=${w.editTask} onClose=${close}>
    ${form && html`<form onSubmit=${save}>
      <${Field} label=${w.title} name="task-title" value=${form.title} onValue=${set('title')} maxlength="255" dir="auto" required />
      <div class="field"><label for="task-description">${w.description}</label>
        <textarea id="task-description" name="task-description" rows="4" dir="auto" value=${form.description} onInput=${(event) => set('description')(event.currentTarget.value)}></textarea></div>
      <${Field} label=${w.tags} name="task-tags" value=${form.tags} onValue=${set('tags')} hint=${w.tagsHint} dir="auto" />
      <div class="pair">
        <${Choice} label=${w.priority} name="task-priority" value=${form.priority} options=${Object.entries(w.priorities)} onValue=${set('priority')} />
        <${Choice} label=${w.status} name="task-status" value=${form.status} options=${Object.entries(w.statuses)} onValue=${set('status')} />
        <${Field} label=${w.dueDate} name="task-day" type="date" value=${form.day} onValue=${set('day')} />
        <${Field} label=${w.dueTime} name="task-time" type="time" value=${form.time} onValue=${set('time')} disabled=${!form.day} />
      </div>
      <div role="alert" class="error">${error}</div>
      <div class="actions"><button type="button" onClick=${close}>${w.cancel}</button><button class="primary">${w.save}</button></div>
    </form>`}
    ${!form && error && html`<p role="alert" class="error">${error}</p><div class="actions"><button onClick=${onClose}>${w.close}</button></div>`}
  </${Dialog}>`;
}

function fields({ title, description, priority, status, due_date, tags }) {
  return { title, description: description ?? '', priority, status, tags: tags.join(', '), ...dueParts(due_date) };
}

function changes(before, now) {
  const changed = {};
  for (const name of ['title', 'priority', 'status']) if (now[name] !== before[name]) changed[name] = now[name];
  if (now.description !== before.description) changed.description = now.description || null;
  if (now.tags !== before.tags) changed.tags = now.tags.split(',').map((tag) => tag.trim()).filter(Boolean);
  if (now.day !== before.day || now.time !== before.time) changed.due_date = !now.day ? null : now.time ? instant(now.day, now.time) : now.day;
  return changed;
}
