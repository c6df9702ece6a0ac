// @ts-check
// What every form needs: fields, and words for what went wrong.
import { html } from '../core/view.js';
import { ApiError } from '../core/session.js';
import { w } from '../core/words.js';

/** A text field with its label above it. */
export function Field({ label, name, value, onValue, hint, type = 'text', ...rest }) {
  const hintId = hint && `${name}-hint`;
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input id=${name} name=${name} type=${type} value=${value} onInput=${(event) => onValue(event.currentTarget.value)}
      aria-describedby=${hintId} ...${rest} />
    ${hint && html`<p class="hint" id=${hintId}>${hint}</p>`}
  </div>`;
}

/** What went wrong, in words for people. */
export function errorText(failure) {
  if (failure instanceof DOMException && failure.name === 'NotAllowedError') return w.passkeyCancelled;
  if (!(failure instanceof ApiError)) return w.unexpected;
  if (failure.status === 0) return w.unreachable;
  if (failure.status === 412) return w.changedElsewhere;
  if (failure.status === 429) return failure.message || w.tooMany;
  const faults = failure.problem.errors ?? [];
  if (faults.length > 0) return faults.map((fault) => sentence(fault)).join(' ');
  return failure.message || w.unexpected;
}

function sentence({ pointer, detail }) {
  const field = String(pointer ?? '').replace(/^\//, '').replaceAll('_', ' ');
  const text = field ? `${field[0].toUpperCase()}${field.slice(1)}: ${detail}` : detail;
  return text.endsWith('.') ? text : `${text}.`;
}
