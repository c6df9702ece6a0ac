// @ts-check
import { html } from '../core/view.js';
import { w } from '../core/words.js';
import { CopyButton } from '../ui/CopyButton.js';

export function CodeBlock({ text, language }) {
  return html`<figure class="code" dir="ltr">
    <figcaption><span>${language}</span><${CopyButton} text=${text} label=${w.copyCode} /></figcaption>
    <pre tabindex="0"><code>${text}</code></pre>
  </figure>`;
}
