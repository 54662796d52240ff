import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/graphql/scalars.js';
import './presence.input.js';
import type { Present } from './presence.rules.js';
import { PresenceState } from './presence.vocabulary.js';

@ObjectType({ description: 'Somebody who is at a ticket.' })
export class Presence implements Present {
  agentId: string;
  @Field(() => PresenceState, { description: 'What they do: VIEWING, TYPING or CLAIMING.' })
  state: PresenceState;
  @Field(() => DateTimeScalar, { description: 'Since when.' })
  since: Date;
  @Field(() => DateTimeScalar, { description: 'When it ends, unless they say it again.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Who is at a ticket, as a whole: it replaces what was told before.' })
export class TicketPresence {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => [Presence], { description: 'Who claims it first, then who types, then who looks.' })
  present: Presence[];
  @Field(() => Boolean, { description: 'You may no longer see the ticket. Nothing follows.' })
  accessEnded: boolean;
}
