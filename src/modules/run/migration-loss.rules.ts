/** Which answers have no place in another version of a process. Pure. */
import type { FieldDefinition, ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import { checkValue, type Known } from './answer.rules.js';
import type { Answers, AnswerValue, RunState } from './run.state.js';

export type LossReason =
  | 'STEP_REMOVED'
  | 'FIELD_REMOVED'
  /** The field has another type, or no longer the option. */
  | 'NO_LONGER_FITS';

/** An answer, completed or saved as a draft, that the run can't take along. Field keys are unique in a process. */
export interface LostAnswer {
  step: string;
  field: string;
  label: string;
  value: AnswerValue;
  reason: LossReason;
}

/** Whoever was named was somebody when they were named, as were files; and patterns are for new answers. */
const ANYBODY: Known = {
  agentIds: { has: () => true },
  teamIds: { has: () => true },
  matches: () => true,
  files: new Map(),
  wasGiven: () => true,
};

/** What was right when it was answered stays so under other limits; under another type it can't. */
function fits({ key, label, type, options }: FieldDefinition, value: AnswerValue): boolean {
  const least = type === 'RATING' ? { min: -Infinity, max: Infinity } : {};
  return 'value' in checkValue({ key, label, type, options, ...least }, value, ANYBODY);
}

function fieldsOf(step: StepDefinition | undefined): FieldDefinition[] {
  return step?.kind === 'TASK' ? step.fields : [];
}

/** Everything that was answered in `from` and has no place in `to`, in the order of the steps. */
export function lostAnswersOf({
  from,
  to,
  run,
  drafts,
}: {
  from: ProcessDefinition;
  to: ProcessDefinition;
  run: RunState;
  drafts: Record<string, Answers>;
}): LostAnswer[] {
  return from.steps.flatMap((step) => {
    const next = to.steps.find(({ key, kind }) => key === step.key && kind === step.kind);
    const labels = new Map(fieldsOf(step).map(({ key, label }) => [key, label]));
    const given: Answers = { ...drafts[step.key], ...run.steps[step.key]?.answers };
    // In the order of the form, whatever order they were stored in.
    const keys = new Set([...labels.keys(), ...Object.keys(given).sort()]);
    return [...keys].flatMap((key): LostAnswer[] => {
      const value = Object.hasOwn(given, key) ? given[key] : undefined;
      if (value === undefined) return [];
      const field = fieldsOf(next).find((candidate) => candidate.key === key);
      const lost = (reason: LossReason) => [
        { step: step.key, field: key, label: labels.get(key) ?? key, value, reason },
      ];
      if (!next) return lost('STEP_REMOVED');
      if (!field) return lost('FIELD_REMOVED');
      const draft = drafts[step.key]?.[key];
      return fits(field, value) && (draft === undefined || fits(field, draft)) ? [] : lost('NO_LONGER_FITS');
    });
  });
}
