/** What a definition asks of people whom the desk doesn't have. Pure. */
import { approverRules } from './approver.rules.js';
import type { DefinitionFault } from './outline.rules.js';
import type { ProcessDefinition, StepDefinition } from './process.definition.js';

function rolesOf(step: StepDefinition): { path: string[]; role: string }[] {
  const assigned = (step.assign ?? []).flatMap((rule, index) =>
    rule.to === 'ROLE' ? [{ path: ['assign', String(index), 'role'], role: rule.role as string }] : [],
  );
  if (step.kind === 'TASK') return assigned;
  const { approvers } = step.approval;
  const place = (index: number) => (Array.isArray(approvers) ? [String(index)] : []);
  const deciding = approverRules(step.approval).flatMap((rule, index) =>
    'role' in rule
      ? [{ path: ['approval', 'approvers', ...place(index), 'role'], role: rule.role as string }]
      : [],
  );
  return [...assigned, ...deciding];
}

/** Roles that steps wait for and nobody holds: whoever follows the process would wait for good. */
export function roleRemarks(definition: ProcessDefinition, held: ReadonlySet<string>): DefinitionFault[] {
  return definition.steps.flatMap((step, index) =>
    rolesOf(step)
      .filter(({ role }) => !held.has(role))
      .map(({ path, role }) => ({
        path: ['steps', String(index), ...path],
        message: `Nobody at the desk holds the role ${role}, which "${step.title}" waits for.`,
      })),
  );
}
