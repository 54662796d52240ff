/** Random edits of random definitions: what an administrator might publish next. */
import fc from 'fast-check';
import type {
  FieldDefinition,
  ProcessDefinition,
  StepDefinition,
} from '../../../src/modules/process/process.definition.js';
import { approval, task } from './definitions.js';

/** One edit, as numbers that are read against the definition as it then is. */
export type Edit = [what: number, where: number, how: number];
export const edits: fc.Arbitrary<Edit[]> = fc.array(fc.tuple(fc.nat(8), fc.nat(100), fc.nat(100)), {
  maxLength: 6,
});

/** The fields that random people answer. */
export function withFields(definition: ProcessDefinition): ProcessDefinition {
  const fields = (key: string): FieldDefinition[] => [
    { key: `f_${key}`, label: 'Choice', type: 'DROPDOWN', options: ['a', 'b', 'c'] },
    { key: `back_${key}`, label: 'Back', type: 'CHECKBOX' },
  ];
  const steps = definition.steps.map((step) =>
    step.kind === 'TASK' ? { ...step, fields: fields(step.key) } : step,
  );
  return { ...definition, steps };
}

function edited(steps: StepDefinition[], [what, where, how]: Edit, name: string): StepDefinition[] {
  const at = where % Math.max(1, steps.length);
  const step = steps[at];
  const replaced = (next: StepDefinition) => steps.with(at, next);
  if (what === 0 || !step) return steps.toSpliced(at, 0, task(name, { gate: how % 3 === 0 }));
  if (what === 1) return steps.toSpliced(at, 1);
  if (what === 2) return steps.toSpliced(at, 1).toSpliced(how % steps.length, 0, step);
  if (what === 3) return replaced({ ...step, after: undefined });
  if (what === 4) return replaced({ ...step, when: undefined });
  if (what === 5 && step.kind === 'TASK') return replaced({ ...step, fields: step.fields.slice(0, how % 2) });
  if (what === 6 && step.kind === 'TASK') {
    const [choice, ...rest] = step.fields;
    return choice ? replaced({ ...step, fields: [{ ...choice, options: ['a'] }, ...rest] }) : steps;
  }
  if (what === 7)
    return [
      ...steps,
      approval(
        name,
        steps.filter(({ kind }) => kind === 'TASK').map(({ key }) => key),
      ),
    ];
  if (step.kind === 'APPROVAL') {
    const { approval: decides } = step;
    const tasks = steps.slice(0, at).filter(({ kind }) => kind === 'TASK');
    return replaced({ ...step, approval: { ...decides, subjects: tasks.map(({ key }) => key) } });
  }
  return replaced({ ...step, gate: !step.gate });
}

/** Without what names steps and fields that are not there or come later. */
function repaired(steps: StepDefinition[]): StepDefinition[] {
  const sound: StepDefinition[] = [];
  const fields = new Set<string>();
  for (const step of steps) {
    const before = new Set(sound.map(({ key }) => key));
    const tasks = sound.filter(({ kind }) => kind === 'TASK').map(({ key }) => key);
    const when = step.when?.every((all) => all.every(({ form }) => form === undefined || fields.has(form)));
    const common = {
      after: step.after?.filter((key) => before.has(key)),
      when: when ? step.when : undefined,
    };
    if (step.kind === 'TASK') {
      const effects = step.effects.filter((effect) => effect.kind !== 'SEND_BACK' || before.has(effect.to));
      sound.push({ ...step, ...common, effects });
      for (const { key } of step.fields) fields.add(key);
      continue;
    }
    const subjects = step.approval.subjects.filter((key) => tasks.includes(key));
    if (subjects.length > 0) sound.push({ ...step, ...common, approval: { ...step.approval, subjects } });
  }
  return sound.length > 0 ? sound : [task('left')];
}

export function editedDefinition(definition: ProcessDefinition, list: Edit[]): ProcessDefinition {
  const steps = list.reduce((made, edit, index) => edited(made, edit, `new${index}`), definition.steps);
  return { ...definition, steps: repaired(steps) };
}
