// @ts-check
import { html, useLayoutEffect, useMemo, useRef, useState } from '../core/view.js';
import { w } from '../core/words.js';
import { Icon } from '../ui/icons.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';
import { Message } from './Message.js';
import { LiveAnswer } from './LiveAnswer.js';
import { exchanges } from './exchanges.js';

const NEAR = 80;

/** The messages that are loaded. It follows the newest one only if it is at the end, and never moves what somebody reads. */
export function MessageLog({ thread }) {
  const log = useRef(/** @type {any} */ (null));
  const isAtEnd = useRef(true);
  // The first message and where it was: what is put before it must not move it.
  const before = useRef(/** @type {any} */ ({}));
  const [isAway, setAway] = useState(false);

  const scroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = log.current;
    const end = scrollHeight - clientHeight - scrollTop;
    // What has grown in between has moved the end away, not the reader: only going up is leaving it.
    if (end <= 4) isAtEnd.current = true;
    else if (scrollTop < (before.current.top ?? 0) - 2) isAtEnd.current = false;
    before.current.top = scrollTop;
    setAway(end > NEAR * 2);
  };
  const toEnd = () => {
    isAtEnd.current = true;
    log.current.scrollTop = log.current.scrollHeight;
  };
  const newest = async () => {
    try {
      if (thread.isBehind) await thread.showNewest();
      toEnd();
    } catch (failure) {
      toasts.fail(errorText(failure));
    }
  };

  useLayoutEffect(() => {
    const now = { thread, sent: thread.sent };
    const last = before.current;
    if (last.thread !== now.thread || last.sent !== now.sent) isAtEnd.current = true;
    const anchor = last.first && document.getElementById(last.first);
    if (isAtEnd.current && !thread.isBehind) toEnd();
    else if (anchor && last.thread === thread) log.current.scrollTop += anchor.offsetTop - last.firstTop;
    const first = log.current.querySelector('article[id]');
    before.current = { ...now, first: first?.id, firstTop: first?.offsetTop, top: log.current.scrollTop };
  });
  // Images do not exist here, but fonts, formulas and the size of the window change heights too.
  useLayoutEffect(() => {
    if (!('ResizeObserver' in globalThis)) return undefined;
    const observer = new ResizeObserver(() => isAtEnd.current && !thread.isBehind && toEnd());
    observer.observe(log.current);
    return () => observer.disconnect();
  }, [thread]);

  // The same elements again while nothing but the draft changes, so that typing costs the same in a long conversation.
  const isBusy = Boolean(thread.turn);
  const shown = useMemo(() => exchanges(thread.messages).map(({ message, results }) => html`<${Message} key=${message.id}
    thread=${thread} message=${message} results=${results} isBusy=${isBusy} />`), [thread, thread.messages, isBusy]);
  const isEmpty = thread.isLoaded && thread.messages.length === 0 && !thread.turn && !thread.said;
  return html`<div class="log-frame">
    <div class="log" ref=${log} role="log" aria-label=${w.messages} aria-busy=${Boolean(thread.turn)} aria-live=${thread.turn ? 'off' : 'polite'}
      tabindex="0" onScroll=${scroll}>
      <div class="log-inner">
        ${thread.older && html`<p class="earlier"><button onClick=${() => thread.showEarlier().catch((failure) => toasts.fail(errorText(failure)))}>${w.showEarlier}</button></p>`}
        ${!thread.isLoaded && html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`}
        ${isEmpty && html`<div class="welcome"><p>${w.welcome}</p><p class="quiet">${w.welcomeHint}</p></div>`}
        ${shown}
        ${thread.said !== null && html`<article class="message own" aria-label=${w.you}><div class="own-text" dir="auto">${thread.said}</div></article>`}
        ${thread.turn && html`<${LiveAnswer} turn=${thread.turn} />`}
      </div>
    </div>
    ${(isAway || thread.isBehind) && html`<button class="newest" onClick=${newest}><${Icon} name="down" size=${16} />${w.jumpToNewest}</button>`}
  </div>`;
}
