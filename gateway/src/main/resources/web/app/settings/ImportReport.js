// @ts-check
import { html } from '../core/view.js';
import { w } from '../core/words.js';

const SHOWN = 20;

/** What came of an import: how many lines, and which of them had a problem. The region is always there, so that it is heard when it fills. */
export function ImportReport({ report }) {
  return html`<div role="status" class="report">${report && html`
    <p class="good">${w.imported(report.imported, report.updated, report.unchanged, report.failed.length)}</p>
    <${Remarks} title=${w.importProblems} items=${report.failed} />
    <${Remarks} title=${w.importNotes} items=${report.notes} />`}</div>`;
}

function Remarks({ title, items }) {
  if (items.length === 0) return null;
  return html`<p class="list-title">${title}</p>
    <ul class="remarks">${items.slice(0, SHOWN).map((each) => html`<li dir="auto">${place(each)}${each.detail}</li>`)}</ul>
    ${items.length > SHOWN && html`<p class="quiet">${w.andMore(items.length - SHOWN)}</p>`}`;
}

function place({ file, line }) {
  const parts = [file, line !== null && w.line(line)].filter(Boolean);
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}
