import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, JSONScalar } from '../../platform/graphql/scalars.js';
import type { Answers } from './run.state.js';
import type { Step } from './step.entity.js';

@ObjectType({ description: 'Answers of a step that is not completed yet.' })
export class StepDraft {
  @Field(() => JSONScalar, { description: 'The answers by field key. Feedback to an agent is left out.' })
  answers: Answers;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was saved; null where it is what the step was completed with before.',
  })
  savedAt: Date | null;
  savedById: string | null;
}

/**
 * What the next completion of a step can begin with: what was saved of it or, after it was sent back, the
 * answers of the attempt before. Null where there is neither, or nothing to complete.
 */
export function draftOfStep({
  outcome,
  answers,
  attempt,
  draftAnswers,
  draftAt,
  draftById,
}: Step): StepDraft | null {
  if (draftAnswers) return { answers: draftAnswers, savedAt: draftAt, savedById: draftById };
  const sentBack = outcome === null && attempt > 1 && Object.keys(answers).length > 0;
  return sentBack ? { answers, savedAt: null, savedById: null } : null;
}
