import type { z } from 'zod';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { isPattern, matchesWhole } from '../../platform/pattern.js';
import { jsonFaults } from './definition-shape.rules.js';
import type { DefinitionFault } from './outline.rules.js';
import type { ProcessDefinition } from './process.definition.js';
import { faultsOf } from './process.rules.js';
import { processSchema } from './process.schema.js';

/** Where a definition stands in the inputs that have one. */
const AT = ['input', 'definition'];
/** So many faults are told at once: nobody mends more at a time, and an answer has its bounds. */
const MOST_FAULTS = 100;

/**
 * A definition from JSON, by the published schema: a draft may have faults in its meaning, in its shape it
 * may not.
 * @throws DomainError INVALID_INPUT naming every fault with its path
 */
export function readDefinition(json: unknown): ProcessDefinition {
  const faults = jsonFaults(json);
  if (faults.length > 0) refuse(faults);
  const read = processSchema.safeParse(json);
  if (!read.success) refuse(read.error.issues.flatMap((issue) => faultsOfIssue(issue, json)));
  return read.data as ProcessDefinition;
}

/** What is wrong with a definition's meaning, its patterns included; empty when it can be published. */
export function definitionFaults(definition: ProcessDefinition): DefinitionFault[] {
  return faultsOf(definition, { isPattern, matches: matchesWhole });
}

/** @throws DomainError INVALID_INPUT naming the faults */
export function refuse(faults: DefinitionFault[]): never {
  const told = faults.slice(0, MOST_FAULTS).map(({ path, message }) => ({
    code: ErrorCode.INVALID_INPUT,
    message,
    path: [...AT, ...path],
  }));
  const untold = faults.length - told.length;
  if (untold > 0)
    told.push({ code: ErrorCode.INVALID_INPUT, message: `There are ${untold} more faults.`, path: AT });
  throw new DomainError(told);
}

type Issue = z.core.$ZodIssue;

function faultsOfIssue(issue: Issue, json: unknown): DefinitionFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key.slice(0, 100)],
      message: `There is no property "${key.slice(0, 100)}" here. Leave it out.`,
    }));
  return [{ path, message: sentenceOf(issue, valueAt(json, path)) }];
}

function valueAt(json: unknown, path: string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    json,
  );
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Record<string, string> = { string: ' characters', array: ' entries' };

function sentenceOf(issue: Issue, value: unknown): string {
  if (value === undefined) return 'This is missing. Give it.';
  switch (issue.code) {
    case 'invalid_type':
      return `This is not ${KINDS[issue.expected] ?? issue.expected}. Give one.`;
    case 'too_big':
      return `This is too much. Give at most ${issue.maximum}${UNITS[issue.origin] ?? ''}.`;
    case 'too_small':
      return `This is too little. Give at least ${issue.minimum}${UNITS[issue.origin] ?? ''}.`;
    case 'invalid_value':
      return `This is not among what it can be. Give one of: ${issue.values.join(', ')}.`;
    case 'invalid_union':
      return 'This is none of the kinds that it can be. See the published JSON Schema.';
    default:
      return 'This is malformed. See the published JSON Schema.';
  }
}
