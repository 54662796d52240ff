import type { Context } from '../../platform/context.js';
import { DomainError, ErrorCode } from '../../platform/errors.js';
import { checkDraft } from './form.rules.js';
import { knownFor } from './known.service.js';
import { draftSaved } from './run.events.js';
import type { SaveStepDraftInput } from './run.input.js';
import { type Changed, changeStep, mustDo } from './run.service.js';
import { StepPhase } from './run.state.js';

/**
 * Saves answers of a READY task without completing it, in place of what was saved before.
 * @throws DomainError STEP_NOT_READY; INVALID_INPUT naming every answer that is not of its field's type
 */
export function saveStepDraft(ctx: Context, input: SaveStepDraftInput): Promise<Changed> {
  return changeStep(ctx, input.stepId, async ({ tx, step, defined }) => {
    mustDo(tx.viewer, defined, step);
    if (defined.kind !== 'TASK' || step.phase !== StepPhase.READY)
      throw new DomainError(
        ErrorCode.STEP_NOT_READY,
        `Answers are saved of a task that is READY; "${step.title}" is ${defined.kind === 'TASK' ? step.phase : 'an approval'}.`,
        ['input', 'stepId'],
      );
    const draftAnswers = checkDraft(defined.fields, input.answers, await knownFor(tx, step, input.answers));
    Object.assign(step, { draftAnswers, draftById: tx.viewer.id, draftAt: tx.now });
    tx.append(step.ticketId, draftSaved(step));
  });
}
