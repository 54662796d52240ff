import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { CreateTicketDocument, type CreateTicketInput, CustomersDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { CUSTOMER, create, directory, look, refusals } from './play.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const input: CreateTicketInput = {
  subject: 'S',
  description: 'D',
  channel: 'PHONE',
  customer: { email: CUSTOMER },
};
const answered = async (given: Partial<CreateTicketInput>) =>
  (await agent.ask(CreateTicketDocument, { input: { ...input, ...given } })).createTicket;

describe('a faulty request is refused by code and path, and nothing is made of it', () => {
  test.each<[string, Partial<CreateTicketInput>, string]>([
    ['an empty subject', { subject: ' \n\t ' }, 'REQUIRED input subject'],
    ['a subject that is too long', { subject: 'x'.repeat(256) }, 'INVALID_INPUT input subject'],
    ['an empty description', { description: '' }, 'REQUIRED input description'],
    [
      'a description that is too long',
      { description: 'x'.repeat(100_001) },
      'INVALID_INPUT input description',
    ],
    ['nobody who asks', { customer: null }, 'REQUIRED input customer'],
    ['a name without an address', { customer: { name: 'Nell' } }, 'REQUIRED input customer'],
    [
      'a customer who is not there',
      { customer: { id: 'customer_00000000000000000000000000' } },
      'NOT_FOUND input customer id',
    ],
    [
      'a category that is not there',
      { categoryId: 'category_00000000000000000000000000' },
      'NOT_FOUND input categoryId',
    ],
    ['a product that is not there', { productId: 'category_1' }, 'NOT_FOUND input productId'],
  ])('%s', async (_, fault, wanted) => {
    const newcomer = { email: 'nobody@example.com' };
    expect(refusals(await answered({ customer: newcomer, ...fault }))).toEqual([wanted]);
    expect((await agent.ask(CustomersDocument, newcomer)).customers.totalCount).toBe(0);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half of a surrogate pair', 'a\ud800b'],
  ])('a text with %s refuses the whole request, by its path', async (_, subject) => {
    const customer = { email: 'nobody@example.com' };
    const answer = await agent.send(CreateTicketDocument, { input: { ...input, customer, subject } });
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'INVALID_INPUT', argument: ['input', 'subject'] } },
    ]);
    expect((await agent.ask(CustomersDocument, customer)).customers.totalCount).toBe(0);
  });

  test('what is no address is refused before it runs', async () => {
    const { errors } = await agent.send(CreateTicketDocument, {
      input: { ...input, customer: { email: 'a@b.c\r\nBcc: d@e.f' } },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('the longest texts are taken whole', async () => {
    const { categories } = await directory(agent);
    const long = {
      subject: 'x'.repeat(255),
      description: 'y'.repeat(100_000),
      categoryId: categories.Billing,
    };
    const ticket = await look(agent, await create(agent, long));
    expect(ticket).toMatchObject({
      subject: long.subject,
      description: long.description,
      category: { name: 'Billing' },
    });
  });
});
