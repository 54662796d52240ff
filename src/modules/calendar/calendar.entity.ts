import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Flag, Json, Text, TextList, Whole } from '../../platform/database/columns.js';
import { Node } from '../../platform/graphql/node.js';
import { DateScalar } from '../../platform/graphql/scalars.js';
import './calendar.enums.js';
import { type BusinessHours, Weekday } from './calendar.vocabulary.js';

@ObjectType({ description: 'A time of opening, on one day of every week, by the local clock.' })
export class OpeningTime implements BusinessHours {
  @Field(() => Weekday, { description: 'On which day.' })
  weekday: Weekday;
  @Field(() => String, { description: 'From when on: 09:00.' })
  from: string;
  @Field(() => String, { description: 'Until when, 24:00 being the end of the day: 17:00.' })
  to: string;
}

@Entity({ tableName: 'calendar' })
@ObjectType({
  implements: Node,
  description: 'When a team works: its time zone, its business hours and its holidays. Due dates go by it.',
})
export class Calendar implements Node {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Text({ unique: true })
  @Field(() => String, { description: 'Unique on the desk.' })
  name: string;

  @Text()
  @Field(() => String, { description: 'Name of the time zone in the IANA database: Europe/Berlin.' })
  timeZone: string;

  @Json()
  @Field(() => [OpeningTime], { description: 'The business hours, in the order of the week.' })
  hours: BusinessHours[];

  /** `YYYY-MM-DD`. */
  @TextList()
  @Field(() => [DateScalar], { description: 'Days on which it is closed, whatever their weekday.' })
  holidays: string[] = [];

  /** Exactly one is. */
  @Flag()
  @Field(() => Boolean, { description: 'Whether teams without a calendar of their own go by it.' })
  isDefault: boolean = false;

  @Whole()
  @Field(() => Int, {
    description: 'Grows with each change: send it back as expectedVersion to change nothing unseen.',
  })
  version: number = 1;
}
