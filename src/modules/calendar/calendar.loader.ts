import { type Context, inOrder, type Loader } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { rowsOf } from '../../platform/database/rows.js';
import { registerNode } from '../../platform/graphql/node.js';
import { Calendar } from './calendar.entity.js';

const isStaff = ({ viewer }: Context) => viewer.kind === 'STAFF' || viewer.kind === 'SYSTEM';

/** Calendars by id, for staff. */
export const calendarById: Loader<string, Calendar> = {
  load: async (ctx, ids) => {
    if (!isStaff(ctx)) return ids.map(() => null);
    return inOrder(ids, await listCalendars(ctx), (calendar) => calendar.id);
  },
};
registerNode('calendar', 'Calendar', calendarById);

/** Every calendar of the desk, by name. A desk has a handful. */
export async function listCalendars(ctx: Context): Promise<Calendar[]> {
  const reader = rowsOf(ctx.em, Calendar);
  return reader.read(
    await sqlOf(ctx.em).selectFrom('calendar as c').orderBy('c.name').select(reader.select('c')).execute(),
  );
}
