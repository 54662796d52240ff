import { sqlOf } from '../../../platform/database/database.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { render } from '../../../platform/template.js';
import { Agent } from '../../directory/agent.entity.js';
import { Customer } from '../../directory/customer.entity.js';
import type { EffectDefinition } from '../../process/effect.definition.js';
import type { ProcessDefinition } from '../../process/process.definition.js';
import type { Ticket } from '../../ticket/ticket.entity.js';
import type { Answers, AnswerValue } from '../run.state.js';

/** What carrying out an effect has to go by. */
export interface EffectContext {
  tx: Transaction;
  ticket: Ticket;
  runId: string;
  definition: ProcessDefinition;
  /** Title of the step whose completion it is an effect of. */
  stepTitle: string;
  /** The answers of the run when the step completed. */
  form: Answers;
}

export type EffectOf<Kind extends EffectDefinition['kind']> = Extract<EffectDefinition, { kind: Kind }>;

/** The answer as text, or null where there is none: an effect whose answer is absent does nothing. */
export function textAnswer(form: Answers, field: string | undefined): string | null {
  const answer = field === undefined ? undefined : form[field];
  return typeof answer === 'string' ? answer : null;
}

/** The answer as a list of texts: choices, agents. */
export function listAnswer(form: Answers, field: string | undefined): string[] {
  const answer = field === undefined ? undefined : form[field];
  return Array.isArray(answer) ? answer.filter((entry) => typeof entry === 'string') : [];
}

/** Fills a template of the process with the answers, the ticket, its customer and whoever completes the step. */
export async function fill(context: EffectContext, template: string): Promise<string> {
  const { tx, ticket, form } = context;
  const customer = await tx.em.findOneOrFail(Customer, { id: ticket.customerId });
  const moment = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const known = (values: Record<string, string | null>) =>
    Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
    );
  return render(template, {
    form: await formTexts(tx, form),
    ticket: known({
      number: `SD-${ticket.number}`,
      subject: ticket.subject,
      status: ticket.status,
      priority: ticket.priority,
      resolution: ticket.resolution,
      promisedResolutionAt: ticket.promisedResolutionAt && moment(ticket.promisedResolutionAt),
    }),
    customer: { name: customer.name, email: customer.email },
    agent: { name: tx.viewer.kind === 'ANONYMOUS' ? '' : tx.viewer.name },
  });
}

async function formTexts(tx: Transaction, form: Answers): Promise<Record<string, string>> {
  const ids = Object.values(form).flat() as unknown[];
  const agentIds = ids.filter((id): id is string => typeof id === 'string' && id.startsWith('agent_'));
  const agents = agentIds.length ? await tx.em.find(Agent, { id: { $in: agentIds } }) : [];
  const teams = ids.some((id) => typeof id === 'string' && id.startsWith('team_'))
    ? await sqlOf(tx.em).selectFrom('team').select(['id', 'name']).execute()
    : [];
  const names = new Map([...agents, ...teams].map((named) => [named.id as string, named.name as string]));
  return Object.fromEntries(Object.entries(form).map(([key, answer]) => [key, answerText(answer, names)]));
}

function answerText(answer: AnswerValue, names: Map<string, string>): string {
  if (Array.isArray(answer))
    return answer
      .map((entry) => (typeof entry === 'string' ? (names.get(entry) ?? entry) : entry.name))
      .join(', ');
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  return names.get(String(answer)) ?? String(answer);
}
