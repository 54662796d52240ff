import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, type Fault, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { hashOf } from './definition.hash.js';
import { definitionFaults, readDefinition, refuse } from './definition.reader.js';
import type { DefinitionFault } from './outline.rules.js';
import type { ProcessDefinition } from './process.definition.js';
import { Process } from './process.entity.js';
import type { CreateProcessInput, SaveProcessDraftInput } from './process.input.js';
import { processById } from './process.loader.js';
import { checkMove, stateOfProcess } from './process.machine.js';
import { keyFaults } from './process.rules.js';
import { addVersion, lockOf, newestVersion } from './process.service.js';
import { ProcessState } from './process.vocabulary.js';
import { roleRemarks } from './staffing.rules.js';

const MOST = { name: 200, description: 5_000, reason: 1_000 };

/**
 * Makes a process with a draft.
 * @throws DomainError ALREADY_EXISTS for a key that is taken; INVALID_INPUT naming every fault of the input
 */
export async function createProcess(ctx: Context, input: CreateProcessInput): Promise<{ processId: string }> {
  const given = input.definition == null ? { steps: [] } : readDefinition(input.definition);
  const { key, name, description } = input;
  checkNames({ key, name, description });
  const definition: ProcessDefinition = { ...given, key, name: name.trim(), description };
  const request = { definition, idempotencyKey: input.idempotencyKey };
  return once(ctx, 'createProcess', request, [lockOf(key)], async (tx) => {
    if (await tx.em.findOne(Process, { key }))
      throw new DomainError(ErrorCode.ALREADY_EXISTS, `There is a process ${key} already.`, ['input', 'key']);
    const process = Object.assign(new Process(), {
      id: newId('process'),
      key,
      name: definition.name,
      description,
      draft: definition,
      draftUpdatedAt: tx.now,
      draftUpdatedById: tx.viewer.id,
    });
    tx.em.persist(process);
    return { processId: process.id };
  });
}

function checkNames({ key, name, description }: Record<'key' | 'name' | 'description', string>): void {
  const faults: Fault[] = keyFaults(['input', 'key'], key, true).map((fault) => ({
    ...fault,
    code: ErrorCode.INVALID_INPUT,
  }));
  const fault = (part: string, message: string) =>
    faults.push({ code: ErrorCode.INVALID_INPUT, message, path: ['input', part] });
  if (key.length > 100) fault('key', 'A key has at most 100 characters.');
  if (name.trim() === '' || name.length > MOST.name)
    fault('name', `A name has 1 to ${MOST.name} characters.`);
  if (description.length > MOST.description)
    fault('description', `A description has at most ${MOST.description} characters.`);
  if (faults.length > 0) throw new DomainError(faults);
}

/**
 * Replaces the draft. Faults in its meaning are no hindrance: they are shown, and keep it from being published.
 * @throws DomainError STALE when the draft was changed since; INVALID_INPUT naming every fault of its shape
 */
export function saveDraft(ctx: Context, input: SaveProcessDraftInput): Promise<void> {
  const definition = readDefinition(input.definition);
  return changeProcess(ctx, input.processId, async (tx, process) => {
    checkVersion(process, input.expectedVersion);
    if (definition.key !== process.key)
      refuse([{ path: ['key'], message: `The key of this process is ${process.key}. It never changes.` }]);
    if (hashOf(definition) === hashOf(process.draft)) return;
    Object.assign(process, {
      draft: definition,
      draftVersion: process.draftVersion + 1,
      draftUpdatedAt: tx.now,
      draftUpdatedById: tx.viewer.id,
    });
    // A published process is called what its newest version says.
    if (stateOfProcess(process) === ProcessState.DRAFT) rename(process, definition);
  });
}

/** What publishing leaves behind. */
export interface Published {
  versionId: string;
  warnings: DefinitionFault[];
}

/**
 * Makes the draft the next version, which never changes and which new runs follow from now on. A retired
 * process is in use again with it.
 * @throws DomainError STALE when the draft was changed since; INVALID_INPUT naming every fault;
 *   ALREADY_EXISTS when the newest version has the same content
 */
export function publishDraft(
  ctx: Context,
  input: { processId: string; expectedVersion: number },
): Promise<Published> {
  return changeProcess(ctx, input.processId, async (tx, process) => {
    checkVersion(process, input.expectedVersion);
    const definition = process.draft;
    const faults = definitionFaults(definition);
    if (faults.length > 0) refuse(faults);
    const newest = await newestVersion(tx, process);
    if (newest?.hash === hashOf(definition))
      throw new DomainError(
        ErrorCode.ALREADY_EXISTS,
        `The draft is what version ${newest.number} says, so there is nothing to publish.${process.retiredAt ? ' To use it again, reinstate the process.' : ''}`,
        ['input', 'processId'],
      );
    const version = addVersion(tx, process, newest, definition);
    rename(process, definition);
    Object.assign(process, { retiredAt: null, retiredReason: null, retiredById: null });
    return { versionId: version.id, warnings: roleRemarks(definition, await heldRoles(tx)) };
  });
}

/** Takes a process out of use: nobody starts it any more, active runs go on. */
export function retireProcess(ctx: Context, input: { processId: string; reason: string }): Promise<void> {
  const reason = input.reason.trim();
  return changeProcess(ctx, input.processId, async (tx, process) => {
    checkMove(process, 'RETIRE');
    const path = ['input', 'reason'];
    if (reason === '') throw new DomainError(ErrorCode.REQUIRED, 'Retiring needs a reason.', path);
    if (reason.length > MOST.reason)
      throw new DomainError(ErrorCode.INVALID_INPUT, `A reason has at most ${MOST.reason} characters.`, path);
    Object.assign(process, { retiredAt: tx.now, retiredReason: reason, retiredById: tx.viewer.id });
  });
}

/** Takes a retired process back into use, in its newest version. */
export function reinstateProcess(ctx: Context, input: { processId: string }): Promise<void> {
  return changeProcess(ctx, input.processId, async (_tx, process) => {
    checkMove(process, 'REINSTATE');
    Object.assign(process, { retiredAt: null, retiredReason: null, retiredById: null });
  });
}

async function changeProcess<Result>(
  ctx: Context,
  processId: string,
  work: (tx: Transaction, process: Process) => Promise<Result>,
): Promise<Result> {
  const seen = await ctx.load(processById, processId);
  if (!seen) throw notFound('process', processId, ['input', 'processId']);
  return inTransaction(ctx, [lockOf(seen.key)], async (tx) =>
    work(tx, await tx.em.findOneOrFail(Process, { id: processId })),
  );
}

function checkVersion({ draftVersion }: Process, expected: number): void {
  if (draftVersion === expected) return;
  throw new DomainError(
    ErrorCode.STALE,
    `The draft is at version ${draftVersion}, not ${expected}: somebody changed it. Load it again.`,
    ['input', 'expectedVersion'],
  );
}

function rename(process: Process, { name, description }: ProcessDefinition): void {
  Object.assign(process, { name, description });
}

/** The roles that somebody active holds. */
async function heldRoles(tx: Transaction): Promise<Set<string>> {
  const rows = await sqlOf(tx.em).selectFrom('agent').select('roles').where('active', '=', true).execute();
  return new Set(rows.flatMap(({ roles }) => roles as string[]));
}
