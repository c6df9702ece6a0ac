// @ts-check
import { html, useEffect, useRef, useState } from '../core/view.js';
import { get, newKey, post, remove, request } from '../core/session.js';
import { upload } from '../core/upload.js';
import { w } from '../core/words.js';
import { formatTime } from '../tasks/days.js';
import { Progress } from '../ui/Progress.js';
import { download } from '../ui/download.js';
import { errorText } from '../ui/forms.js';
import { formatSize } from '../ui/sizes.js';
import { toasts } from '../ui/toast.js';
import { useSaving } from './saving.js';

const PAGE = 20;

/** What was uploaded; a deleted file is in the trash like everything else. */
export function Files() {
  const [items, setItems] = useState(/** @type {any[] | null} */ (null));
  const [next, setNext] = useState(/** @type {string | null} */ (null));
  const [running, setRunning] = useState(/** @type {{name: string, size: number, sent: number} | null} */ (null));
  const stopping = useRef(/** @type {AbortController | null} */ (null));
  const { run, read, result } = useSaving('');
  const load = async (cursor = '') => {
    const page = await get(`/files?limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    setItems((before) => (cursor ? [...(before ?? []), ...page.items] : page.items));
    setNext(page.next_cursor);
  };
  useEffect(() => void read(load), []);
  const sendOne = (file) => {
    setRunning({ name: file.name, size: file.size, sent: 0 });
    const onSent = (sent) => setRunning((before) => before && { ...before, sent });
    const headers = { 'Content-Type': 'application/octet-stream', 'Idempotency-Key': newKey() };
    return upload(`/files?name=${encodeURIComponent(file.name)}`, file, { headers, onSent, signal: stopping.current?.signal });
  };
  const send = async (files) => {
    const stop = new AbortController();
    stopping.current = stop;
    try {
      for (const file of files) await sendOne(file);
      return w.filesUploaded(files.length);
    } catch (failure) {
      if (stop.signal.aborted) return w.uploadStopped;
      throw failure;
    } finally {
      setRunning(null);
      await load();
    }
  };
  const take = (event) => {
    const field = event.currentTarget;
    const files = [...field.files];
    if (files.length > 0) void run(() => send(files)).then(() => (field.value = ''));
  };
  const save = (file) => run(async () => download(await (await request(`/files/${file.id}/content`)).blob(), file.name));
  const drop = (file) => run(async () => {
    await remove(`/files/${file.id}`);
    await load();
    document.getElementById('files')?.focus();
    toasts.say(w.movedToTrash(file.name), () => restore(file));
  });
  const restore = (file) => post(`/files/${file.id}/restore`).then(() => load()).catch((failure) => toasts.fail(errorText(failure)));
  return html`<section aria-labelledby="files">
    <h2 id="files" tabindex="-1">${w.files}</h2>
    <div class="field"><label for="upload">${w.uploadFile}</label>
      <input id="upload" name="upload" type="file" multiple disabled=${running !== null} onChange=${take} /></div>
    ${running && html`<${Progress} label=${w.uploading(running.name)} sent=${running.sent} size=${running.size} onStop=${() => stopping.current?.abort()} />`}
    ${items?.length === 0 && !running && html`<p class="quiet">${w.noFiles}</p>`}
    <ul class="plain tasks" aria-label=${w.files} hidden=${!items?.length}>
      ${(items ?? []).map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title" dir="auto">${each.name}</span>
          <span class="task-facts"><span>${each.media_type}</span><span>${formatSize(each.size)}</span><span>${formatTime(each.created_at)}</span></span></div>
        <button aria-label=${w.downloadNamed(each.name)} onClick=${() => save(each)}>${w.download}</button>
        <button aria-label=${w.deleteNamed(each.name)} onClick=${() => drop(each)}>${w.remove}</button></li>`)}
    </ul>
    ${next && html`<button type="button" onClick=${() => read(() => load(next))}>${w.showMore}</button>`}
    ${result}
  </section>`;
}
