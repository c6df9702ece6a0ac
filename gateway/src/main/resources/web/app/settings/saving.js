// @ts-check
import { html, useRef, useState } from '../core/view.js';
import { patch, session } from '../core/session.js';
import { errorText } from '../ui/forms.js';

/** Runs one action at a time, and says how it went. `read` loads what is shown, which keeps nobody from acting meanwhile. */
export function useSaving(done) {
  const [state, setState] = useState({ text: '', isError: false });
  const isBusy = useRef(false);
  const run = async (action) => {
    if (isBusy.current) return false;
    isBusy.current = true;
    try {
      const text = await action();
      setState({ text: typeof text === 'string' ? text : done, isError: false });
      return true;
    } catch (failure) {
      setState({ text: errorText(failure), isError: true });
      return false;
    } finally {
      isBusy.current = false;
    }
  };
  const read = async (action) => {
    try {
      await action();
    } catch (failure) {
      setState({ text: errorText(failure), isError: true });
    }
  };
  const result = html`<div role="status" class="good">${state.isError ? '' : state.text}</div><div role="alert" class="error">${state.isError ? state.text : ''}</div>`;
  return { run, read, result };
}

export async function updateAccount(fields) {
  session.update(await patch('/users/me', fields));
}
