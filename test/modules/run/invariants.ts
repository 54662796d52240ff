/**
 * What holds of every run and of every change, said without the kernel's own functions. Checked a million
 * times, hence with a plain function in place of `expect`, which takes ten times as long.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  ApprovalStepDefinition,
  ProcessDefinition,
  StepDefinition,
} from '../../../src/modules/process/process.definition.js';
import type { ApprovalDecided, RunEvent } from '../../../src/modules/run/kernel.events.js';
import type { Outcome } from '../../../src/modules/run/run.machine.js';
import {
  type Command,
  RunPhase,
  type RunState,
  StepPhase,
  type StepState,
  Verdict,
} from '../../../src/modules/run/run.state.js';

const { WAITING, READY, HIDDEN, COMPLETED } = StepPhase;

function must(holds: boolean, rule: string, of: unknown): asserts holds {
  if (!holds) throw new Error(`${rule}: ${JSON.stringify(of)}`);
}

function same(actual: unknown, expected: unknown, rule: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  must(left === right, rule, { actual, expected });
}

function at(run: RunState, key: string): StepState {
  return run.steps[key] as StepState;
}

/** Shown, and nobody has done it yet. */
function isUndone(run: RunState, key: string): boolean {
  return at(run, key).phase !== HIDDEN && at(run, key).outcome === null;
}

function isGate(step: StepDefinition): boolean {
  return step.kind === 'APPROVAL' || step.gate === true;
}

function checkReadyInTurn(definition: ProcessDefinition, run: RunState, index: number): void {
  const step = definition.steps[index] as StepDefinition;
  const before = definition.steps.slice(0, index);
  const gates = before.filter((earlier) => isGate(earlier) && isUndone(run, earlier.key));
  must(gates.length === 0, 'no step is READY before its gates', step.key);
  const subjects = step.kind === 'APPROVAL' ? step.approval.subjects : [];
  must(!subjects.some((key) => isUndone(run, key)), 'no approval is READY before its subjects', step.key);
  const follows = step.after ?? before.slice(-1).map(({ key }) => key);
  const early = !at(run, step.key).returned && follows.some((key) => isUndone(run, key));
  must(!early, 'no step is READY before those it follows', step.key);
}

/** Of a run that has just been settled. */
export function checkSound(definition: ProcessDefinition, run: RunState): void {
  if (run.phase === RunPhase.CANCELLED) return;
  let undone = 0;
  let ready = 0;
  definition.steps.forEach(({ key }, index) => {
    const { phase, outcome } = at(run, key);
    if (phase === READY) checkReadyInTurn(definition, run, index);
    must(phase !== WAITING || undone > 0, 'nothing waits for hidden steps alone', key);
    const expected = phase === READY || phase === WAITING ? null : phase;
    must(phase === HIDDEN || outcome === expected, 'phase and outcome agree', { key, phase, outcome });
    if (isUndone(run, key)) undone += 1;
    if (phase === READY) ready += 1;
  });
  if (run.phase === RunPhase.ACTIVE) must(ready > 0, 'an active run has a READY step', run);
  else must(undone === 0, 'a completed run has nothing undone', run);
}

const RANKS: Record<RunEvent['type'], number> = {
  RUN_STARTED: 0,
  RUN_MIGRATED: 0,
  APPROVAL_DECIDED: 1,
  DECISION_WITHDRAWN: 1,
  STEP_REOPENED: 1,
  STEP_COMPLETED: 2,
  STEP_SKIPPED: 2,
  ATTEMPT_OPENED: 3,
  DECISIONS_LAPSED: 3,
  STEP_CHANGED: 4,
  RUN_COMPLETED: 5,
  RUN_CANCELLED: 5,
};

function checkEvents(definition: ProcessDefinition, before: RunState, { run, events }: Outcome): void {
  const changed = definition.steps.flatMap(({ key: step }) => {
    const [was, is] = [at(before, step), at(run, step)];
    if (was.phase === is.phase && was.attempt === is.attempt) return [];
    return { type: 'STEP_CHANGED', step, from: was.phase, to: is.phase, attempt: is.attempt };
  });
  const told = events.filter(({ type }) => type === 'STEP_CHANGED');
  same(told, changed, 'every change of a step is told, in order');
  const over = run.phase === RunPhase.COMPLETED && before.phase === RunPhase.ACTIVE;
  must(events.some(({ type }) => type === 'RUN_COMPLETED') === over, 'the end is told once', events);
  const order = events.map(({ type }) => RANKS[type]);
  same(
    order,
    order.toSorted(),
    'what was done comes before what is done again, before steps, before the end',
  );
}

