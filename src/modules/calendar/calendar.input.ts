import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Calendar } from './calendar.entity.js';
import { type BusinessHours, Weekday } from './calendar.vocabulary.js';

@InputType({ description: 'A time of opening, on one day of every week, by the local clock.' })
export class OpeningTimeInput implements BusinessHours {
  @Field(() => Weekday, { description: 'On which day.' })
  weekday: Weekday;
  @AtMost(20)
  @Field(() => String, { description: 'From when on, as HH:MM.' })
  from: string;
  @AtMost(20)
  @Field(() => String, { description: 'Until when, as HH:MM; 24:00 is the end of the day.' })
  to: string;
}

@InputType({ description: 'A calendar, whole: what is left out of its lists is gone.' })
export class SaveCalendarInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; a new one without it.' })
  id?: string | null;
  @AtMost(100)
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;
  @AtMost(100)
  @Field(() => String, { description: 'Name of the time zone in the IANA database: Europe/Berlin.' })
  timeZone: string;
  @Field(() => [OpeningTimeInput], { description: 'The business hours; at least one time of opening.' })
  hours: OpeningTimeInput[];
  @Field(() => [DateScalar], {
    defaultValue: [],
    description: 'Days on which it is closed, whatever their weekday.',
  })
  holidays: Date[];
  @Field(() => [ID], {
    nullable: true,
    description:
      'The teams that go by it from now on; those it had besides go back to the default. As it is unless given.',
  })
  teamIds?: string[] | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the calendar is at another version.',
  })
  expectedVersion?: number | null;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key and input save once. At most 200 characters.',
  })
  idempotencyKey?: string;
}

@ObjectType({ description: 'The calendar as it is now. What is due by it is worked out anew at once.' })
export class CalendarPayload extends Payload {
  @Field(() => Calendar, {
    nullable: true,
    description: 'The calendar as it is now; null when the mutation was refused, unless as STALE.',
  })
  calendar?: Calendar | null;
}
