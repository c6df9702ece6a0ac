// @ts-check
import { html, useState } from '../core/view.js';
import { put, remove } from '../core/session.js';
import { w } from '../core/words.js';
import { CopyButton } from '../ui/CopyButton.js';
import { IconButton } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';

/** What can be done with a message. Always there, if often faint. */
export function MessageActions({ thread, message, isBusy, onEdit }) {
  const isOwn = message.role === 'user';
  const attempt = async (action) => {
    try {
      await action();
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };
  const drop = () => attempt(async () => {
    await thread.removeMessage(message.id);
    document.getElementById('message')?.focus();
    toasts.say(w.messageDeleted, () => attempt(() => thread.restoreMessage(message.id)));
  });
  return html`<div class="message-actions">
    <${Versions} thread=${thread} message=${message} isBusy=${isBusy} attempt=${attempt} />
    ${message.content && html`<${CopyButton} text=${message.content} label=${w.copy} isIcon=${true} />`}
    ${isOwn
      ? html`<${IconButton} icon="edit" size=${16} label=${w.editMessage} disabled=${isBusy} onClick=${onEdit} />`
      : html`<${IconButton} icon="again" size=${16} label=${w.regenerate} disabled=${isBusy} onClick=${() => thread.regenerate(message)} />
          <${Feedback} message=${message} attempt=${attempt} />`}
    <${IconButton} icon="trash" size=${16} label=${w.deleteMessage} disabled=${isBusy} onClick=${drop} />
    ${!isOwn && html`<span class="quiet details">${[message.model, message.token_count && w.tokens(message.token_count)].filter(Boolean).join(' · ')}</span>`}
  </div>`;
}

function Versions({ thread, message, isBusy, attempt }) {
  const { count, position, previous, next } = message.siblings ?? { count: 1 };
  if (count < 2) return null;
  const choose = (id) => () => attempt(() => thread.chooseVersion(id));
  return html`<${IconButton} icon="left" size=${16} label=${w.previousVersion} disabled=${isBusy || !previous} onClick=${choose(previous)} />
    <span class="details">${w.version(position, count)}</span>
    <${IconButton} icon="right" size=${16} label=${w.nextVersion} disabled=${isBusy || !next} onClick=${choose(next)} />`;
}

function Feedback({ message, attempt }) {
  const [rating, setRating] = useState(message.feedback?.rating ?? null);
  const rate = (chosen) => () => attempt(async () => {
    const path = `/messages/${message.id}/feedback`;
    if (rating === chosen) await remove(path);
    else await put(path, { rating: chosen });
    setRating(rating === chosen ? null : chosen);
  });
  return html`<${IconButton} icon="good" size=${16} label=${w.goodAnswer} aria-pressed=${rating === 'up'} onClick=${rate('up')} />
    <${IconButton} icon="bad" size=${16} label=${w.badAnswer} aria-pressed=${rating === 'down'} onClick=${rate('down')} />`;
}