function checkUntouchedKept(before: RunState, { run }: Outcome, commanded: string | null): void {
  for (const [key, state] of Object.entries(run.steps)) {
    const was = at(before, key);
    const opened = state.attempt - was.attempt;
    must(opened === 0 || opened === 1, 'attempts are counted one by one', key);
    if (key === commanded || opened === 1) continue;
    const kept = [state.outcome, state.answers, state.completedBy, state.skipReason, state.returned];
    const had = [was.outcome, was.answers, was.completedBy, was.skipReason, was.returned];
    same(kept, had, 'a step keeps what people made of it, also while hidden');
  }
}

function checkRejected(
  definition: ProcessDefinition,
  before: RunState,
  run: RunState,
  step: ApprovalStepDefinition,
  rejected: string[],
): void {
  const order = definition.steps.map(({ key }) => key);
  const [approval, attempt] = [at(run, step.key), at(before, step.key).attempt + 1];
  must(approval.attempt === attempt && approval.outcome === null, 'the approval starts anew', approval);
  const inOrder = order.filter((key) => rejected.includes(key));
  inOrder.forEach((key, index) => {
    const [was, state] = [at(before, key), at(run, key)];
    must(state.attempt === was.attempt + 1 && state.outcome === null, 'the rejected get a new attempt', key);
    must(state.returned && !(key in approval.decisions), 'the rejected are returned undecided', key);
    same(state.answers, was.answers, 'the rejected keep their answers as a draft');
    // Nothing before the first has changed, so it is open without any if.
    must(index > 0 || state.phase === READY, 'the first of the rejected is READY', key);
    const gates = definition.steps.slice(0, order.indexOf(key)).filter(isGate);
    const free = gates.every((gate) => at(run, gate.key).outcome !== null);
    must(!free || state.phase !== WAITING, 'a rejected subject waits for gates only', key);
  });
  const between = order.slice(order.indexOf(inOrder[0] ?? '') + 1, order.indexOf(step.key));
  for (const key of between.filter((name) => !rejected.includes(name))) {
    const redone = step.approval.onReject === 'REDO' && at(before, key).outcome !== null;
    const opened = at(run, key).attempt - at(before, key).attempt;
    must(opened === (redone ? 1 : 0), 'what lies between is redone or kept, as defined', key);
  }
}

function owned(run: RunState, subject: string, id: string): boolean {
  return id === run.startedBy || id === at(run, subject).completedBy;
}

function checkDecided(before: RunState, events: ApprovalDecided[]): void {
  for (const { step, subject, attempt, subjectAttempt, by, inNameOf } of events) {
    const attempts = [at(before, step).attempt, at(before, subject).attempt];
    same([attempt, subjectAttempt], attempts, 'a decision names the attempts that were decided');
    must(!owned(before, subject, by), 'nobody decides on their own work', { step, subject, by });
    must(!(subject in at(before, step).decisions), 'nothing is decided twice in an attempt', {
      step,
      subject,
    });
    const owner = inNameOf ?? by;
    must(!owned(before, subject, owner), 'nobody has their own work decided by a deputy', { subject, owner });
  }
}

function checkEffects(
  { run, effects }: Outcome,
  step: StepDefinition | undefined,
  command: Command | null,
): void {
  const approved = step?.kind === 'APPROVAL' && at(run, step.key).phase === COMPLETED;
  const expected = step && (command?.type === 'COMPLETE' || approved) ? step.effects : [];
  const kinds = expected.map(({ kind }) => kind).filter((kind) => kind !== 'SEND_BACK');
  same(
    effects.map(({ effect }) => effect.kind),
    kinds,
    'the effects of what completes, and no others',
  );
  if (!approved) return;
  const shown = step.approval.subjects.filter((key) => at(run, key).phase !== HIDDEN);
  const all = shown.every((key) => at(run, step.key).decisions[key]?.verdict === Verdict.APPROVED);
  must(all, 'an approval is complete when every subject is approved', step.key);
}

/**
 * Of all that a run told: on an attempt of a subject each approver's word stands once, and one decides; what
 * was taken back is as if it had never been said.
 */
export function checkOnce(events: RunEvent[]): void {
  const standing = new Set<string>();
  const final = new Map<string, string>();
  for (const event of events) {
    if (event.type !== 'APPROVAL_DECIDED' && event.type !== 'DECISION_WITHDRAWN') continue;
    const { step, subject, attempt, subjectAttempt } = event;
    const place = `${step} ${attempt} ${subject} ${subjectAttempt}`;
    const owner = event.type === 'DECISION_WITHDRAWN' ? event.of : (event.inNameOf ?? event.by);
    const word = `${place} ${owner}`;
    if (event.type === 'DECISION_WITHDRAWN') {
      must(standing.delete(word), 'what is taken back was said', event);
      final.delete(place);
      continue;
    }
    must(!final.has(place), 'an attempt of a subject is decided once', event);
    must(standing.has(word) === event.again, 'an approver has one word on it', event);
    standing.add(word);
    if (event.final) final.set(place, owner);
  }
}

