import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { ProcessVersion } from '../process/process.entity.js';
import { processVersionById } from '../process/process.loader.js';
import { ticketById } from '../ticket/ticket.scope.js';
import { migrateRun, planRunMigration } from './migration.service.js';
import { MigrateRunInput, RunMigrationPlan } from './migration.types.js';
import { planView } from './migration.view.js';
import { Run } from './run.entity.js';
import { RunPayload } from './run.input.js';
import { runById } from './run.loader.js';

@Resolver(() => RunMigrationPlan)
export class RunMigrationPlanResolver {
  @Access([Role.ADMIN, Role.MANAGER])
  @Query(() => RunMigrationPlan, {
    description: 'What would become of a run in another version of its process. Changes nothing.',
  })
  async planRunMigration(
    @Ctx() ctx: Context,
    @Arg('run', () => ID, { description: 'The run.' }) run: string,
    @Arg('to', () => ID, { description: 'The version, older or newer.' }) to: string,
  ) {
    return planView(await planRunMigration(ctx, run, to));
  }

  @Access([Role.ADMIN, Role.MANAGER])
  @Mutation(() => RunPayload, {
    description:
      'Takes an active run over to another version of its process, exactly as the plan of planRunMigration says. No effect happens by it.',
  })
  migrateRun(
    @Ctx() ctx: Context,
    @Arg('input', () => MigrateRunInput, { description: 'Which, to what, by which plan.' })
    input: MigrateRunInput,
  ) {
    return payload(
      async () => shown(ctx, (await migrateRun(ctx, input)).runId),
      () => {
        ctx.forget();
        return shown(ctx, input.runId);
      },
    );
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run.' })
  run(@Ctx() ctx: Context, @Root() plan: RunMigrationPlan) {
    return ctx.load(runById, plan.runId);
  }

  @FieldResolver(() => ProcessVersion, { nullable: true, description: 'The version that it follows now.' })
  from(@Ctx() ctx: Context, @Root() plan: RunMigrationPlan) {
    return ctx.load(processVersionById, plan.fromVersionId);
  }

  @FieldResolver(() => ProcessVersion, { nullable: true, description: 'The version that it would follow.' })
  to(@Ctx() ctx: Context, @Root() plan: RunMigrationPlan) {
    return ctx.load(processVersionById, plan.toVersionId);
  }
}

async function shown(ctx: Context, runId: string) {
  const run = await ctx.load(runById, runId);
  return { run, ticket: run && (await ctx.load(ticketById, run.ticketId)) };
}
