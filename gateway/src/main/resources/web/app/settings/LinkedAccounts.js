// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, remove } from '../core/session.js';
import { w } from '../core/words.js';
import { ConfirmDialog, useConfirmed } from '../ui/confirm.js';
import { goTo } from '../signin/oidc.js';
import { useSaving } from './saving.js';

/** Accounts at other providers that can sign in to this one. */
export function LinkedAccounts() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [providers, setProviders] = useState(/** @type {any[]} */ ([]));
  const { run, read, result } = useSaving('');
  const confirming = useConfirmed();
  const load = async () => setItems((await get('/users/me/identities')).items);
  useEffect(() => {
    void read(async () => {
      setProviders((await get('/auth/oidc')).items);
      await load();
    });
    addEventListener('parley-identities', load);
    return () => removeEventListener('parley-identities', load);
  }, []);
  const titleOf = (each) => providers.find((provider) => provider.name === each.provider)?.title ?? each.provider;
  const drop = (each) => run(() => confirming.run(async () => {
    await remove(`/users/me/identities/${each.id}`);
    await load();
    document.getElementById('linked-accounts')?.focus();
    return w.accountUnlinked;
  }));
  if (items.length === 0 && providers.length === 0) return null;
  return html`<section aria-labelledby="linked-accounts">
    <h2 id="linked-accounts" tabindex="-1">${w.linkedAccounts}</h2>
    <ul class="plain tasks" aria-label=${w.linkedAccounts} hidden=${items.length === 0}>
      ${items.map((each) => html`<li key=${each.id} class="task-row">
        <div class="grow"><span class="task-title">${titleOf(each)}</span><span class="task-facts"><span>${each.email}</span></span></div>
        <button aria-label=${w.unlinkAccount(titleOf(each))} onClick=${() => drop(each)}>${w.remove}</button></li>`)}
    </ul>
    ${providers.map((each) => html`<button key=${each.name} onClick=${() => goTo(each, true)}>${w.linkWith(each.title)}</button>`)}
    ${result}
    ${confirming.asking && html`<${ConfirmDialog} onConfirmed=${confirming.confirmed} onClose=${confirming.cancel} />`}
  </section>`;
}
