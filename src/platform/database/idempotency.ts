import { createHash } from 'node:crypto';
import type { Context } from '../context.js';
import { DomainError, ErrorCode } from '../errors.js';
import { sqlOf } from './database.js';
import { inTransaction, type Transaction } from './transaction.js';

/** What a use case leaves behind to find its result again: ids by name. */
type Result = Record<string, string>;

/**
 * Runs a use case that creates or sends something once per idempotency key. The same key and input
 * again: the stored result. Scoped to the caller and the use case; kept at least 24 hours.
 * @param streams as for `inTransaction`
 * @throws DomainError IDEMPOTENCY_KEY_REUSED for the same key with another input
 */
export async function once<Made extends Result>(
  ctx: Context,
  useCase: string,
  input: { idempotencyKey?: string | null },
  streams: string[],
  work: (tx: Transaction) => Promise<Made>,
): Promise<Made> {
  const { idempotencyKey: key, ...rest } = input;
  const make = async (tx: Transaction) => {
    const made = await work(tx);
    tx.note(made);
    return made;
  };
  if (key == null) return inTransaction(ctx, streams, make);
  if (key.length < 1 || key.length > 200)
    throw new DomainError(ErrorCode.INVALID_INPUT, 'An idempotency key has 1 to 200 characters.', [
      'input',
      'idempotencyKey',
    ]);
  const scope = `${ctx.viewer.id ?? 'anonymous'} ${useCase}`;
  const inputHash = createHash('sha256').update(JSON.stringify(rest)).digest('base64url');
  return inTransaction(ctx, [...streams, `once ${scope} ${key}`], async (tx) => {
    const db = sqlOf(tx.em);
    const stored = await db
      .selectFrom('idempotency')
      .select(['input_hash', 'result'])
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirst();
    if (stored && stored.input_hash !== inputHash)
      throw new DomainError(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        'This idempotency key was used with another input; take a new key for a new request.',
        ['input', 'idempotencyKey'],
      );
    tx.repeats = stored !== undefined;
    if (stored)
      return (typeof stored.result === 'string' ? JSON.parse(stored.result) : stored.result) as Made;
    const made = await make(tx);
    await db
      .insertInto('idempotency')
      .values({ scope, key, input_hash: inputHash, result: JSON.stringify(made), created_at: tx.now })
      .execute();
    return made;
  });
}
