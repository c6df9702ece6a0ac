// @ts-check
import { html, useEffect, useRef, useState, useStore } from '../core/view.js';
import { session } from '../core/session.js';
import { live } from '../core/live.js';
import { router } from '../core/router.js';
import { chooseLanguage, chosenLanguage, w } from '../core/words.js';
import { conversations } from '../chat/conversations.js';
import { tasks } from '../tasks/tasks.js';
import { hearThreads } from '../chat/thread.js';
import { IconButton } from '../ui/icons.js';
import { LinkConsent } from '../signin/LinkConsent.js';
import { ToastRegion } from '../ui/toast.js';
import { Sidebar } from './Sidebar.js';
import { Page } from './pages.js';
import { useShortcuts } from './shortcuts.js';
import { ShortcutsDialog } from './ShortcutsDialog.js';

/** Everything around the pages, for somebody who is signed in. */
export function Shell() {
  useStore(router);
  useLanguage();
  useLiveData(session.user.id);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const menuButton = useRef(/** @type {any} */ (null));
  useShortcuts(() => setHelp(true));
  useEffect(() => setMenuOpen(false), [router.path]);

  const closeMenu = (event) => {
    if (event.key !== 'Escape' || !isMenuOpen) return;
    setMenuOpen(false);
    menuButton.current?.querySelector('button')?.focus();
  };
  const skip = (event) => {
    event.preventDefault();
    document.querySelector('main')?.focus();
  };

  return html`<div class="shell" onKeyDown=${closeMenu}>
    <a class="skip" href="#main" onClick=${skip}>${w.skipToContent}</a>
    <header class="bar" ref=${menuButton}>
      <${IconButton} icon="menu" label=${w.openMenu} aria-expanded=${isMenuOpen} onClick=${() => setMenuOpen(!isMenuOpen)} />
      <span class="brand">Parley</span>
      <${IconButton} icon="plus" label=${w.newConversation} onClick=${() => router.go('/')} />
    </header>
    <${Sidebar} isOpen=${isMenuOpen} onChoose=${() => setMenuOpen(false)} />
    ${isMenuOpen && html`<div class="veil" onClick=${() => setMenuOpen(false)}></div>`}
    <main id="main" tabindex="-1">
      <${Connection} />
      <${Page} />
    </main>
    <${ToastRegion} isAbove=${router.path === '/' || router.path.startsWith('/c/')} />
    <${LinkConsent} />
    ${help && html`<${ShortcutsDialog} onClose=${() => setHelp(false)} />`}
  </div>`;
}

// The account's language follows its owner to every browser.
function useLanguage() {
  useStore(session);
  const language = session.user?.language ?? '';
  useEffect(() => {
    if (language !== chosenLanguage()) void chooseLanguage(language).then(() => session.changed(), () => {});
  }, [language]);
}

function Connection() {
  useStore(live);
  return html`<div role="status" class="connection">${live.isConnected ? '' : w.connectionLost}</div>`;
}

function useLiveData(userId) {
  useEffect(() => {
    const stopHearing = live.on((event) => {
      conversations.hear(event);
      tasks.hear(event);
      hearThreads(event);
    });
    const stop = live.start(userId);
    void conversations.load().catch(() => {});
    return () => {
      stop();
      stopHearing();
    };
  }, [userId]);
}
