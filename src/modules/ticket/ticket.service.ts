import { sql } from 'kysely';
import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import { once } from '../../platform/database/idempotency.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from '../directory/agent.entity.js';
import { Customer } from '../directory/customer.entity.js';
import { findOrCreateCustomer } from '../directory/directory.service.js';
import { Organization } from '../directory/organization.entity.js';
import { Category, Product } from './category.entity.js';
import { priorityOf } from './priority.rules.js';
import { facetsOf, Ticket } from './ticket.entity.js';
import { ticketChanged, ticketCreated } from './ticket.events.js';
import { differences, type TicketFacets } from './ticket.facets.js';
import type { CreateTicketInput } from './ticket.input.js';
import { mayWork } from './ticket.policy.js';
import { ticketById } from './ticket.scope.js';
import { Channel, Level, TicketStatus } from './ticket.vocabulary.js';
import { planTicket, timesOf } from './ticket-planning.service.js';

const MOST_SUBJECT = 255;
const MOST_DESCRIPTION = 100_000;

/**
 * Makes a ticket. Staff make one for a customer, known by id or by name and address; a customer makes
 * its own, whatever else it says.
 */
export async function createTicket(ctx: Context, input: CreateTicketInput): Promise<Ticket> {
  const own = ctx.viewer.kind === 'CUSTOMER';
  if (!own && !mayWork(ctx.viewer))
    throw new DomainError(ErrorCode.FORBIDDEN, 'Creating tickets is for customers and agents.');
  const { ticketId } = await once(ctx, 'createTicket', input, [], async (tx) => {
    const customer = own
      ? await tx.em.findOneOrFail(Customer, { id: tx.viewer.id as string })
      : await askedFor(tx, input);
    const ticket = await newTicket(tx, {
      customer,
      subject: textOf(input.subject, 'subject', MOST_SUBJECT).replace(/\s+/g, ' '),
      description: textOf(input.description, 'description', MOST_DESCRIPTION),
      channel: own ? Channel.WEB_FORM : input.channel,
      categoryId: await known(tx, Category, input.categoryId, 'categoryId'),
      productId: await known(tx, Product, input.productId, 'productId'),
      impact: own ? Level.MEDIUM : (input.impact ?? Level.MEDIUM),
      urgency: own ? Level.MEDIUM : (input.urgency ?? Level.MEDIUM),
    });
    return { ticketId: ticket.id };
  });
  return seen(ctx, ticketId);
}

/** Makes a ticket of values that were checked, within a transaction. */
export async function newTicket(
  tx: Transaction,
  given: Pick<Ticket, 'subject' | 'description' | 'channel' | 'impact' | 'urgency'> &
    Partial<Pick<Ticket, 'categoryId' | 'productId' | 'followUpOfId' | 'teamId'>> & { customer: Customer },
): Promise<Ticket> {
  const { customer, ...rest } = given;
  const organization = customer.organizationId
    ? await tx.em.findOne(Organization, { id: customer.organizationId })
    : null;
  const { rows } = await sql<{ number: string }>`select nextval('ticket_number') as number`.execute(
    sqlOf(tx.em),
  );
  const ticket = Object.assign(new Ticket(), rest, {
    id: newId('ticket'),
    number: Number(rows[0]?.number),
    customerId: customer.id,
    organizationId: customer.organizationId,
    priority: priorityOf(given.impact, given.urgency, organization?.tier),
    createdAt: tx.now,
    updatedAt: tx.now,
  });
  tx.em.persist(ticket);
  tx.created(ticket.id);
  tx.append(ticket.id, ticketCreated(ticket.channel));
  tx.atEnd(() => tx.changed(ticket.id, { before: null, after: { ...facetsOf(ticket) } }));
  return ticket;
}

/**
 * Changes a ticket, or anything that hangs on it: locks it, has the work done, and tells what changed
 * of the ticket itself. The one way in for every mutation that concerns a ticket.
 * @throws DomainError NOT_FOUND when the viewer may not see it; STALE when it is not at the expected version
 */
export function changeTicket<Result>(
  ctx: Context,
  ticketId: string,
  work: (tx: Transaction, ticket: Ticket) => Promise<Result>,
  expectedVersion?: number | null,
): Promise<Result> {
  return inTransaction(ctx, [ticketId], async (tx) =>
    work(tx, await lockedTicket(tx, ticketId, expectedVersion)),
  );
}

/** The ticket, for changing, within a transaction that locked its stream. Told about at the end. */
export async function lockedTicket(
  tx: Transaction,
  ticketId: string,
  expectedVersion?: number | null,
): Promise<Ticket> {
  // Read through the viewer's scope first: what may not be seen is not there.
  if (!(await ticketById.load(tx, [ticketId]))[0]) throw notFound('ticket', ticketId, ['input', 'ticketId']);
  const ticket = await tx.em.findOneOrFail(Ticket, { id: ticketId });
  if (expectedVersion != null && ticket.version !== expectedVersion)
    throw new DomainError(
      ErrorCode.STALE,
      `The ticket is at version ${ticket.version}, not ${expectedVersion}: read it again and repeat what still holds.`,
      ['input', 'expectedVersion'],
    );
  return changing(tx, ticket);
}

