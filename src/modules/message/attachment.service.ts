import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, type Fault } from '../../platform/errors.js';
import type { File } from '../file/file.entity.js';
import { filesOfTicket } from '../file/file.service.js';
import { FileStatus } from '../file/file.vocabulary.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { MessageVisibility } from './message.vocabulary.js';

const MOST_FILES = 10;
/** Bytes together: with what mail adds to them, below what most servers take (25 MB). */
const MOST_BYTES = 15_000_000;

/**
 * The files that a message is to bring, within a transaction that locked the ticket: of this ticket, and
 * such as the viewer may see.
 * @throws DomainError INVALID_INPUT at `input.fileIds`, or at each that is not there
 */
export async function attachable(tx: Transaction, ticket: Ticket, ids: readonly string[]): Promise<File[]> {
  const refuse = (message: string) => new DomainError(ErrorCode.INVALID_INPUT, message, ['input', 'fileIds']);
  if (ids.length > MOST_FILES) throw refuse(`A message brings at most ${MOST_FILES} files.`);
  if (new Set(ids).size < ids.length) throw refuse('A file is given twice. Keep one of them.');
  const known = await filesOfTicket(tx, ticket.id, ids);
  const files: File[] = [];
  const faults: Fault[] = [];
  for (const [index, id] of ids.entries()) {
    const file = known.get(id);
    const seen = file && (tx.viewer.kind !== 'CUSTOMER' || file.customerVisible);
    if (seen && file.status === FileStatus.STORED) files.push(file);
    else
      faults.push({
        code: ErrorCode.INVALID_INPUT,
        message: seen
          ? `The bytes of ${file.name} have not come yet. Bring them where createUpload said.`
          : `This ticket has no file ${id}. Upload it for this ticket: createUpload says how.`,
        path: ['input', 'fileIds', String(index)],
      });
  }
  if (faults.length > 0) throw new DomainError(faults);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) throw refuse(`The files of a message have at most ${MOST_BYTES} bytes together.`);
  return files;
}

/**
 * Has a message bring files: they stay, and a public message shows them to the customer. A new file goes
 * along to the ticket that takes the message, which may be a follow-up of its own.
 * @returns their ids
 */
export function attach(
  tx: Transaction,
  ticket: Ticket,
  files: File[],
  visibility: MessageVisibility,
): string[] {
  for (const file of files) {
    if (file.usedAt === null) file.ticketId = ticket.id;
    file.usedAt ??= tx.now;
    if (visibility === MessageVisibility.PUBLIC) file.customerVisible = true;
  }
  return files.map(({ id }) => id);
}
