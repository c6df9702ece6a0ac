// @ts-check
import { html } from '../core/view.js';
import { Link } from '../core/router.js';
import { w } from '../core/words.js';
import { Icon } from '../ui/icons.js';

export function Reasoning({ text }) {
  return html`<details class="fold"><summary>${w.reasoning}</summary><div class="verbatim quiet" dir="auto">${text}</div></details>`;
}

/** A call of a tool, folded; the tasks that it made or changed are linked. */
export function ToolCall({ call }) {
  const tasks = taskTitles(call.result);
  return html`<details class="fold">
      <summary><${Icon} name="tool" size=${16} /><span>${call.name}</span>${call.result === undefined && html`<span class="quiet"> …</span>`}</summary>
      <h3>${w.arguments}</h3><pre tabindex="0" dir="ltr">${pretty(call.arguments)}</pre>
      ${call.result !== undefined && html`<h3>${w.result}</h3><pre tabindex="0" dir="ltr">${pretty(call.result)}</pre>`}
    </details>
    ${tasks.length > 0 && html`<p class="made">${tasks.map((each) => html`<${Link} key=${each.id} to=${`/tasks?task=${each.id}`} dir="auto">${each.title}</${Link}>`)}</p>`}`;
}

function pretty(value) {
  const read = parsed(value);
  return typeof read === 'string' ? read : JSON.stringify(read, null, 2);
}

function parsed(value) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

// Tools answer with a task, with an object that has one, or with a list.
function taskTitles(result) {
  const read = parsed(result);
  const found = [read, read?.task].filter((each) => each && typeof each.id === 'string' && typeof each.title === 'string');
  return [...new Map(found.map((each) => [each.id, each])).values()];
}
