import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CreateCustomerDocument,
  type CreateCustomerInput,
  CreateOrganizationDocument,
  type CreateOrganizationInput,
  OrganizationsDocument,
  TicketsDocument,
  UpdateCustomerDocument,
  type UpdateCustomerInput,
  UpdateOrganizationDocument,
  type UpdateOrganizationInput,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { create, refusals } from '../ticket/play.js';

const desk = useDesk();
let manager: Client;
beforeAll(async () => {
  manager = await desk.as(Role.MANAGER);
});

const organize = async (input: CreateOrganizationInput) =>
  (await manager.ask(CreateOrganizationDocument, { input })).createOrganization;
const reorganize = async (input: UpdateOrganizationInput) =>
  (await manager.ask(UpdateOrganizationDocument, { input })).updateOrganization;
const welcome = async (input: CreateCustomerInput) =>
  (await manager.ask(CreateCustomerDocument, { input })).createCustomer;
const update = async (input: UpdateCustomerInput) =>
  (await manager.ask(UpdateCustomerDocument, { input })).updateCustomer;

describe('organizations', () => {
  test('are made and changed by what is given', async () => {
    const made = await organize({ name: ' Acme ', tier: 'KEY' });
    expect(made.organization).toEqual({
      id: expect.stringMatching(/^org_/),
      name: 'Acme',
      tier: 'KEY',
      sharesTickets: false,
      version: 1,
    });
    const organizationId = made.organization?.id as string;
    expect(
      (await reorganize({ organizationId, tier: 'STANDARD', expectedVersion: 1 })).organization,
    ).toMatchObject({
      name: 'Acme',
      tier: 'STANDARD',
      version: 2,
    });
    expect(await reorganize({ organizationId, name: 'Other', expectedVersion: 1 })).toMatchObject({
      organization: { name: 'Acme', version: 2 },
      userErrors: [{ code: 'STALE' }],
    });
    expect(refusals(await organize({ name: 'Acme' }))).toEqual(['ALREADY_EXISTS input name']);
    expect(refusals(await reorganize({ organizationId, name: 'Example Airlines' }))).toEqual([
      'ALREADY_EXISTS input name',
    ]);
    expect(refusals(await reorganize({ organizationId: 'org_1' }))).toEqual([
      'NOT_FOUND input organizationId',
    ]);
  });

  test('come by name, page by page, however long the names are', async () => {
    for (const letter of ['y', 'z']) await organize({ name: letter.repeat(200) });
    const names: string[] = [];
    const next = async (after: string | null) =>
      (await manager.ask(OrganizationsDocument, { first: 1, after })).organizations;
    for (let page = await next(null); ; page = await next(page.pageInfo.endCursor ?? null)) {
      names.push(...page.nodes.map(({ name }) => name));
      if (page.pageInfo.hasNextPage) continue;
      expect(page.totalCount).toBe(names.length);
      break;
    }
    expect(names).toEqual([...names].sort());
    expect(names.length).toBeGreaterThan(2);
  });

  test('let their people see one another’s tickets as long as they share them', async () => {
    const { organization } = await organize({ name: 'Sharing' });
    const organizationId = organization?.id as string;
    for (const name of ['one', 'two'])
      expect(refusals(await welcome({ name, email: at(name), organizationId }))).toEqual([]);
    const ticket = await create(manager, { customer: { email: at('one') } });
    const two = await desk.as(at('two'));
    const sees = async () => (await two.ask(TicketsDocument)).tickets.nodes.some(({ id }) => id === ticket);
    expect(await sees()).toBe(false);
    await reorganize({ organizationId, sharesTickets: true });
    await until(sees, 'the shared ticket');
    await reorganize({ organizationId, sharesTickets: false });
    await until(async () => !(await sees()), 'the ticket to be private again');
  });
});

describe('customers', () => {
  test('are made and changed; an address is one person’s', async () => {
    const made = await welcome({ name: 'Cleo', email: 'Cleo@Example.com' });
    expect(made.customer).toEqual({
      id: expect.stringMatching(/^customer_/),
      name: 'Cleo',
      email: 'cleo@example.com',
      version: 1,
      organization: null,
    });
    const customerId = made.customer?.id as string;
    // Whoever writes from there is this customer.
    const ticket = await create(manager, { customer: { email: 'CLEO@example.com' } });
    await (await desk.as('cleo@example.com'))
      .ask(TicketsDocument)
      .then(({ tickets }) => expect(tickets.nodes.map(({ id }) => id)).toEqual([ticket]));
    expect((await update({ customerId, name: 'Cleo C.', expectedVersion: 1 })).customer?.version).toBe(2);
    expect(await update({ customerId, name: 'X', expectedVersion: 1 })).toMatchObject({
      customer: { name: 'Cleo C.' },
      userErrors: [{ code: 'STALE' }],
    });
    for (const email of [at('Customer'), at('Agent')])
      expect(refusals(await update({ customerId, email }))).toEqual(['ALREADY_EXISTS input email']);
    expect(refusals(await update({ customerId, organizationId: 'org_1' }))).toEqual([
      'NOT_FOUND input organizationId',
    ]);
    expect(refusals(await update({ customerId: 'customer_1' }))).toEqual(['NOT_FOUND input customerId']);
  });

  test('join an organization and leave it again', async () => {
    const { organization } = await organize({ name: 'Joined' });
    const { customer } = await welcome({ name: 'Jo', email: at('jo') });
    const customerId = customer?.id as string;
    expect((await update({ customerId, organizationId: organization?.id })).customer?.organization).toEqual({
      name: 'Joined',
    });
    expect((await update({ customerId, name: 'Joe' })).customer?.organization).toEqual({ name: 'Joined' });
    expect((await update({ customerId, organizationId: null })).customer?.organization).toBeNull();
  });

  test.each([Role.AGENT, Role.TEAM_LEAD, Role.QA_MANAGER, Role.CUSTOMER])(
    'are not for %s to change',
    async (role) => {
      const { errors } = await (await desk.as(role)).send(UpdateCustomerDocument, {
        input: { customerId: 'customer_1', email: 'taken@example.com' },
      });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    },
  );
});
