// @ts-check
import { html, render, useStore } from './core/view.js';
import { session } from './core/session.js';
import { loadWords, w } from './core/words.js';
import { Lazy, router } from './core/router.js';
import { arrival } from './signin/oidc.js';

const signIn = () => import('./signin/SignInPage.js');
const links = () => import('./signin/LinkPages.js');
const LINKS = new Set(['/reset-password', '/verify-email', '/confirm-email']);
const shell = () => import('./shell/Shell.js');

function App({ failure, again }) {
  useStore(session);
  useStore(router);
  if (failure) return html`<main class="alone"><h1>Parley</h1><p role="alert">${w.unreachable}</p>
    <button class="primary" onClick=${again}>${w.tryAgain}</button></main>`;
  if (LINKS.has(router.path)) return html`<${Lazy} key=${router.path} load=${links} name="LinkPage" path=${router.path} />`;
  return session.user
    ? html`<${Lazy} key=${session.user.id} load=${shell} name="Shell" />`
    : html`<${Lazy} key="sign-in" load=${signIn} name="SignInPage" />`;
}

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  const again = () => void start();
  await loadWords();
  try {
    arrival.take();
    await arrival.enter();
    if (!session.user) await session.refresh();
    render(html`<${App} />`, root);
  } catch {
    render(html`<${App} failure=${true} again=${again} />`, root);
  }
  performance.mark('ready');
}

void start();
