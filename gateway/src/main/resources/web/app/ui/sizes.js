// @ts-check
import { locale } from '../core/words.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** A number of bytes in words for people. */
export function formatSize(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = { style: 'unit', unit: UNITS[power], unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: power === 0 ? 0 : 1 };
  return (bytes / 1000 ** power).toLocaleString(locale(), /** @type {any} */ (format));
}
