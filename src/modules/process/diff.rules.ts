/** What differs between two definitions. Pure. */
import { canonicalJson } from './canonical-json.rules.js';
import type { ProcessDefinition } from './process.definition.js';

/** Something in a step, or in the process itself, that has another value. */
export interface PropertyDifference {
  /** From the step; entries of lists with keys are named by their key. */
  path: string[];
  /** Undefined where it is absent. */
  before: unknown;
  after: unknown;
}

export type DifferenceKind = 'ADDED' | 'REMOVED' | 'MOVED' | 'CHANGED';

/** One change of a step, or of the process itself where `step` is null. Positions count from 1. */
export interface Difference {
  kind: DifferenceKind;
  step: string | null;
  title: string;
  from: number | null;
  to: number | null;
  properties: PropertyDifference[];
}

type Keyed = { key: string };

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKeyed(value: unknown): value is Keyed[] {
  if (!Array.isArray(value) || !value.every((entry) => isPlain(entry) && typeof entry.key === 'string'))
    return false;
  return new Set(value.map(({ key }) => key)).size === value.length;
}

const byKey = (list: Keyed[]) => Object.fromEntries(list.map((entry) => [`${entry.key}`, entry]));
const keysOf = (list: Keyed[]) => list.map(({ key }) => key);

/** Where two values differ, as deep as their shapes agree. Lists without keys are one value. */
export function propertyDifferences(
  before: unknown,
  after: unknown,
  path: string[] = [],
): PropertyDifference[] {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  if (isPlain(before) && isPlain(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => propertyDifferences(before[name], after[name], [...path, name]));
  }
  if (isKeyed(before) && isKeyed(after)) {
    const [was, is] = [keysOf(before), keysOf(after)];
    const inner = propertyDifferences(byKey(before), byKey(after), path);
    const common = (list: string[], other: string[]) => list.filter((key) => other.includes(key)).join('\n');
    return common(was, is) === common(is, was) ? inner : [...inner, { path, before: was, after: is }];
  }
  return [{ path, before, after }];
}

/** The longest part of `list` that rises: those that kept their order, so that the fewest count as moved. */
function rising(list: number[]): Set<number> {
  const best: number[][] = [];
  for (const value of list) {
    const before = best.filter((run) => (run.at(-1) as number) < value);
    const longest = before.reduce<number[]>((most, run) => (run.length > most.length ? run : most), []);
    best.push([...longest, value]);
  }
  return new Set(best.reduce((most, run) => (run.length > most.length ? run : most), []));
}

/**
 * What leads from one definition to another: first of the process itself, then by the steps of the new
 * one in order, then what is gone. A step that both moved and changed is told twice. Steps are the same
 * by key. Of steps that changed places the fewest count as moved.
 */
export function differencesOf(before: ProcessDefinition, after: ProcessDefinition): Difference[] {
  const { steps: oldSteps, ...oldRest } = before;
  const { steps: newSteps, ...newRest } = after;
  const old = new Map(oldSteps.map((step, index) => [step.key, { step, index }]));
  const kept = new Set(newSteps.map(({ key }) => key));
  const inPlace = rising(newSteps.flatMap(({ key }) => old.get(key)?.index ?? []));

  const whole = propertyDifferences(oldRest, newRest);
  const none = { from: null, to: null, properties: [] };
  const differences: Difference[] =
    whole.length === 0
      ? []
      : [{ ...none, kind: 'CHANGED', step: null, title: after.name, properties: whole }];
  newSteps.forEach((step, index) => {
    const { key, title } = step;
    const was = old.get(key);
    if (!was) {
      differences.push({ ...none, kind: 'ADDED', step: key, title, to: index + 1 });
      return;
    }
    const place = { step: key, title, from: was.index + 1, to: index + 1 };
    if (!inPlace.has(was.index)) differences.push({ ...place, kind: 'MOVED', properties: [] });
    const properties = propertyDifferences(was.step, step);
    if (properties.length > 0) differences.push({ ...place, kind: 'CHANGED', properties });
  });
  for (const { step, index } of old.values())
    if (!kept.has(step.key))
      differences.push({ ...none, kind: 'REMOVED', step: step.key, title: step.title, from: index + 1 });
  return differences;
}
