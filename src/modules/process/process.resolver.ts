import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs, pageOfList } from '../../platform/graphql/connection.js';
import type { StepDefinition } from './process.definition.js';
import { Process, ProcessVersion } from './process.entity.js';
import { listProcesses, processById, processVersionById } from './process.loader.js';
import { type DefinedStep, StepOfProcess } from './process.types.js';

const ProcessConnection = connectionOf(Process, 'Process');

@Resolver(() => Process)
export class ProcessResolver {
  @Access('STAFF')
  @Query(() => ProcessConnection, { description: 'The processes of the desk, by name.' })
  async processes(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await listProcesses(ctx), page);
  }

  @Access('STAFF')
  @Query(() => Process, { nullable: true, description: 'A process by its key.' })
  async process(
    @Ctx() ctx: Context,
    @Arg('key', () => String, { description: 'Such as technical-support.' }) key: string,
  ) {
    return (await listProcesses(ctx)).find((process) => process.key === key) ?? null;
  }

  @FieldResolver(() => ProcessVersion, {
    description: 'The newest published version: what a new run follows.',
  })
  version(@Ctx() ctx: Context, @Root() process: Process) {
    return ctx.load(processVersionById, process.versionId);
  }
}

@Resolver(() => ProcessVersion)
export class ProcessVersionResolver {
  @FieldResolver(() => Process, { description: 'The process it is a version of.' })
  process(@Ctx() ctx: Context, @Root() version: ProcessVersion) {
    return ctx.load(processById, version.processId);
  }

  @FieldResolver(() => [StepOfProcess], { description: 'Its steps, in order.' })
  steps(@Root() version: ProcessVersion): DefinedStep[] {
    return version.definition.steps.map((step: StepDefinition, index: number) => ({
      ...step,
      position: index + 1,
    }));
  }
}
