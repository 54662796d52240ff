import { Agent } from '../../../src/modules/directory/agent.entity.js';
import { Customer } from '../../../src/modules/directory/customer.entity.js';
import { Tier } from '../../../src/modules/directory/directory.vocabulary.js';
import { systemContext } from '../../../src/modules/directory/identity.service.js';
import { Organization } from '../../../src/modules/directory/organization.entity.js';
import { Team, TeamMember } from '../../../src/modules/directory/team.entity.js';
import { newTicket } from '../../../src/modules/ticket/ticket.service.js';
import { Channel, Level } from '../../../src/modules/ticket/ticket.vocabulary.js';
import { Role } from '../../../src/platform/auth/viewer.js';
import type { Desk } from '../../../src/platform/context.js';
import { inTransaction, type Transaction } from '../../../src/platform/database/transaction.js';
import { newId } from '../../../src/platform/ids.js';

export interface Person {
  id: string;
  email: string;
}

/** Who listens, and what there is to be listened to. */
export interface Cast {
  /** Two open teams and two restricted ones, by turns. */
  teams: string[];
  /** One whose customers see one another's tickets at first, and one whose don't. */
  organizations: string[];
  /** Agents, then leads, managers and QA. */
  staff: Person[];
  customers: Person[];
  tickets: string[];
}

const [AGENTS, LEADS, MANAGERS, QA] = [20, 6, 6, 6];
const CUSTOMERS = 12;
const TICKETS = 24;

/** Makes fifty people of different rights, and tickets of all teams and customers. */
export function castPlay(desk: Desk): Promise<Cast> {
  return inTransaction(systemContext(desk), [], async (tx) => {
    const staff = makeStaff(tx);
    const teams = makeTeams(tx, staff);
    const [organizations, customers] = makeCustomers(tx);
    await tx.em.flush();
    const tickets: string[] = [];
    for (let index = 0; index < TICKETS; index++) {
      const ticket = await newTicket(tx, {
        subject: `History ${index}`,
        description: 'It goes on.',
        channel: Channel.EMAIL,
        impact: Level.MEDIUM,
        urgency: Level.MEDIUM,
        teamId: index % 5 === 4 ? null : (teams[index % 4] as string),
        customer: customers[index % customers.length] as Customer,
      });
      tickets.push(ticket.id);
    }
    return { teams, organizations, staff, customers, tickets };
  });
}

function makeStaff(tx: Transaction): Agent[] {
  const roles = [
    ...Array<Role>(AGENTS).fill(Role.AGENT),
    ...Array<Role>(LEADS).fill(Role.TEAM_LEAD),
    ...Array<Role>(MANAGERS).fill(Role.MANAGER),
    ...Array<Role>(QA).fill(Role.QA_MANAGER),
  ];
  return roles.map((role, index) => {
    const named = { id: newId('agent'), name: `${role} ${index}`, email: `play-${index}@example.com` };
    const agent = Object.assign(new Agent(), named, { roles: [role] });
    tx.em.persist(agent);
    return agent;
  });
}

/** Four of five agents belong to one team each; the first leads lead one each. */
function makeTeams(tx: Transaction, staff: Agent[]): string[] {
  return ['Harbour', 'Meadow', 'Tower', 'Cellar'].map((name, index) => {
    const team = Object.assign(new Team(), { id: newId('team'), name, restricted: index % 2 === 1 });
    team.leadId = staff[AGENTS + index]?.id ?? null;
    tx.em.persist(team);
    for (let member = index; member < AGENTS; member += 5) {
      const agentId = staff[member]?.id as string;
      tx.em.persist(Object.assign(new TeamMember(), { teamId: team.id, agentId }));
    }
    return team.id;
  });
}

function makeCustomers(tx: Transaction): [string[], Customer[]] {
  const organizations = [true, false].map((sharesTickets, index) => {
    const named = { id: newId('org'), name: `Organization ${index}`, tier: Tier.STANDARD, sharesTickets };
    tx.em.persist(Object.assign(new Organization(), named));
    return named.id;
  });
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => {
    const customer = Object.assign(new Customer(), {
      id: newId('customer'),
      email: `customer-${index}@example.com`,
      name: `Customer ${index}`,
      organizationId: organizations[index % 3] ?? null,
      createdAt: tx.now,
    });
    tx.em.persist(customer);
    return customer;
  });
  return [organizations, customers];
}
