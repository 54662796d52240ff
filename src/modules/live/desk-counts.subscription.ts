import { Arg, Field, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { CursorScalar, DateTimeScalar } from '../../platform/graphql/scalars.js';
import { TicketCount } from '../ticket/ticket.input.js';
import type { Counts } from './desk-counts.rules.js';
import { type DeskCountsRoot, deskCountsSource, OFTENEST, SELDOMEST } from './desk-counts.source.js';

@ObjectType({ description: 'How many tickets there are that you may see, or what of that changed.' })
export class DeskCounts {
  @Field(() => CursorScalar, { description: 'Everything up to this place in the log is counted.' })
  cursor: string;
  @Field(() => DateTimeScalar, { description: 'When it was counted.' })
  countedAt: Date;
  @Field(() => Boolean, {
    description:
      'Whether the lists hold every count: the first time, and when your rights have changed; forget what was told before. Otherwise they hold those that changed, 0 where there are none any more.',
  })
  complete: boolean;
  @Field(() => Int, { description: 'How many tickets in all.' })
  total: number;
  @Field(() => Int, {
    description:
      'How many of those that are not RESOLVED or CLOSED are late: the promised resolution or the due date of a READY step has passed. Counted anew at most every 2 seconds.',
  })
  overdue: number;
  @Field(() => [TicketCount], { description: 'By status.' })
  byStatus: TicketCount[];
  @Field(() => [TicketCount], { description: 'By team.' })
  byTeam: TicketCount[];
  @Field(() => [TicketCount], { description: 'By priority.' })
  byPriority: TicketCount[];
}

@Resolver()
export class DeskCountsSubscription {
  @Access('STAFF')
  @Subscription(() => DeskCounts, {
    description:
      'Live counters for a dashboard: all counts at once, then what changed, at a bounded rate. After a break subscribe again: all counts come first, so there is nothing to resume.',
    subscribe: ({ context, args }: { context: Context; args: { everyMilliseconds: number } }) =>
      deskCountsSource(context, args.everyMilliseconds),
  })
  deskCounts(
    @Root() { counts, ...rest }: DeskCountsRoot,
    @Arg('everyMilliseconds', () => Int, {
      defaultValue: 1_000,
      description: `At most one delivery in so many milliseconds, ${OFTENEST} to ${SELDOMEST}.`,
    })
    _every: number,
  ): unknown {
    const { byStatus, byTeam, byPriority } = counts;
    return {
      ...rest,
      ...counts,
      byStatus: listOf(byStatus),
      byTeam: listOf(byTeam),
      byPriority: listOf(byPriority),
    };
  }
}

function listOf(counts: Counts): { key: string | null; count: number }[] {
  return [...counts].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count);
}
