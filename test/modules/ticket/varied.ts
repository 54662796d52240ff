import fc from 'fast-check';
import { Agent } from '../../../src/modules/directory/agent.entity.js';
import { Customer } from '../../../src/modules/directory/customer.entity.js';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { Organization } from '../../../src/modules/directory/organization.entity.js';
import { Team } from '../../../src/modules/directory/team.entity.js';
import { Category, Product } from '../../../src/modules/ticket/category.entity.js';
import { facetsOf, Ticket } from '../../../src/modules/ticket/ticket.entity.js';
import type { TicketFacets } from '../../../src/modules/ticket/ticket.facets.js';
import { newTicket } from '../../../src/modules/ticket/ticket.service.js';
import { Channel, Level, Priority, TicketStatus } from '../../../src/modules/ticket/ticket.vocabulary.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import { newId } from '../../../src/platform/ids.js';
import type { TestDesk } from '../../support/desk.js';

/** Few enough that tickets share them. */
export const MOMENTS = [0, 1, 1000, 86_400_000, 86_400_001, 200_000_000].map(
  (after) => new Date(1_780_000_000_000 + after),
);

/** Ids that tickets of the desk may refer to. */
export interface Ids {
  categories: string[];
  products: string[];
  teams: string[];
  agents: string[];
  customers: string[];
  organizations: string[];
}

/**
 * Makes 40 tickets that differ in everything lists go by, and often have it in common, with nulls wherever
 * there may be any. Senior support is restricted; the demo's organization shares its tickets.
 * @returns the facets of all tickets of the desk by id, and the ids they refer to
 */
export async function variedTickets(
  desk: TestDesk,
): Promise<{ tickets: Map<string, TicketFacets>; ids: Ids }> {
  const ids = await inTransaction(systemContext(desk.app.desk), [], async (tx) => {
    const [organization] = await tx.em.findAll(Organization);
    Object.assign(organization as Organization, { sharesTickets: true });
    Object.assign(await tx.em.findOneOrFail(Team, { name: 'Senior support' }), { restricted: true });
    const stranger = Object.assign(new Organization(), { id: newId('org'), name: 'Elsewhere' });
    const products = ['Console', 'Headset'].map((name) =>
      Object.assign(new Product(), { id: newId('product'), name }),
    );
    const more = [organization, stranger].map((of, index) =>
      Object.assign(new Customer(), {
        id: newId('customer'),
        name: `C${index}`,
        email: `c${index}@example.com`,
        organizationId: of?.id,
        createdAt: tx.now,
      }),
    );
    tx.em.persist([stranger, ...products, ...more]);
    const customers = [...(await tx.em.findAll(Customer)), ...more];
    const some = <T extends { id: string }>(things: T[]) => things.slice(0, 3).map(({ id }) => id);
    const made: Ids = {
      categories: some(await tx.em.findAll(Category)),
      products: some(products),
      teams: some(await tx.em.findAll(Team)),
      agents: some(await tx.em.findAll(Agent)),
      customers: customers.map(({ id }) => id),
      organizations: [organization, stranger].map((of) => (of as Organization).id),
    };
    for (const { customer, ...facets } of fc.sample(anyTicket(made, customers), { numRuns: 40, seed: 42 })) {
      const { impact, urgency, channel } = facets;
      Object.assign(
        await newTicket(tx, { subject: 'S', description: 'D', impact, urgency, channel, customer }),
        facets,
      );
    }
    return made;
  });
  const all = await desk.app.desk.database.fork().findAll(Ticket);
  return { tickets: new Map(all.map((ticket) => [ticket.id, facetsOf(ticket)])), ids };
}

function anyTicket(ids: Ids, customers: Customer[]) {
  const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 2 });
  return fc.record({
    customer: fc.constantFrom(...customers),
    status: fc.constantFrom(...Object.values(TicketStatus)),
    priority: fc.constantFrom(...Object.values(Priority)),
    impact: fc.constantFrom(...Object.values(Level)),
    urgency: fc.constantFrom(...Object.values(Level)),
    channel: fc.constantFrom(...Object.values(Channel)),
    categoryId: maybe(ids.categories),
    productId: maybe(ids.products),
    teamId: maybe(ids.teams),
    assigneeId: maybe(ids.agents),
    escalationLevel: fc.nat(2),
    createdAt: fc.constantFrom(...MOMENTS),
    updatedAt: fc.constantFrom(...MOMENTS),
    resolvedAt: maybe(MOMENTS),
    closedAt: maybe(MOMENTS),
  });
}
