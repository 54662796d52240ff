import { Field, InputType, registerEnumType } from 'type-graphql';
import {
  DateTimeFilter,
  enumFilter,
  IDFilter,
  IntFilter,
  SortDirection,
} from '../../platform/graphql/filters.js';
import { Channel, Level, Priority, TicketStatus } from './ticket.vocabulary.js';

const TicketStatusFilter = enumFilter(TicketStatus, 'TicketStatus');
const PriorityFilter = enumFilter(Priority, 'Priority');
const LevelFilter = enumFilter(Level, 'Level');
const ChannelFilter = enumFilter(Channel, 'Channel');

/**
 * Which tickets. What stands side by side is combined by AND. The same input filters lists by SQL
 * (`ticket.query.ts`) and live lists by the facets of events (`ticket.filter.rules.ts`); each field but
 * the combinators is named like the facet it compares.
 */
@InputType({ description: 'Which tickets. What stands side by side is combined by AND.' })
export class TicketFilter {
  @Field(() => [TicketFilter], { nullable: true, description: 'All of these hold.' })
  and?: TicketFilter[];
  @Field(() => [TicketFilter], { nullable: true, description: 'At least one of these holds.' })
  or?: TicketFilter[];
  @Field(() => TicketFilter, { nullable: true, description: 'This does not hold.' })
  not?: TicketFilter;
  @Field(() => IntFilter, { nullable: true, description: 'By number.' })
  number?: IntFilter;
  @Field(() => TicketStatusFilter, { nullable: true, description: 'By status.' })
  status?: InstanceType<typeof TicketStatusFilter>;
  @Field(() => ChannelFilter, { nullable: true, description: 'By channel.' })
  channel?: InstanceType<typeof ChannelFilter>;
  @Field(() => PriorityFilter, { nullable: true, description: 'By priority. For staff only.' })
  priority?: InstanceType<typeof PriorityFilter>;
  @Field(() => LevelFilter, { nullable: true, description: 'By impact. For staff only.' })
  impact?: InstanceType<typeof LevelFilter>;
  @Field(() => LevelFilter, { nullable: true, description: 'By urgency. For staff only.' })
  urgency?: InstanceType<typeof LevelFilter>;
  @Field(() => IDFilter, { nullable: true, description: 'By category.' })
  category?: IDFilter;
  @Field(() => IDFilter, { nullable: true, description: 'By product.' })
  product?: IDFilter;
  @Field(() => IDFilter, { nullable: true, description: 'By team. For staff only.' })
  team?: IDFilter;
  @Field(() => IDFilter, {
    nullable: true,
    description: 'By assignee; {isNull: true} finds the unassigned. For staff only.',
  })
  assignee?: IDFilter;
  @Field(() => IDFilter, { nullable: true, description: 'By customer. For staff only.' })
  customer?: IDFilter;
  @Field(() => IDFilter, { nullable: true, description: "By the customer's organization. For staff only." })
  organization?: IDFilter;
  @Field(() => IntFilter, { nullable: true, description: 'By escalation level. For staff only.' })
  escalationLevel?: IntFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when the request was made.' })
  createdAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when it last changed. For staff only.' })
  updatedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when it was resolved.' })
  resolvedAt?: DateTimeFilter;
  @Field(() => DateTimeFilter, { nullable: true, description: 'By when it was closed.' })
  closedAt?: DateTimeFilter;
}

export enum TicketOrderField {
  CREATED_AT = 'CREATED_AT',
  UPDATED_AT = 'UPDATED_AT',
  NUMBER = 'NUMBER',
  PRIORITY = 'PRIORITY',
}
registerEnumType(TicketOrderField, {
  name: 'TicketOrderField',
  description: 'What tickets are sorted by.',
  valuesConfig: {
    CREATED_AT: { description: 'When the request was made.' },
    UPDATED_AT: { description: 'When it last changed. For staff only.' },
    NUMBER: { description: 'Its number.' },
    PRIORITY: { description: 'Its priority, from LOW to CRITICAL. For staff only.' },
  },
});

@InputType({ description: 'One key of the order of tickets; the id is always the last.' })
export class TicketOrder {
  @Field(() => TicketOrderField, { description: 'What to sort by.' })
  field: TicketOrderField;
  @Field(() => SortDirection, { description: 'Which way.' })
  direction: SortDirection;
}
