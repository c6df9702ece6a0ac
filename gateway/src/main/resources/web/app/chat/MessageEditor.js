// @ts-check
import { html, useLayoutEffect, useRef, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { fileParts } from './attachments.js';
import { draft, keepDraft } from './drafts.js';

/** Says something else in place of a message; the old one stays as another version. */
export function MessageEditor({ thread, message, onDone }) {
  const place = `edit.${message.id}`;
  const [text, setText] = useState(() => draft(place) || (message.content ?? ''));
  const field = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => field.current.focus(), []);
  useLayoutEffect(() => {
    thread.beginEdit(message.id);
    return () => thread.endEdit(message.id);
  }, []);
  const type = (event) => {
    setText(event.currentTarget.value);
    keepDraft(place, event.currentTarget.value);
  };
  const send = (event) => {
    event.preventDefault();
    if (text.trim() === '' || !thread.send(text, { parent_id: message.parent_id, parts: fileParts(message) })) return;
    keepDraft(place, '');
    onDone();
  };
  const cancel = () => {
    keepDraft(place, '');
    onDone();
  };
  const escape = (event) => {
    if (event.key === 'Escape' && !event.isComposing) cancel();
  };
  return html`<form class="editor" onSubmit=${send} onKeyDown=${escape}>
    <textarea ref=${field} name="edit" rows="4" dir="auto" aria-label=${w.editMessage} value=${text} onInput=${type}></textarea>
    <div class="actions"><button type="button" onClick=${cancel}>${w.cancel}</button><button class="primary" disabled=${text.trim() === ''}>${w.saveAndSend}</button></div>
  </form>`;
}
