// @ts-check
import { html, useEffect, useRef, useState } from '../core/view.js';
import { IconButton } from './icons.js';

/**
 * A button that opens a menu. Arrows move in it; Escape closes it and gives the focus back.
 * @param {{icon: string, label: string, items: [string, () => void][]}} props
 */
export function Menu({ icon, label, items }) {
  const [isOpen, setOpen] = useState(false);
  const whole = useRef(/** @type {any} */ (null));
  const entries = () => [...whole.current.querySelectorAll('[role=menuitem]')];
  useEffect(() => {
    if (!isOpen) return undefined;
    entries()[0]?.focus();
    const outside = (event) => whole.current?.contains(event.target) || setOpen(false);
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    whole.current.querySelector('button')?.focus();
  };
  const move = (event) => {
    if (!isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') close();
    else if (step) {
      const all = entries();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (act) => {
    close();
    act();
  };
  return html`<span class="menu" ref=${whole} onKeyDown=${move}>
    <${IconButton} icon=${icon} label=${label} aria-haspopup="menu" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)} />
    ${isOpen && html`<ul role="menu" aria-label=${label} class="plain">
      ${items.map(([name, act]) => html`<li role="none" key=${name}><button type="button" role="menuitem" tabindex="-1"
        onClick=${() => choose(act)}>${name}</button></li>`)}
    </ul>`}
  </span>`;
}
