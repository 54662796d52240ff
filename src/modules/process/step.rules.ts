/** Faults in the order of steps, in approvals, and in what effects read. Pure. */
import { approverFaults } from './approver.rules.js';
import type { EffectDefinition } from './effect.definition.js';
import { type FieldUse, fieldUses } from './effect-fields.rules.js';
import { type DefinitionFault, fieldNameFault, type Place, stepNameFault } from './outline.rules.js';
import type { ApprovalStepDefinition, StepDefinition } from './process.definition.js';
import { templateFaults, templateFields } from './template.rules.js';

function repeated(keys: string[], index: number): string | null {
  const key = keys[index] ?? '';
  return keys.indexOf(key) < index ? `The step "${key}" is named twice. Keep one of them.` : null;
}

/** `after` naming steps that don't exist, come later, or were named already. */
export function orderFaults(place: Place, step: StepDefinition, path: string[]): DefinitionFault[] {
  const after = step.after ?? [];
  return after.flatMap((key, index) => {
    const message = circleFault(place, step, key) ?? stepNameFault(place, key) ?? repeated(after, index);
    return message ? [{ path: [...path, 'after', String(index)], message }] : [];
  });
}

/** Two steps that wait for each other, by way of others too, are worth another word than wrong order. */
function circleFault({ known }: Place, step: StepDefinition, key: string): string | null {
  const left = [key];
  const seen = new Set<string>();
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next === step.key) {
      const both =
        key === step.key ? 'The step waits for itself' : `This step and "${key}" wait for each other`;
      return `${both}: a circle. Take one of them out of "after".`;
    }
    if (seen.has(next)) continue;
    seen.add(next);
    left.push(...(known.steps.get(next)?.step.after ?? []));
  }
  return null;
}

/** Subjects that don't exist, come later, are approvals or repeated; and an approval that could be skipped. */
export function approvalFaults(
  place: Place,
  step: ApprovalStepDefinition,
  path: string[],
): DefinitionFault[] {
  const at = [...path, 'approval', 'subjects'];
  const { subjects } = step.approval;
  const faults = subjects.flatMap((key, index) => {
    const message = stepNameFault(place, key) ?? taskFault(place, key) ?? repeated(subjects, index);
    return message ? [{ path: [...at, String(index)], message }] : [];
  });
  if (subjects.length === 0)
    faults.push({ path: at, message: 'An approval decides on something. Name a subject.' });
  faults.push(...approverFaults(place, step.approval, [...path, 'approval']));
  if (step.optional) {
    faults.push({
      path: [...path, 'optional'],
      message: 'An approval can’t be optional. Give it a condition instead.',
    });
  }
  return faults;
}

function taskFault({ known }: Place, key: string): string | null {
  if (known.steps.get(key)?.step.kind === 'TASK') return null;
  return `The step "${key}" is an approval itself. Name the steps it decides on.`;
}

/** Options and map must match: an answer that maps to nothing would do nothing, without a word. */
function mapFaults({ known }: Place, { key, map }: FieldUse, path: string[]): DefinitionFault[] {
  const options = known.fields.get(key)?.field.options ?? [];
  if (!map) return [];
  const extra = Object.keys(map).filter((option) => !options.includes(option));
  const unmapped = options.filter((option) => !Object.hasOwn(map, option));
  return [
    ...extra.map((option) => ({
      path: [...path, option],
      message: `"${option}" is not an option of the field "${key}". Remove it from the map.`,
    })),
    ...unmapped.map((option) => ({
      path,
      message: `The option "${option}" of the field "${key}" maps to nothing. Say what it stands for.`,
    })),
  ];
}

/** What an effect works on must have been made by another before it. */
function sourceFault({ known, step }: Place, effect: EffectDefinition): string | null {
  const until = known.effects.findIndex((entry) => entry.effect === effect && entry.position === step);
  const before = known.effects.slice(0, until).map((entry) => entry.effect);
  if (effect.kind === 'ANALYSE_SURVEY') {
    const invited = before.some(({ kind }) => kind === 'INVITE_SURVEY');
    return invited ? null : 'Nothing before this sends a survey. Add INVITE_SURVEY to an earlier step.';
  }
  if (effect.kind !== 'APPROVE_REPORT' && effect.kind !== 'ARCHIVE_REPORT') return null;
  const { report } = effect;
  if (before.some((earlier) => earlier.kind === 'DRAFT_REPORT' && earlier.report === report)) return null;
  return `Nothing before this drafts a ${report} report. Add DRAFT_REPORT to an earlier step.`;
}

function usesFaults(place: Place, use: FieldUse, at: string[]): DefinitionFault[] {
  const message = fieldNameFault(place, use.key, use.from, use.types);
  return message ? [{ path: [...at, ...use.path], message }] : mapFaults(place, use, [...at, 'map']);
}

/** Effects that read a field that is elsewhere, later or of another type, or that have nothing to work on. */
export function effectFaults(place: Place, effects: EffectDefinition[], path: string[]): DefinitionFault[] {
  return effects.flatMap((effect, index) => {
    const at = [...path, String(index)];
    const faults = fieldUses(effect).flatMap((use) => usesFaults(place, use, at));
    for (const { property, key } of templateFields(effect)) {
      const message = fieldNameFault(place, key, 'ANY_STEP_SO_FAR');
      if (message) faults.push({ path: [...at, property], message });
    }
    for (const { property, message } of templateFaults(effect)) {
      faults.push({ path: [...at, property], message });
    }
    const source = sourceFault(place, effect);
    if (source) faults.push({ path: [...at, 'kind'], message: source });
    const target = effect.kind === 'SEND_BACK' ? stepNameFault(place, effect.to) : null;
    if (target) faults.push({ path: [...at, 'to'], message: target });
    return faults;
  });
}
