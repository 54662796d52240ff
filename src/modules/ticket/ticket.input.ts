import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EmailAddressScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Ticket } from './ticket.entity.js';
import { Channel, Level, Priority, TicketStatus } from './ticket.vocabulary.js';

@InputType({ description: 'Which ticket: exactly one of the three.' })
export class TicketBy {
  @Field(() => ID, { nullable: true, description: 'Its global id.' })
  id?: string;
  @Field(() => Int, { nullable: true, description: 'Its number: 1042 for SD-1042.' })
  number?: number;
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'Its id in the system it came from. For staff only.' })
  externalId?: string;
}

@InputType({ description: 'Who asks: a known customer by id, or anyone by e-mail address.' })
export class CustomerReference {
  @Field(() => ID, { nullable: true, description: 'A known customer.' })
  id?: string;
  @Field(() => EmailAddressScalar, { nullable: true, description: 'Found by its address, or made.' })
  email?: string;
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'How a new customer is addressed.' })
  name?: string;
}

@InputType({ description: 'A new ticket.' })
export class CreateTicketInput {
  @AtMost(255)
  @Field(() => String, { description: 'The request in a line.' })
  subject: string;
  @AtMost(100_000)
  @Field(() => String, { description: 'The request in full.' })
  description: string;
  @Field(() => Channel, {
    defaultValue: Channel.WEB_FORM,
    description: "How it reached the desk. A customer's own is always WEB_FORM.",
  })
  channel: Channel;
  @Field(() => CustomerReference, {
    nullable: true,
    description: 'Who asks. Left out by customers: it is theirs.',
  })
  customer?: CustomerReference;
  @Field(() => ID, { nullable: true, description: 'What it is about.' })
  categoryId?: string;
  @Field(() => ID, { nullable: true, description: 'The product concerned.' })
  productId?: string;
  @Field(() => Level, {
    nullable: true,
    description: 'How much is affected; MEDIUM unless told. For staff only.',
  })
  impact?: Level;
  @Field(() => Level, {
    nullable: true,
    description: 'How soon it hurts; MEDIUM unless told. For staff only.',
  })
  urgency?: Level;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input yield the same ticket.',
  })
  idempotencyKey?: string;
}

/** What inputs that change a ticket have in common. */
@InputType({ description: 'What inputs that change a ticket have in common.' })
export abstract class TicketChangeInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => Int, {
    nullable: true,
    description: 'The version it was read at; STALE when it has changed since.',
  })
  expectedVersion?: number;
}

@InputType({ description: 'Gives a ticket to a team or an agent; without either, routing chooses.' })
export class AssignTicketInput extends TicketChangeInput {
  @Field(() => ID, { nullable: true, description: 'The agent.' })
  agentId?: string;
  @Field(() => ID, { nullable: true, description: 'The team; without an agent it waits in its queue.' })
  teamId?: string;
  @AtMost(2_000)
  @Field(() => String, { nullable: true, description: 'Why, for the record.' })
  reason?: string;
}

@InputType({ description: 'Takes an unassigned ticket for oneself.' })
export class ClaimTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
}

@InputType({ description: 'Moves a ticket between OPEN, PENDING and ON_HOLD.' })
export class SetStatusInput extends TicketChangeInput {
  @Field(() => TicketStatus, { description: 'OPEN, PENDING or ON_HOLD.' })
  status: TicketStatus;
}

@InputType({ description: 'Assesses a ticket anew, or overrides its priority.' })
export class SetPriorityInput extends TicketChangeInput {
  @Field(() => Level, { nullable: true, description: 'How much is affected; an earlier override ends.' })
  impact?: Level;
  @Field(() => Level, { nullable: true, description: 'How soon it hurts; an earlier override ends.' })
  urgency?: Level;
  @Field(() => Priority, { nullable: true, description: 'Overrides what would follow; needs a reason.' })
  priority?: Priority;
  @AtMost(2_000)
  @Field(() => String, { nullable: true, description: 'Why it is overridden.' })
  reason?: string;
}

@InputType({ description: 'Says what solved a ticket.' })
export class ResolveTicketInput extends TicketChangeInput {
  @AtMost(20_000)
  @Field(() => String, { description: 'What solved it; the customer reads it.' })
  resolution: string;
}

@InputType({ description: 'Closes a RESOLVED ticket.' })
export class CloseTicketInput extends TicketChangeInput {
  @AtMost(20_000)
  @Field(() => String, { nullable: true, description: 'Notes for the desk.' })
  notes?: string;
}

@InputType({ description: 'Opens a RESOLVED or CLOSED ticket again.' })
export class ReopenTicketInput extends TicketChangeInput {
  @AtMost(2_000)
  @Field(() => String, { description: 'Why.' })
  reason: string;
}

/** The payload of a mutation that changes a ticket and nothing else. */
@ObjectType({ description: 'The ticket as it is now.' })
export class TicketPayload extends Payload {
  @Field(() => Ticket, {
    nullable: true,
    description: 'The ticket as it is now; null when the mutation was refused, unless as STALE.',
  })
  ticket?: Ticket | null;
}

export enum CountBy {
  STATUS = 'STATUS',
  PRIORITY = 'PRIORITY',
  CHANNEL = 'CHANNEL',
  CATEGORY = 'CATEGORY',
  TEAM = 'TEAM',
  ASSIGNEE = 'ASSIGNEE',
}
registerEnumType(CountBy, {
  name: 'CountBy',
  description: 'What tickets are counted by.',
  valuesConfig: {
    STATUS: { description: 'By status.' },
    PRIORITY: { description: 'By priority.' },
    CHANNEL: { description: 'By channel.' },
    CATEGORY: { description: 'By category.' },
    TEAM: { description: 'By team.' },
    ASSIGNEE: { description: 'By assignee.' },
  },
});

@ObjectType({ description: 'How many tickets there are of one kind.' })
export class TicketCount {
  by: CountBy;
  @Field(() => String, {
    nullable: true,
    description: 'The kind: an enum value, or the id of a category, team or agent; null for none.',
  })
  key: string | null;
  @Field(() => Int, { description: 'How many.' })
  count: number;
}
