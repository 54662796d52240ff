import type { StepDefinition } from './process.definition.js';

/**
 * The fields of a step whose answers not all staff may read: feedback is between an agent and its lead, and
 * reaches them as such. Pure.
 */
export function confidentialFields(step: StepDefinition | undefined): string[] {
  return (step?.effects ?? []).flatMap((effect) => (effect.kind === 'GIVE_FEEDBACK' ? [effect.field] : []));
}

/** The answers without those. */
export function openAnswers<Value>(
  step: StepDefinition | undefined,
  answers: Record<string, Value>,
): Record<string, Value> {
  const withheld = confidentialFields(step);
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !withheld.includes(key)));
}
