/** How facts are put into plain text. Pure. */

/** Of one value: enough to know what was said; the whole is where it came from. */
const MOST_VALUE = 1000;

/** Whatever some reader of the text takes for the end of a line. */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** A moment to the minute: `2026-03-14 09:26 UTC`. */
export function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** An enum value or event type for people: `ON_HOLD` → `On hold`. */
export function words(code: string): string {
  const spaced = code.replaceAll('_', ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** An attribute of a ticket for people: `escalationLevel` → `escalation level`, `teamId` → `team`. */
export function attribute(key: string): string {
  return key.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function heading(title: string): string[] {
  return [title, '-'.repeat(title.length)];
}

/**
 * `label: text`, cut where it is long. Further lines are indented, so that nothing somebody wrote can
 * pass for a heading of the report.
 */
export function entry(name: string, text: string | null | undefined, indent = ''): string[] {
  if (text == null || text.trim() === '') return [];
  return [`${indent}${name}: ${clipped(text).split(LINE_END).join(`\n${indent}    `)}`];
}

/** On one line, cut at `most` characters. */
export function line(text: string, most = 200): string {
  return clipped(text.replace(/\s+/g, ' ').trim(), most);
}

function clipped(text: string, most = MOST_VALUE): string {
  const characters = [...text.trim()];
  return characters.length <= most
    ? characters.join('')
    : `${characters.slice(0, most).join('').trimEnd()} […]`;
}

/** A value of a form or an event, ids by the names they stand for. */
export function value(of: unknown, names: ReadonlyMap<string, string>): string {
  if (of === null || of === undefined || of === '') return 'none';
  if (typeof of === 'boolean') return of ? 'yes' : 'no';
  if (Array.isArray(of)) return of.map((item) => value(item, names)).join(', ') || 'none';
  if (typeof of === 'object') return String((of as { name?: unknown }).name ?? JSON.stringify(of));
  return names.get(String(of)) ?? String(of);
}
