// @ts-check
import { useEffect, useState } from '../core/view.js';
import { get } from '../core/session.js';

/** Whether the account has a password; somebody who came with another account may have none. True until it is known. */
export function useHasPassword() {
  const [has, setHas] = useState(true);
  useEffect(() => {
    get('/users/me/security').then((security) => setHas(security.has_password), () => {});
  }, []);
  return { hasPassword: has, setHasPassword: setHas };
}
