import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';

import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  InputType,
  ObjectType,
  type PubSub,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Told } from './main.ts';
import { loadersOf, type StockContext } from './stock.loaders.ts';

// Node strips types and leaves decorators alone, so they are called by hand at the end of each class.
type Decorator = (target: object, key?: string, parameter?: unknown) => void;
const field = (target: { prototype: object }, key: string, decorator: unknown) =>
  (decorator as Decorator)(target.prototype, key);
const method = (target: { prototype: object }, key: string, decorator: unknown) =>
  (decorator as Decorator)(target.prototype, key, Object.getOwnPropertyDescriptor(target.prototype, key));
const parameter = (target: { prototype: object }, key: string, index: number, decorator: unknown) =>
  (decorator as Decorator)(target.prototype, key, index);

class Named {}
ObjectType()(Named);
field(
  Named,
  'name',
  Field(() => String),
);

interface TicketRow {
  customer_id: string;
  assignee_id: string | null;
  team_id: string | null;
  loaders: ReturnType<typeof loadersOf>;
}

class Ticket {}
ObjectType()(Ticket);
field(
  Ticket,
  'subject',
  Field(() => String),
);
field(
  Ticket,
  'status',
  Field(() => String),
);

class TicketResolver {
  customer({ customer_id, loaders }: TicketRow) {
    return loaders.customer.load(customer_id);
  }
  assignee({ assignee_id, loaders }: TicketRow) {
    return assignee_id && loaders.agent.load(assignee_id);
  }
  team({ team_id, loaders }: TicketRow) {
    return team_id && loaders.team.load(team_id);
  }
}
(Resolver(() => Ticket) as Decorator)(TicketResolver);
for (const key of ['customer', 'assignee', 'team']) {
  method(
    TicketResolver,
    key,
    FieldResolver(() => Named, { nullable: true }),
  );
  parameter(TicketResolver, key, 0, Root());
}

class QueueChange {}
ObjectType()(QueueChange);
field(
  QueueChange,
  'move',
  Field(() => String),
);
field(
  QueueChange,
  'cursor',
  Field(() => String),
);
field(
  QueueChange,
  'occurredAt',
  Field(() => GraphQLISODateTime),
);
field(
  QueueChange,
  'ticketId',
  Field(() => ID, { nullable: true }),
);

class IdComparators {}
InputType()(IdComparators);
field(
  IdComparators,
  'eq',
  Field(() => ID, { nullable: true }),
);

class TicketFilter {}
InputType()(TicketFilter);
field(
  TicketFilter,
  'assignee',
  Field(() => IdComparators, { nullable: true }),
);

interface Where {
  assignee?: { eq?: string };
}

class QueueResolver {
  hello() {
    return 'hello';
  }
  queueChanges(told: Told, _where: Where | undefined) {
    return { ...told, occurredAt: new Date(told.occurredAt) };
  }
  /** Loaders for this one execution: what was read for another subscriber, or another event, must not answer it. */
  async ticket({ ticketId }: Told, { pool, barredTeamIds }: StockContext) {
    const loaders = loadersOf(pool, barredTeamIds);
    const row = await loaders.ticket.load(ticketId);
    return row && { ...row, loaders };
  }
}
(Resolver(() => QueueChange) as Decorator)(QueueResolver);
method(
  QueueResolver,
  'hello',
  Query(() => String),
);
method(
  QueueResolver,
  'queueChanges',
  Subscription(() => QueueChange, {
    topics: 'QUEUE',
    filter: ({ payload, args }: { payload: Told; args: { where?: Where } }) =>
      args.where?.assignee?.eq == null || args.where.assignee.eq === payload.assigneeId,
  }),
);
parameter(QueueResolver, 'queueChanges', 0, Root());
parameter(
  QueueResolver,
  'queueChanges',
  1,
  Arg('where', () => TicketFilter, { nullable: true }),
);
method(
  QueueResolver,
  'ticket',
  FieldResolver(() => Ticket, { nullable: true }),
);
parameter(QueueResolver, 'ticket', 0, Root());
parameter(QueueResolver, 'ticket', 1, Ctx());

/** The part of the desk's schema that is measured, as TypeGraphQL's guide would have it: a topic, a filter, loaders. */
export function makeSchema(pubSub: PubSub): Promise<GraphQLSchema> {
  return buildSchema({ resolvers: [QueueResolver, TicketResolver] as never, pubSub, validate: false });
}
