// @ts-check
import { html } from '../core/view.js';
import { locale } from '../core/words.js';
import { scale } from './scale.js';

const WIDTH = 720;
const HEIGHT = 200;

/**
 * Stacked bars with a scale, one for each row. The same numbers must stand in a table beside it: screen readers get only the label.
 *
 * @param {{label: string, rows: {label: string, tick: string, values: number[]}[], series: string[]}} chart `tick` names a row below its bar
 */
export function BarChart({ label, rows, series }) {
  const { step, count } = scale(Math.max(0, ...rows.map((row) => row.values.reduce((one, other) => one + other, 0))));
  const lines = Array.from({ length: count + 1 }, (_, at) => at);
  const width = WIDTH / Math.max(1, rows.length);
  const named = new Set([0, Math.floor((rows.length - 1) / 2), rows.length - 1]);
  return html`<figure class="chart">
    <ul class="plain chart-scale" aria-hidden="true">${lines.map((at) => html`<li key=${at}>${short(at * step)}</li>`)}</ul>
    <svg role="img" aria-label=${label} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      ${lines.map((at) => html`<line key=${at} x1="0" x2=${WIDTH} y1=${HEIGHT - (at / count) * HEIGHT} y2=${HEIGHT - (at / count) * HEIGHT} class=${at === 0 ? 'axis' : 'axis faint'} />`)}
      ${rows.map((row, at) => bars(row, at * width, width, step * count))}
    </svg>
    <ul class="plain chart-days" aria-hidden="true">${rows.map((row, at) => html`<li key=${at}>${named.has(at) && html`<span>${row.tick}</span>`}</li>`)}</ul>
    <figcaption>${series.map((name, at) => html`<span key=${name}><i class=${`series-${at % 5}`}></i>${name}</span>`)}</figcaption>
  </figure>`;
}

function bars(row, x, width, highest) {
  let y = HEIGHT;
  return row.values.map((value, at) => {
    const height = (value / highest) * HEIGHT;
    y -= height;
    return html`<rect key=${at} x=${x + width * 0.12} y=${y} width=${width * 0.76} height=${height} class=${`series-${at % 5}`}><title>${`${row.label}: ${value.toLocaleString(locale())}`}</title></rect>`;
  });
}

function short(number) {
  return number.toLocaleString(locale(), { notation: 'compact' });
}
