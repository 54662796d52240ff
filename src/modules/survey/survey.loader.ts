import { type Context, grouped, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { scopeSql } from '../ticket/ticket.scope.js';
import { Survey } from './survey.entity.js';

/**
 * Surveys through the ticket's scope. To customers only those of their own tickets: a colleague who may
 * follow the ticket is not meant to read what its requester thinks of the service.
 */
async function visibleSurveys(
  ctx: Context,
  column: 'id' | 'ticket_id',
  keys: readonly string[],
): Promise<Survey[]> {
  const reader = rowsOf(ctx.em, Survey);
  let query = sqlOf(ctx.em)
    .selectFrom('survey as s')
    .innerJoin('ticket as t', 't.id', 's.ticket_id')
    .where(scopeSql(scopeOf(ctx.viewer), 't'))
    .where(`s.${column}`, 'in', keys)
    .orderBy('s.sent_at')
    .orderBy('s.id')
    .select(reader.select('s'));
  if (ctx.viewer.kind === 'CUSTOMER') query = query.where('t.customer_id', '=', ctx.viewer.id);
  return reader.read(await query.execute());
}

export const surveyById: Loader<string, Survey> = {
  load: async (ctx, ids) => inOrder(ids, await visibleSurveys(ctx, 'id', ids), (survey) => survey.id),
};
registerNode('survey', 'Survey', surveyById);

/** A ticket's surveys, the oldest first. */
export const surveysOfTicket: Loader<string, Survey[]> = {
  load: async (ctx, ids) =>
    grouped(ids, await visibleSurveys(ctx, 'ticket_id', ids), (survey) => survey.ticketId),
};
