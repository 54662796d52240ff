import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { compares } from '../../platform/graphql/compares.rules.js';
import { type Connection, type PageArgs, page } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Process, ProcessVersion } from './process.entity.js';
import type { ProcessFilter } from './process.input.js';
import { stateOfProcess } from './process.machine.js';

/** Definitions are the desk's own business: customers meet steps only through their tickets. */
function ofStaff<Kind extends { id: string }>(
  entity: new () => Kind,
  table: string,
  limited: boolean,
): Loader<string, Kind> {
  return {
    load: async (ctx, ids) => {
      if (limited && ctx.viewer.kind !== 'STAFF' && ctx.viewer.kind !== 'SYSTEM') return ids.map(() => null);
      const reader = rowsOf(ctx.em, entity);
      const rows = await sqlOf(ctx.em)
        .selectFrom(`${table} as p`)
        .where('p.id', 'in', ids)
        .select(reader.select('p'))
        .execute();
      return inOrder(ids, reader.read(rows), (thing) => thing.id);
    },
  };
}

export const processById = ofStaff(Process, 'process', true);
export const processVersionById = ofStaff(ProcessVersion, 'process_version', true);
/** A definition for the desk's own use, whoever asks: what a run needs to tell a customer of its steps. */
export const definitionById = ofStaff(ProcessVersion, 'process_version', false);
registerNode('process', 'Process', processById);
registerNode('procver', 'ProcessVersion', processVersionById);

/** The processes that the filter admits, by name. A desk has dozens at most. */
export async function listProcesses(ctx: Context, { state }: ProcessFilter): Promise<Process[]> {
  const reader = rowsOf(ctx.em, Process);
  const all = reader.read(
    await sqlOf(ctx.em)
      .selectFrom('process as p')
      .orderBy('p.name')
      .orderBy('p.id')
      .select(reader.select('p'))
      .execute(),
  );
  return state ? all.filter((process) => compares(stateOfProcess(process), state)) : all;
}

export async function processByKey(ctx: Context, key: string): Promise<Process | null> {
  const reader = rowsOf(ctx.em, Process);
  const query = sqlOf(ctx.em).selectFrom('process as p').where('p.key', '=', key);
  return reader.read(await query.select(reader.select('p')).execute())[0] ?? null;
}

/** A page of the versions of a process, the newest first. */
export function listVersions(
  ctx: Context,
  processId: string,
  args: PageArgs,
): Promise<Connection<ProcessVersion>> {
  const reader = rowsOf(ctx.em, ProcessVersion);
  return page(
    sqlOf(ctx.em).selectFrom('process_version as p').where('p.process_id', '=', processId),
    [{ column: 'p.number', property: 'number', direction: SortDirection.DESC, type: 'int' }],
    args,
    async (query) => reader.read(await query.select(reader.select('p')).execute()),
  );
}
