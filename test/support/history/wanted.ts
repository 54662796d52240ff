import type { TicketFilter } from '../../generated/graphql.js';
import type { Cast, Person } from './cast.js';
import type { Facets } from './sight.js';

/** What somebody subscribes to; of a list, what its filter means, said again. */
export type Wanted =
  | { kind: 'LIST'; where: TicketFilter; means: (ticket: Facets) => boolean }
  | { kind: 'TICKET'; ticketId: string };

type List = Extract<Wanted, { kind: 'LIST' }>;
const list = (where: TicketFilter, means: List['means']): List => ({ kind: 'LIST', where, means });

/** Everybody's subscription: of staff and of customers, some follow a ticket and the others a list. */
export function subscriptions({
  teams,
  staff,
  customers,
  tickets,
}: Cast): { person: Person; wanted: Wanted }[] {
  const [harbour, meadow, tower, cellar] = teams as [string, string, string, string];
  const all = list({}, () => true);
  const forStaff = [
    all,
    list({ team: { eq: cellar } }, ({ teamId }) => teamId === cellar),
    list({ team: { in: [harbour, tower] } }, ({ teamId }) => teamId === harbour || teamId === tower),
    list({ priority: { in: ['HIGH', 'CRITICAL'] } }, ({ priority }) =>
      ['HIGH', 'CRITICAL'].includes(priority),
    ),
    list({ not: { team: { eq: meadow } } }, ({ teamId }) => teamId !== meadow),
    list(
      { or: [{ team: { eq: meadow } }, { priority: { eq: 'LOW' } }] },
      ({ teamId, priority }) => teamId === meadow || priority === 'LOW',
    ),
    list({ assignee: { isNull: true } }, ({ assigneeId }) => assigneeId === null),
    list(
      { status: { eq: 'OPEN' }, team: { isNull: false } },
      (t) => t.status === 'OPEN' && t.teamId !== null,
    ),
  ];
  const forCustomers = [
    all,
    list({ status: { in: ['OPEN', 'PENDING'] } }, (t) => /OPEN|PENDING/.test(t.status)),
  ];
  const ticket = (index: number): Wanted => ({
    kind: 'TICKET',
    ticketId: tickets[index % tickets.length] as string,
  });
  return [
    ...staff.map((person, index) => ({
      person,
      wanted: index % 3 === 2 ? ticket(index) : (forStaff[index % forStaff.length] as Wanted),
    })),
    ...customers.map((person, index) => ({
      person,
      // Their own, or one of the organization that they share it with.
      wanted:
        index % 2 ? ticket(index + (index % 4 === 1 ? 0 : 3)) : (forCustomers[(index / 2) % 2] as Wanted),
    })),
  ];
}
