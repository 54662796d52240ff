import { expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { demoPerson } from '../../../src/seed/demo.people.js';
import { CreateApiKeyDocument, ViewerDocument } from '../../generated/graphql.js';
import { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';

const desk = useDesk();
const viewer = async (client: Client) => (await client.ask(ViewerDocument, {})).viewer;

test('nobody, without a token', async () => {
  expect(await viewer(desk.anonymous())).toBeNull();
});

test('a customer, with what customers may do', async () => {
  const found = await viewer(await desk.as(Role.CUSTOMER));
  expect(found).toMatchObject({
    agent: null,
    customer: { email: demoPerson(Role.CUSTOMER) },
    roles: ['CUSTOMER'],
    teams: [],
    scopes: null,
  });
  expect(found?.mutations).toEqual(expect.arrayContaining(['createTicket', 'replyToTicket']));
  expect(found?.mutations).not.toContain('addNote');
});

test('each role is told of more than the agent, and of nothing that is refused as not open', async () => {
  const agent = await viewer(await desk.as(Role.AGENT));
  expect(agent).toMatchObject({ customer: null, roles: expect.arrayContaining(['AGENT']), scopes: null });
  expect(agent?.teams.length).toBeGreaterThan(0);
  expect(agent?.mutations).not.toContain('createAgent');
  const admin = await viewer(await desk.as(Role.ADMIN));
  expect(admin?.mutations).toContain('createAgent');
});

test('an API key is told of its scopes, and of what they leave', async () => {
  const manager = await desk.as(Role.MANAGER);
  const input = {
    name: 'Work',
    scopes: ['READ' as const, 'WORK' as const],
    expiresAt: '2099-01-01T00:00:00Z',
  };
  const { createApiKey } = await manager.ask(CreateApiKeyDocument, { input });
  const [whole, byKey] = [
    await viewer(manager),
    await viewer(new Client(() => desk.app.url, createApiKey.secret as string)),
  ];
  expect(byKey).toMatchObject({ agent: whole?.agent, roles: whole?.roles, scopes: ['READ', 'WORK'] });
  expect(byKey?.mutations).toContain('addNote');
  expect(whole?.mutations).toContain('migrateRun');
  expect(byKey?.mutations).not.toContain('migrateRun');
  expect(whole?.mutations).toEqual(expect.arrayContaining(byKey?.mutations ?? []));
});
