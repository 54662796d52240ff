import type { Context } from '../../platform/context.js';
import { sqlOf } from '../../platform/database/database.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { notFound } from '../../platform/errors.js';
import { newId } from '../../platform/ids.js';
import { Customer } from './customer.entity.js';
import type {
  CreateCustomerInput,
  CreateOrganizationInput,
  UpdateCustomerInput,
  UpdateOrganizationInput,
} from './customer-admin.input.js';
import { addressOf, amend, checkVersion, nameOf, recorded } from './directory.rules.js';
import {
  addToDirectory,
  changeDirectory,
  mustBeFree,
  mustBeNamedAlone,
  organizationFor,
  tellRights,
} from './directory-change.service.js';
import { Organization } from './organization.entity.js';

/** How many people are told of by name; of more, everybody's rights are looked up anew. */
const MOST_TOLD = 500;

/** Makes an organization. @throws DomainError ALREADY_EXISTS by name */
export function createOrganization(
  ctx: Context,
  input: CreateOrganizationInput,
): Promise<{ organizationId: string }> {
  const { tier, sharesTickets } = input;
  const name = nameOf(input.name);
  return addToDirectory(ctx, 'createOrganization', input, async (tx) => {
    await mustBeNamedAlone(tx, Organization, name, null);
    const id = newId('org');
    tx.em.persist(Object.assign(new Organization(), { id, name, tier, sharesTickets }));
    return { organizationId: id };
  });
}

/** Changes an organization. @throws DomainError NOT_FOUND; STALE; ALREADY_EXISTS by name */
export function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<void> {
  const name = input.name == null ? undefined : nameOf(input.name);
  return changeDirectory(ctx, 'updateOrganization', async (tx) => {
    const organization = await organizationFor(tx, input.organizationId);
    checkVersion('organization', organization, input.expectedVersion);
    if (name !== undefined) await mustBeNamedAlone(tx, Organization, name, organization.id);
    const changes = amend(organization, {
      name,
      tier: input.tier ?? undefined,
      sharesTickets: input.sharesTickets ?? undefined,
    });
    tx.note({ changes: recorded(changes) });
    if (changes.sharesTickets) tellRights(tx, await peopleOf(tx, organization.id));
  });
}

/** The customers of an organization; null where they are very many. */
async function peopleOf(tx: Transaction, organizationId: string): Promise<string[] | null> {
  const rows = await sqlOf(tx.em)
    .selectFrom('customer')
    .select('id')
    .where('organization_id', '=', organizationId)
    .limit(MOST_TOLD + 1)
    .execute();
  return rows.length > MOST_TOLD ? null : rows.map(({ id }) => id as string);
}

/**
 * Makes a customer.
 * @throws DomainError ALREADY_EXISTS for an address that a customer or agent has; NOT_FOUND by organization
 */
export function createCustomer(ctx: Context, input: CreateCustomerInput): Promise<{ customerId: string }> {
  const [name, email] = [nameOf(input.name), addressOf(input.email)];
  const organizationId = input.organizationId ?? null;
  return addToDirectory(ctx, 'createCustomer', input, async (tx) => {
    await mustBeFree(tx, email, null);
    if (organizationId !== null) await organizationFor(tx, organizationId);
    const id = newId('customer');
    tx.em.persist(Object.assign(new Customer(), { id, name, email, organizationId, createdAt: tx.now }));
    tellRights(tx, [id]);
    return { customerId: id };
  });
}

/**
 * Changes what is said of a customer.
 * @throws DomainError NOT_FOUND; STALE; ALREADY_EXISTS for an address that somebody has
 */
export function updateCustomer(ctx: Context, input: UpdateCustomerInput): Promise<void> {
  const { customerId, organizationId } = input;
  const name = input.name == null ? undefined : nameOf(input.name);
  const email = input.email == null ? undefined : addressOf(input.email);
  return changeDirectory(ctx, 'updateCustomer', async (tx) => {
    const customer = await tx.em.findOne(Customer, { id: customerId });
    if (!customer) throw notFound('customer', customerId, ['input', 'customerId']);
    checkVersion('customer', customer, input.expectedVersion);
    if (email !== undefined && email !== customer.email) await mustBeFree(tx, email, customer.id);
    if (organizationId != null) await organizationFor(tx, organizationId);
    const changes = amend(customer, { name, email, organizationId });
    tx.note({ changes: recorded(changes) });
    if (changes.email || changes.organizationId) tellRights(tx, [customer.id]);
  });
}
