// @ts-check
// Passkeys of this browser (WebAuthn). They work only on pages of the origins that the server names.
import { ask, session } from '../core/session.js';

/** Signs in with the passkey that the user chooses. */
export async function signInWithPasskey() {
  const options = await ask('/auth/passkeys/options', {});
  const publicKey = /** @type {any} */ (PublicKeyCredential).parseRequestOptionsFromJSON(options);
  const found = /** @type {any} */ (await navigator.credentials.get({ publicKey }));
  await session.enter('passkeys/login', { credential: found.toJSON() });
}
