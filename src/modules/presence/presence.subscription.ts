import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { presenceSource } from './presence.source.js';
import { TicketPresence } from './presence.types.js';

@Resolver()
export class TicketPresenceSubscription {
  @Access('STAFF')
  @Subscription(() => TicketPresence, {
    description:
      'Who is at a ticket: at once, and whenever somebody comes, leaves, starts or stops typing or claiming. It has no cursor: what it tells is what is.',
    subscribe: ({ context, args }: { context: Context; args: { ticket: string } }) =>
      presenceSource(context, args.ticket),
  })
  ticketPresence(
    @Root() presence: TicketPresence,
    @Arg('ticket', () => ID, { description: 'The ticket.' }) _ticket: string,
  ): TicketPresence {
    return presence;
  }
}
