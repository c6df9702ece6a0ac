// @ts-check
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', mdash: '—', ndash: '–', hellip: '…', copy: '©', rarr: '→', times: '×' };

/** The lexer leaves the entities of HTML to a browser, which gets no HTML from us. */
export function decode(text) {
  return text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, one) : text;
}

function one(raw, decimal, hexadecimal, name) {
  if (name) return NAMED[name] ?? raw;
  const point = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : raw;
}
