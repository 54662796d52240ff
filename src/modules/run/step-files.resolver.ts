import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { Size } from '../../platform/graphql/size.js';
import { File } from '../file/file.entity.js';
import { fileById } from '../file/file.loader.js';
import { fileIdsIn } from './file.rules.js';
import type { Answers } from './run.state.js';
import { Step, StepAttempt } from './step.entity.js';
import { StepDraft } from './step-draft.types.js';

/** From answers to the uploaded files that they name. */

@Resolver(() => Step)
export class StepFilesResolver {
  @Access('STAFF')
  @Size(2)
  @FieldResolver(() => [File], {
    nullable: true,
    description: 'The uploaded files that its answers name. For staff only.',
  })
  files(@Ctx() ctx: Context, @Root() step: Step) {
    return namedIn(ctx, step.answers);
  }
}

@Resolver(() => StepAttempt)
export class StepAttemptFilesResolver {
  @Size(2)
  @FieldResolver(() => [File], { description: 'The uploaded files that its answers name.' })
  files(@Ctx() ctx: Context, @Root() attempt: StepAttempt) {
    return namedIn(ctx, attempt.answers);
  }
}

@Resolver(() => StepDraft)
export class StepDraftFilesResolver {
  @Size(2)
  @FieldResolver(() => [File], { description: 'The uploaded files that its answers name.' })
  files(@Ctx() ctx: Context, @Root() draft: StepDraft) {
    return namedIn(ctx, draft.answers);
  }
}

async function namedIn(ctx: Context, answers: Answers): Promise<File[]> {
  const files = fileIdsIn(Object.values(answers)).map((id) => ctx.load(fileById, id));
  return (await Promise.all(files)).filter((file) => file !== null);
}
