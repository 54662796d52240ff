/** What its events make of a run. The only place where a run changes. Pure. */
import type { ApprovalDecided, DecisionWithdrawn, RunEvent } from './kernel.events.js';
import { stateOf } from './phase.rules.js';
import {
  type Decision,
  RunPhase,
  type RunState,
  StepPhase,
  type StepState,
  Verdict,
  type Vote,
} from './run.state.js';

/** A step that nobody has touched. */
function newStep(): StepState {
  return {
    outcome: null,
    attempt: 1,
    answers: {},
    completedBy: null,
    skipReason: null,
    returned: false,
    decisions: {},
    votes: {},
    phase: StepPhase.WAITING,
  };
}

function without<Value>(values: Record<string, Value>, keys: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

/** The votes on a subject in this attempt of its approval. */
export function votesIn({ votes }: StepState, subject: string): Vote[] {
  return (Object.hasOwn(votes, subject) ? votes[subject] : undefined) ?? [];
}

/** An approver has one vote on a subject, so another one replaces it. */
function decided(state: StepState, event: ApprovalDecided): Partial<StepState> {
  const { subject, verdict, by, comment, inNameOf, final } = event;
  const word: Decision = { verdict, by, comment, ...(inNameOf === null ? {} : { inNameOf }) };
  const of = inNameOf ?? by;
  const votes = [...votesIn(state, subject).filter((vote) => vote.of !== of), { by, of }];
  return {
    decisions: final ? { ...state.decisions, [subject]: word } : state.decisions,
    votes: verdict === Verdict.APPROVED ? { ...state.votes, [subject]: votes } : state.votes,
  };
}

function withdrawn(state: StepState, { subject, of }: DecisionWithdrawn): Partial<StepState> {
  const left = votesIn(state, subject).filter((vote) => vote.of !== of);
  return {
    outcome: null,
    completedBy: null,
    decisions: without(state.decisions, [subject]),
    votes: { ...without(state.votes, [subject]), ...(left.length > 0 ? { [subject]: left } : {}) },
  };
}

/** The answers stay, as the draft that the next attempt begins with. */
function opened(attempt: number, returned: boolean): Partial<StepState> {
  return { outcome: null, attempt, completedBy: null, skipReason: null, returned };
}

/** The run after an event. RUN_STARTED makes it, whatever was before. */
export function evolve(run: RunState, event: RunEvent): RunState {
  const step = (key: string, change: (state: StepState) => Partial<StepState>): RunState => {
    const state = stateOf(run.steps, key);
    return { ...run, steps: { ...run.steps, [key]: { ...state, ...change(state) } } };
  };
  switch (event.type) {
    case 'RUN_STARTED': {
      const steps = Object.fromEntries(event.steps.map((key) => [key, newStep()]));
      return { phase: RunPhase.ACTIVE, startedBy: event.by, steps };
    }
    case 'STEP_COMPLETED': {
      const { answers, by: completedBy } = event;
      const done = { outcome: 'COMPLETED', answers, completedBy, skipReason: null, returned: false } as const;
      return step(event.step, () => done);
    }
    case 'STEP_SKIPPED': {
      const { reason: skipReason, by: completedBy } = event;
      const passed = { outcome: 'SKIPPED', completedBy, skipReason, returned: false } as const;
      return step(event.step, () => passed);
    }
    case 'APPROVAL_DECIDED':
      return step(event.step, (state) => decided(state, event));
    case 'DECISION_WITHDRAWN':
      return step(event.step, (state) => withdrawn(state, event));
    case 'STEP_REOPENED':
      return step(event.step, () => opened(event.attempt, false));
    case 'ATTEMPT_OPENED':
      return step(event.step, () => opened(event.attempt, event.returned));
    case 'DECISIONS_LAPSED':
      return step(event.step, ({ decisions, votes }) => ({
        decisions: without(decisions, event.subjects),
        votes: without(votes, event.subjects),
      }));
    case 'STEP_CHANGED':
      return step(event.step, () => ({ phase: event.to }));
    case 'RUN_MIGRATED': {
      const carried = (key: string): StepState => {
        const state = stateOf(run.steps, key);
        return { ...state, answers: without(state.answers, event.lost) };
      };
      const steps = event.steps.map((key) => [key, event.added.includes(key) ? newStep() : carried(key)]);
      return { ...run, steps: Object.fromEntries(steps) };
    }
    case 'RUN_COMPLETED':
      return { ...run, phase: RunPhase.COMPLETED };
    case 'RUN_CANCELLED':
      return { ...run, phase: RunPhase.CANCELLED };
  }
}

const UNBEGUN: RunState = { phase: RunPhase.ACTIVE, startedBy: '', steps: {} };

/** The run after these events: all of its own, or those that followed `from`. */
export function replay(events: readonly RunEvent[], from: RunState = UNBEGUN): RunState {
  return events.reduce(evolve, from);
}
