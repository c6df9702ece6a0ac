// @ts-check
import { html } from '../core/view.js';
import { w } from '../core/words.js';
import { Markdown } from '../markdown/Markdown.js';
import { Reasoning, ToolCall } from './ToolCall.js';

/** What there is of an answer so far. */
export function LiveAnswer({ turn }) {
  const isSilent = turn.text === '' && turn.calls.length === 0;
  return html`<article class="message" aria-label=${w.assistant}>
    ${turn.reasoning && html`<${Reasoning} text=${turn.reasoning} />`}
    ${parts(turn)}
    ${isSilent && html`<p class="thinking"><span class="unseen">${w.thinking}</span><i aria-hidden="true"></i><i aria-hidden="true"></i><i aria-hidden="true"></i></p>`}
    <div role="status" class="quiet">${turn.isInterrupted ? w.connectionLost : ''}</div>
  </article>`;
}

// A call stands where the text was when it came.
function parts(turn) {
  const shown = [];
  let from = 0;
  for (const call of turn.calls) {
    if (call.before > from) shown.push(html`<${Markdown} text=${turn.text.slice(from, call.before)} />`);
    from = Math.max(from, call.before);
    shown.push(html`<${ToolCall} key=${call.id} call=${call} />`);
  }
  if (turn.text.length > from) shown.push(html`<${Markdown} text=${turn.text.slice(from)} />`);
  return shown;
}
