// @ts-check
// Uploads that say how far they are: fetch does not, XMLHttpRequest does.
import { ApiError, base, session } from './session.js';

/**
 * Posts a file. Fails with an ApiError unless it is a success, and with an AbortError if it is stopped.
 *
 * @param {string} path below /api/v1
 * @param {Blob} body
 * @param {{headers?: Record<string, string>, onSent?: (bytes: number) => void, signal?: AbortSignal}} [options]
 *   `onSent` hears how many bytes were sent so far
 */
export async function upload(path, body, options = {}) {
  for (let attempt = 1; ; attempt++) {
    const token = await session.token();
    if (!token) throw new ApiError(401);
    const { status, answer } = await send(path, body, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
    if (status >= 200 && status < 300) return answer;
    if (status === 401 && attempt === 1) session.invalidate();
    else throw new ApiError(status, answer);
  }
}

/**
 * @param {string} path
 * @param {Blob} body
 * @param {{headers: Record<string, string>, onSent?: (bytes: number) => void, signal?: AbortSignal}} options
 * @returns {Promise<{status: number, answer: any}>}
 */
function send(path, body, { headers, onSent, signal }) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new DOMException('stopped', 'AbortError'));
    const http = new XMLHttpRequest();
    http.open('POST', `${base}/api/v1${path}`);
    http.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) http.setRequestHeader(name, value);
    const stop = () => http.abort();
    signal?.addEventListener('abort', stop);
    http.upload.onprogress = ({ loaded }) => onSent?.(loaded);
    http.onload = () => resolve({ status: http.status, answer: http.response ?? undefined });
    http.onerror = () => reject(new ApiError(0));
    http.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    http.onloadend = () => signal?.removeEventListener('abort', stop);
    http.send(body);
  });
}
