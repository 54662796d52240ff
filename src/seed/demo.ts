import { recordAct } from '../modules/audit/audit.service.js';
import { Agent } from '../modules/directory/agent.entity.js';
import { Customer } from '../modules/directory/customer.entity.js';
import { Tier } from '../modules/directory/directory.vocabulary.js';
import { Organization } from '../modules/directory/organization.entity.js';
import { Team, TeamMember } from '../modules/directory/team.entity.js';
import { Category } from '../modules/ticket/category.entity.js';
import { newTicket } from '../modules/ticket/ticket.service.js';
import { Channel, Level } from '../modules/ticket/ticket.vocabulary.js';
import type { Role } from '../platform/auth/viewer.js';
import type { Context } from '../platform/context.js';
import { inTransaction, type Transaction } from '../platform/database/transaction.js';
import { newId } from '../platform/ids.js';
import { DEMO_AGENTS, DEMO_CUSTOMERS, DEMO_ROUTES, DEMO_TEAMS } from './demo.people.js';

const TICKETS = [
  {
    subject: 'The app signs me out every few minutes',
    description: 'Since the last update I have to sign in again and again, on the phone and in the browser.',
    category: 'Technical issue',
    channel: Channel.EMAIL,
    urgency: Level.HIGH,
  },
  {
    subject: 'Charged twice for one order',
    description: 'My statement shows the same amount on two days in a row. Please refund one of them.',
    category: 'Billing inquiry',
    channel: Channel.CHAT,
    urgency: Level.MEDIUM,
  },
  {
    subject: 'Does the headset work with older consoles?',
    description: 'I could not find it on the product page.',
    category: 'Product inquiry',
    channel: Channel.WEB_FORM,
    urgency: Level.LOW,
  },
];

/** Makes the demo's people, teams and tickets, once: a desk that has its people is left as it is. */
export async function seedDemo(ctx: Context): Promise<void> {
  await inTransaction(ctx, ['demo'], async (tx) => {
    if (await tx.em.findOne(Agent, { email: DEMO_AGENTS[0]?.email })) return;
    const agents = seedAgents(tx);
    await seedTeams(tx, agents);
    const customers = seedCustomers(tx);
    await tx.em.flush();
    const categories = new Map((await tx.em.findAll(Category)).map((category) => [category.name, category]));
    for (const [index, { category, ...ticket }] of TICKETS.entries())
      await newTicket(tx, {
        ...ticket,
        impact: Level.MEDIUM,
        categoryId: categories.get(category)?.id ?? null,
        customer: customers[index % customers.length] as Customer,
      });
  });
}

/** Makes one administrator, so that a desk without the demo has somebody to begin with. Does nothing where the address is known. */
export async function seedAdmin(ctx: Context, email: string, name: string, role: Role): Promise<void> {
  await inTransaction(ctx, ['demo'], async (tx) => {
    const address = email.toLowerCase();
    if (await tx.em.findOne(Agent, { email: address })) return;
    const agent = Object.assign(new Agent(), { id: newId('agent'), email: address, name, roles: [role] });
    tx.em.persist(agent);
    recordAct(tx, 'seedAdmin', agent.id, { roles: agent.roles });
  });
}

function seedAgents(tx: Transaction): Map<string, Agent> {
  return new Map(
    DEMO_AGENTS.map(({ team: _, ...person }) => {
      const agent = Object.assign(new Agent(), person, { id: newId('agent') });
      tx.em.persist(agent);
      return [agent.email, agent];
    }),
  );
}

async function seedTeams(tx: Transaction, agents: Map<string, Agent>): Promise<void> {
  const teams = new Map(
    DEMO_TEAMS.map(({ name }) => [name as string, Object.assign(new Team(), { id: newId('team'), name })]),
  );
  for (const { name, lead, skills, escalation } of DEMO_TEAMS)
    Object.assign(teams.get(name) as Team, {
      skills: [...skills],
      leadId: agents.get(lead)?.id,
      escalationTeamId: (escalation && teams.get(escalation)?.id) ?? null,
    });
  tx.em.persist([...teams.values()]);
  for (const { email, team } of DEMO_AGENTS)
    if (team !== null)
      tx.em.persist(
        Object.assign(new TeamMember(), { teamId: teams.get(team)?.id, agentId: agents.get(email)?.id }),
      );
  for (const category of await tx.em.findAll(Category)) {
    const team = teams.get(DEMO_ROUTES[category.name] ?? '');
    if (team) category.teamId = team.id;
  }
}

function seedCustomers(tx: Transaction): Customer[] {
  return DEMO_CUSTOMERS.map(({ email, name, organization }) => {
    const belongs =
      organization &&
      Object.assign(new Organization(), { id: newId('org'), name: organization, tier: Tier.IMPORTANT });
    if (belongs) tx.em.persist(belongs);
    const customer = Object.assign(new Customer(), {
      id: newId('customer'),
      email,
      name,
      organizationId: belongs ? belongs.id : null,
      createdAt: tx.now,
    });
    tx.em.persist(customer);
    return customer;
  });
}
