// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get, request } from '../core/session.js';
import { w } from '../core/words.js';
import { CopyButton } from '../ui/CopyButton.js';
import { Field } from '../ui/forms.js';
import { qrImage } from '../ui/qr.js';
import { useSaving } from './saving.js';

/** Codes of an authenticator app, and recovery codes for users who have lost it. */
export function TwoFactor({ confirmed }) {
  const [isOn, setOn] = useState(/** @type {boolean | null} */ (null));
  const [secret, setSecret] = useState(/** @type {any} */ (null));
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState(/** @type {string[]} */ ([]));
  const { run, read, result } = useSaving('');
  useEffect(() => void read(async () => setOn((await get('/users/me/security')).totp)), []);
  const send = async (path, method, json) => {
    const answer = await confirmed(() => request(path, { method, json }));
    return answer.status === 204 ? null : answer.json();
  };
  const setUp = () => run(async () => setSecret(await send('/users/me/totp', 'POST')));
  const turnOn = (event) => {
    event.preventDefault();
    void run(async () => {
      const { recovery_codes } = await send('/users/me/totp/confirm', 'POST', { code: code.replaceAll(' ', '') });
      setCodes(recovery_codes);
      setSecret(null);
      setCode('');
      setOn(true);
      return w.twoFactorOn;
    });
  };
  const turnOff = () => run(async () => {
    await send('/users/me/totp', 'DELETE');
    setCodes([]);
    setOn(false);
    return w.twoFactorOff;
  });
  return html`<h3>${w.twoFactor}</h3>
    ${isOn === false && !secret && html`<button type="button" onClick=${setUp}>${w.setUpTwoFactor}</button>`}
    ${isOn && html`<button type="button" onClick=${turnOff}>${w.turnOffTwoFactor}</button>`}
    ${secret && html`<form onSubmit=${turnOn} autocomplete="off">
      <p>${w.scanCode}</p>
      <img class="qr" src=${qrImage(secret.uri)} alt=${w.qrCode} width="208" height="208" />
      <p><code>${secret.secret}</code></p>
      <${Field} label=${w.code} name="totp-code" autocomplete="one-time-code" inputmode="numeric" value=${code} onValue=${setCode} required />
      <button class="primary">${w.turnOn}</button>
    </form>`}
    ${codes.length > 0 && html`<h4 id="recovery-codes">${w.recoveryCodes}</h4>
      <p>${w.recoveryCodesHint}</p>
      <ul class="plain" aria-labelledby="recovery-codes">${codes.map((each) => html`<li key=${each}><code>${each}</code></li>`)}</ul>
      <div class="row"><${CopyButton} text=${codes.join('\n')} label=${w.copy} />
        <button type="button" class="small" onClick=${() => download(codes)}>${w.download}</button></div>`}
    ${result}`;
}

function download(codes) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  link.download = 'parley-recovery-codes.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
