// @ts-check
import { html, useRef, useStore } from '../core/view.js';
import { locale, w } from '../core/words.js';
import { errorText } from '../ui/forms.js';
import { IconButton } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';

/** Adds files to the next message. @param {any} thread @param {Iterable<File>} files */
export function attach(thread, files) {
  for (const file of files) thread.attachments.add(file, thread.isEncrypted).catch((failure) => toasts.fail(errorText(failure)));
}

export function AttachButton({ thread }) {
  const field = useRef(/** @type {any} */ (null));
  const take = () => {
    attach(thread, [...field.current.files]);
    field.current.value = '';
    document.getElementById('message')?.focus();
  };
  return html`<span>
    <input ref=${field} type="file" name="attach" multiple hidden onChange=${take} />
    <${IconButton} icon="attach" label=${w.attachFiles} onClick=${() => field.current.click()} />
  </span>`;
}

/** What goes with the next message, with how far each is. */
export function AttachmentList({ thread }) {
  const { attachments } = thread;
  useStore(attachments);
  const drop = (item) => {
    attachments.remove(item);
    document.getElementById('message')?.focus();
  };
  return html`<ul class="plain chips" aria-label=${w.attachments} hidden=${attachments.items.length === 0}>
    ${attachments.items.map((each) => html`<li key=${each.key} class="chip">
      <span class="chip-name" dir="auto">${each.name}</span>
      ${each.id === null && html`<span class="quiet">${(each.size > 0 ? each.sent / each.size : 1).toLocaleString(locale(), { style: 'percent' })}</span>`}
      <button type="button" class="icon small" aria-label=${w.removeNamed(each.name)} onClick=${() => drop(each)}>×</button></li>`)}
  </ul>`;
}
