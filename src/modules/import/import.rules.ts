import { type Channel, type Priority, TicketStatus } from '../ticket/ticket.vocabulary.js';
import {
  addressOf,
  CHANNELS,
  COLUMNS,
  type Column,
  columns,
  lineOf,
  PRIORITIES,
  type Reading,
  ratingOf,
  STATUSES,
  stampOf,
  textOf,
  ticketIdOf,
  type Values,
  wordOf,
} from './import.columns.rules.js';
import { type Times, timesOf } from './import.times.rules.js';

/** From a row of the file to a ticket with its history, or to the reasons why not. Pure. */

/** The system that the file comes from: what its tickets' external ids begin with. */
export const SOURCE = 'customer-support-tickets';

const MOST = { name: 200, product: 255, type: 255, subject: 255, description: 100_000, resolution: 20_000 };

/** A ticket of the file, ready to be stored. */
export interface ImportedTicket extends Times {
  /** Unique on the desk: the source and the ticket's id there. */
  externalId: string;
  customer: { name: string; email: string };
  subject: string;
  description: string;
  status: TicketStatus;
  priority: Priority;
  channel: Channel;
  /** A category by name. */
  type: string | null;
  /** A product by name. */
  product: string | null;
  resolution: string | null;
  /** How satisfied the customer was, 1 to 5. */
  rating: number | null;
  /** Values that could not be taken for what they should be, as they stand in the file. */
  imported: Record<string, string> | null;
}

/** What becomes of a row: a ticket with what is to be said of it, or no ticket and every reason why. */
export type Verdict = { ticket: ImportedTicket; reasons: string[] } | { ticket: null; reasons: string[] };

export interface Moments {
  /** The present: nothing in the file can be later. */
  now: Date;
  /** When the file was written; what has no time of its own gets this. */
  exportedAt: Date;
}

/**
 * Reads a row. What a ticket can't be without (id, address, subject, status, priority, channel) rejects
 * the row, with all its faults at once. Any other value that can't be read is left out, kept as it was
 * in `imported`, and remarked on.
 */
export function judge(values: Values, moments: Moments): Verdict {
  const faults: string[] = [];
  const remarks: string[] = [];
  const imported: Record<string, string> = {};
  const needed = <Meaning>(column: Column, reading: Reading<Meaning>): Meaning => {
    if ('fault' in reading) faults.push(`${COLUMNS[column]} ${reading.fault}`);
    else if (reading.value === null) faults.push(`${COLUMNS[column]} is empty`);
    return ('fault' in reading ? null : reading.value) as Meaning;
  };
  const wanted = <Meaning>(column: Column, reading: Reading<Meaning>): Meaning | null => {
    if (!('fault' in reading)) return reading.value;
    remarks.push(`${COLUMNS[column]} ${reading.fault}: imported without it, kept as it was`);
    imported[column] = values[column];
    return null;
  };
  for (const column of columns)
    if (values[column].includes('\0')) faults.push(`${COLUMNS[column]} holds a NUL character`);

  const ticketId = needed('ticketId', ticketIdOf(values.ticketId));
  const email = needed('customerEmail', addressOf(values.customerEmail));
  const subject = needed('ticketSubject', lineOf(values.ticketSubject, MOST.subject));
  const status = needed('ticketStatus', wordOf(values.ticketStatus, STATUSES));
  const priority = needed('ticketPriority', wordOf(values.ticketPriority, PRIORITIES));
  const channel = needed('ticketChannel', wordOf(values.ticketChannel, CHANNELS));
  const description = textOf(values.ticketDescription, MOST.description);
  if ('fault' in description) faults.push(`${COLUMNS.ticketDescription} ${description.fault}`);
  if (faults.length > 0) return { ticket: null, reasons: faults };

  if (!('fault' in description) && description.value === null) remarks.push('Ticket Description is empty');
  const name = wanted('customerName', lineOf(values.customerName, MOST.name));
  if (values.customerName.trim() === '') remarks.push('Customer Name is empty: named after the address');
  const product = wanted('productPurchased', lineOf(values.productPurchased, MOST.product));
  const type = wanted('ticketType', lineOf(values.ticketType, MOST.type));
  const resolution = wanted('resolution', textOf(values.resolution, MOST.resolution));
  const rating = wanted('customerSatisfactionRating', ratingOf(values.customerSatisfactionRating));
  const times = timesOf(
    {
      closed: status === TicketStatus.CLOSED,
      firstResponse: wanted('firstResponseTime', stampOf(values.firstResponseTime, moments.now)),
      resolution: wanted('timeToResolution', stampOf(values.timeToResolution, moments.now)),
    },
    moments.exportedAt,
  );
  if (times.remark !== null) {
    remarks.push(times.remark);
    for (const column of ['firstResponseTime', 'timeToResolution'] as const)
      if (values[column].trim() !== '') imported[column] = values[column].trim();
  }
  const ticket: ImportedTicket = {
    externalId: `${SOURCE}:${ticketId}`,
    customer: { name: name ?? (email.split('@')[0] as string), email },
    subject,
    description: 'fault' in description ? '' : (description.value ?? ''),
    status,
    priority,
    channel,
    type,
    product,
    resolution,
    rating,
    imported: Object.keys(imported).length > 0 ? imported : null,
    ...times.times,
  };
  return { ticket, reasons: remarks };
}

/** The latest moment that a row tells of, or null: the latest of all rows is when the file was written. */
export function latestIn(values: Values, now: Date): Date | null {
  const stamps = [values.firstResponseTime, values.timeToResolution].map((text) => stampOf(text, now));
  return stamps.reduce<Date | null>((latest, stamp) => {
    if ('fault' in stamp || stamp.value === null) return latest;
    return latest === null || stamp.value > latest ? stamp.value : latest;
  }, null);
}
