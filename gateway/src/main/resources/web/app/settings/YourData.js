// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { ApiError, newKey, request } from '../core/session.js';
import { upload } from '../core/upload.js';
import { w } from '../core/words.js';
import { Progress } from '../ui/Progress.js';
import { download } from '../ui/download.js';
import { ImportReport } from './ImportReport.js';
import { useSaving } from './saving.js';

const TYPES = { zip: 'application/zip', json: 'application/json' };

/** Everything of the account in one file, out and in. */
export function YourData() {
  const { run, result } = useSaving('');
  const [running, setRunning] = useState(/** @type {{name: string, size: number, sent: number} | null} */ (null));
  const [report, setReport] = useState(/** @type {any} */ (null));
  const stopping = useRef(/** @type {AbortController | null} */ (null));
  const send = async (file) => {
    const type = TYPES[file.name.split('.').pop().toLowerCase()] ?? 'application/x-ndjson';
    const stop = new AbortController();
    stopping.current = stop;
    setReport(null);
    setRunning({ name: file.name, size: file.size, sent: 0 });
    const onSent = (sent) => setRunning((before) => before && { ...before, sent });
    try {
      setReport(await upload('/import', file, { headers: { 'Content-Type': type, 'Idempotency-Key': newKey() }, onSent, signal: stop.signal }));
      return '';
    } catch (failure) {
      if (stop.signal.aborted) return w.importStopped;
      setReport(failure instanceof ApiError ? (failure.problem.report ?? null) : null);
      throw failure;
    } finally {
      setRunning(null);
    }
  };
  const take = (event) => {
    const field = event.currentTarget;
    const file = field.files[0];
    if (file) void run(() => send(file)).then(() => (field.value = ''));
  };
  const save = () => run(async () => {
    setReport(null);
    const answer = await request('/export', { headers: { Accept: 'application/x-ndjson' } });
    download(await answer.blob(), `parley-${new Date().toISOString().slice(0, 10)}.ndjson`);
    return w.exported;
  });
  return html`<section aria-labelledby="your-data">
    <h2 id="your-data">${w.yourData}</h2>
    <p><button onClick=${save}>${w.exportData}</button></p>
    <div class="field"><label for="import">${w.importFile}</label>
      <input id="import" name="import" type="file" accept=".ndjson,.jsonl,.json,.zip" aria-describedby="import-hint" disabled=${running !== null} onChange=${take} />
      <p class="hint" id="import-hint">${w.importHint}</p></div>
    ${running && html`<${Progress} label=${w.importing(running.name)} sent=${running.sent} size=${running.size} onStop=${() => stopping.current?.abort()} />`}
    ${result}
    <${ImportReport} report=${report} />
  </section>`;
}
