/** Whether the answers given for a step fit its fields. Pure. */
import { DomainError, ErrorCode, type Fault } from '../../platform/errors.js';
import { COUNTED } from '../process/field.vocabulary.js';
import type { FieldDefinition } from '../process/process.definition.js';
import { checkValue, type Known } from './answer.rules.js';
import type { Answers, AnswerValue } from './run.state.js';

/** One answer as it came in. */
export interface GivenAnswer {
  /** Key of the field. */
  field: string;
  value: unknown;
}

/** Null, an empty list and text of nothing but white space are no answer; `false` and 0 are answers. */
function isUnanswered(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

function missing(fields: FieldDefinition[], answered: Set<string>): Fault[] {
  return fields
    .filter((field) => field.required === true && !answered.has(field.key))
    .map((field) => ({
      code: ErrorCode.REQUIRED,
      message: `"${field.label}" is required: give an answer for the field ${field.key}.`,
      path: ['input', 'answers'],
    }));
}

/**
 * Checks what was given for a step and brings it into its stored form: text without white space around
 * it, line breaks as `\n`. Unanswered fields are left out.
 *
 * `fields` are those of the step, `answers` what came in, `known` the people and the files that exist. Throws one
 * DomainError with a fault for everything that is wrong, so that a form can mark all of it at once:
 * INVALID_INPUT at `input.answers.N.value` or, for an unknown or repeated key, `input.answers.N.field`;
 * REQUIRED at `input.answers` for a required field without an answer.
 */
export function checkAnswers(
  fields: FieldDefinition[],
  answers: readonly GivenAnswer[],
  known: Known,
): Answers {
  return check(fields, answers, known);
}

/** What a field demands of an answer that isn't finished: its type and what it can never exceed. */
function unfinished(field: FieldDefinition): FieldDefinition {
  const { pattern: _pattern, min, ...rest } = field;
  return { ...rest, required: false, min: COUNTED.includes(field.type) ? undefined : min };
}

/**
 * Checks what was saved of a step before it is completed: like `checkAnswers`, but nothing is required,
 * and text and lists may be shorter than they must be in the end, or not have their pattern yet.
 */
export function checkDraft(
  fields: FieldDefinition[],
  answers: readonly GivenAnswer[],
  known: Known,
): Answers {
  return check(fields.map(unfinished), answers, known);
}

function check(fields: FieldDefinition[], answers: readonly GivenAnswer[], known: Known): Answers {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const seen = new Set<string>();
  const answered = new Set<string>();
  const entries: [string, AnswerValue][] = [];
  const faults: Fault[] = [];
  const refuse = (index: number, part: 'field' | 'value', message: string) =>
    faults.push({
      code: ErrorCode.INVALID_INPUT,
      message,
      path: ['input', 'answers', String(index), part],
    });

  for (const [index, { field: key, value }] of answers.entries()) {
    const field = byKey.get(key);
    if (!field) refuse(index, 'field', `This step has no field "${key}". Leave it out.`);
    else if (seen.has(key)) refuse(index, 'field', `The field ${key} is answered twice. Keep one answer.`);
    seen.add(key);
    if (!field || isUnanswered(value)) continue;
    answered.add(key);
    const checked = checkValue(field, value, known);
    if ('fault' in checked) refuse(index, 'value', `"${field.label}": ${checked.fault}`);
    else entries.push([key, checked.value]);
  }

  faults.push(...missing(fields, answered));
  if (faults.length > 0) throw new DomainError(faults);
  // fromEntries defines own properties, so that no key can reach a prototype.
  return Object.fromEntries(entries);
}
