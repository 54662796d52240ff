import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import { Role } from '../../platform/auth/viewer.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs, pageOfList } from '../../platform/graphql/connection.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Team } from '../directory/team.entity.js';
import { Calendar } from './calendar.entity.js';
import { CalendarPayload, SaveCalendarInput } from './calendar.input.js';
import { calendarById, listCalendars } from './calendar.loader.js';
import { saveCalendar } from './calendar.service.js';

const CalendarConnection = connectionOf(Calendar, 'Calendar');

@Resolver(() => Calendar)
export class CalendarResolver {
  @Access('STAFF')
  @Query(() => CalendarConnection, { description: 'When the desk works: its calendars, by name.' })
  async calendars(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return pageOfList(await listCalendars(ctx), page);
  }

  @Access([Role.ADMIN])
  @Mutation(() => CalendarPayload, {
    description: 'Makes a calendar or changes one. Due dates that go by it are worked out anew.',
  })
  saveCalendar(
    @Ctx() ctx: Context,
    @Arg('input', () => SaveCalendarInput, { description: 'The calendar, whole.' }) input: SaveCalendarInput,
  ) {
    return payload(
      async () => ({ calendar: await saveCalendar(ctx, input) }),
      async () => ({ calendar: (await ctx.load(calendarById, input.id as string)) ?? undefined }),
    );
  }
}

@Resolver(() => Team)
export class TeamCalendarResolver {
  @FieldResolver(() => Calendar, {
    nullable: true,
    description: 'The calendar that it goes by; null where it goes by the default.',
  })
  calendar(@Ctx() ctx: Context, @Root() team: Team) {
    return team.calendarId && ctx.load(calendarById, team.calendarId);
  }
}
