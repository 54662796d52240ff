import { sql } from 'kysely';
import { systemContext } from '../../src/modules/directory/identity.service.js';
import { RIGHTS_STREAM, rightsChanged } from '../../src/platform/auth/rights.events.js';
import type { Desk } from '../../src/platform/context.js';
import { sqlOf } from '../../src/platform/database/database.js';
import { inTransaction } from '../../src/platform/database/transaction.js';

/** Appends as many facts to a ticket's stream, in one transaction; they show as `DeskActivity`. */
export function appendFacts(desk: Desk, ticketId: string, names: readonly string[]): Promise<void> {
  return inTransaction(systemContext(desk), [ticketId], async (tx) => {
    tx.append(
      ticketId,
      ...names.map((name) => ({ type: 'COUNTED', visibility: 'PUBLIC' as const, data: { factId: name } })),
    );
  });
}

/** Changes rights by SQL, and tells it as the desk does. */
export function changeRights(desk: Desk, statement: string, subjects: string[] | null): Promise<void> {
  return inTransaction(systemContext(desk), [RIGHTS_STREAM], async (tx) => {
    await sql.raw(statement).execute(sqlOf(tx.em));
    tx.append(RIGHTS_STREAM, rightsChanged(subjects));
  });
}
