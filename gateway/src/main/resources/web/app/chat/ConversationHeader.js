// @ts-check
import { html, useLayoutEffect, useRef, useState, useStore } from '../core/view.js';
import { router } from '../core/router.js';
import { w } from '../core/words.js';
import { IconButton } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { conversations } from './conversations.js';
import { draft, keepDraft } from './drafts.js';
import { Instructions } from './Instructions.js';
import { dropThread } from './thread.js';

/** The title of a conversation, and what can be done with it as a whole. */
export function ConversationHeader({ thread }) {
  useStore(conversations);
  const [name, setName] = useState(/** @type {string | null} */ (null));
  const place = `title.${thread.id}`;
  const [isInstructing, setInstructing] = useState(false);
  const field = useRef(/** @type {any} */ (null));
  const isRenaming = name !== null;
  useLayoutEffect(() => {
    if (isRenaming) field.current?.select();
  }, [isRenaming]);

  const type = (event) => {
    setName(event.currentTarget.value);
    keepDraft(place, event.currentTarget.value);
  };
  const endRenaming = () => {
    keepDraft(place, '');
    setName(null);
  };
  const rename = async (event) => {
    event.preventDefault();
    const title = String(name).trim();
    try {
      thread.conversation = await conversations.change(thread.id, { title: title || null });
      thread.changed();
      endRenaming();
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  const remove = async () => {
    const { id, title } = thread;
    try {
      await conversations.remove(id);
      dropThread(id);
      if (router.path === `/c/${id}`) router.go('/');
      document.getElementById('message')?.focus();
      toasts.say(w.movedToTrash(title), () => restore(id));
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  const { pinned = false, archived = false } = conversations.find(thread.id) ?? thread.conversation ?? {};
  const keep = async (fields) => {
    try {
      thread.conversation = await conversations.change(thread.id, fields);
      thread.changed();
      return true;
    } catch (failure) {
      toasts.fail(errorText(failure));
      return false;
    }
  };
  const archive = async () => {
    if ((await keep({ archived: !archived })) && !archived) toasts.say(w.movedToArchive(thread.title), () => keep({ archived: false }));
  };
  const escape = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    endRenaming();
  };

  return html`<header class="conversation">
    <h1 dir="auto" class=${isRenaming ? 'unseen' : ''}>${thread.title}</h1>
    ${thread.isEncrypted && html`<span class="encrypted">${w.encrypted}</span>`}
    ${isRenaming && html`<form class="row grow" onSubmit=${rename}>
      <input ref=${field} name="title" class="grow" aria-label=${w.title} value=${name} maxlength="255" dir="auto"
        onInput=${type} onKeyDown=${escape} />
      <button class="primary">${w.save}</button>
      <button type="button" onClick=${endRenaming}>${w.cancel}</button>
    </form>`}
    ${thread.conversation && !isRenaming && html`<span class="row">
      <${IconButton} icon="pin" label=${pinned ? w.unpinConversation : w.pinConversation} onClick=${() => keep({ pinned: !pinned })} />
      <${IconButton} icon="archive" label=${archived ? w.unarchiveConversation : w.archiveConversation} onClick=${archive} />
      <${IconButton} icon="settings" label=${w.conversationInstructions} class=${thread.conversation?.instructions ? 'icon set' : 'icon'} onClick=${() => setInstructing(true)} />
      <${IconButton} icon="edit" label=${w.renameConversation} onClick=${() => setName(draft(place) || (thread.conversation?.title ?? ''))} />
      <${IconButton} icon="trash" label=${w.deleteConversation} onClick=${remove} />
    </span>`}
    ${isInstructing && html`<${Instructions} thread=${thread} onClose=${() => setInstructing(false)} />`}
  </header>`;
}

async function restore(id) {
  try {
    await conversations.restore(id);
    router.go(`/c/${id}`);
  } catch (failure) {
    toasts.fail(errorText(failure));
  }
}
