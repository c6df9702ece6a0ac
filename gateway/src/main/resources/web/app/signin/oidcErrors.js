// @ts-check
import { w } from '../core/words.js';
import { errorText } from '../ui/forms.js';

/** What went wrong at another provider, in words for people; empty if nothing did. */
export function oidcError({ error, failure }) {
  if (failure) return errorText(failure);
  if (!error) return '';
  return w.oidcErrors[error] ?? w.oidcErrors.provider_error;
}
