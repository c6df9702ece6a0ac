// @ts-check
import { html, useEffect } from '../core/view.js';
import { setTitle } from '../core/router.js';
import { w } from '../core/words.js';
import { Appearance } from './Appearance.js';
import { Profile } from './Profile.js';
import { Assistant } from './Assistant.js';
import { Encryption } from './Encryption.js';
import { Password } from './Password.js';
import { Security } from './Security.js';
import { PersonalTokens } from './PersonalTokens.js';
import { ConnectedPrograms } from './ConnectedPrograms.js';
import { Webhooks } from './Webhooks.js';
import { Files } from './Files.js';
import { LinkedAccounts } from './LinkedAccounts.js';
import { Sessions } from './Sessions.js';
import { ProviderKeys } from './ProviderKeys.js';
import { YourData } from './YourData.js';
import { DeleteAccount } from './DeleteAccount.js';

export function SettingsPage() {
  useEffect(() => setTitle(w.settings));
  return html`<div class="page settings">
    <h1>${w.settings}</h1>
    <${Appearance} /><${Profile} /><${Assistant} /><${Encryption} /><${Password} /><${Security} /><${LinkedAccounts} /><${Sessions} /><${ProviderKeys} /><${PersonalTokens} /><${ConnectedPrograms} /><${Webhooks} /><${Files} /><${YourData} /><${DeleteAccount} />
  </div>`;
}