/** What a reopening must leave: the step open, what follows kept or redone, and no decision on work unseen. */
function checkReopened(
  definition: ProcessDefinition,
  before: RunState,
  run: RunState,
  command: Extract<Command, { type: 'REOPEN' }>,
): void {
  const index = definition.steps.findIndex(({ key }) => key === command.step);
  const opened = (key: string) => at(run, key).attempt - at(before, key).attempt;
  must(opened(command.step) === 1 && at(run, command.step).outcome === null, 'it is open anew', command);
  definition.steps.forEach((step, position) => {
    const decides = step.kind === 'APPROVAL' && step.approval.subjects.includes(command.step);
    if (decides)
      must(!(command.step in at(run, step.key).decisions), 'no decision on what is unseen', step.key);
    if (position === index) return;
    const done = at(before, step.key).outcome !== null;
    const redone = position > index && done && (command.mode === 'REDO' || decides);
    must(opened(step.key) === (redone ? 1 : 0), 'what follows is redone or kept, as asked', step.key);
  });
}

/** In what is still to be approved, no word stands on an attempt that it was not given on. */
function checkLapsed(definition: ProcessDefinition, before: RunState, run: RunState): void {
  const opened = Object.keys(run.steps).filter((key) => at(run, key).attempt !== at(before, key).attempt);
  for (const { key, kind } of definition.steps) {
    const { outcome, decisions, votes } = at(run, key);
    if (kind !== 'APPROVAL' || outcome !== null) continue;
    const stale = opened.filter((subject) => subject in decisions || subject in votes);
    must(stale.length === 0, 'words lapse with the attempt that they were given on', { key, stale });
  }
}

/** What a command makes of its own step, whatever comes of it for others: all of it, and nothing else. */
function checkDone(before: RunState, { run, events }: Outcome, command: Command): void {
  if (!('step' in command) || command.type === 'REOPEN') return;
  const { step, by } = command;
  const [was, is] = [at(before, step), at(run, step)];
  const sentBack = is.attempt !== was.attempt;
  const ended = { completedBy: by, skipReason: null, returned: false };
  const undone = { outcome: null, completedBy: null };
  const as = (made: Partial<StepState>) => {
    const expected = { ...was, ...made, attempt: is.attempt, phase: is.phase };
    must(isDeepStrictEqual(is, expected), 'a step is what the command makes of it', { is, expected });
  };
  if (command.type === 'COMPLETE')
    as({ outcome: 'COMPLETED', answers: command.answers, ...ended, ...(sentBack ? undone : {}) });
  if (command.type === 'SKIP') as({ outcome: 'SKIPPED', ...ended, skipReason: command.reason });
  if (command.type === 'WITHDRAW') {
    const of = events.find((event) => event.type === 'DECISION_WITHDRAWN')?.of;
    const { [command.subject]: votes = [], ...others } = was.votes;
    const { [command.subject]: _taken, ...decisions } = was.decisions;
    const left = votes.filter((vote) => vote.of !== of);
    must(left.length === votes.length - 1, 'one vote is taken back', { votes, left });
    as({ ...undone, decisions, votes: left.length > 0 ? { ...others, [command.subject]: left } : others });
  }
  // What a rejection leaves of the words is said by `checkRejected`.
  if (command.type !== 'DECIDE' || command.verdict === Verdict.REJECTED) return;
  const [votes, decisions] = [{ ...was.votes }, { ...was.decisions }];
  const given = events.filter((event) => event.type === 'APPROVAL_DECIDED');
  for (const { subject, inNameOf, final, verdict, comment } of given) {
    const of = inNameOf ?? by;
    votes[subject] = [...(was.votes[subject] ?? []).filter((vote) => vote.of !== of), { by, of }];
    if (final) decisions[subject] = { verdict, by, comment, ...(inNameOf ? { inNameOf } : {}) };
  }
  as({ votes, decisions, ...(is.outcome === null ? {} : { outcome: 'COMPLETED', completedBy: by }) });
}

/** Of one change of `before`, by a command or, for null, by settling. */
export function checkFair(
  definition: ProcessDefinition,
  before: RunState,
  outcome: Outcome,
  command: Command | null,
): void {
  const key = command && 'step' in command ? command.step : null;
  const step = definition.steps.find((candidate) => candidate.key === key);
  const decided = outcome.events.filter((event) => event.type === 'APPROVAL_DECIDED');
  checkSound(definition, outcome.run);
  checkEvents(definition, before, outcome);
  checkUntouchedKept(before, outcome, key);
  checkDecided(before, decided);
  checkEffects(outcome, step, command);
  checkLapsed(definition, before, outcome.run);
  if (command) checkDone(before, outcome, command);
  if (command?.type === 'REOPEN') checkReopened(definition, before, outcome.run, command);
  const rejected = decided
    .filter(({ verdict }) => verdict === Verdict.REJECTED)
    .map(({ subject }) => subject);
  if (step?.kind === 'APPROVAL' && rejected.length > 0) {
    checkRejected(definition, before, outcome.run, step, rejected);
  }
}
