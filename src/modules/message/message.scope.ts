import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { type Connection, type PageArgs, page, type SortKey } from '../../platform/graphql/connection.js';
import { SortDirection } from '../../platform/graphql/filters.js';
import { registerNode } from '../../platform/graphql/node.js';
import type { MailFailure } from '../../platform/mail/mail.vocabulary.js';
import { scopeOf } from '../ticket/ticket.policy.js';
import { scopeSql } from '../ticket/ticket.scope.js';
import { Message } from './message.entity.js';
import { DeliveryFailure, MessageVisibility } from './message.vocabulary.js';

/** The messages that the viewer may read, as a query on `message as m` that is not yet selected from. */
function visibleMessages(ctx: Context) {
  const query = sqlOf(ctx.em)
    .selectFrom('message as m')
    .innerJoin('ticket as t', 't.id', 'm.ticket_id')
    .where(scopeSql(scopeOf(ctx.viewer), 't'));
  const readsNotes = ctx.viewer.kind === 'STAFF' || ctx.viewer.kind === 'SYSTEM';
  return readsNotes ? query : query.where('m.visibility', '=', MessageVisibility.PUBLIC);
}

export const messageById: Loader<string, Message> = {
  load: async (ctx, ids) => {
    const reader = rowsOf(ctx.em, Message);
    const rows = await visibleMessages(ctx).where('m.id', 'in', ids).select(reader.select('m')).execute();
    return inOrder(ids, reader.read(rows), (message) => message.id);
  },
};
registerNode('message', 'Message', messageById);

/** Why mails that no server has taken were not taken when they were last tried, by their ids. */
export const failureOfMail: Loader<string, DeliveryFailure> = {
  load: async (ctx, ids) => {
    const rows = await sqlOf(ctx.em)
      .selectFrom('mail')
      .select(['id', 'failure'])
      .where('id', 'in', ids)
      .where('failure', 'is not', null)
      .execute();
    const failures = new Map(rows.map(({ id, failure }) => [id as string, failure as MailFailure]));
    return ids.map((id) => {
      const failure = failures.get(id);
      return failure ? DeliveryFailure[failure] : null;
    });
  },
};

const OLDEST_FIRST: SortKey[] = [
  { column: 'm.created_at', property: 'createdAt', type: 'timestamptz', direction: SortDirection.ASC },
  { column: 'm.id', property: 'id', type: 'text', direction: SortDirection.ASC },
];

/** A page of a ticket's thread, the oldest first. Pages and counts know only what the viewer may read. */
export function listMessages(ctx: Context, ticketId: string, args: PageArgs): Promise<Connection<Message>> {
  const reader = rowsOf(ctx.em, Message);
  return page(visibleMessages(ctx).where('m.ticket_id', '=', ticketId), OLDEST_FIRST, args, async (query) =>
    reader.read(await query.select(reader.select('m')).execute()),
  );
}
