import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { EmailAddressScalar } from '../../platform/graphql/scalars.js';
import { AtMost } from '../../platform/graphql/text-limits.js';
import { Payload } from '../../platform/graphql/user-error.js';
import { Customer } from './customer.entity.js';
import { Tier } from './directory.vocabulary.js';
import { Organization } from './organization.entity.js';

@InputType({ description: 'An organization that the desk gets to know.' })
export class CreateOrganizationInput {
  @AtMost(200)
  @Field(() => String, { description: 'Unique on the desk; at most 200 characters.' })
  name: string;
  @Field(() => Tier, { defaultValue: Tier.STANDARD, description: 'How much it matters to the business.' })
  tier: Tier;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether its customers see one another's tickets.",
  })
  sharesTickets: boolean;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes retries safe: the same key and input make one organization.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of an organization; as it is unless given.' })
export class UpdateOrganizationInput {
  @Field(() => ID, { description: 'The organization.' })
  organizationId: string;
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'Unique on the desk.' })
  name?: string | null;
  @Field(() => Tier, {
    nullable: true,
    description: 'How much it matters; tickets made before keep their priority.',
  })
  tier?: Tier | null;
  @Field(() => Boolean, { nullable: true, description: "Whether its customers see one another's tickets." })
  sharesTickets?: boolean | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the organization is at another version.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A customer that the desk gets to know.' })
export class CreateCustomerInput {
  @AtMost(200)
  @Field(() => String, { description: 'As the customer is addressed; at most 200 characters.' })
  name: string;
  @Field(() => EmailAddressScalar, {
    description: 'No other customer or agent has it, in upper or lower case.',
  })
  email: string;
  @Field(() => ID, { nullable: true, description: 'Where the customer belongs.' })
  organizationId?: string | null;
  @AtMost(200)
  @Field(() => String, {
    nullable: true,
    description: 'Makes retries safe: the same key and input make one customer.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What to change of a customer; as it is unless given.' })
export class UpdateCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  customerId: string;
  @AtMost(200)
  @Field(() => String, { nullable: true, description: 'As the customer is addressed.' })
  name?: string | null;
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description:
      'No other customer or agent has it. Mail goes there from now on; tokens for the old one stop working.',
  })
  email?: string | null;
  @Field(() => ID, {
    nullable: true,
    description:
      'Where the customer belongs from now on, null for nowhere. Tickets stay with the organization they were made for.',
  })
  organizationId?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuses with STALE when the customer is at another version.',
  })
  expectedVersion?: number | null;
}

@ObjectType({ description: 'The organization as it is now.' })
export class OrganizationPayload extends Payload {
  @Field(() => Organization, {
    nullable: true,
    description: 'The organization; null when the mutation was refused, unless as STALE.',
  })
  organization?: Organization | null;
}

@ObjectType({ description: 'The customer as it is now.' })
export class CustomerPayload extends Payload {
  @Field(() => Customer, {
    nullable: true,
    description: 'The customer; null when the mutation was refused, unless as STALE.',
  })
  customer?: Customer | null;
}
