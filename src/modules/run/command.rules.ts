/** What each command does to a run, before the phases of its steps follow from it. Pure. */
import { DomainError, ErrorCode } from '../../platform/errors.js';
import type { ProcessDefinition, StepDefinition } from '../process/process.definition.js';
import type { TicketFacts } from './condition.rules.js';
import { decide } from './decision.rules.js';
import type { RunEvent } from './kernel.events.js';
import { derivePhases, formOf, stateOf } from './phase.rules.js';
import { replay } from './replay.rules.js';
import { sendBackTicked } from './rework.rules.js';
import { type Command, type EffectIntent, type RunState, StepPhase, type StepState } from './run.state.js';
import { reopen, withdraw } from './undo.rules.js';

/** The result of a command. */
export interface Change {
  effects: EffectIntent[];
  events: RunEvent[];
}

/** Everything a command is carried out on. The phases of `run` are those of now. */
export interface Scene {
  definition: ProcessDefinition;
  run: RunState;
  facts: TicketFacts;
}

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

function refuse(code: ErrorCode, message: string, path?: string[]): never {
  throw new DomainError(code, message, path);
}

function findStep(definition: ProcessDefinition, key: string): StepDefinition {
  const step = definition.steps.find((candidate) => candidate.key === key);
  return step ?? refuse(ErrorCode.NOT_FOUND, `The process "${definition.name}" has no step "${key}".`);
}

const NOT_READY: Record<Exclude<StepPhase, StepPhase.READY>, string> = {
  [StepPhase.WAITING]: 'is not ready: steps before it must be done first.',
  [StepPhase.COMPLETED]: 'is completed already. It opens again only when it is sent back.',
  [StepPhase.SKIPPED]: 'was skipped already. It opens again only when it is sent back.',
  [StepPhase.HIDDEN]: 'is hidden at present: its condition does not hold.',
};

function requireReady(step: StepDefinition, { phase }: StepState): void {
  if (phase !== StepPhase.READY)
    refuse(ErrorCode.STEP_NOT_READY, `The step "${step.title}" ${NOT_READY[phase]}`);
}

/** The intents of a step that `events` complete. Sending back is the kernel's own work. */
function effectsOf(
  { definition, run, facts }: Scene,
  step: StepDefinition,
  events: RunEvent[],
): EffectIntent[] {
  const form = formOf(definition, derivePhases(definition, replay(events, run).steps, facts));
  return step.effects
    .filter((effect) => effect.kind !== 'SEND_BACK')
    .map((effect) => ({ step: step.key, effect, form }));
}

function complete(scene: Scene, command: Of<'COMPLETE'>): Change {
  const { definition, run } = scene;
  const step = findStep(definition, command.step);
  const state = stateOf(run.steps, step.key);
  if (step.kind !== 'TASK') {
    refuse(ErrorCode.STEP_NOT_READY, `"${step.title}" is an approval: decide on its subjects instead.`);
  }
  requireReady(step, state);
  const { answers, by } = command;
  const { attempt } = state;
  const done: RunEvent[] = [{ type: 'STEP_COMPLETED', step: step.key, attempt, answers, by }];
  // The effects see the form of this completion, even when it sends its own step back.
  const effects = effectsOf(scene, step, done);
  return { effects, events: [...done, ...sendBackTicked(definition, replay(done, run), step, answers)] };
}

function skip({ definition, run }: Scene, command: Of<'SKIP'>): Change {
  const step = findStep(definition, command.step);
  const state = stateOf(run.steps, step.key);
  if (step.kind !== 'TASK' || step.optional !== true) {
    refuse(ErrorCode.INVALID_TRANSITION, `The step "${step.title}" is not optional, so it can't be skipped.`);
  }
  requireReady(step, state);
  const { reason, by } = command;
  if (reason.trim() === '') {
    refuse(ErrorCode.REQUIRED, 'Skipping needs a reason: say why the step is not necessary.', [
      'input',
      'reason',
    ]);
  }
  const { attempt } = state;
  return { effects: [], events: [{ type: 'STEP_SKIPPED', step: step.key, attempt, reason, by }] };
}

function decideOn(scene: Scene, command: Of<'DECIDE'>): Change {
  const step = findStep(scene.definition, command.step);
  if (step.kind !== 'APPROVAL') {
    refuse(ErrorCode.STEP_NOT_READY, `"${step.title}" is not an approval: complete it instead.`);
  }
  const events = decide(scene.definition, step, scene.run, command);
  const completed = events.some(({ type }) => type === 'STEP_COMPLETED');
  return { effects: completed ? effectsOf(scene, step, events) : [], events };
}

function withdrawFrom(scene: Scene, command: Of<'WITHDRAW'>): Change {
  const step = findStep(scene.definition, command.step);
  if (step.kind !== 'APPROVAL') {
    refuse(ErrorCode.INVALID_TRANSITION, `"${step.title}" is no approval, so nothing was decided in it.`);
  }
  return { effects: [], events: [withdraw(scene.definition, step, scene.run, command)] };
}

const TRANSITIONS: { [T in Command['type']]: (scene: Scene, command: Of<T>) => Change } = {
  COMPLETE: complete,
  SKIP: skip,
  DECIDE: decideOn,
  WITHDRAW: withdrawFrom,
  REOPEN: (scene, command) => {
    const step = findStep(scene.definition, command.step);
    return { effects: [], events: reopen(scene.definition, step, scene.run, command, scene.facts) };
  },
  CANCEL: (_scene, { by }) => ({ effects: [], events: [{ type: 'RUN_CANCELLED', by }] }),
};

/**
 * Carries out a command on a scene. Throws a DomainError: NOT_FOUND for an unknown step, STEP_NOT_READY,
 * INVALID_TRANSITION for skipping what is not optional, REQUIRED, and what `decide`, `withdraw` and `reopen`
 * refuse.
 */
export function carryOut<T extends Command['type']>(scene: Scene, command: Of<T> & { type: T }): Change {
  return TRANSITIONS[command.type](scene, command);
}
