/** Where the steps and fields of a definition stand, to look up what one part says of another. Pure. */

import type { EffectDefinition } from './effect.definition.js';
import type { FieldType } from './field.vocabulary.js';
import type { FieldDefinition, ProcessDefinition, StepDefinition } from './process.definition.js';

/** `path` leads from the definition to what is wrong, `message` says what and what to do. */
export interface DefinitionFault {
  path: string[];
  message: string;
}

/** Steps and fields by key, each with the position of its step. Of a repeated key the first. */
export interface Outline {
  steps: Map<string, { step: StepDefinition; position: number }>;
  fields: Map<string, { field: FieldDefinition; position: number }>;
  /** In the order they happen. */
  effects: { effect: EffectDefinition; position: number }[];
}

/** What is known of regular expressions: handed in, since their engine is a library. */
export interface Patterns {
  /** Whether it can be read. */
  isPattern(pattern: string): boolean;
  /** Whether it matches the whole text. */
  matches(pattern: string, text: string): boolean;
}

/** The step that is looked at, amid everything else. */
export interface Place {
  known: Outline;
  patterns: Patterns;
  /** Position of the step. */
  step: number;
}

export function outline(definition: ProcessDefinition): Outline {
  const known: Outline = { steps: new Map(), fields: new Map(), effects: [] };
  definition.steps.forEach((step, position) => {
    if (!known.steps.has(step.key)) known.steps.set(step.key, { step, position });
    for (const field of step.kind === 'TASK' ? step.fields : []) {
      if (!known.fields.has(field.key)) known.fields.set(field.key, { field, position });
    }
    known.effects.push(...step.effects.map((effect) => ({ effect, position })));
  });
  return known;
}

/** What is wrong with naming the step `key` where an earlier step is needed, or null. */
export function stepNameFault({ known, step }: Place, key: string): string | null {
  const named = known.steps.get(key);
  if (!named) return `There is no step "${key}". Name a step of this process.`;
  return named.position < step
    ? null
    : `The step "${key}" does not come before this one. Name an earlier step.`;
}

/** What is wrong with naming the field `key` here, or null. No `types` means that any will do. */
export function fieldNameFault(
  { known, step }: Place,
  key: string,
  from: 'SAME_STEP' | 'EARLIER_STEP' | 'ANY_STEP_SO_FAR',
  types?: readonly FieldType[],
): string | null {
  const named = known.fields.get(key);
  if (!named) return `There is no field "${key}". Name a field of this process.`;
  if (named.position > step)
    return `The field "${key}" is asked only later. Name a field that is answered by then.`;
  if (from === 'SAME_STEP' && named.position < step) {
    return `The field "${key}" belongs to another step. Name a field of this step.`;
  }
  if (from === 'EARLIER_STEP' && named.position === step) {
    return `The field "${key}" belongs to this step itself. Name a field of an earlier step.`;
  }
  if (types && !types.includes(named.field.type)) {
    return `The field "${key}" is ${named.field.type}. Name one of the type ${types.join(' or ')}.`;
  }
  return null;
}
