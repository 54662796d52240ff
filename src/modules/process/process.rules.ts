/** Whether a definition can be followed to its end. Pure. */

import { dueFaults, timeoutFaults } from './due.rules.js';
import { assignmentFaults, conditionFaults, fieldFaults } from './field.rules.js';
import { type DefinitionFault, type Outline, outline, type Patterns } from './outline.rules.js';
import type { ProcessDefinition, StepDefinition } from './process.definition.js';
import { unreachableFaults } from './reach.rules.js';
import { approvalFaults, effectFaults, orderFaults } from './step.rules.js';

const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Faults of a key of a process or step. */
export function keyFaults(path: string[], key: string, first: boolean): DefinitionFault[] {
  if (!KEBAB_CASE.test(key)) {
    return [{ path, message: `The key "${key}" is not kebab-case. Use a-z, 0-9 and single hyphens.` }];
  }
  return first ? [] : [{ path, message: `The step key "${key}" is used twice. Give every step its own.` }];
}

function stepFaults(
  known: Outline,
  patterns: Patterns,
  step: StepDefinition,
  index: number,
): DefinitionFault[] {
  const at = ['steps', String(index)];
  const place = { known, patterns, step: index };
  return [
    ...keyFaults([...at, 'key'], step.key, known.steps.get(step.key)?.position === index),
    ...orderFaults(place, step, at),
    ...conditionFaults(place, step.when, [...at, 'when']),
    ...assignmentFaults(place, step.assign, [...at, 'assign']),
    ...dueFaults(place, step.due, [...at, 'due']),
    ...(step.kind === 'TASK' ? fieldFaults(place, step.fields, [...at, 'fields']) : []),
    ...(step.kind === 'APPROVAL' ? approvalFaults(place, step, at) : []),
    ...(step.kind === 'APPROVAL' ? timeoutFaults(step.approval, [...at, 'approval', 'timeout']) : []),
    ...effectFaults(place, step.effects, [...at, 'effects']),
  ];
}

/** Takes every pattern for granted: for definitions whose patterns were looked at elsewhere. */
const ANY_PATTERN: Patterns = { isPattern: () => true, matches: () => true };

/**
 * Everything that is wrong with a definition, all at once and in its order; empty when it can be used.
 * `path` leads from the definition to the fault, with list positions from 0. The types are taken for
 * granted: this finds what they can't, which is mostly one part naming another that isn't there, comes
 * later, or is of the wrong kind. Whether a step can be reached is asked once everything else is right.
 *
 * `patterns` knows regular expressions; without it they are taken for granted.
 */
export function faultsOf(definition: ProcessDefinition, patterns: Patterns = ANY_PATTERN): DefinitionFault[] {
  const known = outline(definition);
  const faults = keyFaults(['key'], definition.key, true);
  if (definition.steps.length === 0)
    faults.push({ path: ['steps'], message: 'A process needs at least one step.' });
  faults.push(...definition.steps.flatMap((step, index) => stepFaults(known, patterns, step, index)));
  return faults.length > 0 ? faults : unreachableFaults(definition);
}
