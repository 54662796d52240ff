import type { StepDefinition } from '../process/process.definition.js';
import type { Answers } from './run.state.js';

/** Whose turn a step is: somebody in particular, whoever holds a role, or nobody yet. */
export interface Turn {
  agentId: string | null;
  role: string | null;
}

/** The first of the step's rules that yields somebody. An approval is the turn of its approvers' role. */
export function turnOf(step: StepDefinition, ticket: { assigneeId: string | null }, form: Answers): Turn {
  if (step.kind === 'APPROVAL') return { agentId: null, role: step.approval.approvers.role };
  for (const rule of step.assign ?? [{ to: 'TICKET_ASSIGNEE' as const }]) {
    if (rule.to === 'ROLE') return { agentId: null, role: rule.role };
    const agentId = rule.to === 'FIELD' ? firstOf(form[rule.field]) : ticket.assigneeId;
    if (agentId !== null) return { agentId, role: null };
  }
  return { agentId: null, role: null };
}

function firstOf(answer: Answers[string] | undefined): string | null {
  const first = Array.isArray(answer) ? answer[0] : undefined;
  return typeof first === 'string' ? first : null;
}
