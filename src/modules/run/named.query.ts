import type { Transaction } from '../../platform/database/transaction.js';
import { Agent } from '../directory/agent.entity.js';
import { Team } from '../directory/team.entity.js';
import type { ProcessDefinition } from '../process/process.definition.js';
import { looksForPeople, type Named, namesIn } from './assignee.rules.js';

/** The ids of the people and teams that a definition names; asks nothing where it names nobody. */
export async function namedIn(tx: Pick<Transaction, 'em'>, definition: ProcessDefinition): Promise<Named> {
  const { emails, teams } = namesIn(definition);
  const agents = emails.length ? await tx.em.find(Agent, { email: { $in: emails }, active: true }) : [];
  const found = teams.length ? await tx.em.find(Team, { name: { $in: teams } }) : [];
  const left = looksForPeople(definition)
    ? await tx.em.find(Agent, { active: false }, { fields: ['id'] })
    : [];
  return {
    agents: new Map(agents.map(({ email, id }) => [email, id])),
    teams: new Map(found.map(({ name, id }) => [name, id])),
    gone: new Set(left.map(({ id }) => id)),
  };
}
