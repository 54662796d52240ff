/** What a definition asks of people whom the desk doesn't have. Pure. */
import type { DefinitionFault } from './outline.rules.js';
import type { ProcessDefinition, StepDefinition } from './process.definition.js';

function rolesOf(step: StepDefinition): { path: string[]; role: string }[] {
  const assigned = (step.assign ?? []).flatMap((rule, index) =>
    rule.to === 'ROLE' ? [{ path: ['assign', String(index), 'role'], role: rule.role as string }] : [],
  );
  if (step.kind === 'TASK') return assigned;
  return [...assigned, { path: ['approval', 'approvers', 'role'], role: step.approval.approvers.role }];
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
