import { RIGHTS_STREAM, rightsChanged } from '../../platform/auth/rights.events.js';
import type { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { once } from '../../platform/database/idempotency.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors.js';
import { type Releases, releasing } from '../run/release.service.js';
import { Agent } from './agent.entity.js';
import { Customer } from './customer.entity.js';
import { type DirectoryAct, MAY_ADMINISTER } from './directory.policy.js';
import { Organization } from './organization.entity.js';
import { Team } from './team.entity.js';

/**
 * Changes of the directory go one after the other: whether somebody may still make one, and whether the
 * desk keeps an administrator, is seen only when nobody changes it meanwhile.
 * @throws DomainError FORBIDDEN for who has lost the right since their request came in
 */
export function changeDirectory<Result>(
  ctx: Context,
  act: DirectoryAct,
  work: (tx: Transaction, releases: Releases) => Promise<Result>,
): Promise<Result> {
  return releasing(ctx, [RIGHTS_STREAM], async (tx, releases) => {
    await mustStill(tx, act);
    return work(tx, releases);
  });
}

/** The same for what makes something, once per idempotency key. */
export function addToDirectory<Made extends Record<string, string>>(
  ctx: Context,
  act: DirectoryAct,
  input: { idempotencyKey?: string | null },
  work: (tx: Transaction) => Promise<Made>,
): Promise<Made> {
  return once(ctx, act, input, [RIGHTS_STREAM], async (tx) => {
    await mustStill(tx, act);
    return work(tx);
  });
}

/** Has every node look up the rights of these people anew; of everybody for null. */
export function tellRights(tx: Transaction, ids: readonly (string | null)[] | null): void {
  const people = ids && [...new Set(ids.filter((id) => id !== null))];
  if (people?.length !== 0) tx.append(RIGHTS_STREAM, rightsChanged(people));
}

/** The roles that the viewer has at this moment, under the lock. */
export async function rolesNow(tx: Transaction): Promise<readonly Role[]> {
  const { viewer } = tx;
  if (viewer.kind !== 'STAFF') return [];
  return (await tx.em.findOne(Agent, { id: viewer.id, active: true }))?.roles ?? [];
}

async function mustStill(tx: Transaction, act: DirectoryAct): Promise<void> {
  const roles = await rolesNow(tx);
  if (!MAY_ADMINISTER[act].some((role) => roles.includes(role)))
    throw new DomainError(ErrorCode.FORBIDDEN, `${act} is not open to you.`);
}

/**
 * Refuses an address that somebody has, whoever it is: a token by address stands for one person.
 * @throws DomainError ALREADY_EXISTS
 */
export async function mustBeFree(tx: Transaction, email: string, ownId: string | null): Promise<void> {
  // Customers who write for the first time are made under the same lock.
  await tx.lock(`customer ${email}`);
  const others = { email, ...(ownId === null ? {} : { id: { $ne: ownId } }) };
  const taken = (await tx.em.findOne(Agent, others)) ?? (await tx.em.findOne(Customer, others));
  if (!taken) return;
  throw new DomainError(
    ErrorCode.ALREADY_EXISTS,
    `${taken.name} (${taken instanceof Agent ? 'agent' : 'customer'} ${taken.id}) has the address ${email}.`,
    ['input', 'email'],
  );
}

/** @throws DomainError ALREADY_EXISTS */
export async function mustBeNamedAlone(
  tx: Transaction,
  entity: typeof Team | typeof Organization,
  name: string,
  ownId: string | null,
): Promise<void> {
  const others = { name, ...(ownId === null ? {} : { id: { $ne: ownId } }) };
  if (await tx.em.findOne(entity as typeof Team, others))
    throw new DomainError(
      ErrorCode.ALREADY_EXISTS,
      `There is ${entity === Team ? 'a team' : 'an organization'} ${name} already.`,
      ['input', 'name'],
    );
}

/** @throws DomainError NOT_FOUND, also for an agent who has left, where one is needed who works here */
export async function agentFor(tx: Transaction, id: string, field: string, active = false): Promise<Agent> {
  const agent = await tx.em.findOne(Agent, { id });
  if (!agent || (active && !agent.active)) throw notFound('agent', id, ['input', field]);
  return agent;
}

/** @throws DomainError NOT_FOUND */
export async function teamFor(tx: Transaction, id: string, ...path: string[]): Promise<Team> {
  const team = await tx.em.findOne(Team, { id });
  if (!team) throw notFound('team', id, ['input', ...path]);
  return team;
}

/** @throws DomainError NOT_FOUND */
export async function organizationFor(tx: Transaction, id: string): Promise<Organization> {
  const organization = await tx.em.findOne(Organization, { id });
  if (!organization) throw notFound('organization', id, ['input', 'organizationId']);
  return organization;
}
