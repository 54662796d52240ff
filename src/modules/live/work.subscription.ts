import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { CursorScalar, DateTimeScalar } from '../../platform/graphql/scalars.js';
import { stepById } from '../run/run.loader.js';
import { Step } from '../run/step.entity.js';
import { ApprovalRequest } from '../run/work.types.js';
import { QueueMove } from './queue.rules.js';
import { type WorkUpdateRoot, workSource } from './work.source.js';

/** What became of one thing in a list of work. */
@ObjectType()
abstract class Move {
  @Field(() => QueueMove, { description: 'What it means to the list.' })
  move: QueueMove;
}

@ObjectType({ description: 'What became of one step in a list of work.' })
export class WorkChange extends Move {
  @Field(() => ID, { description: 'Which step.' })
  stepId: string;
}

@ObjectType({ description: 'What became of one approval among those that wait for the viewer.' })
export class ApprovalChange extends Move {
  @Field(() => ID, { description: 'Which approval step.' })
  stepId: string;
}

/** What a change of the desk did to a list: all of it at once. */
@ObjectType()
abstract class Update {
  @Field(() => CursorScalar, { description: 'Where it stands in the log: resume after it.' })
  cursor: string;
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  occurredAt: Date;
  @Field(() => Boolean, {
    description:
      'The cursor cannot be resumed from: query anew and subscribe with this one. Nothing follows.',
  })
  resyncRequired: boolean;
}

@ObjectType({ description: 'What a change of the desk did to your work: all of it at once.' })
export class WorkUpdate extends Update {
  @Field(() => [WorkChange], {
    description: 'What entered the list, changed in it or left it; one entry a step.',
  })
  changes: WorkChange[];
}

@ObjectType({
  description: 'What a change of the desk did to the approvals that wait for you: all of it at once.',
})
export class ApprovalUpdate extends Update {
  @Field(() => [ApprovalChange], {
    description: 'What waits for you now, what changed, and what no longer waits; one entry an approval.',
  })
  changes: ApprovalChange[];
}

const AFTER = 'Resume after this cursor: nothing is missed. From now on without it.';
type Subscribed = { context: Context; args: { after?: string } };

@Resolver(() => WorkChange)
export class WorkChangeResolver {
  @Access('STAFF')
  @Subscription(() => WorkUpdate, {
    description: 'How `myWork` changes, also when your roles, teams or those whom you act for do.',
    subscribe: ({ context, args }: Subscribed) => workSource(context, 'ANY', args.after),
  })
  myWork(
    @Root() update: WorkUpdateRoot,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
  ): unknown {
    return update;
  }

  @FieldResolver(() => Step, { nullable: true, description: 'The step as it is now; null when it LEFT.' })
  step(@Ctx() ctx: Context, @Root() { move, stepId }: WorkChange) {
    return move === QueueMove.LEFT ? null : ctx.load(stepById, stepId);
  }
}

@Resolver(() => ApprovalChange)
export class ApprovalChangeResolver {
  @Access('STAFF')
  @Subscription(() => ApprovalUpdate, {
    description: 'How `approvalRequests` changes: what waits for you, and what no longer does.',
    subscribe: ({ context, args }: Subscribed) => workSource(context, 'APPROVAL', args.after),
  })
  approvalRequests(
    @Root() update: WorkUpdateRoot,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
  ): unknown {
    return update;
  }

  @FieldResolver(() => ApprovalRequest, {
    nullable: true,
    description: 'The request as it is now; null when it LEFT.',
  })
  async request(@Ctx() ctx: Context, @Root() { move, stepId }: ApprovalChange) {
    const row = move === QueueMove.LEFT ? null : await ctx.load(stepById, stepId);
    return row && { row };
  }
}
