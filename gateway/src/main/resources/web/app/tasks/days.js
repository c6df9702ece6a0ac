// @ts-check
// Days and times in the zone of the account. A day is text such as 2027-03-14, because a Date of it would be midnight in UTC.
import { session } from '../core/session.js';
import { locale } from '../core/words.js';

const DAY = 86_400_000;

export const zone = () => session.user?.time_zone ?? 'UTC';

export const isDay = (due) => /^\d{4}-\d{2}-\d{2}$/.test(due);

/** The day and the time of an instant in a zone. */
function wall(instant, timeZone) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).formatToParts(instant);
  const part = (type) => parts.find((each) => each.type === type)?.value;
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}

export const today = (timeZone = zone()) => wall(new Date(), timeZone).day;

export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Whether there is such a day in the calendar. */
export function exists(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** The instant of a wall time, in RFC 3339. Where clocks are set forward the time moves with them. */
export function instant(day, time, timeZone = zone()) {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round++) {
    const seen = wall(new Date(guess), timeZone);
    guess += wanted - Date.parse(`${seen.day}T${seen.time}:00Z`);
  }
  return new Date(guess).toISOString();
}

/** Day and time of a due date; the time is empty if it is a day. */
export function dueParts(due, timeZone = zone()) {
  if (!due) return { day: '', time: '' };
  return isDay(due) ? { day: due, time: '' } : wall(new Date(due), timeZone);
}

/** When something is due, to compare: a day at its end. */
export const dueTime = (due) => (isDay(due) ? instant(due, '23:59') : new Date(due).toISOString());

export function isOverdue(task) {
  return task.status !== 'completed' && Boolean(task.due_date) && dueParts(task.due_date).day < today();
}

export function formatDue(due) {
  const year = dueParts(due).day.slice(0, 4) === today().slice(0, 4) ? undefined : 'numeric';
  const format = /** @type {Intl.DateTimeFormatOptions} */ ({ weekday: 'short', month: 'short', day: 'numeric', year });
  return isDay(due)
    ? new Intl.DateTimeFormat(locale(), { ...format, timeZone: 'UTC' }).format(new Date(`${due}T00:00:00Z`))
    : new Intl.DateTimeFormat(locale(), { ...format, hour: 'numeric', minute: '2-digit', timeZone: zone() }).format(new Date(due));
}

export function formatTime(instantText) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone() }).format(new Date(instantText));
}
