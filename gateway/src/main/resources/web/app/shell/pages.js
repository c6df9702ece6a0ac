// @ts-check
import { html, useEffect, useRef, useStore } from '../core/view.js';
import { Lazy, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ChatPage } from '../chat/ChatPage.js';
import { NotFound } from './NotFound.js';

const PAGES = {
  '/tasks': { load: () => import('../tasks/TasksPage.js'), name: 'TasksPage' },
  '/search': { load: () => import('../search/SearchPage.js'), name: 'SearchPage' },
  '/trash': { load: () => import('../trash/TrashPage.js'), name: 'TrashPage' },
  '/usage': { load: () => import('../usage/UsagePage.js'), name: 'UsagePage' },
  '/settings': { load: () => import('../settings/SettingsPage.js'), name: 'SettingsPage' },
  '/admin': { load: () => import('../admin/AdminPage.js'), name: 'AdminPage', role: 'admin' },
};

/** The page of the current address. */
export function Page() {
  useStore(router);
  useStore(session);
  const path = router.path;
  useHeadingFocus(path);
  const conversation = path.match(/^\/c\/([0-9a-f-]{36})$/)?.[1];
  // A new conversation keeps its page when it gets its address.
  if (path === '/' || conversation) return html`<${ChatPage} id=${conversation ?? null} />`;
  const page = PAGES[path];
  if (!page || (page.role && page.role !== session.user?.role)) return html`<${NotFound} />`;
  return html`<${Lazy} key=${path} load=${page.load} name=${page.name} />`;
}

// After a change of pages a screen reader starts at the page, and not where the link was. Pages with a field to type in take the focus themselves.
function useHeadingFocus(path) {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    const active = document.activeElement;
    if (!active || active === document.body || !active.closest('main')) document.querySelector('main')?.focus({ preventScroll: true });
  }, [path]);
}
