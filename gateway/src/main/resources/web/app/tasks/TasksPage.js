// @ts-check
import { html, useEffect, useRef, useState, useStore } from '../core/view.js';
import { router, setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { Choice } from '../ui/Choice.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { QuickAdd } from './QuickAdd.js';
import { TaskRow } from './TaskRow.js';
import { TaskBoard } from './TaskBoard.js';
import { SelectionBar, useSelection } from './TaskSelection.js';
import { TaskDialog } from './TaskDialog.js';
import { tasks } from './tasks.js';

export function TasksPage() {
  useStore(tasks);
  useStore(router);
  const [error, setError] = useState('');
  const selection = useSelection();
  const [isBoard, setBoard] = useState(false);
  const [edited, setEdited] = useState(router.query.get('task'));
  const list = useRef(/** @type {any} */ (null));
  const load = (action) => action.then(() => setError(''), (failure) => setError(errorText(failure)));
  useEffect(() => {
    setTitle(w.tasks);
    void load(tasks.load());
  }, []);
  useEffect(() => setEdited(router.query.get('task')), [location.search]);

  const close = () => {
    setEdited(null);
    if (router.query.has('task')) router.go('/tasks', true);
  };
  // The focus goes to a neighbour, and never back to the top of the document.
  const remove = async (task) => {
    const buttons = [...list.current.querySelectorAll('.delete-task')];
    const at = buttons.findIndex((each) => each.dataset.id === task.id);
    const neighbour = (buttons[at + 1] ?? buttons[at - 1])?.dataset.id;
    try {
      await tasks.remove(task.id);
      const next = list.current?.querySelector(`.delete-task[data-id="${neighbour}"]`) ?? document.getElementById('new-task');
      setTimeout(() => next?.focus());
      toasts.say(w.movedToTrash(task.title), () => tasks.restore(task.id).catch((failure) => toasts.fail(errorText(failure))));
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };

  const statuses = [['', w.all], ...Object.entries(w.statuses)];
  const priorities = [['', w.all], ...Object.entries(w.priorities)];
  const orders = Object.entries(w.orders);
  const act = { onEdit: (task) => setEdited(task.id), onDelete: remove, chosen: selection.chosen, onChoose: selection.toggle, onTag: (tag) => load(tasks.choose({ tag })) };
  return html`<div class="page">
    <h1>${w.tasks}</h1>
    <${QuickAdd} />
    <div class="row filters">
      <${Choice} label=${w.status} name="status" value=${tasks.filter.status} options=${statuses} onValue=${(status) => load(tasks.choose({ status }))} />
      <${Choice} label=${w.priority} name="priority" value=${tasks.filter.priority} options=${priorities} onValue=${(priority) => load(tasks.choose({ priority }))} />
      <${Choice} label=${w.sortBy} name="sort" value=${tasks.sort} options=${orders} onValue=${(sort) => load(tasks.sortBy(sort))} />
      <button aria-pressed=${tasks.filter.overdue} onClick=${() => load(tasks.choose({ overdue: !tasks.filter.overdue }))}>${w.overdue}</button>
      ${tasks.filter.tag && html`<button class="tag-filter" aria-label=${w.showAllTags(tasks.filter.tag)} onClick=${() => load(tasks.choose({ tag: '' }))}><span dir="auto">${tasks.filter.tag}</span> ×</button>`}
      <button id="select-tasks" aria-pressed=${selection.chosen !== null} onClick=${() => (selection.chosen ? selection.end() : selection.begin())}>${w.selectTasks}</button>
      <button aria-pressed=${isBoard} onClick=${() => setBoard(!isBoard)}>${w.board}</button>
    </div>
    ${selection.chosen && html`<${SelectionBar} selection=${selection} />`}
    ${error && html`<p role="alert" class="error">${error}</p>`}
    ${!tasks.isLoaded && !error && html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`}
    <div ref=${list}>${isBoard
      ? html`<${TaskBoard} tasks=${tasks.sorted} ...${act} />`
      : html`<ul class="plain tasks" aria-label=${w.tasks}>${tasks.sorted.map((task) => html`<${TaskRow} key=${task.id} task=${task} ...${act} />`)}</ul>`}</div>
    ${tasks.isLoaded && tasks.items.length === 0 && html`<p class="quiet">${w.nothingToDo}</p>`}
    ${tasks.next && html`<button onClick=${() => load(tasks.more())}>${w.showMore}</button>`}
    ${edited && html`<${TaskDialog} key=${edited} id=${edited} onClose=${close} />`}
  </div>`;
}
