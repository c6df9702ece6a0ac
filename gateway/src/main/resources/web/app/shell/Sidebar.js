// @ts-check
import { html, useEffect, useState, useStore } from '../core/view.js';
import { session } from '../core/session.js';
import { Link, router } from '../core/router.js';
import { w } from '../core/words.js';
import { conversations } from '../chat/conversations.js';
import { FindConversation } from '../chat/FindConversation.js';
import { newThread } from '../chat/thread.js';
import { clearDrafts } from '../chat/drafts.js';
import { Menu } from '../ui/Menu.js';
import { Icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';

const NARROW = matchMedia('(max-width: 767px)');

/** Conversations, places and the account. On a narrow screen it is behind a button, and nobody can tab into it meanwhile. */
export function Sidebar({ isOpen, onChoose }) {
  const isNarrow = useMatch(NARROW);
  const begin = (encrypted) => {
    newThread(encrypted);
    router.go('/');
    onChoose();
    document.getElementById('message')?.focus();
  };
  return html`<div class=${isOpen ? 'side open' : 'side'} inert=${isNarrow && !isOpen}>
    <div class="side-top">
      <span class="brand" aria-hidden="true">Parley</span>
      <div class="row">
        <button class="new grow" onClick=${() => begin(null)}><${Icon} name="plus" />${w.newConversation}</button>
        <${Menu} icon="more" label=${w.otherNew} items=${[[w.newEncrypted, () => begin(true)]]} />
      </div>
    </div>
    <${ConversationList} onChoose=${onChoose} />
    <${Places} onChoose=${onChoose} />
    <${Account} />
  </div>`;
}

function ConversationList({ onChoose }) {
  useStore(conversations);
  useStore(router);
  const open = router.path;
  return html`<nav aria-label=${w.conversations} class="conversations">
    <${FindConversation} />
    ${!conversations.isLoaded && html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`}
    <ul class="plain">
      ${conversations.shown.map((each) => {
        const path = `/c/${each.id}`;
        return html`<li key=${each.id}><${Link} to=${path} onOpen=${onChoose} dir="auto"
          aria-current=${open === path ? 'page' : undefined}>${each.pinned && html`<${Icon} name="pin" size=${14} />`}${each.title ?? w.untitled}
          ${each.last_message?.preview && html`<span class="preview" aria-hidden="true">${each.last_message.preview}</span>`}</${Link}>${each.encrypted && html`<span class="encrypted">${w.encrypted}</span>`}</li>`;
      })}
    </ul>
    <div role="status" class="quiet none-found">${conversations.wanted.trim() && conversations.shown.length === 0 ? w.nothingFound : ''}</div>
    <button class="link" aria-pressed=${conversations.isArchive} onClick=${() => conversations.show(!conversations.isArchive).catch((failure) => toasts.fail(errorText(failure)))}>${w.archive}</button>
    ${conversations.next && !conversations.wanted.trim() && html`<button class="link" onClick=${() => conversations.more().catch((failure) => toasts.fail(errorText(failure)))}>${w.showMore}</button>`}
  </nav>`;
}

function Places({ onChoose }) {
  useStore(router);
  useStore(session);
  const places = [
    ['/tasks', 'tasks', w.tasks],
    ['/search', 'search', w.search],
    ['/trash', 'trash', w.trash],
    ['/usage', 'usage', w.usage],
    ['/settings', 'settings', w.settings],
    ...(session.user?.role === 'admin' ? [['/admin', 'admin', w.administration]] : []),
  ];
  return html`<nav aria-label=${w.places} class="places"><ul class="plain">
    ${places.map(([path, icon, name]) => html`<li key=${path}><${Link} to=${path} onOpen=${onChoose}
      aria-current=${router.path === path ? 'page' : undefined}><${Icon} name=${icon} />${name}</${Link}></li>`)}
  </ul></nav>`;
}

function Account() {
  useStore(session);
  const leave = async () => {
    const id = session.user.id;
    try {
      await session.leave();
      clearDrafts(id);
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  return html`<section class="account" aria-label=${w.account}>
    <span class="grow" dir="auto" title=${session.user?.email}>${session.user?.name || session.user?.email}</span>
    <button class="small" onClick=${leave}>${w.signOut}</button>
  </section>`;
}

function useMatch(query) {
  const [matches, setMatches] = useState(query.matches);
  useEffect(() => {
    const hear = () => setMatches(query.matches);
    query.addEventListener('change', hear);
    return () => query.removeEventListener('change', hear);
  }, [query]);
  return matches;
}
