import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Payload } from '../../platform/graphql/user-error.js';
import { Ticket } from '../ticket/ticket.entity.js';
import { PresenceState } from './presence.vocabulary.js';

registerEnumType(PresenceState, {
  name: 'PresenceState',
  description: 'What somebody of the desk does at a ticket.',
  valuesConfig: {
    VIEWING: { description: 'Looks at it.' },
    TYPING: { description: 'Writes something. Without being said again it is VIEWING after 8 seconds.' },
    CLAIMING: {
      description:
        'Is about to take it, or a step of it. Without being said again it is VIEWING after 8 seconds.',
    },
    AWAY: { description: 'Has left. Only said, never shown.' },
  },
});

@InputType({ description: 'Says what one does at a ticket.' })
export class SetPresenceInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;
  @Field(() => PresenceState, { description: 'What one does.' })
  state: PresenceState;
}

@ObjectType({ description: 'The ticket; its `presence` tells who else is there.' })
export class SetPresencePayload extends Payload {
  @Field(() => Ticket, { nullable: true, description: 'The ticket; null when the mutation was refused.' })
  ticket?: Ticket | null;
}
