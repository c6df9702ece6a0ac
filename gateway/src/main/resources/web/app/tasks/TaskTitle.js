// @ts-check
import { html, useLayoutEffect, useRef, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { draft, keepDraft } from '../chat/drafts.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { tasks } from './tasks.js';

/** The title in its row, changed in its place. Enter and leaving the field save it, Escape does not. */
export function TaskTitle({ task, isEditing, onDone }) {
  return isEditing
    ? html`<${TitleField} task=${task} onDone=${onDone} />`
    : html`<span class="task-title" dir="auto" aria-hidden="true">${task.title}</span>`;
}

function TitleField({ task, onDone }) {
  const place = `title.${task.id}`;
  const [title, setTitle] = useState(() => draft(place) || task.title);
  const field = useRef(/** @type {any} */ (null));
  const before = useRef(task.title);
  const isOver = useRef(false);
  useLayoutEffect(() => field.current.select(), []);
  const type = (event) => {
    setTitle(event.currentTarget.value);
    keepDraft(place, event.currentTarget.value);
  };
  const end = () => {
    isOver.current = true;
    keepDraft(place, '');
    onDone();
  };
  const save = async () => {
    const text = title.trim();
    if (isOver.current) return;
    if (!text || text === before.current) return end();
    isOver.current = true;
    try {
      const { task: now, tag } = await tasks.read(task.id);
      if (now.title === before.current) {
        await tasks.change(task.id, { title: text }, tag);
        return end();
      }
      before.current = now.title;
      isOver.current = false;
      toasts.fail(w.changedElsewhere);
    } catch (failure) {
      isOver.current = false;
      toasts.fail(errorText(failure));
    }
  };
  const press = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') void save();
    else if (event.key === 'Escape') end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<input ref=${field} name=${`title-${task.id}`} class="task-title" aria-label=${w.titleOf(task.title)} dir="auto" maxlength="255" value=${title}
    onInput=${type} onKeyDown=${press} onBlur=${save} />`;
}
