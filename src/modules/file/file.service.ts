import { sql } from 'kysely';
import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { once } from '../../platform/database/idempotency.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { type DeadlineHandlers, planDeadlines, repeatDeadline } from '../../platform/deadlines/deadline.js';
import { DomainError, ErrorCode, type Fault, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { lockedTicket } from '../ticket/ticket.service.js';
import { File } from './file.entity.js';
import type { CreateUploadInput } from './file.input.js';
import { fileById } from './file.loader.js';
import { isFileName, isMediaType, lookAfter, MOST_NAME } from './file.rules.js';

/** How many files that nothing names yet one person may have announced at a time. */
const MOST_UNUSED = 100;
const FILE_UNUSED = 'FILE_UNUSED';

/**
 * Announces a file of a ticket: of staff, or of a customer who sees the ticket. It is dropped after a day
 * unless something of the ticket names it.
 * @throws DomainError NOT_FOUND; INVALID_INPUT naming everything that is wrong, or with too many unused files
 */
export async function createUpload(ctx: Context, input: CreateUploadInput): Promise<File> {
  const faults = faultsOf(input, ctx.desk.config.fileBytes);
  if (faults.length > 0) throw new DomainError(faults);
  const { fileId } = await once(ctx, 'createUpload', input, [input.ticketId], async (tx) => {
    const ticket = await lockedTicket(tx, input.ticketId);
    const uploadedById = tx.viewer.id as string;
    if ((await tx.em.count(File, { uploadedById, usedAt: null })) >= MOST_UNUSED)
      throw new DomainError(
        ErrorCode.INVALID_INPUT,
        `Somebody has at most ${MOST_UNUSED} files that nothing names: use some, or wait until they are dropped.`,
        ['input'],
      );
    const file = Object.assign(new File(), {
      id: newId('file'),
      ticketId: ticket.id,
      name: input.fileName.trim(),
      contentType: input.contentType.toLowerCase(),
      size: input.size,
      uploadedById,
      customerVisible: tx.viewer.kind === 'CUSTOMER',
      createdAt: tx.now,
    });
    await tx.em.persist(file).flush();
    const of = { subjectId: file.id, streamId: ticket.id };
    await planDeadlines(tx, [{ ...of, key: `file:${file.id}`, kind: FILE_UNUSED, at: lookAfter(tx.now) }]);
    return { fileId: file.id };
  });
  const file = await ctx.load(fileById, fileId);
  if (!file) throw notFound('file', fileId);
  return file;
}

function faultsOf({ fileName, contentType, size }: CreateUploadInput, most: number): Fault[] {
  const fault = (field: string, message: string): Fault => ({
    code: ErrorCode.INVALID_INPUT,
    message,
    path: ['input', field],
  });
  return [
    ...(isFileName(fileName)
      ? []
      : [
          fault(
            'fileName',
            `A file has a name of 1 to ${MOST_NAME} characters on one line, without slashes and control characters.`,
          ),
        ]),
    ...(isMediaType(contentType)
      ? []
      : [fault('contentType', 'This is not a media type. Give one like image/png.')]),
    ...(size >= 0 && size <= most
      ? []
      : [fault('size', `A file has 0 to ${most} bytes. Give the number of bytes it has.`)]),
  ];
}

/** The files of a ticket among these ids, for a transaction that locked the ticket. */
export async function filesOfTicket(
  tx: Transaction,
  ticketId: string,
  ids: readonly string[],
): Promise<Map<string, File>> {
  const found = ids.length === 0 ? [] : await tx.em.find(File, { ticketId, id: { $in: [...ids] } });
  return new Map(found.map((file) => [file.id, file]));
}

/** Says that something that lasts names these files from now on, so that they stay. */
export async function useFiles(tx: Transaction, ticketId: string, ids: readonly string[]): Promise<void> {
  for (const file of (await filesOfTicket(tx, ticketId, ids)).values()) file.usedAt ??= tx.now;
}

/** What becomes of files a day after they were announced. */
export const fileDeadlines: DeadlineHandlers = {
  /** What broken uploads left is dropped, and the file itself where nothing names it. A draft keeps it for another day. */
  [FILE_UNUSED]: async (tx, { key, subjectId, streamId }) => {
    const file = await tx.em.findOne(File, { id: subjectId });
    if (!file) return;
    await dropOtherTakes(tx, file);
    if (file.usedAt !== null) return;
    if (await isInDraft(tx, streamId, file.id)) await repeatDeadline(tx, key, lookAfter(tx.now));
    else tx.em.remove(file);
  },
};

async function dropOtherTakes(tx: Transaction, { id, take }: File): Promise<void> {
  await sqlOf(tx.em)
    .deleteFrom('file_chunk')
    .where('file_id', '=', id)
    .where(sql<boolean>`take is distinct from ${take}::text`)
    .execute();
}

async function isInDraft(tx: Transaction, ticketId: string, fileId: string): Promise<boolean> {
  const step = await sqlOf(tx.em)
    .selectFrom('step')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where(sql<boolean>`position(${fileId}::text in draft_answers::text) > 0`)
    .executeTakeFirst();
  return step !== undefined;
}
