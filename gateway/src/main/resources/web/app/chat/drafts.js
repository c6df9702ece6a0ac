// @ts-check
// What was typed and not sent yet, per account and conversation. It survives a reload.
import { session } from '../core/session.js';

const PREFIX = 'parley.draft.';

// Also what could not be sent because the session has ended.
const key = (place) => `${PREFIX}${session.owner}.${place}`;

/** @param {string} place the id of a conversation, or a word */
export function draft(place) {
  try {
    return localStorage.getItem(key(place)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(place, text) {
  try {
    if (text) localStorage.setItem(key(place), text);
    else localStorage.removeItem(key(place));
  } catch {
    // A full or missing storage: what is typed is then only on the page.
  }
}

/** The next account at this browser must not see them. */
export function clearDrafts(userId) {
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${PREFIX}${userId}.`)) localStorage.removeItem(name);
}
