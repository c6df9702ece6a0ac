// @ts-check
import { html } from '../core/view.js';

const WIDTH = 720;
const HEIGHT = 200;

/** Stacked bars, one for each row. The same numbers stand in a table beside it. */
export function BarChart({ label, rows, series }) {
  const highest = Math.max(1, ...rows.map((row) => row.values.reduce((one, other) => one + other, 0)));
  const step = WIDTH / Math.max(1, rows.length);
  return html`<figure class="chart">
    <svg role="img" aria-label=${label} viewBox=${`0 0 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none">
      <line x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} class="axis" />
      ${rows.map((row, at) => bars(row, at * step, step, highest))}
    </svg>
    <figcaption>${series.map((name, at) => html`<span key=${name}><i class=${`series-${at % 5}`}></i>${name}</span>`)}</figcaption>
  </figure>`;
}

function bars(row, x, step, highest) {
  let y = HEIGHT;
  return row.values.map((value, at) => {
    const height = (value / highest) * HEIGHT;
    y -= height;
    return html`<rect key=${at} x=${x + step * 0.12} y=${y} width=${step * 0.76} height=${height} class=${`series-${at % 5}`}><title>${`${row.label}: ${value}`}</title></rect>`;
  });
}
