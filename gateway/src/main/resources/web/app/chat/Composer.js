// @ts-check
import { html, useLayoutEffect, useRef, useStore } from '../core/view.js';
import { w } from '../core/words.js';
import { Icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { AttachButton, AttachmentList, attach } from './AttachFiles.js';
import { ModelChoice, chosenModel, models, takesFiles } from './ModelChoice.js';

const LARGE = 20_000;
const TALLEST = 240;
// Then the style sheet lets it grow with its text. Reading the height of the text at each key would lay out the page twice more.
const GROWS = CSS.supports('field-sizing', 'content');

/** Where one types. The field keeps the focus after sending. */
export function Composer({ thread }) {
  const field = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), [thread]);
  useLayoutEffect(() => {
    if (!GROWS) fit(field.current);
  }, [thread.draft]);

  useStore(models);
  useStore(thread.typing);
  const attachments = useStore(thread.attachments);
  const isBlank = (thread.draft.trim() === '' && attachments.items.length === 0) || !attachments.isReady;
  const mayAttach = takesFiles(thread);
  const isRunning = thread.turn && thread.turn.status !== 'stopping';
  const send = () => {
    if (!isBlank && thread.send(thread.draft, chosenModel(thread))) field.current?.focus();
  };
  // Pasted pictures and dropped files; text goes into the field as ever.
  const take = (event, data) => {
    if (!mayAttach || !data?.files.length) return;
    event.preventDefault();
    attach(thread, [...data.files]);
  };
  // A double click on "Send" must not stop what it began.
  const stop = (event) => {
    if (event.detail > 1) return;
    thread.stop().catch((failure) => toasts.fail(errorText(failure)));
    field.current?.focus();
  };
  // 229: Safari ends a composition before the key that ended it (WebKit bug 165004).
  const press = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const submit = (event) => {
    event.preventDefault();
    send();
  };

  return html`<form class="composer" onSubmit=${submit} onPaste=${(event) => take(event, event.clipboardData)} onDrop=${(event) => take(event, event.dataTransfer)}>
    <${AttachmentList} thread=${thread} />
    <label class="unseen" for="message">${w.message}</label>
    <textarea id="message" name="message" ref=${field} rows="1" dir="auto" placeholder=${w.messagePlaceholder} enterkeyhint="send"
      value=${thread.draft} onInput=${(event) => thread.setDraft(event.currentTarget.value)} onKeyDown=${press}></textarea>
    <div class="composer-row">
      ${mayAttach && html`<${AttachButton} thread=${thread} />`}
      <${ModelChoice} thread=${thread} />
      ${isRunning
        ? html`<button key="stop" type="button" class="primary round" aria-label=${w.stop} title=${w.stop} onClick=${stop}><${Icon} name="stop" /></button>`
        : html`<button key="send" type="submit" class="primary round" aria-label=${w.send} title=${w.send} disabled=${isBlank}><${Icon} name="send" /></button>`}
    </div>
  </form>`;
}

// Measuring a large text at each key would be slow, and it fills the field anyway.
function fit(field) {
  if (!field) return;
  if (field.value.length > LARGE) {
    field.style.height = `${TALLEST}px`;
    return;
  }
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, TALLEST)}px`;
}
