// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { Link } from '../core/router.js';
import { w } from '../core/words.js';
import { Icon, IconButton } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { formatDue, isOverdue } from './days.js';
import { TaskTitle } from './TaskTitle.js';
import { tasks } from './tasks.js';

/** @param {any} props chosen: the ids of the chosen tasks; null if none are being chosen */
export function TaskRow({ task, onEdit, onDelete, chosen, onChoose, onTag }) {
  const isDone = task.status === 'completed';
  const toggle = (event) => {
    event.preventDefault();
    tasks.change(task.id, { status: isDone ? 'pending' : 'completed' }).catch((failure) => toasts.fail(errorText(failure)));
  };
  const [isEditing, setEditing] = useState(false);
  const row = useRef(/** @type {any} */ (null));
  const press = (event) => {
    if (event.key !== 'F2') return;
    event.preventDefault();
    setEditing(true);
  };
  const done = () => {
    const had = row.current?.contains(document.activeElement) || document.activeElement === document.body;
    setEditing(false);
    if (had) row.current?.querySelector(`[name="done-${task.id}"]`)?.focus();
  };
  return html`<li ref=${row} onKeyDown=${press} class=${isDone ? 'task-row done' : 'task-row'}>
    ${chosen && html`<input type="checkbox" name=${`chosen-${task.id}`} aria-label=${w.selectNamed(task.title)} checked=${chosen.has(task.id)} onClick=${() => onChoose(task.id)} />`}
    <input type="checkbox" name=${`done-${task.id}`} aria-label=${task.title} checked=${isDone} onClick=${toggle} />
    <div class="grow" onDblClick=${(event) => event.target.closest('.task-title') && setEditing(true)}>
      <${TaskTitle} task=${task} isEditing=${isEditing} onDone=${done} />
      <span class="task-facts">
        <span class=${`priority ${task.priority}`}>${w.priorities[task.priority]}</span>
        ${task.status === 'in_progress' && html`<span>${w.statuses.in_progress}</span>`}
        ${task.encrypted && html`<span class="encrypted">${w.encrypted}</span>`}
        ${task.due_date && html`<span>${formatDue(task.due_date)}</span>`}
        ${isOverdue(task) && html`<strong class="overdue">${w.overdue}</strong>`}
        ${task.tags?.map((tag) => html`<button key=${tag} type="button" class="tag" dir="auto" title=${w.showTag(tag)} onClick=${() => onTag(tag)}>${tag}</button>`)}
        ${task.conversation_id && html`<${Link} to=${`/c/${task.conversation_id}`}><${Icon} name="chat" size=${14} />${w.conversation}</${Link}>`}
      </span>
    </div>
    <${IconButton} icon="edit" label=${w.editNamed(task.title)} onClick=${() => onEdit(task)} />
    <${IconButton} icon="trash" label=${w.deleteNamed(task.title)} class="icon delete-task" data-id=${task.id} onClick=${() => onDelete(task)} />
  </li>`;
}
