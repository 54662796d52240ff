/** Random definitions and random people who act on them. */
import fc from 'fast-check';
import type { EffectDefinition } from '../../../src/modules/process/effect.definition.js';
import type {
  Comparison,
  Condition,
  ProcessDefinition,
  Quorum,
  StepDefinition,
} from '../../../src/modules/process/process.definition.js';
import type { TicketFacts } from '../../../src/modules/run/condition.rules.js';
import {
  type Command,
  type EligibleApprover,
  ReopenMode,
  type RunState,
  StepPhase,
  Verdict,
} from '../../../src/modules/run/run.state.js';
import { approval, BY_ALL, FACTS, processOf, task } from './definitions.js';

const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const CHOICES = ['a', 'b', 'c'];
/** Few, so that people meet their own work. The first starts the runs. */
const PEOPLE = ['requester', 'ann', 'bob', 'eve'];

/** Takes its n-th entry, whatever n. */
function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

interface Seed {
  approves: boolean;
  optional: boolean;
  gate: boolean;
  redo: boolean;
  sendsBack: boolean;
  /** Of an approval: whether it has effects, and how many yeses it takes. */
  tells: boolean;
  quorum: Quorum;
  /** Bit sets over the earlier steps; null stands for the default. */
  after: number | null;
  subjects: number;
  /** One comparison each: what it reads, how, with which value. */
  when: [number, number, number][][] | null;
}

const rarely = fc.integer({ min: 0, max: 5 }).map((n) => n === 0);
const comparison = fc.tuple(fc.nat(20), fc.nat(3), fc.nat(3));
const seed: fc.Arbitrary<Seed> = fc.record({
  approves: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
  optional: rarely,
  gate: rarely,
  redo: fc.boolean(),
  sendsBack: rarely,
  tells: fc.boolean(),
  quorum: fc.constantFrom<Quorum>('ANY', 'ANY', 'ALL', { count: 2 }, { percent: 40 }),
  after: fc.option(fc.nat(1023), { freq: 3 }),
  subjects: fc.nat(1023),
  when: fc.option(
    fc.array(fc.array(comparison, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    {
      freq: 2,
    },
  ),
});

function subset(keys: string[], bits: number): string[] {
  return keys.filter((_key, index) => (bits >> index) % 2 === 1);
}

function comparisonOf([reads, how, value]: [number, number, number], fields: string[]): Comparison {
  const field = reads % 2 === 0 ? undefined : fields[(reads >> 1) % Math.max(1, fields.length)];
  if (field === undefined) {
    const operator = pick(['IS', 'IS_NOT', 'GREATER_THAN', 'LESS_THAN'] as const, how);
    return { ticket: 'priority', operator, value: pick(PRIORITIES, value) };
  }
  const operator = pick(['IS', 'IS_NOT', 'HAS_VALUE', 'HAS_NO_VALUE'] as const, how);
  return { form: field, operator, value: operator.startsWith('HAS') ? undefined : pick(CHOICES, value) };
}

function stepOf(rest: Seed, before: StepDefinition[]): StepDefinition {
  const key = `s${before.length}`;
  const keys = before.map((step) => step.key);
  const tasks = before.filter((step) => step.kind === 'TASK').map((step) => step.key);
  const fields = tasks.map((name) => `f_${name}`);
  const when: Condition | undefined = rest.when?.map((all) => all.map((one) => comparisonOf(one, fields)));
  const common = { when, after: rest.after === null ? undefined : subset(keys, rest.after) };
  const note: EffectDefinition = { kind: 'ADD_NOTE', body: key };
  if (rest.approves && tasks.length > 0) {
    const chosen = subset(tasks, rest.subjects);
    const subjects = chosen.length > 0 ? chosen : [pick(tasks, rest.subjects)];
    const onReject = rest.redo ? 'REDO' : 'KEEP';
    const effects = rest.tells ? [note] : [];
    return approval(key, subjects, { ...common, onReject, quorum: rest.quorum, effects });
  }
  const effects: EffectDefinition[] = [note];
  if (rest.sendsBack && keys.length > 0) {
    effects.push({ kind: 'SEND_BACK', field: `back_${key}`, to: pick(keys, rest.subjects) });
  }
  return task(key, { ...common, optional: rest.optional, gate: rest.gate, effects });
}

function stepsOf(seeds: Seed[]): StepDefinition[] {
  const steps: StepDefinition[] = [];
  for (const rest of seeds) steps.push(stepOf(rest, steps));
  return steps;
}

/** Definitions of up to nine steps: linear or with `after`, conditions, approvals, gates, optional steps. */
export const definitions: fc.Arbitrary<ProcessDefinition> = fc
  .array(seed, { minLength: 1, maxLength: 9 })
  .map((seeds) => processOf(...stepsOf(seeds)));

/** One act, as numbers that are read against the run as it then is. */
export type Act = [what: number, where: number, who: number, how: number];
export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.tuple(fc.nat(15), fc.nat(1000), fc.nat(1000), fc.nat(1000)),
  { maxLength: 40 },
);

export type Doing = { command: Command } | { facts: TicketFacts };

/** Those who may decide: of our people, with one acting for another now and then. */
function crowd(how: number): EligibleApprover[] {
  return PEOPLE.map((id, index) => {
    const other = PEOPLE[(index + 1) % PEOPLE.length] as string;
    const acts = (how + index) % 7 === 0;
    return { id, deputies: acts ? [other] : [], actsWith: acts ? [other] : [] };
  });
}

function undoing(definition: ProcessDefinition, by: string, where: number, how: number): Command {
  const approvals = definition.steps.filter((step) => step.kind === 'APPROVAL');
  if (how % 2 === 0 && approvals.length > 0) {
    const step = pick(approvals, where);
    const subject = pick(step.approval.subjects, how >> 2);
    return { type: 'WITHDRAW', step: step.key, subject, comment: 'why', by };
  }
  const mode = how % 3 === 0 ? ReopenMode.REDO : ReopenMode.KEEP;
  return { type: 'REOPEN', step: pick(definition.steps, where).key, mode, reason: 'why', archived: [], by };
}

/** What an act means now. Most of them do something sensible to a READY step, some anything to any step. */
export function doing(definition: ProcessDefinition, run: RunState, [what, where, who, how]: Act): Doing {
  if (what === 0) return { facts: { ...FACTS, priority: pick(PRIORITIES, how) } };
  const by = pick(PEOPLE, who);
  if (what === 1 && how % 40 === 0) return { command: { type: 'CANCEL', by } };
  if (what === 4 || what === 5) return { command: undoing(definition, by, where, how) };
  const ready = definition.steps.filter((step) => run.steps[step.key]?.phase === StepPhase.READY);
  const step = pick(what <= 3 || ready.length === 0 ? definition.steps : ready, where);
  if (what === 2 || step.kind === 'APPROVAL') {
    const named = step.kind === 'APPROVAL' ? subset(step.approval.subjects, how >> 2) : [];
    const verdict = how % 3 === 0 ? Verdict.REJECTED : Verdict.APPROVED;
    const subjects = how % 4 === 0 || named.length === 0 ? null : named;
    const approvers = crowd(how);
    return { command: { ...BY_ALL, approvers, step: step.key, subjects, verdict, comment: 'why', by } };
  }
  if (step.optional && how % 3 === 0) return { command: { type: 'SKIP', step: step.key, reason: 'why', by } };
  const answers = { [`f_${step.key}`]: pick(CHOICES, how), [`back_${step.key}`]: how % 5 === 0 };
  return { command: { type: 'COMPLETE', step: step.key, answers, by } };
}
