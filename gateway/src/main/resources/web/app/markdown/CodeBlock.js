// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { CopyButton } from '../ui/CopyButton.js';
import { highlighted } from './highlight.js';

// A code that still grows gets its colours when it rests, in milliseconds.
const REST = 150;

export function CodeBlock({ text, language }) {
  const [colours, setColours] = useState({ text: '', parts: /** @type {any[] | null} */ (null) });
  useEffect(() => {
    if (!language) return undefined;
    let isWanted = true;
    const set = (parts) => isWanted && setColours({ text, parts });
    const timer = setTimeout(() => highlighted(text, language).then(set, () => set(null)), REST);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, language]);
  return html`<figure class="code" dir="ltr">
    <figcaption><span>${language}</span><${CopyButton} text=${text} label=${w.copyCode} /></figcaption>
    <pre tabindex="0"><code>${colours.parts && colours.text === text ? spans(colours.parts) : text}</code></pre>
  </figure>`;
}

function spans(parts) {
  return parts.map((part) => (typeof part === 'string' ? part
    : part.scope ? html`<span class=${`code-${part.scope.split(/[.:]/)[0]}`}>${spans(part.children)}</span>` : spans(part.children)));
}
