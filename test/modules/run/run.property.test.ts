import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProcessDefinition } from '../../../src/modules/process/process.definition.js';
import type { TicketFacts } from '../../../src/modules/run/condition.rules.js';
import { evolve, replay } from '../../../src/modules/run/replay.rules.js';
import { apply, type Outcome, settle, start } from '../../../src/modules/run/run.machine.js';
import {
  type Command,
  RunPhase,
  type RunState,
  StepPhase,
  Verdict,
} from '../../../src/modules/run/run.state.js';
import { DomainError } from '../../../src/platform/errors.js';
import { shippedProcesses } from '../../../src/processes/processes.js';
import { type Act, acts, type Doing, definitions, doing } from './arbitraries.js';
import { BY_ALL, FACTS, frozen, logged } from './definitions.js';
import { checkFair, checkOnce, checkSound } from './invariants.js';

/** Null for a refusal. Anything else that is thrown fails the test. */
function carryOut(
  definition: ProcessDefinition,
  run: RunState,
  act: Doing,
  facts: TicketFacts,
): Outcome | null {
  try {
    return 'command' in act ? apply(definition, run, act.command, facts) : settle(definition, run, act.facts);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

interface Played {
  run: RunState;
  outcomes: Outcome[];
  /** Everything that was carried out, in order. */
  script: { act: Doing; facts: TicketFacts }[];
}

/** Plays the acts, holding every change against the invariants. Inputs are frozen: who writes to them throws. */
function play(definition: ProcessDefinition, list: Act[]): Played {
  let facts = FACTS;
  const first = frozen(start(frozen(definition), 'requester', facts));
  checkSound(definition, first.run);
  const played: Played = { run: first.run, outcomes: [first], script: [] };
  for (const entry of list) {
    const act = frozen(doing(definition, played.run, entry));
    if ('facts' in act) facts = act.facts;
    const outcome = frozen(carryOut(definition, played.run, act, facts));
    if (!outcome) continue;
    checkFair(definition, played.run, outcome, 'command' in act ? act.command : null);
    played.script.push({ act, facts });
    played.outcomes.push(outcome);
    played.run = outcome.run;
  }
  return played;
}

/** What a willing person who has had no part in the run does next. */
function nextStep(definition: ProcessDefinition, run: RunState): Command {
  const step = definition.steps.find(({ key }) => run.steps[key]?.phase === StepPhase.READY);
  if (!step) throw new Error('Nothing is READY.');
  if (step.kind === 'TASK') return { type: 'COMPLETE', step: step.key, answers: {}, by: 'willing' };
  return {
    ...BY_ALL,
    approvers: [{ id: 'judge', deputies: [], actsWith: [] }],
    step: step.key,
    subjects: null,
    verdict: Verdict.APPROVED,
    comment: null,
    by: 'judge',
  };
}

function finish(definition: ProcessDefinition, from: RunState): RunState {
  let run = settle(definition, from, FACTS).run;
  for (let left = definition.steps.length; run.phase === RunPhase.ACTIVE && left > 0; left -= 1) {
    const before = run;
    const command = nextStep(definition, run);
    const outcome = apply(definition, frozen(run), command, FACTS);
    checkFair(definition, before, outcome, command);
    run = outcome.run;
  }
  return run;
}

describe('every run, whatever the definition and whatever people do', () => {
  it('stays sound, decides nothing twice, plays the same again, and is plain data', () => {
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        const { run, outcomes, script } = play(definition, list);

        checkOnce(outcomes.flatMap(({ events }) => events));

        let again = start(definition, 'requester', FACTS).run;
        for (const { act, facts } of script) again = (carryOut(definition, again, act, facts) as Outcome).run;
        expect(again).toEqual(run);
        expect(JSON.parse(JSON.stringify(outcomes))).toEqual(outcomes);
      }),
      { numRuns: 1_500 },
    );
  });

  it('is what its events make of it, after each of its changes, also back from the log', () => {
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        const { run, outcomes } = play(definition, list);
        let again = replay([]);
        for (const outcome of outcomes) {
          again = logged(outcome.events).reduce((before, event) => evolve(frozen(before), event), again);
          if (!isDeepStrictEqual(again, outcome.run)) expect(again).toEqual(outcome.run);
        }
        expect(replay(logged(outcomes.flatMap(({ events }) => events)))).toEqual(run);
      }),
      { numRuns: 2_000 },
    );
  });

  it('can be brought to its end from anywhere, in no more changes than it has steps', () => {
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        const { run } = play(definition, list);
        expect(finish(definition, run).phase).not.toBe(RunPhase.ACTIVE);
      }),
      { numRuns: 500 },
    );
  });

  it('is not over before everything that is shown is done, and nothing moves it then', () => {
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        const over = finish(definition, start(definition, 'requester', FACTS).run);
        expect(over.phase).toBe(RunPhase.COMPLETED);
        for (const entry of list) {
          const outcome = carryOut(definition, frozen(over), doing(definition, over, entry), FACTS);
          expect(outcome === null || outcome.run === over).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('really meets what it is meant to meet', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(definitions, acts, (definition, list) => {
        for (const { events, run } of play(definition, list).outcomes) {
          met.add(run.phase);
          for (const event of events) {
            met.add(event.type);
            if (event.type === 'APPROVAL_DECIDED') {
              met.add(event.verdict);
              met.add(event.final ? 'with it' : 'below the quorum');
            }
            if (event.type === 'STEP_CHANGED') met.add(`${event.from} to ${event.to}`);
          }
        }
      }),
      { numRuns: 600, seed: 42 },
    );
    const undone = [
      'DECISION_WITHDRAWN',
      'STEP_REOPENED',
      'ATTEMPT_OPENED',
      'DECISIONS_LAPSED',
      'below the quorum',
      'with it',
    ];
    const expected = [
      ...undone,
      'ACTIVE',
      'COMPLETED',
      'CANCELLED',
      'APPROVED',
      'REJECTED',
      'READY to SKIPPED',
    ];
    const reversals = [
      'COMPLETED to READY',
      'COMPLETED to WAITING',
      'COMPLETED to HIDDEN',
      'HIDDEN to COMPLETED',
    ];
    expect([...expected, ...reversals].filter((each) => !met.has(each))).toEqual([]);
  });
});

describe.each(shippedProcesses.map((definition) => [definition.key, definition] as const))(
  '%s',
  (_key, definition) => {
    it('comes to its end', () => {
      expect(finish(definition, start(definition, 'requester', FACTS).run).phase).toBe(RunPhase.COMPLETED);
    });

    it('stays sound whatever people do', () => {
      fc.assert(
        fc.property(acts, (list) => void play(definition, list)),
        { numRuns: 60 },
      );
    });
  },
);
