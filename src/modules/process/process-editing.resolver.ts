import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Process } from './process.entity.js';
import {
  CreateProcessInput,
  ProcessPayload,
  PublishProcessInput,
  PublishProcessPayload,
  ReinstateProcessInput,
  RetireProcessInput,
  SaveProcessDraftInput,
} from './process.input.js';
import { processById, processVersionById } from './process.loader.js';
import { ProcessDraft } from './process-draft.types.js';
import {
  createProcess,
  publishDraft,
  reinstateProcess,
  retireProcess,
  saveDraft,
} from './process-editing.service.js';

@Resolver(() => Process)
export class ProcessEditingResolver {
  @Access([Role.ADMIN])
  @Mutation(() => ProcessPayload, {
    description: 'Makes a process with a draft, which nobody can start yet.',
  })
  createProcess(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateProcessInput, { description: 'Which.' }) input: CreateProcessInput,
  ) {
    return payload(async () => shown(ctx, (await createProcess(ctx, input)).processId));
  }

  @Access([Role.ADMIN])
  @Mutation(() => ProcessPayload, {
    description: 'Replaces the draft of a process. Versions and runs are not touched.',
  })
  saveProcessDraft(
    @Ctx() ctx: Context,
    @Arg('input', () => SaveProcessDraftInput, { description: 'Of which, by what.' })
    input: SaveProcessDraftInput,
  ) {
    return payload(
      async () => {
        await saveDraft(ctx, input);
        return shown(ctx, input.processId);
      },
      () => asItIs(ctx, input.processId),
    );
  }

  @Access([Role.ADMIN])
  @Mutation(() => PublishProcessPayload, {
    description:
      'Makes the draft the next version, which never changes. New runs follow it; active ones keep theirs. Refused with every fault of the draft, each with its path.',
  })
  publishProcess(
    @Ctx() ctx: Context,
    @Arg('input', () => PublishProcessInput, { description: 'Which.' }) input: PublishProcessInput,
  ) {
    return payload(
      async () => {
        const { versionId, warnings } = await publishDraft(ctx, input);
        return {
          ...(await shown(ctx, input.processId)),
          version: await ctx.load(processVersionById, versionId),
          warnings,
        };
      },
      () => asItIs(ctx, input.processId),
    );
  }

  @Access([Role.ADMIN])
  @Mutation(() => ProcessPayload, {
    description: 'Takes a process out of use: nobody starts it any more, active runs go on.',
  })
  retireProcess(
    @Ctx() ctx: Context,
    @Arg('input', () => RetireProcessInput, { description: 'Which and why.' }) input: RetireProcessInput,
  ) {
    return payload(async () => {
      await retireProcess(ctx, input);
      return shown(ctx, input.processId);
    });
  }

  @Access([Role.ADMIN])
  @Mutation(() => ProcessPayload, {
    description: 'Takes a retired process back into use, in its newest version.',
  })
  reinstateProcess(
    @Ctx() ctx: Context,
    @Arg('input', () => ReinstateProcessInput, { description: 'Which.' }) input: ReinstateProcessInput,
  ) {
    return payload(async () => {
      await reinstateProcess(ctx, input);
      return shown(ctx, input.processId);
    });
  }
}

@Resolver(() => ProcessDraft)
export class ProcessDraftResolver {
  @FieldResolver(() => Agent, {
    nullable: true,
    description: 'Who last changed it; null where the desk itself did, by what it ships.',
  })
  updatedBy(@Ctx() ctx: Context, @Root() draft: ProcessDraft) {
    return draft.updatedById && ctx.load(agentById, draft.updatedById);
  }
}

async function shown(ctx: Context, processId: string) {
  return { process: await ctx.load(processById, processId) };
}

/** The process by now, for the payload of a mutation that was refused as STALE. */
function asItIs(ctx: Context, processId: string) {
  ctx.forget();
  return shown(ctx, processId);
}
