// @ts-check
import { html, useEffect, useStore } from '../core/view.js';
import { w } from '../core/words.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { conversations } from './conversations.js';

// A search for each key would be too many.
const REST = 250;

// Half of a query, such as a single quotation mark, is none yet.
const say = (failure) => failure.status === 400 || toasts.fail(errorText(failure));

/** Narrows the list of conversations to those whose title or description has the words. */
export function FindConversation() {
  const { wanted } = useStore(conversations);
  useEffect(() => {
    if (!wanted.trim()) return undefined;
    const timer = setTimeout(() => conversations.seek().catch(say), REST);
    return () => clearTimeout(timer);
  }, [wanted]);
  const escape = (event) => {
    if (event.key !== 'Escape' || !wanted) return;
    event.stopPropagation();
    conversations.want('');
  };
  return html`<input type="search" name="find-conversation" class="find" aria-label=${w.findConversation} placeholder=${w.findConversation} dir="auto" maxlength="200"
    autocomplete="off" value=${wanted} onInput=${(event) => conversations.want(event.currentTarget.value)} onKeyDown=${escape} />`;
}
