import { Field, InputType, registerEnumType } from 'type-graphql';
import { DateTimeFilter, enumFilter, IDFilter, SortDirection } from '../../platform/graphql/filters.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import './audit.entity.js';
import { AuditOutcome } from './audit.vocabulary.js';

const AuditOutcomeFilter = enumFilter(AuditOutcome, 'AuditOutcome');

@InputType({ description: 'Compares the name of what was done.' })
export class AuditActionFilter {
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'Is this one, such as updateAgent.' })
  eq?: string;
  @AtMost(200)
  @Field(() => [String], { nullable: true, description: 'Is one of these.' })
  in?: string[];
  @AtMost(200)
  @Field(() => [String], { nullable: true, description: 'Is none of these.' })
  notIn?: string[];
}

@InputType({ description: 'Which records. What stands side by side is combined by AND.' })
export class AuditFilter {
  @Field(() => IDFilter, {
    nullable: true,
    description: 'By who did it; the desk itself is `system`.',
  })
  actor?: IDFilter | null;
  @Field(() => IDFilter, { nullable: true, description: 'By what it was done to.' })
  subject?: IDFilter | null;
  @Field(() => AuditActionFilter, { nullable: true, description: 'By what was done.' })
  action?: AuditActionFilter | null;
  @Field(() => AuditOutcomeFilter, { nullable: true, description: 'By how it ended.' })
  outcome?: InstanceType<typeof AuditOutcomeFilter> | null;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when.' })
  at?: DateTimeFilter | null;
}

export enum AuditOrderField {
  AT = 'AT',
  ACTION = 'ACTION',
}
registerEnumType(AuditOrderField, {
  name: 'AuditOrderField',
  description: 'What records are sorted by.',
  valuesConfig: {
    AT: { description: 'When it was.' },
    ACTION: { description: 'The name of what was done.' },
  },
});

@InputType({ description: 'One key of the order of records; the id is always the last.' })
export class AuditOrder {
  @Field(() => AuditOrderField, { description: 'What to sort by.' })
  field: AuditOrderField;
  @Field(() => SortDirection, { description: 'Which way.' })
  direction: SortDirection;
}
