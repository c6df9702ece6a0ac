// @ts-check
import { html, useEffect, useState, useStore } from '../core/view.js';
import { session } from '../core/session.js';
import { w } from '../core/words.js';
import { draft, keepDraft } from '../chat/drafts.js';
import { models, modelKey } from '../chat/ModelChoice.js';
import { Choice } from '../ui/Choice.js';
import { updateAccount, useSaving } from './saving.js';

const DRAFT = 'instructions';

/** The model and the instructions for all conversations that have none of their own. */
export function Assistant() {
  useStore(models);
  useEffect(() => void models.load(), []);
  const { user } = session;
  const [instructions, setInstructions] = useState(() => draft(DRAFT) || (user.instructions ?? ''));
  const [model, setModel] = useState(user.default_model ? modelKey({ provider: user.default_provider, model: user.default_model }) : '');
  const { run, result } = useSaving(w.saved);
  const type = (event) => {
    setInstructions(event.currentTarget.value);
    keepDraft(DRAFT, event.currentTarget.value);
  };
  const save = (event) => {
    event.preventDefault();
    const [default_provider, default_model] = model ? JSON.parse(model) : [null, null];
    void run(async () => {
      await updateAccount({ instructions: instructions.trim() || null, ...(models.items.length > 1 && { default_provider, default_model }) });
      keepDraft(DRAFT, '');
    });
  };
  return html`<section aria-labelledby="assistant">
    <h2 id="assistant">${w.assistant}</h2>
    <form onSubmit=${save}>
      <div class="field"><label for="instructions">${w.instructions}</label>
        <textarea id="instructions" name="instructions" rows="4" dir="auto" value=${instructions} onInput=${type}></textarea></div>
      ${models.items.length > 1 && html`<${Choice} label=${w.defaultModel} name="default-model" value=${model}
        options=${[['', w.usual], ...models.items.map((each) => [modelKey(each), each.model])]} onValue=${setModel} />`}
      <button class="primary">${w.saveInstructions}</button>
      ${result}
    </form>
  </section>`;
}
