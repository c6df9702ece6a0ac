// @ts-check
import { html, useEffect, useLayoutEffect, useRef, useState, useStore } from '../core/view.js';
import { get } from '../core/session.js';
import { Link, router, setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { conversations } from '../chat/conversations.js';
import { errorText } from '../ui/forms.js';
import { decode } from '../markdown/entities.js';

/** One box for everything. The words searched for are in the address, so that Back leads to the results again. */
export function SearchPage() {
  useStore(router);
  const asked = router.query.get('q') ?? '';
  const [text, setText] = useState(asked);
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [error, setError] = useState('');
  const field = useRef(/** @type {any} */ (null));
  useEffect(() => setTitle(w.search));
  useLayoutEffect(() => field.current.focus(), []);
  useEffect(() => {
    setText(asked);
    if (!asked.trim()) return setFound(null);
    let isWanted = true;
    get(`/search?q=${encodeURIComponent(asked)}&limit=50`).then(
      ({ items }) => isWanted && (setFound(items), setError('')),
      (failure) => isWanted && setError(errorText(failure)),
    );
    return () => (isWanted = false);
  }, [asked]);
  const submit = (event) => {
    event.preventDefault();
    if (text.trim()) router.go(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  return html`<div class="page">
    <h1>${w.search}</h1>
    <form role="search" class="row" onSubmit=${submit}>
      <input ref=${field} type="search" name="q" class="grow" aria-label=${w.search} dir="auto" maxlength="1000" value=${text}
        onInput=${(event) => setText(event.currentTarget.value)} />
      <button class="primary">${w.find}</button>
    </form>
    ${error && html`<p role="alert" class="error">${error}</p>`}
    <ul class="plain results" aria-label=${w.results} hidden=${!found?.length}>${(found ?? []).map((hit) => html`<${Hit} key=${hit.id} hit=${hit} />`)}</ul>
    <div role="status">${found?.length === 0 ? w.nothingFound : ''}</div>
  </div>`;
}

function Hit({ hit }) {
  useStore(conversations);
  return html`<li class="hit">
    <p class="quiet">${[w.kinds[hit.type], w.roles[hit.role] ?? hit.role].filter(Boolean).join(' · ')}</p>
    <${Link} to=${address(hit)} dir="auto">${hit.title ?? conversations.find(hit.conversation_id)?.title ?? w.untitled}</${Link}>
    <p dir="auto">${marked(hit.snippet)}</p>
  </li>`;
}

function address(hit) {
  if (hit.type === 'task') return `/tasks?task=${hit.id}`;
  if (hit.type === 'conversation') return `/c/${hit.id}`;
  return `/c/${hit.conversation_id}#m-${hit.id}`;
}

// The snippet is escaped text with marks; it is taken apart here instead of being shown as HTML.
function marked(snippet) {
  return snippet.split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const match = /^<mark>(.*)<\/mark>$/s.exec(part);
    return match ? html`<mark>${decode(match[1])}</mark>` : decode(part);
  });
}
