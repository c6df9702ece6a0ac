// @ts-check
// One line becomes a task: "buy milk tomorrow 5pm !high". Only words at the end count, because a title may have a day in it.
import { addDays, exists, instant, today, weekday, zone } from './days.js';

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december'.split('|');
const WEEKDAYS = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday'.split('|');
const MONTH = `(${MONTHS.map((name) => (name.length > 3 ? `${name.slice(0, 3)}(?:${name.slice(3)})?` : name)).join('|')}|sept)\\.?`;
const WEEKDAY = `(${WEEKDAYS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;
const END = '\\s*$';
const BEFORE = '(?:^|\\s+)(?:(?:due|by)\\s+)?(?:on\\s+)?';

const ending = (pattern) => new RegExp(BEFORE + pattern + END, 'i');

const PRIORITY = new RegExp(`(?:^|\\s+)!(high|medium|low|1|2|3)${END}`, 'i');
const PRIORITIES = { 1: 'high', 2: 'medium', 3: 'low' };
/** @type {[RegExp, (match: string[]) => string][]} */
const TIMES = [
  [new RegExp(`(?:^|\\s+)(?:at\\s+)?(1[0-2]|0?[1-9])(?::([0-5]\\d))?\\s?([ap])\\.?m\\.?${END}`, 'i'), ([, hour, minute, half]) => clock((Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minute)],
  [new RegExp(`(?:^|\\s+)(?:at\\s+)?([01]?\\d|2[0-3]):([0-5]\\d)${END}`, 'i'), ([, hour, minute]) => clock(Number(hour), minute)],
  [new RegExp(`(?:^|\\s+)(?:at\\s+)?noon${END}`, 'i'), () => '12:00'],
];
/** @type {[RegExp, (now: string, match: string[]) => string | undefined][]} */
const DAYS = [
  [ending('today'), (now) => now],
  [ending('tomorrow'), (now) => addDays(now, 1)],
  [ending(`(?:next\\s+)?${WEEKDAY}`), (now, [, name]) => next(now, name)],
  [ending('in\\s+(\\d{1,3})\\s+(day|week)s?'), (now, [, count, unit]) => addDays(now, Number(count) * (unit.toLowerCase() === 'week' ? 7 : 1))],
  [ending('(\\d{4}-\\d{2}-\\d{2})'), (_now, [, day]) => day],
  [ending(`${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?`), (now, [, month, day, year]) => calendar(now, month, day, year)],
  [ending(`(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?${MONTH}(?:,?\\s+(\\d{4}))?`), (now, [, day, month, year]) => calendar(now, month, day, year)],
];

/** @returns {{title: string, priority?: string, due_date?: string}} */
export function readQuickAdd(line, timeZone = zone()) {
  const text = line.trim();
  const quoted = /^"(.+)"$/s.exec(text);
  if (quoted) return { title: quoted[1] };
  const found = { title: text, priority: '', time: '', day: '' };
  while (takePriority(found) || takeTime(found) || takeDay(found, timeZone));
  const due = dueDate(found, timeZone);
  return { title: found.title, ...(found.priority && { priority: found.priority }), ...(due && { due_date: due }) };
}

function takePriority(found) {
  const match = !found.priority && PRIORITY.exec(found.title);
  return match && take(found, match, 'priority', PRIORITIES[match[1]] ?? match[1].toLowerCase());
}

function takeTime(found) {
  if (found.time) return false;
  for (const [pattern, read] of TIMES) {
    const match = pattern.exec(found.title);
    if (match) return take(found, match, 'time', read(match));
  }
  return false;
}

function takeDay(found, timeZone) {
  if (found.day) return false;
  for (const [pattern, read] of DAYS) {
    const match = pattern.exec(found.title);
    const day = match && read(today(timeZone), match);
    if (day && exists(day)) return take(found, match, 'day', day);
  }
  return false;
}

// A line of nothing but a day is a title.
function take(found, match, name, value) {
  const rest = found.title.slice(0, match.index).trim();
  if (!rest) return false;
  found.title = rest;
  found[name] = value;
  return true;
}

function dueDate({ day, time }, timeZone) {
  if (!time) return day;
  if (day) return instant(day, time, timeZone);
  const now = today(timeZone);
  const due = instant(now, time, timeZone);
  return Date.parse(due) > Date.now() ? due : instant(addDays(now, 1), time, timeZone);
}

function clock(hour, minute = '00') {
  return `${String(hour).padStart(2, '0')}:${minute}`;
}

function next(now, name) {
  const wanted = WEEKDAYS.findIndex((each) => each.startsWith(name.toLowerCase().slice(0, 3)));
  return addDays(now, ((wanted - weekday(now) + 6) % 7) + 1);
}

function calendar(now, name, day, year) {
  const month = MONTHS.findIndex((each) => each.startsWith(name.toLowerCase().slice(0, 3))) + 1;
  const inYear = (number) => `${number}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (year) return inYear(year);
  const thisYear = inYear(now.slice(0, 4));
  return thisYear >= now ? thisYear : inYear(String(Number(now.slice(0, 4)) + 1));
}
