// @ts-check
import { html, useEffect, useState } from '../core/view.js';
import { get } from '../core/session.js';
import { setTitle } from '../core/router.js';
import { locale, w } from '../core/words.js';
import { Choice } from '../ui/Choice.js';
import { errorText } from '../ui/forms.js';
import { BarChart } from './BarChart.js';

const PERIODS = [['7', 'days7'], ['30', 'days30'], ['90', 'days90']];

/** @type {Intl.DateTimeFormatOptions} */
const MEDIUM = { dateStyle: 'medium' };
/** @type {Intl.DateTimeFormatOptions} */
const SHORT = { month: 'short', day: 'numeric' };

export function UsagePage() {
  const [period, setPeriod] = useState('30');
  const [days, setDays] = useState(/** @type {any[]} */ ([]));
  const [error, setError] = useState('');
  useEffect(() => setTitle(w.usage));
  useEffect(() => {
    const from = new Date(Date.now() - Number(period) * 86_400_000).toISOString();
    get(`/analytics/usage?from=${encodeURIComponent(from)}&bucket=day`).then(({ items }) => (setDays(items), setError('')), (failure) => setError(errorText(failure)));
  }, [period]);
  const models = [...new Set(days.flatMap((day) => day.tokens.map((each) => each.model ?? w.unknownModel)))];
  const rows = days.map((day) => ({ label: dayName(day.bucket), tick: dayName(day.bucket, SHORT), values: models.map((model) => count(day, model)), messages: [day.messages.user, day.messages.assistant] }));
  return html`<div class="page">
    <h1>${w.usage}</h1>
    <${Choice} label=${w.period} name="period" value=${period} options=${PERIODS.map(([days, name]) => [days, w[name]])} onValue=${setPeriod} />
    ${error && html`<p role="alert" class="error">${error}</p>`}
    <h2>${w.tokensPerDay}</h2>
    <${BarChart} label=${w.tokensPerDay} rows=${rows} series=${models} />
    <h2>${w.messagesPerDay}</h2>
    <${BarChart} label=${w.messagesPerDay} rows=${rows.map((row) => ({ ...row, values: row.messages }))} series=${[w.you, w.assistant]} />
    <div class="scroll" tabindex="0"><table class="wide">
      <caption>${w.tokensPerDay}</caption>
      <thead><tr><th scope="col">${w.day}</th><th scope="col">${w.messages}</th>${models.map((model) => html`<th scope="col" key=${model}>${model}</th>`)}<th scope="col">${w.total}</th></tr></thead>
      <tbody>${[...rows].reverse().map((row) => html`<tr key=${row.label}><th scope="row">${row.label}</th><td>${sum(row.messages).toLocaleString(locale())}</td>
        ${row.values.map((value) => html`<td>${value.toLocaleString(locale())}</td>`)}<td>${sum(row.values).toLocaleString(locale())}</td></tr>`)}</tbody>
    </table></div>
  </div>`;
}

const sum = (values) => values.reduce((one, other) => one + other, 0);

function count(day, model) {
  return sum(day.tokens.filter((each) => (each.model ?? w.unknownModel) === model).map((each) => each.count));
}

// Buckets begin at midnight UTC.
function dayName(bucket, format = MEDIUM) {
  return new Intl.DateTimeFormat(locale(), { ...format, timeZone: 'UTC' }).format(new Date(bucket));
}
