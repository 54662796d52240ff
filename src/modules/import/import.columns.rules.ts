import { Channel, Priority, TicketStatus } from '../ticket/ticket.vocabulary.js';

/** The columns of the file and what a single one of them may hold. Pure. */

/**
 * What is taken of the "Customer Support Ticket Dataset" (Kaggle, CC0), by its header. Age, gender and
 * the date of purchase are left in the file: a desk has no use for them, and personal data without a
 * use is not taken.
 */
export const COLUMNS = {
  ticketId: 'Ticket ID',
  customerName: 'Customer Name',
  customerEmail: 'Customer Email',
  productPurchased: 'Product Purchased',
  ticketType: 'Ticket Type',
  ticketSubject: 'Ticket Subject',
  ticketDescription: 'Ticket Description',
  ticketStatus: 'Ticket Status',
  resolution: 'Resolution',
  ticketPriority: 'Ticket Priority',
  ticketChannel: 'Ticket Channel',
  firstResponseTime: 'First Response Time',
  timeToResolution: 'Time to Resolution',
  customerSatisfactionRating: 'Customer Satisfaction Rating',
} as const;

export type Column = keyof typeof COLUMNS;
export const columns = Object.keys(COLUMNS) as Column[];

/** One row of the file, as it stands there. */
export type Values = Record<Column, string>;

/** What a value means, nothing where none is given, or why it means nothing. */
export type Reading<Meaning> = { value: Meaning | null } | { fault: string };

export const STATUSES: Record<string, TicketStatus> = {
  Open: TicketStatus.OPEN,
  'Pending Customer Response': TicketStatus.PENDING,
  Closed: TicketStatus.CLOSED,
};

export const PRIORITIES: Record<string, Priority> = {
  Low: Priority.LOW,
  Medium: Priority.MEDIUM,
  High: Priority.HIGH,
  Critical: Priority.CRITICAL,
};

export const CHANNELS: Record<string, Channel> = {
  Email: Channel.EMAIL,
  Phone: Channel.PHONE,
  Chat: Channel.CHAT,
  'Social media': Channel.SOCIAL_MEDIA,
};

/** One of the words that the column knows. */
export function wordOf<Word>(text: string, words: Record<string, Word>): Reading<Word> {
  const known = text.trim();
  if (known === '') return { fault: 'is empty' };
  if (Object.hasOwn(words, known)) return { value: words[known] as Word };
  return { fault: `is ${quoted(text)}, which is none of ${Object.keys(words).join(', ')}` };
}

/** A text in one line: what is blank or steers a terminal within it becomes one space. */
export function lineOf(text: string, most: number): Reading<string> {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (line.length > most) return { fault: `has ${line.length} characters, more than ${most}` };
  return { value: line === '' ? null : line };
}

/** A text as it is, with its line breaks. */
export function textOf(text: string, most: number): Reading<string> {
  if (text.length > most) return { fault: `has ${text.length} characters, more than ${most}` };
  return { value: text.trim() === '' ? null : text };
}

/** The number of a ticket in the system it comes from. */
export function ticketIdOf(text: string): Reading<string> {
  const id = text.trim();
  if (id === '') return { fault: 'is empty' };
  return /^[1-9]\d{0,17}$/.test(id)
    ? { value: id }
    : { fault: `is ${quoted(text)}, which is no whole number from 1` };
}

/**
 * What HTML takes for an e-mail address, and the API's scalar too.
 * Source: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ADDRESS = new RegExp(`^[a-z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`, 'i');

/** An e-mail address, in lower case. */
export function addressOf(text: string): Reading<string> {
  const address = text.trim();
  if (address === '') return { fault: 'is empty' };
  if (address.length <= 254 && ADDRESS.test(address)) return { value: address.toLowerCase() };
  return { fault: `is ${quoted(text)}, which is no e-mail address` };
}

/** A whole number from 1 to 5, also written 3.0. */
export function ratingOf(text: string): Reading<number> {
  const rating = text.trim();
  if (rating === '') return { value: null };
  if (/^[1-5](\.0+)?$/.test(rating)) return { value: Number(rating) };
  return { fault: `is ${quoted(text)}, which is no whole number from 1 to 5` };
}

/** The file's times have no zone: one from the farthest east may be this far ahead of the present, in UTC. */
const FARTHEST_EAST = 14 * 3_600_000;

/**
 * A moment such as `2023-06-01 12:15:36`, read as UTC.
 * @param now a moment after it has not been yet, so it is a mistake
 */
export function stampOf(text: string, now: Date): Reading<Date> {
  const stamp = text.trim();
  const fault = (why: string) => ({ fault: `is ${quoted(text)}, which is ${why}` });
  if (stamp === '') return { value: null };
  const iso = stamp.replace(' ', 'T');
  const moment = new Date(`${iso}Z`);
  const exists =
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(stamp) &&
    !Number.isNaN(moment.getTime()) &&
    moment.toISOString().startsWith(iso) &&
    moment.getUTCFullYear() >= 1970;
  if (!exists) return fault('no moment like 2023-06-01 12:15:36');
  if (moment.getTime() > now.getTime() + FARTHEST_EAST) return fault('still to come');
  return { value: moment };
}

/** A value for a sentence: in one line, cut where it is long. */
export function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
