import type { Context } from '../../platform/context.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from '../directory/agent.entity.js';
import type { Ticket } from '../ticket/ticket.entity.js';
import { changeTicket, mustWork, textOf } from '../ticket/ticket.service.js';
import { CoordinationRequest } from './coordination.entity.js';
import { CoordinationStatus } from './coordination.vocabulary.js';
import { coordinationOpened, coordinationUpdated } from './escalation.events.js';
import type { UpdateCoordinationRequestInput } from './escalation.input.js';
import { coordinationById } from './escalation.loader.js';

const MOST_TEXT = 20_000;

/**
 * Asks other departments for their part, one request each. A request of the same run that still waits for
 * a department, as after a rejection, is put anew instead of asking twice.
 * @param given.dueOn a calendar day, `YYYY-MM-DD`
 * @throws DomainError REQUIRED without a brief; NOT_FOUND for an owner who is unknown or has left
 */
export async function openCoordination(
  tx: Transaction,
  ticket: Ticket,
  given: {
    runId: string | null;
    departments: string[];
    brief: string;
    ownerId?: string | null;
    dueOn?: string | null;
  },
): Promise<CoordinationRequest[]> {
  const { runId, departments, dueOn = null } = given;
  const brief = textOf(given.brief, 'brief', MOST_TEXT);
  const ownerId = await activeAgent(tx, given.ownerId ?? null);
  const waiting =
    runId === null ? [] : await tx.em.find(CoordinationRequest, { runId, status: CoordinationStatus.OPEN });
  return departments.map((department) => {
    const known = waiting.find((request) => request.department === department);
    const request = known ?? newRequest(tx, ticket, runId, department);
    Object.assign(request, { brief, ownerId, dueOn, updatedAt: tx.now });
    tx.append(ticket.id, known ? coordinationUpdated(request) : coordinationOpened(request));
    return request;
  });
}

/**
 * Changes a coordination request. For those who work on tickets, and for its owner.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function updateCoordinationRequest(
  ctx: Context,
  input: UpdateCoordinationRequestInput,
): Promise<CoordinationRequest> {
  const missing = () => notFound('coordination request', input.id, ['input', 'id']);
  const known = await ctx.load(coordinationById, input.id);
  if (!known) throw missing();
  await changeTicket(ctx, known.ticketId, async (tx, ticket) => {
    const request = await tx.em.findOneOrFail(CoordinationRequest, { id: input.id });
    if (request.ownerId !== tx.viewer.id) mustWork(tx);
    const { ownerId, status, outcome } = request;
    if (input.ownerId !== undefined) request.ownerId = await activeAgent(tx, input.ownerId);
    if (input.status != null) request.status = input.status;
    if (input.outcome !== undefined)
      request.outcome = input.outcome === null ? null : textOf(input.outcome, 'outcome', MOST_TEXT);
    if (request.ownerId === ownerId && request.status === status && request.outcome === outcome) return;
    request.updatedAt = tx.now;
    tx.append(ticket.id, coordinationUpdated(request));
  });
  const changed = await ctx.load(coordinationById, input.id);
  if (!changed) throw missing();
  return changed;
}

function newRequest(
  tx: Transaction,
  ticket: Ticket,
  runId: string | null,
  department: string,
): CoordinationRequest {
  const request = Object.assign(new CoordinationRequest(), {
    id: newId('coordination'),
    ticketId: ticket.id,
    runId,
    department,
    createdAt: tx.now,
  });
  tx.em.persist(request);
  return request;
}

async function activeAgent(tx: Transaction, id: string | null): Promise<string | null> {
  if (id === null) return null;
  if (!(await tx.em.findOne(Agent, { id, active: true }))) throw notFound('agent', id, ['input', 'ownerId']);
  return id;
}
