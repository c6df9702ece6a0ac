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

/**
 * Files that go with a draft. They are on the server.
 *
 * @typedef {{id: string, name: string, size: number}} DraftFile
 * @param {string} place
 * @returns {DraftFile[]}
 */
export function draftFiles(place) {
  return JSON.parse(draft(filesOf(place)) || '[]');
}

/** @param {string} place @param {DraftFile[]} files */
export function keepDraftFiles(place, files) {
  keepDraft(filesOf(place), files.length > 0 ? JSON.stringify(files) : '');
}

const filesOf = (/** @type {string} */ place) => `${place}.files`;

/** The next account at this browser must not see them. */
export function clearDrafts(userId) {
  for (const name of Object.keys(localStorage)) if (name.startsWith(`${PREFIX}${userId}.`)) localStorage.removeItem(name);
}
