import { DomainError, ErrorCode } from '../../../platform/errors.js';
import { sendToCustomer } from '../../message/message.service.js';
import { giveTicket, routeTicket } from '../../routing/assignment.service.js';
import { Category } from '../../ticket/category.entity.js';
import { Channel, type Level, type Priority, TicketStatus } from '../../ticket/ticket.vocabulary.js';
import { applyMove, assess, overridePriority, resolve } from '../../ticket/ticket-lifecycle.service.js';
import { closeLocked } from '../closing.service.js';
import { type EffectContext, type EffectOf, fill, listAnswer, textAnswer } from './effect-context.js';

/** Effects on the ticket itself. What each does is said in `process.definition.ts`. */

const HOUR = 3_600_000;

export async function setCategory(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'SET_CATEGORY'>,
): Promise<void> {
  const name = textAnswer(form, effect.field);
  if (name === null) return;
  const category = await tx.em.findOne(Category, { name });
  if (!category)
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `The desk has no category named ${name}; add it or choose another.`,
      ['input', 'answers'],
    );
  ticket.categoryId = category.id;
}

export async function setChannel(
  { ticket, form }: EffectContext,
  effect: EffectOf<'SET_CHANNEL'>,
): Promise<void> {
  const channel = effect.map[textAnswer(form, effect.field) ?? ''];
  if (channel) ticket.channel = Channel[channel];
}

export async function setUrgency(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'SET_URGENCY'>,
): Promise<void> {
  const urgency = effect.map[textAnswer(form, effect.field) ?? ''];
  if (urgency) await assess(tx, ticket, { urgency: urgency as Level });
}

export async function setImpact(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'SET_IMPACT'>,
): Promise<void> {
  const impact = effect.map[textAnswer(form, effect.field) ?? ''];
  if (impact) await assess(tx, ticket, { impact: impact as Level });
}

export async function setPriority(
  { tx, ticket, form, stepTitle }: EffectContext,
  effect: EffectOf<'SET_PRIORITY'>,
): Promise<void> {
  const priority = effect.map[textAnswer(form, effect.field) ?? ''];
  if (priority) await overridePriority(tx, ticket, priority as Priority, stepTitle);
}

export async function setStatus(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'SET_STATUS'>,
): Promise<void> {
  const status = effect.map[textAnswer(form, effect.field) ?? ''];
  if (!status || ticket.status === status) return;
  if (status === 'RESOLVED') return resolve(tx, ticket, textAnswer(form, effect.resolutionField));
  if (status === 'PENDING') return applyMove(tx, ticket, 'WAIT_FOR_CUSTOMER');
  if (status === 'ON_HOLD') return applyMove(tx, ticket, 'HOLD');
  applyMove(
    tx,
    ticket,
    ticket.status === TicketStatus.RESOLVED || ticket.status === TicketStatus.CLOSED ? 'REOPEN' : 'START',
  );
}

export async function routeEffect(
  { tx, ticket, form, stepTitle }: EffectContext,
  effect: EffectOf<'ROUTE'>,
): Promise<void> {
  const teamId = textAnswer(form, effect.teamField);
  const [agentId] = listAnswer(form, effect.memberField);
  if (agentId === undefined) await routeTicket(tx, ticket, teamId, ['input', 'answers']);
  else await giveTicket(tx, ticket, { teamId, agentId }, stepTitle);
}

export async function promiseResolution(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'PROMISE_RESOLUTION'>,
): Promise<void> {
  const hours = form[effect.field];
  if (typeof hours === 'number') ticket.promisedResolutionAt = new Date(tx.now.getTime() + hours * HOUR);
}

export async function recordResolution(
  { ticket, form }: EffectContext,
  effect: EffectOf<'RECORD_RESOLUTION'>,
): Promise<void> {
  ticket.resolution = textAnswer(form, effect.field) ?? ticket.resolution;
}

export async function resolveEffect(
  { tx, ticket, form }: EffectContext,
  effect: EffectOf<'RESOLVE'>,
): Promise<void> {
  const resolution = textAnswer(form, effect.field);
  if (ticket.status === TicketStatus.RESOLVED) ticket.resolution = resolution ?? ticket.resolution;
  else resolve(tx, ticket, resolution);
}

export async function closeEffect(context: EffectContext, effect: EffectOf<'CLOSE_TICKET'>): Promise<void> {
  const { tx, ticket, form } = context;
  if (ticket.status === TicketStatus.CLOSED) return;
  if (ticket.status !== TicketStatus.RESOLVED) resolve(tx, ticket, null);
  await closeLocked(tx, ticket, textAnswer(form, effect.notesField));
  await sendToCustomer(tx, ticket, {
    subject: await fill(context, effect.subject),
    body: await fill(context, effect.body),
  });
}
