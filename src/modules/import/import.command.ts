import cliProgress from 'cli-progress';
import type { Context } from '../../platform/context.js';
import { importFile } from './import.service.js';
import { summaryText } from './import.summary.js';

/**
 * `stepdesk import FILE`: loads the file, with a progress bar where somebody watches, and prints what
 * it did.
 * @throws PlainError as `importFile` does
 */
export async function importCommand(
  ctx: Context,
  file: string,
  options: { rejects?: string } = {},
): Promise<void> {
  const bar = process.stderr.isTTY
    ? new cliProgress.SingleBar({
        stream: process.stderr,
        format: 'Importing {bar} {percentage} % | {value} of {total} rows | {eta_formatted} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 30,
      })
    : null;
  const onProgress = (done: number, total: number) => {
    if (bar && !bar.isActive) bar.start(total, 0);
    bar?.update(done);
  };
  try {
    const summary = await importFile(ctx, { file, rejects: options.rejects, onProgress });
    bar?.stop();
    process.stdout.write(summaryText(summary));
  } catch (error) {
    bar?.stop();
    throw error;
  }
}
