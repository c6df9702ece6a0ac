// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, patch, session } from '../core/session.js';
import { setTitle } from '../core/router.js';
import { locale, w } from '../core/words.js';
import { toasts } from '../ui/toast.js';
import { errorText } from '../ui/forms.js';

/** Accounts and figures, for administrators. */
export function AdminPage() {
  const [wanted, setWanted] = useState('');
  const [page, setPage] = useState(/** @type {any} */ ({ items: [], next_cursor: null }));
  const [stats, setStats] = useState(/** @type {any} */ (null));
  const fail = (failure) => toasts.fail(errorText(failure));
  useEffect(() => {
    setTitle(w.administration);
    get('/admin/stats').then(setStats, fail);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => get(`/admin/users?limit=50${wanted.trim() ? `&q=${encodeURIComponent(wanted.trim())}` : ''}`).then((found) => setPage({ ...found, isLoaded: true }), fail), wanted ? 250 : 0);
    return () => clearTimeout(timer);
  }, [wanted]);
  const more = () => get(`/admin/users?limit=50&cursor=${encodeURIComponent(page.next_cursor)}${wanted.trim() ? `&q=${encodeURIComponent(wanted.trim())}` : ''}`)
    .then((next) => setPage({ ...next, items: [...page.items, ...next.items] }), fail);
  const change = async (user, fields) => {
    try {
      const changed = await patch(`/admin/users/${user.id}`, fields);
      setPage((before) => ({ ...before, items: before.items.map((each) => (each.id === user.id ? changed : each)) }));
    } catch (failure) {
      fail(failure);
    }
  };
  return html`<div class="page wide-page">
    <h1>${w.administration}</h1>
    ${stats && html`<ul class="plain numbers" aria-label=${w.numbers}>${Object.entries(w.tables).map(([name, label]) => html`<li key=${name}><strong>${rows(stats[name]).toLocaleString(locale())}</strong> ${label}</li>`)}
      <li><strong>${(stats.bytes / 1_048_576).toLocaleString(locale(), { maximumFractionDigits: 1 })} MiB</strong> ${w.onDisk}</li></ul>`}
    <form role="search" class="row" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" name="user" class="grow" aria-label=${w.findUser} placeholder=${w.findUser} value=${wanted} onInput=${(event) => setWanted(event.currentTarget.value)} />
    </form>
    <div class="scroll" tabindex="0"><table class="wide">
      <caption>${w.users}</caption>
      <thead><tr><th scope="col">${w.email}</th><th scope="col">${w.name}</th><th scope="col">${w.role}</th><th scope="col">${w.secondFactor}</th><th scope="col">${w.state}</th><th scope="col">${w.actions}</th></tr></thead>
      <tbody>${page.items.map((user) => html`<tr key=${user.id}>
        <td>${user.email}</td><td dir="auto">${user.name}</td><td>${w.userRoles[user.role]}</td><td>${factors(user)}</td><td>${user.is_active ? w.active : w.inactive}</td>
        <td>${user.id !== session.user?.id && html`<button class="small" aria-label=${user.is_active ? w.deactivateNamed(user.email) : w.activateNamed(user.email)}
          onClick=${() => change(user, { is_active: !user.is_active })}>${user.is_active ? w.deactivate : w.activate}</button>`}</td></tr>`)}</tbody>
    </table></div>
    <div role="status">${page.isLoaded && page.items.length === 0 ? w.nothingFound : ''}</div>
    ${page.next_cursor && html`<button onClick=${more}>${w.showMore}</button>`}
  </div>`;
}

function factors({ has_totp, passkeys }) {
  return [has_totp && w.codes, passkeys > 0 && w.passkeysOf(passkeys)].filter(Boolean).join(', ');
}

function rows(table) {
  return Object.values(table.counts).reduce((one, other) => one + other, 0);
}
