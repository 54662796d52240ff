/** Whose turn a step is. Pure. */
import { approverRules } from '../process/approver.rules.js';
import type { Assignment, ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import type { Approvers } from './approval.policy.js';
import type { Answers } from './run.state.js';

/** Whose turn it is: somebody in particular, a team, whoever holds a role, the ticket's assignee, or nobody yet. */
export interface Turn {
  agentId: string | null;
  teamId: string | null;
  role: string | null;
  /** The turn of whoever the ticket is assigned to, also when that changes. */
  followsTicket: boolean;
  /** Of an approval: who may decide. */
  approvers: Approvers;
}

/** People and teams that a definition names, as ids. Who is not there, yields nobody. */
export interface Named {
  /** By address, in lower case. */
  agents: ReadonlyMap<string, string>;
  /** By name. */
  teams: ReadonlyMap<string, string>;
  /** Ids of those who have left, where answers may name them: nothing waits for them. */
  gone: ReadonlySet<string>;
}

/** What there is to go by when a step's turn comes. */
export interface TurnFacts {
  form: Answers;
  named: Named;
  /** Who completed which step, by key; null where it is not completed. */
  completedBy: (step: string) => string | null;
}

const NOBODY: Turn = {
  agentId: null,
  teamId: null,
  role: null,
  followsTicket: false,
  approvers: { roles: [], agentIds: [], teamIds: [] },
};

/** Addresses (in lower case) and team names that the definition mentions. */
export function namesIn(definition: ProcessDefinition): { emails: string[]; teams: string[] } {
  const emails: string[] = [];
  const teams: string[] = [];
  for (const step of definition.steps) {
    for (const rule of step.assign ?? []) {
      if (rule.to === 'AGENT') emails.push(rule.email.toLowerCase());
      if (rule.to === 'TEAM') teams.push(rule.team);
    }
    for (const rule of step.kind === 'APPROVAL' ? approverRules(step.approval) : []) {
      if ('agents' in rule) emails.push(...rule.agents.map((email) => email.toLowerCase()));
      if ('team' in rule) teams.push(rule.team);
    }
  }
  return { emails, teams };
}

/** Whether people come from fields, or are those who completed other steps: they may have left since. */
export function looksForPeople({ steps }: ProcessDefinition): boolean {
  return steps.some(
    (step) =>
      step.assign?.some(({ to }) => to === 'FIELD' || to === 'COMPLETER') ||
      (step.kind === 'APPROVAL' && approverRules(step.approval).some((rule) => 'field' in rule)),
  );
}

/**
 * The first of the step's rules that yields somebody; where none does and the ticket's assignee was among
 * them, whoever that will be. An approval is the turn of its approvers, all of them.
 */
export function turnOf(step: StepDefinition, ticket: { assigneeId: string | null }, facts: TurnFacts): Turn {
  if (step.kind === 'APPROVAL') {
    const approvers = approversOf(approverRules(step.approval), facts);
    return { ...NOBODY, role: approvers.roles[0] ?? null, approvers };
  }
  const rules = step.assign ?? [{ to: 'TICKET_ASSIGNEE' as const }];
  for (const rule of rules) {
    const yielded = yieldOf(rule, ticket, facts);
    if (yielded) return { ...NOBODY, ...yielded };
  }
  return { ...NOBODY, followsTicket: rules.some(({ to }) => to === 'TICKET_ASSIGNEE') };
}

function yieldOf(
  rule: Assignment,
  ticket: { assigneeId: string | null },
  { form, named, completedBy }: TurnFacts,
): Partial<Turn> | null {
  const agent = (agentId: string | null | undefined) =>
    agentId && !named.gone.has(agentId) ? { agentId } : null;
  const team = (teamId: string | null | undefined) => (teamId ? { teamId } : null);
  switch (rule.to) {
    case 'TICKET_ASSIGNEE':
      return ticket.assigneeId === null ? null : { followsTicket: true };
    case 'FIELD':
      return agent(people(form[rule.field]).find((id) => !named.gone.has(id)));
    case 'ROLE':
      return { role: rule.role };
    case 'TEAM':
      return team(named.teams.get(rule.team));
    case 'AGENT':
      return agent(named.agents.get(rule.email.toLowerCase()));
    case 'COMPLETER':
      return agent(completedBy(rule.step));
    case 'TEAM_FIELD': {
      const chosen = form[rule.field];
      return team(typeof chosen === 'string' ? chosen : null);
    }
  }
}

function approversOf(rules: ReturnType<typeof approverRules>, { form, named }: TurnFacts): Approvers {
  const roles: string[] = [];
  const agentIds: string[] = [];
  const teamIds: string[] = [];
  const known = (ids: (string | undefined)[]) => ids.filter((id) => id !== undefined);
  for (const rule of rules) {
    if ('role' in rule) roles.push(rule.role);
    else if ('team' in rule) teamIds.push(...known([named.teams.get(rule.team)]));
    else if ('field' in rule) agentIds.push(...people(form[rule.field]).filter((id) => !named.gone.has(id)));
    else agentIds.push(...known(rule.agents.map((email) => named.agents.get(email.toLowerCase()))));
  }
  return { roles, agentIds, teamIds };
}

function people(answer: Answers[string] | undefined): string[] {
  return Array.isArray(answer) ? answer.filter((entry) => typeof entry === 'string') : [];
}
