import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Agent } from '../directory/agent.entity.js';
import { agentById } from '../directory/directory.loader.js';
import { Absence, ApprovalDelegation } from './absence.entity.js';
import {
  AbsencePayload,
  DelegateApprovalsInput,
  DelegationPayload,
  EndAbsenceInput,
  EndDelegationInput,
  SetAbsenceInput,
} from './absence.input.js';
import { absencesOfAgent, delegationsOfAgent } from './absence.loader.js';
import { delegateApprovals, endAbsence, endDelegation, setAbsence } from './absence.service.js';

@Resolver(() => Absence)
export class AbsenceResolver {
  @Access('STAFF')
  @Mutation(() => AbsencePayload, {
    description: 'Says that an agent is away: routing passes them by, and a stand-in decides for them.',
  })
  setAbsence(
    @Ctx() ctx: Context,
    @Arg('input', () => SetAbsenceInput, { description: 'Who, when, and who stands in.' })
    input: SetAbsenceInput,
  ) {
    return payload(async () => ({ absence: await setAbsence(ctx, input) }));
  }

  @Access('STAFF')
  @Mutation(() => AbsencePayload, { description: 'Ends an absence now.' })
  endAbsence(
    @Ctx() ctx: Context,
    @Arg('input', () => EndAbsenceInput, { description: 'Which.' }) input: EndAbsenceInput,
  ) {
    return payload(async () => ({ absence: await endAbsence(ctx, input.absenceId) }));
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who is away.' })
  agent(@Ctx() ctx: Context, @Root() absence: Absence) {
    return ctx.load(agentById, absence.agentId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who acts for them meanwhile.' })
  standIn(@Ctx() ctx: Context, @Root() absence: Absence) {
    return absence.standInId && ctx.load(agentById, absence.standInId);
  }
}

@Resolver(() => ApprovalDelegation)
export class ApprovalDelegationResolver {
  @Access('STAFF')
  @Mutation(() => DelegationPayload, {
    description: "Lets another agent decide one's approvals in one's name for a time.",
  })
  delegateApprovals(
    @Ctx() ctx: Context,
    @Arg('input', () => DelegateApprovalsInput, { description: 'To whom, and when.' })
    input: DelegateApprovalsInput,
  ) {
    return payload(async () => ({ delegation: await delegateApprovals(ctx, input) }));
  }

  @Access('STAFF')
  @Mutation(() => DelegationPayload, {
    description: 'Ends a delegation now; its owner and its delegate may.',
  })
  endDelegation(
    @Ctx() ctx: Context,
    @Arg('input', () => EndDelegationInput, { description: 'Which.' }) input: EndDelegationInput,
  ) {
    return payload(async () => ({ delegation: await endDelegation(ctx, input.delegationId) }));
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Whose approvals they are.' })
  owner(@Ctx() ctx: Context, @Root() delegation: ApprovalDelegation) {
    return ctx.load(agentById, delegation.ownerId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who may decide them.' })
  delegate(@Ctx() ctx: Context, @Root() delegation: ApprovalDelegation) {
    return ctx.load(agentById, delegation.delegateId);
  }
}

@Resolver(() => Agent)
export class AgentDeputiesResolver {
  @Access('STAFF')
  @FieldResolver(() => [Absence], {
    nullable: true,
    description: 'When the agent is or will be away, the next time first. For staff only.',
  })
  absences(@Ctx() ctx: Context, @Root() agent: Agent) {
    return ctx.load(absencesOfAgent, agent.id);
  }

  @Access('STAFF')
  @FieldResolver(() => [ApprovalDelegation], {
    nullable: true,
    description: 'Who decides in the name of the agent, now or later. For staff only.',
  })
  delegations(@Ctx() ctx: Context, @Root() agent: Agent) {
    return ctx.load(delegationsOfAgent, agent.id);
  }
}
