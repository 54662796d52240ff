import { createHash } from 'node:crypto';
import type { Context } from '../../platform/context.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { canonicalJson } from './canonical-json.rules.js';
import type { ProcessDefinition } from './process.definition.js';
import { Process, ProcessVersion } from './process.entity.js';
import { faultsOf } from './process.rules.js';

/**
 * Publishes definitions: each that differs from the newest version of its process becomes the next
 * version. Publishing the same again changes nothing, so every start may do it.
 * @throws DomainError INVALID_INPUT naming every fault of a definition with its path
 */
export async function publishProcesses(
  ctx: Context,
  definitions: readonly ProcessDefinition[],
): Promise<void> {
  for (const definition of definitions) {
    const faults = faultsOf(definition);
    if (faults.length > 0)
      throw new DomainError(
        faults.map(({ path, message }) => ({
          code: ErrorCode.INVALID_INPUT,
          message,
          path: ['definition', ...path],
        })),
      );
    await publish(ctx, definition);
  }
}

function publish(ctx: Context, definition: ProcessDefinition): Promise<void> {
  const hash = createHash('sha256').update(canonicalJson(definition)).digest('hex');
  return inTransaction(ctx, [`process ${definition.key}`], async (tx) => {
    const process = await tx.em.findOne(Process, { key: definition.key });
    const newest = process && (await tx.em.findOne(ProcessVersion, { id: process.versionId }));
    if (newest?.hash === hash) return;
    const version = Object.assign(new ProcessVersion(), {
      id: newId('procver'),
      processId: process?.id ?? newId('process'),
      number: (newest?.number ?? 0) + 1,
      hash,
      definition,
      publishedAt: tx.now,
    });
    tx.em.persist(version);
    const { key, name, description } = definition;
    if (process) Object.assign(process, { name, description, versionId: version.id });
    else
      tx.em.persist(
        Object.assign(new Process(), {
          id: version.processId,
          key,
          name,
          description,
          versionId: version.id,
        }),
      );
  });
}
