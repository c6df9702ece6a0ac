// @ts-check
const MOST_STEPS = 4;

/**
 * The lines of an axis from zero to at least this number: steps of 1, 2 or 5 times a power of ten, and no parts of one.
 *
 * @param {number} highest
 */
export function scale(highest) {
  const least = Math.max(1, highest) / MOST_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((each) => each * power >= least) ?? 10;
  const step = Math.max(1, factor * power);
  return { step, count: Math.max(1, Math.ceil(highest / step)) };
}
