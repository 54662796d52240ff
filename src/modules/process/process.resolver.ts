import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs, pageOfList } from '../../platform/graphql/connection.js';
import { JSONScalar } from '../../platform/graphql/scalars.js';
import { Size } from '../../platform/graphql/size.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import type { StepDefinition } from './process.definition.js';
import { Process, ProcessVersion } from './process.entity.js';
import { ProcessFilter } from './process.input.js';
import {
  listProcesses,
  listVersions,
  processById,
  processByKey,
  processVersionById,
} from './process.loader.js';
import { stateOfProcess } from './process.machine.js';
import { type DefinedStep, StepOfProcess } from './process.types.js';
import { ProcessState } from './process.vocabulary.js';
import { draftOf } from './process-draft.js';
import { ProcessDraft } from './process-draft.types.js';

const ProcessConnection = connectionOf(Process, 'Process');
const ProcessVersionConnection = connectionOf(ProcessVersion, 'ProcessVersion');

@Resolver(() => Process)
export class ProcessResolver {
  @Access('STAFF')
  @Query(() => ProcessConnection, { description: 'The processes of the desk, by name.' })
  async processes(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('where', () => ProcessFilter, { nullable: true, description: 'Only these.' }) where?: ProcessFilter,
  ) {
    return pageOfList(await listProcesses(ctx, where ?? {}), page);
  }

  @Access('STAFF')
  @Query(() => Process, { nullable: true, description: 'A process by its key.' })
  process(
    @Ctx() ctx: Context,
    @Arg('key', () => String, { description: 'Such as technical-support.' }) key: string,
  ) {
    return processByKey(ctx, key);
  }

  @FieldResolver(() => ProcessState, { description: 'Where it stands in its life.' })
  state(@Root() process: Process) {
    return stateOfProcess(process);
  }

  @FieldResolver(() => ProcessVersion, {
    nullable: true,
    description: 'The newest published version: what a new run follows. Null for a DRAFT.',
  })
  version(@Ctx() ctx: Context, @Root() process: Process) {
    return process.versionId && ctx.load(processVersionById, process.versionId);
  }

  @FieldResolver(() => ProcessVersionConnection, { description: 'Its published versions, the newest first.' })
  async versions(@Ctx() ctx: Context, @Root() process: Process, @Args(() => PageArgs) page: PageArgs) {
    return listVersions(ctx, process.id, page);
  }

  @Access([Role.ADMIN, Role.MANAGER])
  @FieldResolver(() => ProcessDraft, {
    nullable: true,
    description: 'What is being worked on. For managers and administrators only.',
  })
  draft(@Root() process: Process) {
    return draftOf(process);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who retired it.' })
  retiredBy(@Ctx() ctx: Context, @Root() process: Process) {
    return process.retiredById && ctx.load(agentById, process.retiredById);
  }
}

@Resolver(() => ProcessVersion)
export class ProcessVersionResolver {
  @FieldResolver(() => Process, { description: 'The process it is a version of.' })
  process(@Ctx() ctx: Context, @Root() version: ProcessVersion) {
    return ctx.load(processById, version.processId);
  }

  @FieldResolver(() => [StepOfProcess], { description: 'Its steps, in order.' })
  @Size(20)
  steps(@Root() version: ProcessVersion): DefinedStep[] {
    return version.definition.steps.map((step: StepDefinition, index: number) => ({
      ...step,
      position: index + 1,
    }));
  }

  @FieldResolver(() => JSONScalar, {
    description:
      'The whole definition, as /process.schema.json describes it: an export that createProcess and saveProcessDraft take as it is.',
  })
  definition(@Root() version: ProcessVersion) {
    return version.definition;
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'Who published it; null for what the desk was shipped with.',
  })
  publishedBy(@Ctx() ctx: Context, @Root() version: ProcessVersion) {
    return version.publishedById && ctx.load(agentById, version.publishedById);
  }
}