/** Has what becomes of a ticket told at the end, within a transaction that locked its stream; whoever may see it. */
export function changing(tx: Transaction, ticket: Ticket): Ticket {
  const before = facetsOf(ticket);
  const unchanged = JSON.stringify(ticket);
  const timed = timesOf(ticket);
  tx.atEnd(async () => {
    if (isOver(before.status) && !isOver(ticket.status)) await leaveToQueue(tx, ticket);
    await planTicket(tx, ticket, timed);
    const changes = differences(before, facetsOf(ticket));
    if (changes.length > 0) tx.append(ticket.id, ticketChanged(changes, reasons.get(ticket) ?? null));
    if (JSON.stringify(ticket) === unchanged && !tx.tells(ticket.id)) return;
    ticket.updatedAt = tx.now;
    ticket.version += 1;
    tx.changed(ticket.id, { before: { ...before }, after: { ...facetsOf(ticket) } });
    for (const listener of listeners) await listener(tx, ticket, before);
  });
  return ticket;
}

const isOver = (status: TicketStatus) => [TicketStatus.RESOLVED, TicketStatus.CLOSED].includes(status);

/** A ticket that is opened again is nobody's where whoever had it has left meanwhile. */
async function leaveToQueue(tx: Transaction, ticket: Ticket): Promise<void> {
  if (ticket.assigneeId === null) return;
  if (!(await tx.em.findOne(Agent, { id: ticket.assigneeId, active: true }))) ticket.assigneeId = null;
}

/** What has to follow when a ticket, or something on it, changed: at the end of the same transaction. */
export type TicketListener = (tx: Transaction, ticket: Ticket, before: TicketFacets) => Promise<void>;
const listeners: TicketListener[] = [];

/** For modules above the ticket, which it can't know: has something done whenever a ticket changed. */
export function onTicketChange(listener: TicketListener): void {
  listeners.push(listener);
}

const reasons = new WeakMap<Ticket, string>();

/** Says why the ticket is being changed; told with the change. */
export function because(ticket: Ticket, reason: string): void {
  reasons.set(ticket, reason);
}

/**
 * A ticket as the viewer sees it now.
 * @throws DomainError NOT_FOUND
 */
export async function seen(ctx: Context, ticketId: string, path?: string[]): Promise<Ticket> {
  const ticket = await ctx.load(ticketById, ticketId);
  if (!ticket) throw notFound('ticket', ticketId, path);
  return ticket;
}

/** The ticket after a change, for the payload of the mutation that made it; null where the change took it out of sight. */
export async function withTicket(
  ctx: Context,
  change: Promise<{ ticketId: string }>,
): Promise<{ ticket: Ticket | null }> {
  return { ticket: await ctx.load(ticketById, (await change).ticketId) };
}

/** The ticket as it is by now, for the payload of a mutation that was refused as STALE. */
export function ticketAsItIs(ctx: Context, ticketId: string): Promise<{ ticket: Ticket | null }> {
  ctx.forget();
  return withTicket(ctx, Promise.resolve({ ticketId }));
}

/** Refuses whoever only reads tickets. */
export function mustWork(ctx: Context): void {
  if (!mayWork(ctx.viewer))
    throw new DomainError(ErrorCode.FORBIDDEN, 'This is for those who work on tickets.');
}

/** A text that says something, trimmed. @throws DomainError REQUIRED or INVALID_INPUT */
export function textOf(text: string, field: string, most: number): string {
  const trimmed = text.trim();
  if (trimmed === '')
    throw new DomainError(ErrorCode.REQUIRED, `${field} is empty: write something.`, ['input', field]);
  if (trimmed.length > most || trimmed.includes('\0'))
    throw new DomainError(
      ErrorCode.INVALID_INPUT,
      `${field} has at most ${most} characters, none of them NUL.`,
      ['input', field],
    );
  return trimmed;
}

async function askedFor(tx: Transaction, input: CreateTicketInput): Promise<Customer> {
  if (input.customer?.id) {
    const customer = await tx.em.findOne(Customer, { id: input.customer.id });
    if (!customer) throw notFound('customer', input.customer.id, ['input', 'customer', 'id']);
    return customer;
  }
  if (!input.customer?.email)
    throw new DomainError(ErrorCode.REQUIRED, 'Say who asks: customer.id, or customer.email with a name.', [
      'input',
      'customer',
    ]);
  return findOrCreateCustomer(tx, input.customer.email, input.customer.name ?? null);
}

async function known(
  tx: Transaction,
  entity: typeof Category | typeof Product,
  id: string | null | undefined,
  field: string,
) {
  if (id == null) return null;
  if (!(await tx.em.findOne(entity, { id }))) throw notFound(entity.name.toLowerCase(), id, ['input', field]);
  return id;
}
