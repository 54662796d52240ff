import { hasRole, Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { inTransaction, type Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import type { Availability } from './directory.vocabulary.js';

/** The customer with this address; made where there is none, under the given name or the address's own. */
export async function findOrCreateCustomer(
  tx: Transaction,
  email: string,
  name: string | null,
): Promise<Customer> {
  const address = email.toLowerCase();
  // Two requests of a newcomer at once: the second waits here for the first and finds its customer.
  await tx.lock(`customer ${address}`);
  const found = await tx.em.findOne(Customer, { email: address });
  if (found) return found;
  const customer = Object.assign(new Customer(), {
    id: newId('customer'),
    name: name?.trim().slice(0, 200) || (address.split('@')[0] as string),
    email: address,
    createdAt: tx.now,
  });
  tx.em.persist(customer);
  return customer;
}

/** Says whether an agent takes new work, and how much. Agents say it of themselves, leads and admins of others. */
export async function setAvailability(
  ctx: Context,
  agentId: string,
  availability: Availability,
  capacity: number | null | undefined,
): Promise<void> {
  if (agentId !== ctx.viewer.id && !hasRole(ctx.viewer, Role.TEAM_LEAD, Role.MANAGER, Role.ADMIN))
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      "Others' availability is for leads, managers and admins to set.",
    );
  if (capacity != null && (capacity < 0 || capacity > 1000))
    throw new DomainError(ErrorCode.INVALID_INPUT, 'capacity is from 0 to 1000.', ['input', 'capacity']);
  await inTransaction(ctx, [], async (tx) => {
    const agent = await tx.em.findOne(Agent, { id: agentId });
    if (!agent) throw notFound('agent', agentId, ['input', 'agentId']);
    agent.availability = availability;
    if (capacity != null) agent.capacity = capacity;
  });
}
