// @ts-check
// Formulas as MathML, which browsers draw themselves: no fonts and no styles. The library is loaded with the first one.
import { lazy } from '../core/lazy.js';
import { html, useEffect, useRef } from '../core/view.js';

const library = lazy(() => import('../../lib/katex.js'));

/** A formula; its source until it is drawn, and if it cannot be. */
export function Formula({ source, raw, isBlock }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    let isWanted = true;
    library().then((loaded) => {
      if (isWanted && place.current) draw(loaded.default, source, raw, isBlock, place.current);
    }, () => {});
    return () => {
      isWanted = false;
    };
  }, [source, raw, isBlock]);
  const names = isBlock ? 'formula block' : 'formula';
  return html`<span class=${names} dir="ltr" ref=${place} key=${raw}>${raw}</span>`;
}

function draw(katex, source, raw, isBlock, place) {
  const drawn = document.createElement('span');
  try {
    katex.render(source, drawn, { output: 'mathml', displayMode: isBlock, maxSize: 20, maxExpand: 200, strict: 'ignore' });
    place.replaceChildren(...drawn.childNodes);
  } catch {
    place.textContent = raw;
  }
}
