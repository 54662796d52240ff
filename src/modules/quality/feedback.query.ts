import { sql } from 'kysely';
import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { type Connection, type PageArgs, page } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { registerNode } from '../../platform/graphql/node.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { scopeSql } from '../ticket/ticket.scope.js';
import { Feedback } from './feedback.entity.js';

/**
 * The feedback that the viewer may see, as a query on `feedback as f`: what was said to oneself, and what
 * was said to a member of a team that one leads, on a ticket that one may see. No role widens that.
 */
function visibleFeedback(ctx: Context) {
  const { viewer } = ctx;
  const query = sqlOf(ctx.em).selectFrom('feedback as f').innerJoin('ticket as t', 't.id', 'f.ticket_id');
  if (viewer.kind !== 'STAFF') return query.where(sql<boolean>`false`);
  const own = sql<boolean>`f.agent_id = ${viewer.id}`;
  if (viewer.ledTeamIds.length === 0) return query.where(own);
  const led = sql<boolean>`exists (
    select 1 from team_member m
    where m.agent_id = f.agent_id and m.team_id in (${sql.join(viewer.ledTeamIds)})
  )`;
  return query.where(sql<boolean>`(${own} or (${led} and ${scopeSql(scopeOf(viewer), 't')}))`);
}

export const feedbackById: Loader<string, Feedback> = {
  load: async (ctx, ids) => {
    const reader = rowsOf(ctx.em, Feedback);
    const rows = await visibleFeedback(ctx).where('f.id', 'in', ids).select(reader.select('f')).execute();
    return inOrder(ids, reader.read(rows), (feedback) => feedback.id);
  },
};
registerNode('feedback', 'Feedback', feedbackById);

/**
 * A page of the feedback that the viewer may see, the latest first.
 * @param agentId only what was said to this agent; all without it
 */
export function listFeedback(
  ctx: Context,
  agentId: string | null,
  args: PageArgs,
): Promise<Connection<Feedback>> {
  const reader = rowsOf(ctx.em, Feedback);
  const query = visibleFeedback(ctx);
  return page(
    agentId === null ? query : query.where('f.agent_id', '=', agentId),
    [
      { column: 'f.created_at', property: 'createdAt', type: 'timestamptz', direction: SortDirection.DESC },
      { column: 'f.id', property: 'id', type: 'text', direction: SortDirection.DESC },
    ],
    args,
    async (selected) => reader.read(await selected.select(reader.select('f')).execute()),
  );
}
