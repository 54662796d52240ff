import { constants } from 'node:fs';
import { access, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PlainError } from '../../platform/plainly.js';

/** What became of a row that the report tells of. */
export type Outcome = 'IMPORTED_WITH_REMARK' | 'REJECTED';

/**
 * The report on an import, row by row, as CSV. It grows under another name and takes its own in one
 * stroke at the end, so that a report is whole whenever it is there.
 */
export class Report {
  private constructor(
    /** Where it will be, as an absolute path. */
    readonly file: string,
    private readonly partial: string,
    private readonly handle: FileHandle,
  ) {}

  /**
   * Starts a report: at the place asked for, or as `<source>.rejects.csv` beside the source, or in the
   * current folder where nothing may be written beside the source.
   * @throws PlainError where it cannot be written
   */
  static async start(source: string, asked?: string): Promise<Report> {
    const beside = resolve(`${source}.rejects.csv`);
    const file = asked
      ? resolve(asked)
      : (await isWritable(dirname(beside)))
        ? beside
        : resolve(basename(beside));
    const partial = join(dirname(file), `.${basename(file)}.part`);
    try {
      const handle = await open(partial, 'w');
      await handle.write('line,ticket_id,outcome,reason\n');
      return new Report(file, partial, handle);
    } catch (error) {
      throw new PlainError(
        `The report ${file} cannot be written (${(error as Error).message}): name another by --rejects.`,
        { cause: error },
      );
    }
  }

  /**
   * Tells of a row.
   * @param ticketId the ticket's number in the file; empty where the row has none that is one
   */
  async tell(line: number, ticketId: string, outcome: Outcome, reasons: string[]): Promise<void> {
    const reason = reasons.join('; ').replaceAll('"', '""');
    await this.handle.write(`${line},${ticketId},${outcome},"${reason}"\n`);
  }

  /** Puts the whole report in its place, over one of an earlier run. */
  async finish(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
    await rename(this.partial, this.file);
  }

  /** Drops a report that did not come to its end. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.partial, { force: true });
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
