// @ts-check
const PERMITTED = new Set(['http:', 'https:', 'mailto:']);

/** Where a link may lead: to the web, to an address for mail, or to a page of this app. Null for everything else. */
export function target(href) {
  try {
    const url = new URL(href, location.origin);
    if (!PERMITTED.has(url.protocol)) return null;
    const isOwn = url.origin === location.origin && /^\/(?![/\\])/.test(href);
    if (!isOwn && !/^(https?:|mailto:)/i.test(href)) return null;
    return { href: url.href, isOwn };
  } catch {
    return null;
  }
}
