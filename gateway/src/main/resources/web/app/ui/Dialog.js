// @ts-check
import { html, useLayoutEffect, useRef } from '../core/view.js';

/** A modal dialog. Escape closes it, and the browser gives the focus back to what opened it. */
export function Dialog({ title, onClose, children, ...rest }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    const dialog = ref.current;
    const opener = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.showModal();
    return () => {
      dialog.close();
      if (opener?.isConnected) opener.focus();
    };
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    onClose();
  };
  const outside = (event) => {
    if (event.target === ref.current) onClose();
  };
  return html`<dialog ref=${ref} aria-label=${title} onCancel=${cancel} onMouseDown=${outside} ...${rest}>
    <h2>${title}</h2>
    ${children}
  </dialog>`;
}
