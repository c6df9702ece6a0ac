// @ts-check
import { html, useState } from '../core/view.js';
import { newKey, request } from '../core/session.js';
import { w } from '../core/words.js';
import { useSaving } from './saving.js';

const TYPES = { zip: 'application/zip', json: 'application/json' };

export function YourData() {
  const { run, result } = useSaving('');
  const [report, setReport] = useState(/** @type {any} */ (null));
  const take = (event) => {
    const field = event.currentTarget;
    const file = field.files[0];
    if (!file) return;
    void run(async () => {
      const type = TYPES[file.name.split('.').pop().toLowerCase()] ?? 'application/x-ndjson';
      const answer = await request('/import', { method: 'POST', body: file, headers: { 'Content-Type': type, 'Idempotency-Key': newKey() } });
      const read = await answer.json();
      setReport(read);
      return w.imported(read.imported, read.updated, read.unchanged, read.failed.length);
    }).then(() => (field.value = ''));
  };
  const save = () => run(async () => {
    const answer = await request('/export', { headers: { Accept: 'application/x-ndjson' } });
    download(await answer.blob(), `parley-${new Date().toISOString().slice(0, 10)}.ndjson`);
    return w.exported;
  });
  return html`<section aria-labelledby="your-data">
    <h2 id="your-data">${w.yourData}</h2>
    <p><button onClick=${save}>${w.exportData}</button></p>
    <div class="field"><label for="import">${w.importFile}</label><input id="import" name="import" type="file" accept=".ndjson,.jsonl,.json,.zip" onChange=${take} /></div>
    ${result}
    ${report?.failed.length > 0 && html`<ul>${report.failed.slice(0, 20).map((each) => html`<li>${each.line}: ${each.detail}</li>`)}</ul>`}
  </section>`;
}

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
