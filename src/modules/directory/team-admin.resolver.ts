import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { teamById } from './directory.loader.js';
import { MAY_ADMINISTER } from './directory.policy.js';
import { Team } from './team.entity.js';
import {
  AddTeamMemberInput,
  CreateTeamInput,
  RemoveTeamMemberInput,
  TeamPayload,
  UpdateTeamInput,
} from './team-admin.input.js';
import { addTeamMember, createTeam, removeTeamMember, updateTeam } from './team-admin.service.js';

@Resolver(() => Team)
export class TeamAdminResolver {
  @Access(MAY_ADMINISTER.createTeam)
  @Mutation(() => TeamPayload, { description: 'Makes a team. For administrators.' })
  createTeam(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateTeamInput, { description: 'Which.' }) input: CreateTeamInput,
  ) {
    return payload(async () => seen(ctx, (await createTeam(ctx, input)).teamId));
  }

  @Access(MAY_ADMINISTER.updateTeam)
  @Mutation(() => TeamPayload, {
    description: 'Changes a team. For administrators; skills and escalation also for its lead.',
  })
  updateTeam(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateTeamInput, { description: 'Which and what.' }) input: UpdateTeamInput,
  ) {
    const asItIs = () => seen(ctx, input.teamId);
    return payload(() => updateTeam(ctx, input).then(asItIs), asItIs);
  }

  @Access(MAY_ADMINISTER.addTeamMember)
  @Mutation(() => TeamPayload, {
    description: 'Has an agent belong to a team. For administrators, managers and its lead.',
  })
  addTeamMember(
    @Ctx() ctx: Context,
    @Arg('input', () => AddTeamMemberInput, { description: 'Who and which.' }) input: AddTeamMemberInput,
  ) {
    const asItIs = () => seen(ctx, input.teamId);
    return payload(() => addTeamMember(ctx, input).then(asItIs), asItIs);
  }

  @Access(MAY_ADMINISTER.removeTeamMember)
  @Mutation(() => TeamPayload, {
    description:
      'Has an agent belong to a team no more; what they can no longer see of their work goes back to its queue. For administrators, managers and its lead.',
  })
  removeTeamMember(
    @Ctx() ctx: Context,
    @Arg('input', () => RemoveTeamMemberInput, { description: 'Who and which.' })
    input: RemoveTeamMemberInput,
  ) {
    const asItIs = () => seen(ctx, input.teamId);
    return payload(() => removeTeamMember(ctx, input).then(asItIs), asItIs);
  }
}

const seen = async (ctx: Context, id: string) => ({ team: await ctx.load(teamById, id) });
