import { confidentialFields } from '../process/confidential.rules.js';
import type { StepDefinition } from '../process/process.definition.js';

/**
 * The answers of a step that a report tells, under their labels and in the order of the form. Feedback is
 * between an agent and its lead: the answer that gives it stays out of what all staff read. Pure.
 */
export function answersToTell(
  step: StepDefinition | undefined,
  answers: Record<string, unknown>,
): { label: string; value: unknown }[] {
  if (step?.kind !== 'TASK') return [];
  const withheld = confidentialFields(step);
  return step.fields
    .filter(({ key }) => answers[key] !== undefined && !withheld.includes(key))
    .map(({ key, label }) => ({ label, value: answers[key] }));
}
