import { CsvError, parse } from 'csv-parse/sync';
import { PlainError } from '../../platform/plainly.js';
import { COLUMNS, columns, type Values } from './import.columns.rules.js';
import { type Line, linesOf } from './import.lines.js';

/** A row of the file: its values, or what keeps it from being a row. */
export type Row = {
  /** Where it starts: 1 is the header's line. */
  line: number;
  /** False where some of its bytes are not UTF-8. */
  intact: boolean;
} & ({ values: Values } | { fault: string; firstField: string });

/** The most characters of one row: several times what a ticket may hold. */
const MOST_CHARACTERS = 262_144;
/** How a row of this file begins: with a number. */
const BEGINNING = /^"?(\d+)"?,/;

/**
 * Streams the rows of the file. Fields may be quoted and hold line breaks. A row that breaks the rules
 * of CSV, or has too many or too few columns, is given as a fault, and costs no other row: reading goes
 * on at the next line that is a row, or begins like one. A quote that is never closed therefore swallows
 * its own row alone.
 * @throws PlainError where the file cannot be read or lacks a column
 */
export async function* rowsOf(file: string): AsyncGenerator<Row> {
  const source = new Lines(linesOf(file));
  try {
    yield* rowsFrom(source, file);
  } finally {
    await source.close();
  }
}

async function* rowsFrom(source: Lines, file: string): AsyncGenerator<Row> {
  const header = await readRecord(source, null);
  const names = header && 'fields' in header ? header.fields.map((name) => name.trim()) : [];
  const missing = columns.map((column) => COLUMNS[column]).filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new PlainError(
      `${file} cannot be imported: its first line lacks the columns ${missing.join(', ')}.`,
    );
  const places = columns.map((column) => [column, names.indexOf(COLUMNS[column])] as const);

  let broken = false;
  for (;;) {
    const record = await readRecord(source, names.length);
    if (!record) return;
    const { line, intact } = record;
    if ('fields' in record) {
      broken = false;
      const values = Object.fromEntries(places.map(([column, place]) => [column, record.fields[place]]));
      yield { line, intact, values: values as Values };
      continue;
    }
    const firstField = BEGINNING.exec(record.text)?.[1] ?? '';
    // What follows a broken row and doesn't begin like a row is the rest of the broken one.
    if (!broken || firstField !== '') yield { line, intact, fault: record.fault, firstField };
    broken = true;
  }
}

type RawRecord = { line: number; intact: boolean } & ({ fields: string[] } | { fault: string; text: string });

/**
 * Puts the lines of the next record together: it ends with the first line at which its quotes pair up.
 * Where that yields no record, every line but its first is given back.
 * @param width how many columns it must have; null takes any number
 */
async function readRecord(source: Lines, width: number | null): Promise<RawRecord | null> {
  let first = await source.take();
  while (first && first.text.trim() === '') first = await source.take();
  if (!first) return null;
  const line = source.number;
  const rest: Line[] = [];
  // Some programs mark a file as UTF-8 at its very beginning.
  let text = line === 1 ? first.text.replace(/^\uFEFF/, '') : first.text;
  let intact = first.intact;
  let quotes = quotesIn(first.text);
  let fault: string | null = null;
  while (quotes % 2 === 1 && fault === null) {
    const next = await source.take();
    if (next) {
      rest.push(next);
      text += `\n${next.text}`;
      intact &&= next.intact;
      quotes += quotesIn(next.text);
    } else fault = 'a quote is opened and never closed';
    if (text.length > MOST_CHARACTERS)
      fault = `the row has more than ${MOST_CHARACTERS} characters, or a quote is not closed`;
  }
  if (text.length > MOST_CHARACTERS) fault ??= `the row has more than ${MOST_CHARACTERS} characters`;
  const fields = fault === null ? fieldsOf(text.replace(/\r$/, '')) : [];
  if (typeof fields === 'string') fault = fields;
  else if (fault === null && width !== null && fields.length !== width)
    fault = `the row has ${fields.length} columns instead of ${width}`;
  if (fault === null && typeof fields !== 'string') return { line, intact, fields };
  source.giveBack(rest);
  return { line, intact: first.intact, fault: fault ?? '', text: first.text };
}

/** The fields of one record, or what is wrong with its quotes. */
function fieldsOf(text: string): string[] | string {
  try {
    const records = parse(text, { relax_column_count: true, record_delimiter: '\n', max_record_size: 0 });
    return records.length === 1 ? (records[0] as string[]) : 'the quotes of the row do not pair up';
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.code === 'CSV_INVALID_CLOSING_QUOTE'
      ? 'a quoted field goes on after its closing quote, or a quote is not closed'
      : 'there is a quote in a field that does not begin with one';
  }
}

function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes;
}

/** Lines to take one by one and to give back, with their numbers. */
class Lines {
  /** The number of the line taken last. */
  number = 0;
  private ahead: Line[] = [];

  constructor(private readonly lines: AsyncGenerator<Line>) {}

  async take(): Promise<Line | undefined> {
    const line = this.ahead.pop() ?? (await this.lines.next()).value;
    if (line) this.number += 1;
    return line;
  }

  /** Gives back lines that were taken last, in their order. */
  giveBack(lines: Line[]): void {
    this.number -= lines.length;
    for (const line of lines.reverse()) this.ahead.push(line);
  }

  /** Lets go of the file, wherever reading stands. */
  async close(): Promise<void> {
    await this.lines.return(undefined);
  }
}
