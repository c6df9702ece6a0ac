// @ts-check
import { useEffect } from '../core/view.js';
import { router } from '../core/router.js';

const FIELDS = 'input, textarea, select, [contenteditable]';

/** Keys that work on every page. */
export function useShortcuts(showHelp) {
  useEffect(() => {
    const press = (event) => {
      if (event.isComposing || event.keyCode === 229 || event.altKey) return;
      const isCommand = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      if (isCommand && !event.shiftKey && key === 'k') take(event, search);
      else if (isCommand && event.shiftKey && key === 'o') take(event, begin);
      else if (!isCommand && event.key === '?' && !event.target.closest?.(FIELDS) && !document.querySelector('dialog[open]')) take(event, showHelp);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [showHelp]);
}

function take(event, action) {
  event.preventDefault();
  action();
}

function search() {
  if (router.path !== '/search') router.go('/search');
  focusOn('input[type="search"]');
}

function begin() {
  router.go('/');
  focusOn('#message');
}

// The page may have to be loaded first. Whoever has moved on to another field by then stays there.
function focusOn(selector, before = document.activeElement, attempts = 40) {
  const field = /** @type {HTMLElement | null} */ (document.querySelector(`main ${selector}`));
  const active = document.activeElement;
  if (active !== before && active?.matches('main *')) return;
  if (field) field.focus();
  else if (attempts > 0) setTimeout(() => focusOn(selector, before, attempts - 1), 50);
}
