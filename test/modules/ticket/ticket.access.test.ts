import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AssignTicketDocument,
  CloseTicketDocument,
  LifecycleDocument,
  OwnTicketDocument,
  ReopenTicketDocument,
  ResolveTicketDocument,
  SetTicketPriorityDocument,
  SetTicketStatusDocument,
  TicketsDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { close, create, directory, look, refusals } from './play.js';

const desk = useDesk();
let agent: Client;
let agents: Record<string, string>;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
  ({ agents } = await directory(agent));
});

type Change = TypedDocumentNode<
  Record<string, { userErrors: { code: string; path?: string[] | null }[] }>,
  { input: never }
>;
const MUTATIONS: [string, () => { document: unknown; input: object; ready?: boolean }][] = [
  ['assignTicket', () => ({ document: AssignTicketDocument, input: { agentId: agents.second } })],
  ['setTicketStatus', () => ({ document: SetTicketStatusDocument, input: { status: 'PENDING' } })],
  ['setTicketPriority', () => ({ document: SetTicketPriorityDocument, input: { impact: 'LOW' } })],
  ['resolveTicket', () => ({ document: ResolveTicketDocument, input: { resolution: 'Done' }, ready: true })],
  ['closeTicket', () => ({ document: CloseTicketDocument, input: {}, ready: true })],
  ['reopenTicket', () => ({ document: ReopenTicketDocument, input: { reason: 'Why not' }, ready: true })],
];

/** Sends a mutation of one ticket. @returns what it was refused with */
async function change(client: Client, document: unknown, input: object): Promise<string[]> {
  const data = await client.ask(document as Change, { input: input as never });
  return refusals(Object.values(data)[0] as { userErrors: { code: string }[] });
}

describe.each(MUTATIONS)('%s', (name, of) => {
  /** A ticket on which the mutation would do its work. */
  async function suited(): Promise<string> {
    const id = await create(agent);
    if (name === 'reopenTicket') await close(agent, id);
    else if (of().ready) await change(agent, AssignTicketDocument, { ticketId: id, agentId: agents.agent });
    if (name === 'closeTicket')
      await change(agent, ResolveTicketDocument, { ticketId: id, resolution: 'Done' });
    return id;
  }

  test('at another version than was expected is STALE and changes nothing; at that version it works', async () => {
    const { document, input } = of();
    const id = await suited();
    const before = await look(agent, id);
    const version = before.version as number;
    for (const expectedVersion of [version - 1, version + 1])
      expect(await change(agent, document, { ticketId: id, ...input, expectedVersion })).toEqual([
        'STALE input expectedVersion',
      ]);
    expect(await look(agent, id)).toEqual(before);
    expect(await change(agent, document, { ticketId: id, ...input, expectedVersion: version })).toEqual([]);
    expect((await look(agent, id)).version).toBe(version + 1);
  });

  test('of two at once that expect the same version one is STALE', async () => {
    const { document, input } = of();
    const id = await suited();
    const expectedVersion = (await look(agent, id)).version;
    const both = [1, 2].map(() => change(agent, document, { ticketId: id, ...input, expectedVersion }));
    expect((await Promise.all(both)).flat()).toEqual(['STALE input expectedVersion']);
  });

  test('is refused to who only reads, and of what is not there', async () => {
    const { document, input } = of();
    const id = await suited();
    for (const role of [Role.QA_MANAGER, Role.ADMIN])
      expect(await change(await desk.as(role), document, { ticketId: id, ...input })).toEqual(['FORBIDDEN']);
    const missing = 'ticket_00000000000000000000000000';
    expect(await change(agent, document, { ticketId: missing, ...input })).toEqual([
      'NOT_FOUND input ticketId',
    ]);
  });

  test('is closed to customers, but for reopening their own', async () => {
    const { document, input } = of();
    const id = await suited();
    const customer = await desk.as(Role.CUSTOMER);
    if (name === 'reopenTicket')
      return expect(await change(customer, document, { ticketId: id, ...input })).toEqual([]);
    const { errors } = await customer.send(document as Change, {
      input: { ticketId: id, ...input } as never,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

test('a customer sees its ticket, but nothing of the desk in it', async () => {
  const customer = await desk.as(Role.CUSTOMER);
  const id = await create(agent);
  expect((await customer.ask(OwnTicketDocument, { id })).ticket).toMatchObject({ id, status: 'NEW' });
  const { data, errors } = await customer.send(LifecycleDocument, { id });
  const internal = [
    'priority',
    'urgency',
    'impact',
    'version',
    'escalationLevel',
    'closingNotes',
    'team',
    'reopenCount',
    'priorityReason',
    'assignments',
  ];
  expect(errors?.map(({ path, extensions }) => `${path?.at(-1)} ${extensions?.code}`).sort()).toEqual(
    internal.map((field) => `${field} FORBIDDEN`).sort(),
  );
  for (const field of internal)
    expect((data as { ticket: Record<string, unknown> }).ticket[field]).toBeNull();
});

test.each(['PRIORITY', 'UPDATED_AT'] as const)('a customer does not sort by %s', async (field) => {
  const { errors } = await (await desk.as(Role.CUSTOMER)).send(TicketsDocument, {
    orderBy: [
      { field: 'NUMBER', direction: 'ASC' },
      { field, direction: 'ASC' },
    ],
  });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', argument: ['orderBy'] } }]);
});

test('a customer does not filter by what only staff sees', async () => {
  const { errors } = await (await desk.as(Role.CUSTOMER)).send(TicketsDocument, {
    where: { or: [{ not: { assignee: { isNull: true } } }] },
  });
  expect(errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', argument: ['where', 'or', '0', 'not', 'assignee'] } },
  ]);
});
