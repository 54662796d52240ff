import { type Context, grouped, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Absence, ApprovalDelegation } from './absence.entity.js';

/** Reads what is for staff: by ids, or, as long as it is not over, by the agent it is of. */
function ofAgent<Thing extends { id: string }>(
  entity: new () => Thing,
  table: string,
  column: string,
  owner: keyof Thing,
) {
  const query = (ctx: Context) =>
    sqlOf(ctx.em).selectFrom(`${table} as x`).orderBy('x.starts_at').orderBy('x.id');
  const staff = (ctx: Context) => ctx.viewer.kind === 'STAFF' || ctx.viewer.kind === 'SYSTEM';
  const byId: Loader<string, Thing> = {
    load: async (ctx, ids) => {
      if (!staff(ctx)) return ids.map(() => null);
      const reader = rowsOf(ctx.em, entity);
      const rows = await query(ctx).where('x.id', 'in', ids).select(reader.select('x')).execute();
      return inOrder(ids, reader.read(rows), (thing) => thing.id);
    },
  };
  const current: Loader<string, Thing[]> = {
    load: async (ctx, agentIds) => {
      if (!staff(ctx)) return agentIds.map(() => []);
      const reader = rowsOf(ctx.em, entity);
      const rows = await query(ctx)
        .where(`x.${column}`, 'in', agentIds)
        .where('x.ends_at', '>', ctx.desk.clock.now())
        .select(reader.select('x'))
        .execute();
      return grouped(agentIds, reader.read(rows), (thing) => thing[owner] as string);
    },
  };
  return { byId, current };
}

const absences = ofAgent(Absence, 'absence', 'agent_id', 'agentId');
const delegations = ofAgent(ApprovalDelegation, 'approval_delegation', 'owner_id', 'ownerId');
registerNode('absence', 'Absence', absences.byId);
registerNode('delegation', 'ApprovalDelegation', delegations.byId);

/** Absences of an agent that are not over, the next one first. */
export const absencesOfAgent = absences.current;
/** Delegations by an agent that are not over, the next one first. */
export const delegationsOfAgent = delegations.current;
