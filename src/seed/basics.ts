import { prepareDefaultCalendar } from '../modules/calendar/calendar.service.js';
import { publishProcesses } from '../modules/process/process.service.js';
import { Category } from '../modules/ticket/category.entity.js';
import type { Context } from '../platform/context.js';
import { inTransaction } from '../platform/database/transaction.js';
import { newId } from '../platform/ids.js';
import { categoryOptions } from '../processes/options.js';
import { shippedProcesses } from '../processes/processes.js';

/**
 * What every desk has from its first start: the categories that the shipped processes name, a calendar,
 * and the processes.
 */
export async function prepareBasics(ctx: Context): Promise<void> {
  await inTransaction(ctx, [], async (tx) => {
    const known = new Set((await tx.em.findAll(Category)).map(({ name }) => name));
    for (const name of categoryOptions)
      if (!known.has(name)) tx.em.persist(Object.assign(new Category(), { id: newId('category'), name }));
  });
  await prepareDefaultCalendar(ctx);
  await publishProcesses(ctx, shippedProcesses);
}
