import { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import type { ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { AuditEntry } from './audit.entity.js';
import { changedNothing, detailsOf, type Privilege } from './audit.policy.js';
import { AuditOutcome } from './audit.vocabulary.js';

/** A use of a privileged mutation. */
export interface Act {
  action: string;
  privilege: Privilege;
  input: Readonly<Record<string, unknown>>;
}

/** Records what a transaction did, in that transaction; nothing where it changed nothing. */
export function recordDone(tx: Transaction, { action, privilege, input }: Act): void {
  if (changedNothing(tx.notes)) return;
  const { subjectId, details } = detailsOf(privilege, input, tx.notes);
  recordAct(tx, action, subjectId, details);
}

/** Records that somebody was refused, by itself: what they tried left no transaction to be part of. */
export async function recordRefused(ctx: Context, { action, privilege, input }: Act, code: ErrorCode) {
  const { subjectId, details } = detailsOf(privilege, input, {});
  await inTransaction(new Context(ctx.desk, ctx.viewer), [], async (tx) => {
    persist(tx, { action, subjectId, details, outcome: AuditOutcome.REFUSED, code });
  });
}

/** Records something privileged that comes by no mutation: a command of the desk itself. */
export function recordAct(
  tx: Transaction,
  action: string,
  subjectId: string | null,
  details: Record<string, unknown>,
): void {
  persist(tx, { action, subjectId, details, outcome: AuditOutcome.DONE, code: null });
}

function persist(
  tx: Transaction,
  entry: Pick<AuditEntry, 'action' | 'subjectId' | 'details' | 'outcome' | 'code'>,
): void {
  const { viewer } = tx;
  const details =
    viewer.kind === 'STAFF' && viewer.key ? { ...entry.details, byApiKeyId: viewer.key.id } : entry.details;
  tx.em.persist(
    Object.assign(new AuditEntry(), entry, {
      details,
      id: newId('audit'),
      at: tx.now,
      actorId: tx.viewer.id,
    }),
  );
}
