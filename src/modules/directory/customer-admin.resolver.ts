import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Access } from '../../platform/auth/access.js';
import type { Context } from '../../platform/context.js';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.js';
import { payload } from '../../platform/graphql/user-error.js';
import { Customer } from './customer.entity.js';
import {
  CreateCustomerInput,
  CreateOrganizationInput,
  CustomerPayload,
  OrganizationPayload,
  UpdateCustomerInput,
  UpdateOrganizationInput,
} from './customer-admin.input.js';
import {
  createCustomer,
  createOrganization,
  updateCustomer,
  updateOrganization,
} from './customer-admin.service.js';
import { customerById, organizationById } from './directory.loader.js';
import { MAY_ADMINISTER } from './directory.policy.js';
import { listOrganizations } from './directory.query.js';
import { Organization } from './organization.entity.js';

const OrganizationConnection = connectionOf(Organization, 'Organization');

@Resolver(() => Organization)
export class OrganizationAdminResolver {
  @Access('STAFF')
  @Query(() => OrganizationConnection, {
    description: 'The organizations that customers belong to, by name.',
  })
  organizations(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs) {
    return listOrganizations(ctx, page);
  }

  @Access(MAY_ADMINISTER.createOrganization)
  @Mutation(() => OrganizationPayload, {
    description: 'Makes an organization. For administrators and managers.',
  })
  createOrganization(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateOrganizationInput, { description: 'Which.' }) input: CreateOrganizationInput,
  ) {
    return payload(async () => seenOrganization(ctx, (await createOrganization(ctx, input)).organizationId));
  }

  @Access(MAY_ADMINISTER.updateOrganization)
  @Mutation(() => OrganizationPayload, {
    description: 'Changes an organization. For administrators and managers.',
  })
  updateOrganization(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateOrganizationInput, { description: 'Which and what.' })
    input: UpdateOrganizationInput,
  ) {
    const asItIs = () => seenOrganization(ctx, input.organizationId);
    return payload(() => updateOrganization(ctx, input).then(asItIs), asItIs);
  }
}

@Resolver(() => Customer)
export class CustomerAdminResolver {
  @Access(MAY_ADMINISTER.createCustomer)
  @Mutation(() => CustomerPayload, { description: 'Makes a customer. For administrators and managers.' })
  createCustomer(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateCustomerInput, { description: 'Who.' }) input: CreateCustomerInput,
  ) {
    return payload(async () => seenCustomer(ctx, (await createCustomer(ctx, input)).customerId));
  }

  @Access(MAY_ADMINISTER.updateCustomer)
  @Mutation(() => CustomerPayload, {
    description: 'Changes what is said of a customer. For administrators and managers.',
  })
  updateCustomer(
    @Ctx() ctx: Context,
    @Arg('input', () => UpdateCustomerInput, { description: 'Who and what.' }) input: UpdateCustomerInput,
  ) {
    const asItIs = () => seenCustomer(ctx, input.customerId);
    return payload(() => updateCustomer(ctx, input).then(asItIs), asItIs);
  }
}

const seenOrganization = async (ctx: Context, id: string) => ({
  organization: await ctx.load(organizationById, id),
});

const seenCustomer = async (ctx: Context, id: string) => ({ customer: await ctx.load(customerById, id) });
