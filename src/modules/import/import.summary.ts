import type { ImportedTicket } from './import.rules.js';

/** What an import did, and what the file holds. */
export interface Summary {
  /** Rows of the file, broken ones too, without the header. */
  rows: number;
  /** Tickets that the desk did not have. */
  imported: number;
  /** Tickets that the desk had already; they were left as they are. */
  alreadyThere: number;
  /** Tickets of the file, new or there already, that the report has a remark on. */
  remarked: number;
  /** Rows that make no ticket; the report says why. */
  rejected: number;
  customersMade: number;
  /** Tickets of the file, new or there already, by what they are. Every count is of these. */
  by: Record<'status' | 'priority' | 'channel' | 'type', Record<string, number>>;
  /** Ratings in the file: how many, and their mean; null where there is none. */
  ratings: { count: number; sum: number };
  seconds: number;
  /** Where the report is, as an absolute path. */
  report: string;
}

export function newSummary(report: string): Summary {
  return {
    rows: 0,
    imported: 0,
    alreadyThere: 0,
    remarked: 0,
    rejected: 0,
    customersMade: 0,
    by: { status: counts(), priority: counts(), channel: counts(), type: counts() },
    ratings: { count: 0, sum: 0 },
    seconds: 0,
    report,
  };
}

/** Without a prototype: a category may have any name. */
const counts = (): Record<string, number> => Object.create(null);

/** Counts a ticket of the file by what it is. */
export function count(summary: Summary, ticket: ImportedTicket): void {
  for (const [kind, tally] of Object.entries(summary.by)) {
    const word = ticket[kind as keyof Summary['by']] ?? 'none';
    tally[word] = (tally[word] ?? 0) + 1;
  }
  if (ticket.rating === null) return;
  summary.ratings.count += 1;
  summary.ratings.sum += ticket.rating;
}

/** The summary for a person at a terminal. */
export function summaryText(summary: Summary): string {
  const { ratings } = summary;
  const groups = Object.entries(summary.by).map(([kind, tally]) => {
    const words = Object.keys(tally).sort();
    return [`by ${kind}`, words.map((word) => `${figure(tally[word])} ${word}`).join(', ') || 'none'];
  });
  const lines = [
    ['rows read', figure(summary.rows)],
    ['tickets imported', figure(summary.imported)],
    ['already there', figure(summary.alreadyThere)],
    ['with a remark', figure(summary.remarked)],
    ['rejected', figure(summary.rejected)],
    ['customers made', figure(summary.customersMade)],
    ...groups,
    [
      'rated',
      ratings.count === 0
        ? '0'
        : `${figure(ratings.count)}, mean ${(ratings.sum / ratings.count).toFixed(4)}`,
    ],
    ['seconds', summary.seconds.toFixed(1)],
    ['report', summary.report],
  ];
  return lines.map(([name, text]) => `${`${name}:`.padEnd(18)}${text}\n`).join('');
}

function figure(count = 0): string {
  return count.toLocaleString('en');
}
