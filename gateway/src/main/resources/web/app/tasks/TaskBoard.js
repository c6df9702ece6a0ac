// @ts-check
import { html } from '../core/view.js';
import { w } from '../core/words.js';
import { TaskRow } from './TaskRow.js';

/** A column for each status. */
export function TaskBoard({ tasks, ...act }) {
  return html`<div class="board">
    ${Object.entries(w.statuses).map(([status, name]) => html`<section key=${status} aria-labelledby=${`column-${status}`}>
      <h2 id=${`column-${status}`}>${name}</h2>
      <ul class="plain tasks" aria-label=${name}>
        ${tasks.filter((task) => task.status === status).map((task) => html`<${TaskRow} key=${task.id} task=${task} ...${act} />`)}
      </ul>
    </section>`)}
  </div>`;
}
