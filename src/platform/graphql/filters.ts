import { sql } from 'kysely';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

/**
 * Comparators of `where` inputs. One class per kind of value; what is given is combined by AND. Each is
 * applied twice by the same words: to SQL (`comparison`) and, for live lists, to values (`compares`).
 */
@InputType({ description: 'Compares an id.' })
export class IDFilter {
  @Field(() => ID, { nullable: true, description: 'Is this one.' })
  eq?: string;
  @Field(() => [ID], { nullable: true, description: 'Is one of these.' })
  in?: string[];
  @Field(() => [ID], { nullable: true, description: 'Is none of these; absent counts as none of them.' })
  notIn?: string[];
  @Field(() => Boolean, { nullable: true, description: 'true: is absent; false: is present.' })
  isNull?: boolean;
}

@InputType({ description: 'Compares a moment.' })
export class DateTimeFilter {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Is later than this.' })
  gt?: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Is this or later.' })
  gte?: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Is earlier than this.' })
  lt?: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Is this or earlier.' })
  lte?: Date;
  @Field(() => Boolean, { nullable: true, description: 'true: is absent; false: is present.' })
  isNull?: boolean;
}

@InputType({ description: 'Compares a whole number.' })
export class IntFilter {
  @Field(() => Int, { nullable: true, description: 'Is this.' })
  eq?: number;
  @Field(() => Int, { nullable: true, description: 'Is greater than this.' })
  gt?: number;
  @Field(() => Int, { nullable: true, description: 'Is this or greater.' })
  gte?: number;
  @Field(() => Int, { nullable: true, description: 'Is less than this.' })
  lt?: number;
  @Field(() => Int, { nullable: true, description: 'Is this or less.' })
  lte?: number;
}

/** The comparator of an enum: `enumFilter(TicketStatus, 'TicketStatus')` makes the input `TicketStatusFilter`. */
export function enumFilter<E extends object>(of: E, name: string) {
  @InputType(`${name}Filter`, { description: `Compares a ${name}.` })
  class EnumFilter {
    @Field(() => of, { nullable: true, description: 'Is this one.' })
    eq?: E[keyof E];
    @Field(() => [of], { nullable: true, description: 'Is one of these.' })
    in?: E[keyof E][];
    @Field(() => [of], { nullable: true, description: 'Is none of these.' })
    notIn?: E[keyof E][];
  }
  return EnumFilter;
}

export enum SortDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(SortDirection, {
  name: 'SortDirection',
  description: 'Which way a list runs.',
  valuesConfig: {
    ASC: { description: 'Least or earliest first.' },
    DESC: { description: 'Greatest or latest first.' },
  },
});

/** Any of the comparators above, as given. */
export interface Comparators {
  eq?: unknown;
  in?: unknown[];
  notIn?: unknown[];
  gt?: unknown;
  gte?: unknown;
  lt?: unknown;
  lte?: unknown;
  isNull?: boolean;
}

/** The comparators as SQL on a column, such as `t.status`. An explicit null counts as not given. */
export function comparison(column: string, filter: Comparators) {
  const ref = sql.ref(column);
  const parts = [];
  if (filter.eq != null) parts.push(sql<boolean>`${ref} = ${filter.eq}`);
  if (filter.in != null)
    parts.push(filter.in.length ? sql<boolean>`${ref} in (${sql.join(filter.in)})` : sql<boolean>`false`);
  if (filter.notIn?.length)
    parts.push(sql<boolean>`(${ref} is null or ${ref} not in (${sql.join(filter.notIn)}))`);
  if (filter.gt != null) parts.push(sql<boolean>`${ref} > ${filter.gt}`);
  if (filter.gte != null) parts.push(sql<boolean>`${ref} >= ${filter.gte}`);
  if (filter.lt != null) parts.push(sql<boolean>`${ref} < ${filter.lt}`);
  if (filter.lte != null) parts.push(sql<boolean>`${ref} <= ${filter.lte}`);
  if (filter.isNull != null)
    parts.push(filter.isNull ? sql<boolean>`${ref} is null` : sql<boolean>`${ref} is not null`);
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` and `)})` : sql<boolean>`true`;
}
