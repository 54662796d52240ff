/** Small made-up definitions, and a person to play them. */
import { expect } from '@jest/globals';
import type {
  ApprovalDefinition,
  ApprovalStepDefinition,
  ProcessDefinition,
  StepDefinition,
  TaskDefinition,
} from '../../../src/modules/process/process.definition.js';
import type { TicketFacts } from '../../../src/modules/run/condition.rules.js';
import type { RunEvent } from '../../../src/modules/run/kernel.events.js';
import { eventsOfRun, told } from '../../../src/modules/run/run.events.js';
import { apply, type Outcome, start } from '../../../src/modules/run/run.machine.js';
import { type Answers, type Command, type RunState, Verdict } from '../../../src/modules/run/run.state.js';
import { DomainError, type Fault } from '../../../src/platform/errors.js';

const instructions = { purpose: '', desiredResult: '', howTo: [], pitfalls: [], resources: [] };

export const FACTS: TicketFacts = {
  status: 'OPEN',
  priority: 'MEDIUM',
  impact: 'LOW',
  urgency: 'HIGH',
  channel: 'EMAIL',
  category: 'Billing',
  product: null,
  team: null,
  escalationLevel: 0,
};

export const NOTE = { kind: 'ADD_NOTE', body: 'noted' } as const;

export function task(key: string, rest: Partial<TaskDefinition> = {}): TaskDefinition {
  return { kind: 'TASK', key, title: key, instructions, fields: [], effects: [], ...rest };
}

export function approval(
  key: string,
  subjects: string[],
  rest: Partial<ApprovalStepDefinition> & Partial<Pick<ApprovalDefinition, 'onReject' | 'quorum'>> = {},
): ApprovalStepDefinition {
  const { onReject = 'KEEP', quorum, ...step } = rest;
  const decides: ApprovalDefinition = { subjects, approvers: { role: 'MANAGER' }, onReject, quorum };
  return { kind: 'APPROVAL', key, title: key, instructions, approval: decides, effects: [], ...step };
}

export function processOf(...steps: StepDefinition[]): ProcessDefinition {
  return { key: 'made-up', name: 'Made up', description: '', steps };
}

/** Freezes everything reachable, so that whatever writes to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** A kernel's events, back from the log. */
export function logged(events: RunEvent[]): RunEvent[] {
  const of = { runId: 'run', process: 'made-up', steps: {} };
  return eventsOfRun(JSON.parse(JSON.stringify(events.map((event) => told(event, of)))), 'run');
}

/** The faults that the call is refused with. Anything but a refusal fails the test. */
export function faultsBy(call: () => unknown): Fault[] {
  try {
    call();
  } catch (error) {
    if (error instanceof DomainError) return error.faults;
    throw error;
  }
  throw new Error('It was not refused.');
}

/** A decision for which everybody's position is right. */
export const BY_ALL = {
  type: 'DECIDE',
  approvers: ['boss', 'eve', 'ann', 'bob', 'cid', 'bea', 'worker', 'requester', 'judge'].map((id) => ({
    id,
    deputies: [],
    actsWith: [],
  })),
} as const;

/** A run that is played in short words. Keeps the last outcome for a closer look. */
export class Play {
  last: Outcome;
  facts: TicketFacts;

  constructor(
    readonly definition: ProcessDefinition,
    facts: Partial<TicketFacts> = {},
  ) {
    this.facts = { ...FACTS, ...facts };
    this.last = start(frozen(definition), 'requester', this.facts);
  }

  get run(): RunState {
    return this.last.run;
  }

  do(command: Command): this {
    this.last = apply(this.definition, frozen(this.run), frozen(command), this.facts);
    return this;
  }

  complete(step: string, answers: Answers = {}, by = 'worker'): this {
    return this.do({ type: 'COMPLETE', step, answers, by });
  }

  skip(step: string, reason = 'not needed', by = 'worker'): this {
    return this.do({ type: 'SKIP', step, reason, by });
  }

  approve(step: string, subjects: string[] | null = null, by = 'boss'): this {
    return this.do({ ...BY_ALL, step, subjects, verdict: Verdict.APPROVED, comment: null, by });
  }

  reject(step: string, subjects: string[] | null = null, by = 'boss'): this {
    return this.do({ ...BY_ALL, step, subjects, verdict: Verdict.REJECTED, comment: 'Not yet.', by });
  }

  /** `key:PHASE` with `#attempt` from the second on. */
  phases(): string {
    return this.definition.steps
      .map(({ key }) => {
        const state = this.run.steps[key];
        return `${key}:${state?.phase}${(state?.attempt ?? 1) > 1 ? `#${state?.attempt}` : ''}`;
      })
      .join(' ');
  }

  expectPhases(phases: string): this {
    expect(this.phases()).toBe(phases);
    return this;
  }

  refusal(act: (play: this) => unknown): string {
    const [fault] = faultsBy(() => act(this));
    return `${fault?.code} ${fault?.path?.join('.') ?? '-'}`;
  }
}

/** Three tasks done by three people, and an approval of the first and the last that is READY. */
export function twoSubjects(onReject: 'KEEP' | 'REDO' = 'KEEP'): Play {
  const definition = processOf(
    task('a'),
    task('b'),
    task('c'),
    approval('ok', ['a', 'c'], { onReject, effects: [NOTE] }),
    task('d'),
  );
  return new Play(definition).complete('a', { x: 1 }, 'ann').complete('b').complete('c', { z: 3 }, 'cid');
}
