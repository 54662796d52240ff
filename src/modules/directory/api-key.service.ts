import { newApiKey } from '../../platform/auth/api-key.js';
import { RIGHTS_STREAM } from '../../platform/auth/rights.events.js';
import { hasRole, KeyScope, Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { ApiKey } from './api-key.entity.js';
import type { CreateApiKeyInput } from './api-key.input.js';
import { nameOf } from './directory.rules.js';
import { tellRights } from './directory-change.service.js';

/** How many keys that were not revoked somebody has at most. */
const MOST_KEYS = 50;

/**
 * Makes a key for oneself. Keys make no keys: one that leaked would outlive being revoked.
 * @returns the secret, told once and kept by nobody; null on a retry
 * @throws DomainError FORBIDDEN by a key; INVALID_INPUT without a scope, for an end in the past, or with too many keys
 */
export async function createApiKey(
  ctx: Context,
  input: CreateApiKeyInput,
): Promise<{ apiKeyId: string; secret: string | null }> {
  const { viewer } = ctx;
  if (viewer.kind !== 'STAFF' || viewer.key)
    throw new DomainError(ErrorCode.FORBIDDEN, 'An API key makes no others: sign in with a token.');
  const name = nameOf(input.name);
  const scopes = Object.values(KeyScope).filter((scope) => input.scopes.includes(scope));
  if (scopes.length === 0)
    throw new DomainError(ErrorCode.INVALID_INPUT, 'Give at least one scope.', ['input', 'scopes']);
  let told: string | null = null;
  const { apiKeyId } = await once(ctx, 'createApiKey', input, [`keys ${viewer.id}`], async (tx) => {
    const expiresAt = input.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= tx.now)
      throw new DomainError(ErrorCode.INVALID_INPUT, 'expiresAt is in the past.', ['input', 'expiresAt']);
    if ((await tx.em.count(ApiKey, { agentId: viewer.id, revokedAt: null })) >= MOST_KEYS)
      throw new DomainError(
        ErrorCode.INVALID_INPUT,
        `Somebody has at most ${MOST_KEYS} keys: revoke one that is not needed.`,
        ['input'],
      );
    const { secret, prefix, hash } = newApiKey();
    const id = newId('apikey');
    const { now: createdAt } = tx;
    tx.em.persist(
      Object.assign(new ApiKey(), {
        id,
        agentId: viewer.id,
        name,
        prefix,
        hash,
        scopes,
        createdAt,
        expiresAt,
      }),
    );
    told = secret;
    return { apiKeyId: id };
  });
  return { apiKeyId, secret: told };
}

/**
 * Has a key stop working, for good: one's own, and for administrators anybody's.
 * @throws DomainError NOT_FOUND; INVALID_TRANSITION for one that was revoked
 */
export function revokeApiKey(ctx: Context, apiKeyId: string): Promise<void> {
  return inTransaction(ctx, [RIGHTS_STREAM], async (tx) => {
    const key = await tx.em.findOne(ApiKey, { id: apiKeyId });
    if (!key || (key.agentId !== tx.viewer.id && !hasRole(tx.viewer, Role.ADMIN)))
      throw notFound('API key', apiKeyId, ['input', 'apiKeyId']);
    if (key.revokedAt !== null)
      throw new DomainError(ErrorCode.INVALID_TRANSITION, 'The key was revoked already.', [
        'input',
        'apiKeyId',
      ]);
    key.revokedAt = tx.now;
    tellRights(tx, [key.agentId]);
  });
}
