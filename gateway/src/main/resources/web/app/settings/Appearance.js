// @ts-check
import { html, useState, useStore } from '../core/view.js';
import { session } from '../core/session.js';
import { chooseLanguage, chosenLanguage, w } from '../core/words.js';
import { Choice } from '../ui/Choice.js';
import { updateAccount, useSaving } from './saving.js';

export function Appearance() {
  useStore(session);
  const { run, result } = useSaving(w.saved);
  const [language, setLanguage] = useState(chosenLanguage());
  const choose = async (code) => {
    setLanguage(code);
    await chooseLanguage(code);
    session.changed();
    // In the words of the language that was chosen.
    await run(async () => {
      await updateAccount({ language: code || null });
      return w.saved;
    });
  };
  return html`<section aria-labelledby="appearance">
    <h2 id="appearance">${w.appearance}</h2>
    <fieldset class="row"><legend>${w.theme}</legend>
      ${Object.entries(w.themes).map(([theme, name]) => html`<label key=${theme} class="row"><input type="radio" name="theme" value=${theme} checked=${session.user?.theme === theme}
        onChange=${() => run(() => updateAccount({ theme }))} />${name}</label>`)}
    </fieldset>
    <${Choice} label=${w.language} name="language" value=${language} options=${[['', w.browserLanguage], ['en', 'English'], ['de', 'Deutsch']]} onValue=${choose} />
    ${result}
  </section>`;
}
