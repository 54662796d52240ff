import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { CoordinationRequest } from './coordination.entity.js';
import { CoordinationStatus } from './coordination.vocabulary.js';
import { Escalation } from './escalation.entity.js';

@InputType({ description: 'Hands a ticket to a higher level.' })
export class EscalateTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @AtMost(20_000)
  @Field(() => String, { description: 'Why.' })
  reason: string;
  @Field(() => ID, {
    nullable: true,
    description: "Who takes it; the team's escalation target unless given.",
  })
  agentId?: string;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input escalate once.',
  })
  idempotencyKey?: string;
}

@ObjectType({ description: 'The escalation and its ticket.' })
export class EscalationPayload extends Payload {
  @Field(() => Escalation, {
    nullable: true,
    description: 'The escalation; null when the mutation was refused, or took the ticket out of your sight.',
  })
  escalation?: Escalation | null;
  @Field(() => Ticket, {
    nullable: true,
    description: 'The ticket as it is now; null when the mutation was refused, or took it out of your sight.',
  })
  ticket?: Ticket | null;
}

@InputType({ description: 'Changes a coordination request. What is not given stays as it is.' })
export class UpdateCoordinationRequestInput {
  @Field(() => ID, { description: 'The coordination request.' })
  id: string;
  @Field(() => ID, {
    nullable: true,
    description: 'The agent who answers for it; an explicit null leaves it unowned.',
  })
  ownerId?: string | null;
  @Field(() => CoordinationStatus, { nullable: true, description: 'Whether it still waits.' })
  status?: CoordinationStatus | null;
  @AtMost(20_000)
  @Field(() => String, {
    nullable: true,
    description: 'What came of it. An explicit null takes it away.',
  })
  outcome?: string | null;
}

@ObjectType({ description: 'The coordination request as it is now.' })
export class CoordinationRequestPayload extends Payload {
  @Field(() => CoordinationRequest, {
    nullable: true,
    description: 'The request; null when the mutation was refused.',
  })
  coordinationRequest?: CoordinationRequest | null;
}
