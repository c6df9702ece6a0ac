// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { get } from '../core/session.js';
import { w } from '../core/words.js';
import { Dialog } from '../ui/Dialog.js';
import { errorText } from '../ui/forms.js';
import { conversations } from './conversations.js';
import { draft, keepDraft } from './drafts.js';

/** What the assistant is told in each turn of this conversation. */
export function Instructions({ thread, onClose }) {
  const place = `instructions.${thread.id}`;
  const [text, setText] = useState(() => draft(place) || (thread.conversation?.instructions ?? ''));
  const before = useRef(thread.conversation?.instructions ?? null);
  const [error, setError] = useState('');
  const type = (event) => {
    setText(event.currentTarget.value);
    keepDraft(place, event.currentTarget.value);
  };
  const close = () => {
    keepDraft(place, '');
    onClose();
  };
  const save = async (event) => {
    event.preventDefault();
    try {
      const now = await get(`/conversations/${thread.id}`);
      if (now.instructions !== before.current) {
        before.current = now.instructions;
        return setError(w.changedElsewhere);
      }
      thread.conversation = await conversations.change(thread.id, { instructions: text.trim() || null });
      thread.changed();
      close();
    } catch (failure) {
      setError(errorText(failure));
    }
  };
  return html`<${Dialog} title=${w.conversationInstructions} onClose=${close}>
    <form onSubmit=${save}>
      <p class="hint" id="conversation-instructions-hint">${w.conversationInstructionsHint}</p>
      <div class="field"><label class="unseen" for="conversation-instructions">${w.instructionsField}</label>
        <textarea id="conversation-instructions" name="conversation-instructions" rows="6" dir="auto" aria-describedby="conversation-instructions-hint"
          value=${text} onInput=${type}></textarea></div>
      <div role="alert" class="error">${error}</div>
      <div class="actions"><button type="button" onClick=${close}>${w.cancel}</button><button class="primary">${w.save}</button></div>
    </form>
  </${Dialog}>`;
}
