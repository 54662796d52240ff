import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { Customer } from '../directory/customer.entity.js';
import { customerById, organizationById } from '../directory/directory.loader.js';
import { Organization } from '../directory/organization.entity.js';
import { TicketConnection } from './ticket.connection.js';
import { Ticket } from './ticket.entity.js';
import { listTickets } from './ticket.query.js';

/** Where tickets and who asks meet. */
@Resolver(() => Ticket)
export class TicketCustomerResolver {
  @FieldResolver(() => Customer, { description: 'Who asks.' })
  customer(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ctx.load(customerById, ticket.customerId);
  }

  @Access('STAFF')
  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The customer's organization. For staff only.",
  })
  organization(@Ctx() ctx: Context, @Root() ticket: Ticket) {
    return ticket.organizationId && ctx.load(organizationById, ticket.organizationId);
  }
}

@Resolver(() => Customer)
export class CustomerTicketsResolver {
  @Access('STAFF')
  @FieldResolver(() => TicketConnection, {
    nullable: true,
    description: "The customer's tickets, the newest first: its history. For staff only.",
  })
  tickets(@Ctx() ctx: Context, @Root() customer: Customer, @Args(() => PageArgs) page: PageArgs) {
    return listTickets(ctx, { customer: { eq: customer.id } }, null, page);
  }
}
