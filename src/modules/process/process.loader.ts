import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Process, ProcessVersion } from './process.entity.js';

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

/** Every process, by name. */
export async function listProcesses(ctx: Context): Promise<Process[]> {
  const reader = rowsOf(ctx.em, Process);
  return reader.read(
    await sqlOf(ctx.em).selectFrom('process as p').orderBy('p.name').select(reader.select('p')).execute(),
  );
}
