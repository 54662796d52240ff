import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { changeTicket, mustWork, textOf } from '../ticket/ticket.service.js';
import { improvementUpdated, retrospectiveRecorded } from './quality.events.js';
import { improvementById } from './quality.loader.js';
import { ImprovementItem, Retrospective } from './retrospective.entity.js';
import { wordings } from './retrospective.rules.js';

const MOST_NOTES = 20_000;

/**
 * Keeps what was learned from a run. A run has one retrospective: recorded again, as after a rejection, its
 * notes are replaced and its items become these; an item that stays, by its wording, stays done.
 * @param given.items one thing to do better each; empty and repeated ones are dropped
 * @throws DomainError REQUIRED without notes
 */
export async function recordRetrospective(
  tx: Transaction,
  ticket: Ticket,
  given: { runId: string | null; notes: string; items: string[] },
): Promise<Retrospective> {
  const { runId } = given;
  const notes = textOf(given.notes, 'notes', MOST_NOTES);
  const earlier = runId === null ? null : await tx.em.findOne(Retrospective, { runId });
  const retrospective =
    earlier ??
    Object.assign(new Retrospective(), { id: newId('retro'), ticketId: ticket.id, runId, createdAt: tx.now });
  retrospective.notes = notes;
  tx.em.persist(retrospective);
  await replaceItems(tx, retrospective, wordings(given.items));
  tx.append(ticket.id, retrospectiveRecorded(retrospective));
  return retrospective;
}

/**
 * Ticks an improvement item, or takes the tick away.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function updateImprovementItem(
  ctx: Context,
  input: { id: string; done: boolean },
): Promise<ImprovementItem> {
  mustWork(ctx);
  const missing = () => notFound('improvement item', input.id, ['input', 'id']);
  const known = await ctx.load(improvementById, input.id);
  if (!known) throw missing();
  await changeTicket(ctx, known.ticketId, async (tx, ticket) => {
    const item = await tx.em.findOne(ImprovementItem, { id: input.id });
    if (!item) throw missing();
    if (item.done === input.done) return;
    item.done = input.done;
    tx.append(ticket.id, improvementUpdated(item));
  });
  const changed = await ctx.load(improvementById, input.id);
  if (!changed) throw missing();
  return changed;
}

async function replaceItems(tx: Transaction, retrospective: Retrospective, texts: string[]): Promise<void> {
  const items = await tx.em.find(ImprovementItem, { retrospectiveId: retrospective.id });
  for (const item of items) if (!texts.includes(item.text)) tx.em.remove(item);
  texts.forEach((text, position) => {
    const item =
      items.find((known) => known.text === text) ??
      Object.assign(new ImprovementItem(), {
        id: newId('improvement'),
        ticketId: retrospective.ticketId,
        retrospectiveId: retrospective.id,
        text,
      });
    item.position = position;
    tx.em.persist(item);
  });
}
