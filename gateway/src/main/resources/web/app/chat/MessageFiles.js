// @ts-check
import { html } from '../core/view.js';
import { request } from '../core/session.js';
import { w } from '../core/words.js';
import { download } from '../ui/download.js';
import { errorText } from '../ui/forms.js';
import { Icon } from '../ui/icons.js';
import { formatSize } from '../ui/sizes.js';
import { toasts } from '../ui/toast.js';

/** The files of a message. They may have been deleted since, and then they cannot be downloaded. */
export function MessageFiles({ message }) {
  const files = (message.parts ?? []).filter((each) => each.type === 'file');
  if (files.length === 0) return null;
  const save = async ({ file_id, name }) => {
    try {
      download(await (await request(`/files/${file_id}/content`)).blob(), name);
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  return html`<ul class="plain chips" aria-label=${w.attachments}>
    ${files.map((each) => html`<li key=${each.file_id}><button class="chip" aria-label=${w.downloadNamed(each.name)} onClick=${() => save(each)}>
      <${Icon} name="attach" size=${16} /><span class="chip-name" dir="auto">${each.name}</span><span class="quiet">${formatSize(each.size)}</span></button></li>`)}
  </ul>`;
}
