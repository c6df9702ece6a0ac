// @ts-check
/**
 * Reads server-sent events (HTML Living Standard, 9.2) of an answer to fetch, which unlike EventSource can send a token.
 *
 * @param {Response} answer
 * @param {(event: {id: string, type: string, data: any}) => void} onEvent
 * @param {() => void} [onBytes] called for everything that arrives, comments too
 */
export async function readEvents(answer, onEvent, onBytes) {
  const reader = /** @type {ReadableStream} */ (answer.body).pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let event = { id: '', type: '', data: '' };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes?.();
    const lines = (rest + value).split(/\r\n|\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (event.data) onEvent({ ...event, data: JSON.parse(event.data) });
        event = { id: event.id, type: '', data: '' };
        continue;
      }
      const colon = line.indexOf(':');
      if (colon <= 0) continue;
      const value = line.slice(colon + 1).replace(/^ /, '');
      if (line.startsWith('id:')) event.id = value;
      else if (line.startsWith('event:')) event.type = value;
      else if (line.startsWith('data:')) event.data += value;
    }
  }
}
