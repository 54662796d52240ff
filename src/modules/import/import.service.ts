import { stat } from 'node:fs/promises';
import type { Context } from '../../platform/context.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { recordAct } from '../audit/audit.service.js';
import { unreadable } from './import.lines.js';
import { type Row, rowsOf } from './import.reader.js';
import { Report } from './import.report.js';
import { type ImportedTicket, judge, latestIn, type Moments, type Verdict } from './import.rules.js';
import { storeBatch } from './import.store.js';
import { count, newSummary, type Summary } from './import.summary.js';

export interface ImportOptions {
  /** The CSV file. */
  file: string;
  /** Where rows are reported that were not taken, or not taken whole. Default: beside the file. */
  rejects?: string;
  /** How many tickets one transaction takes. */
  batchSize?: number;
  /** Told how many rows are done, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/** Held by the batch that is being stored, so that two imports at once don't meet. */
const IMPORT = 'import';

/**
 * Loads the tickets of a file, with their history. Each batch is one transaction, and a ticket that the
 * desk has is left as it is: an import that was cut off anywhere is completed by running it again, and
 * running it once more adds nothing. The report tells of every row of the file that was rejected or
 * remarked on, whether its ticket is new or was there already.
 * @throws PlainError where the file cannot be read, is not of this kind, or the report cannot be written
 */
export async function importFile(ctx: Context, options: ImportOptions): Promise<Summary> {
  const started = performance.now();
  const { file, batchSize = 500, onProgress = () => undefined } = options;
  const { total, moments } = await look(file, ctx.desk.clock.now());
  const report = await Report.start(file, options.rejects);
  try {
    const summary = newSummary(report.file);
    let batch: ImportedTicket[] = [];
    const store = async () => {
      if (batch.length > 0) {
        const added = await inTransaction(ctx, [IMPORT], async (tx) => {
          const { tickets, customers } = await storeBatch(tx, batch);
          if (tickets > 0) recordAct(tx, 'importTickets', null, { tickets, customers });
          return { tickets, customers };
        });
        summary.imported += added.tickets;
        summary.alreadyThere += batch.length - added.tickets;
        summary.customersMade += added.customers;
        batch = [];
      }
      onProgress(summary.rows, total);
    };
    const lineOfId = new Map<string, number>();
    for await (const row of rowsOf(file)) {
      summary.rows += 1;
      const { ticket, reasons } = verdictOn(row, moments, lineOfId);
      if (ticket) {
        batch.push(ticket);
        count(summary, ticket);
      } else summary.rejected += 1;
      if (ticket && reasons.length > 0) summary.remarked += 1;
      if (reasons.length > 0)
        await report.tell(row.line, idIn(row), ticket ? 'IMPORTED_WITH_REMARK' : 'REJECTED', reasons);
      if (batch.length >= batchSize) await store();
    }
    await store();
    await report.finish();
    summary.seconds = (performance.now() - started) / 1000;
    return summary;
  } catch (error) {
    await report.discard();
    throw error;
  }
}

/**
 * Reads the file through once, for what only the whole of it tells: how many rows there are, and when it
 * was written, which is the latest time in it, or the file's own where it has none.
 */
async function look(file: string, now: Date): Promise<{ total: number; moments: Moments }> {
  let total = 0;
  let latest: Date | null = null;
  for await (const row of rowsOf(file)) {
    total += 1;
    const stamp = 'values' in row ? latestIn(row.values, now) : null;
    if (stamp && (!latest || stamp > latest)) latest = stamp;
  }
  return { total, moments: { now, exportedAt: latest ?? (await modifiedAt(file)) } };
}

async function modifiedAt(file: string): Promise<Date> {
  try {
    return (await stat(file)).mtime;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** @param lineOfId in which line each ticket taken so far stands */
function verdictOn(row: Row, moments: Moments, lineOfId: Map<string, number>): Verdict {
  if ('fault' in row) return { ticket: null, reasons: [row.fault] };
  const verdict = judge(row.values, moments);
  if (!verdict.ticket) return verdict;
  const { externalId } = verdict.ticket;
  const before = lineOfId.get(externalId);
  if (before !== undefined)
    return { ticket: null, reasons: [`Ticket ID is that of line ${before} too: the first of them counts`] };
  lineOfId.set(externalId, row.line);
  if (row.intact) return verdict;
  return { ...verdict, reasons: [...verdict.reasons, 'holds bytes that are not UTF-8: kept as \uFFFD'] };
}

function idIn(row: Row): string {
  const text = 'fault' in row ? row.firstField : row.values.ticketId.trim();
  return /^\d{1,18}$/.test(text) ? text : '';
}
