import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { newId } from '../../platform/ids.js';
import { hashOf } from './definition.hash.js';
import { definitionFaults, refuse } from './definition.reader.js';
import type { ProcessDefinition } from './process.definition.js';
import { Process, ProcessVersion } from './process.entity.js';

/**
 * Publishes the definitions that the desk ships with: each that differs from the newest version of its
 * process becomes the next version. Publishing the same again changes nothing, so every start may do it.
 *
 * A process that somebody at the desk has made their own is left alone: one whose newest version or draft
 * was written here, or that was retired here. The log says so where the shipped definition is a new one.
 * @throws DomainError INVALID_INPUT naming every fault of a definition with its path
 */
export async function publishProcesses(
  ctx: Context,
  definitions: readonly ProcessDefinition[],
): Promise<void> {
  for (const definition of definitions) {
    const faults = definitionFaults(definition);
    if (faults.length > 0) refuse(faults);
    await ship(ctx, definition);
  }
}

function ship(ctx: Context, definition: ProcessDefinition): Promise<void> {
  const { key, name, description } = definition;
  return inTransaction(ctx, [lockOf(key)], async (tx) => {
    const process = await tx.em.findOne(Process, { key });
    const newest = process && (await newestVersion(tx, process));
    const hash = hashOf(definition);
    if (newest?.hash === hash) return;
    if (process && (!newest || isOwn(process, newest))) {
      ctx.desk.log.warn(
        { process: key },
        'A shipped process was edited or retired here and is left as it is',
      );
      return;
    }
    const shipped = process ?? Object.assign(new Process(), { id: newId('process'), key });
    if (!process) tx.em.persist(shipped);
    else shipped.draftVersion += 1;
    Object.assign(shipped, { name, description, draft: definition, draftUpdatedAt: tx.now });
    addVersion(tx, shipped, newest, definition);
  });
}

/** Whether people at the desk had a hand in it since it was shipped. */
function isOwn(process: Process, newest: ProcessVersion): boolean {
  return newest.publishedById !== null || process.retiredAt !== null || hashOf(process.draft) !== newest.hash;
}

/** What whoever changes a process locks first. */
export function lockOf(key: string): string {
  return `process ${key}`;
}

export function newestVersion(tx: Transaction, process: Process): Promise<ProcessVersion | null> {
  return process.versionId === null
    ? Promise.resolve(null)
    : tx.em.findOneOrFail(ProcessVersion, { id: process.versionId });
}

/** Makes the next version of a locked process, which new runs follow from now on. */
export function addVersion(
  tx: Transaction,
  process: Process,
  newest: ProcessVersion | null,
  definition: ProcessDefinition,
): ProcessVersion {
  const version = Object.assign(new ProcessVersion(), {
    id: newId('procver'),
    processId: process.id,
    number: (newest?.number ?? 0) + 1,
    hash: hashOf(definition),
    definition,
    publishedAt: tx.now,
    publishedById: tx.viewer.kind === 'STAFF' ? tx.viewer.id : null,
  });
  tx.em.persist(version);
  process.versionId = version.id;
  return version;
}
