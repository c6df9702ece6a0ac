// @ts-check
import { html, useEffect, useMemo, useStore } from '../core/view.js';
import { setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { NotFound } from '../shell/NotFound.js';
import { thread } from './thread.js';
import { ConversationHeader } from './ConversationHeader.js';
import { MessageLog } from './MessageLog.js';
import { Composer } from './Composer.js';

/** A conversation. When a new one gets its id, this stays as it is. */
export function ChatPage({ id }) {
  const shown = useMemo(() => thread(id), [id]);
  useStore(shown);
  useEffect(() => {
    if (!shown.isMissing) setTitle(shown.title);
  });
  useEffect(() => {
    const id = /^#m-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
    if (id && shown.id) void shown.reach(id).then(() => jumpTo(id));
  }, [shown, location.hash]);
  if (shown.isMissing) return html`<${NotFound} />`;
  return html`<div class="chat">
    <${ConversationHeader} thread=${shown} />
    <${MessageLog} thread=${shown} />
    ${shown.error && html`<div class="failure" role="alert"><span class="grow">${shown.error}</span>
      ${shown.failed && html`<button onClick=${shown.failed}>${w.tryAgain}</button>`}</div>`}
    <${Composer} thread=${shown} />
  </div>`;
}

function jumpTo(id) {
  const message = document.getElementById(`m-${id}`);
  message?.scrollIntoView({ block: 'center' });
  message?.focus({ preventScroll: true });
}
