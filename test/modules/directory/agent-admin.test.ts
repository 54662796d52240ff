import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CreateAgentDocument,
  type CreateAgentInput,
  CreateCustomerDocument,
  DeactivateAgentDocument,
  EventCursorDocument,
  OneTeamDocument,
  PeopleDocument,
  ReactivateAgentDocument,
  UpdateAgentDocument,
  type UpdateAgentInput,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { until, useDesk } from '../../support/desk.js';
import { at } from '../../support/office.js';
import { directory, refusals } from '../ticket/play.js';
import { employ, found } from './staff.js';

const desk = useDesk();
let admin: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  admin = await desk.as(Role.ADMIN);
  known = await directory(admin);
});

const create = async (client: Client, input: Partial<CreateAgentInput> = {}) =>
  (
    await client.ask(CreateAgentDocument, {
      input: { name: 'New', email: 'new@example.com', roles: ['AGENT'], ...input },
    })
  ).createAgent;
const update = async (client: Client, input: UpdateAgentInput) =>
  (await client.ask(UpdateAgentDocument, { input })).updateAgent;
const leave = async (client: Client, agentId: string, expectedVersion?: number) =>
  (await client.ask(DeactivateAgentDocument, { input: { agentId, expectedVersion } })).deactivateAgent;

describe('taking on', () => {
  test('with roles, skills and teams; whoever it is signs in at once', async () => {
    const made = await create(admin, {
      name: '  Nia New ',
      email: 'Nia@Example.com',
      roles: ['TEAM_LEAD', 'AGENT', 'AGENT'],
      skills: ['billing'],
      teamIds: [known.teams.Billing as string],
    });
    expect(made).toEqual({
      agent: {
        id: expect.stringMatching(/^agent_/),
        name: 'Nia New',
        email: 'nia@example.com',
        roles: ['AGENT', 'TEAM_LEAD'],
        skills: ['billing'],
        active: true,
        version: 1,
      },
      userErrors: [],
    });
    const nia = await desk.as('nia@example.com');
    expect((await nia.ask(PeopleDocument)).agents.nodes.map(({ name }) => name)).toContain('Nia New');
    const { node } = await admin.ask(OneTeamDocument, { id: known.teams.Billing as string });
    expect(node).toMatchObject({ version: 2, members: [{ name: 'Bo Billing' }, { name: 'Nia New' }] });
  });

  test.each<[string, Partial<CreateAgentInput>, string]>([
    [
      'an address of an agent, in other letters',
      { email: 'AGENT@demo.stepdesk.example' },
      'ALREADY_EXISTS input email',
    ],
    ['an address of a customer', { email: at('customer') }, 'ALREADY_EXISTS input email'],
    ['no role', { roles: [] }, 'INVALID_INPUT input roles'],
    ['the role of customers', { roles: ['CUSTOMER', 'AGENT'] }, 'INVALID_INPUT input roles'],
    ['no name', { name: ' ' }, 'REQUIRED input name'],
    ['a name over two lines', { name: 'A\r\nB' }, 'INVALID_INPUT input name'],
    ['a team that is not there', { teamIds: ['team_1'] }, 'NOT_FOUND input teamIds 0'],
  ])('not with %s', async (_, input, wanted) => {
    expect(refusals(await create(admin, input))).toEqual([wanted]);
  });

  test('with skills that read like something else to the database', async () => {
    const skills = ['null', 'NULL', 'a "b"', "it's", 'c,d', '{e}', 'f\\g', '{}', '\u00e4 \u{1f44d}'];
    const made = await create(admin, { email: 'odd@example.com', skills });
    expect(made).toMatchObject({ agent: { skills }, userErrors: [] });
    const { data } = await admin.send<{ agents: { nodes: { email: string; skills: string[] }[] } }, never>(
      '{ agents(first: 100) { nodes { email skills } } }',
    );
    expect(data?.agents.nodes).toContainEqual({ email: 'odd@example.com', skills });
    // And nothing is written anew where they stay.
    const agentId = made.agent?.id as string;
    expect((await update(admin, { agentId, skills })).agent).toMatchObject({ skills, version: 1 });
  });

  test('a retry makes nobody else', async () => {
    const input = { email: 'once@example.com', idempotencyKey: 'k1' };
    const [first, again] = [await create(admin, input), await create(admin, input)];
    expect(again.agent?.id).toBe(first.agent?.id);
    expect(refusals(await create(admin, { ...input, name: 'Other' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED input idempotencyKey',
    ]);
  });

  test.each([Role.MANAGER, Role.TEAM_LEAD, Role.AGENT, Role.QA_MANAGER, Role.CUSTOMER])(
    'not by %s',
    async (role) => {
      const input = { name: 'X', email: 'x@example.com', roles: [Role.ADMIN] };
      const { errors } = await (await desk.as(role)).send(CreateAgentDocument, { input });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    },
  );

  test('a customer does not take the address of an agent either', async () => {
    const { createCustomer } = await admin.ask(CreateCustomerDocument, {
      input: { name: 'C', email: 'Agent@Demo.Stepdesk.Example' },
    });
    expect(refusals(createCustomer)).toEqual(['ALREADY_EXISTS input email']);
  });
});

describe('changing', () => {
  test('what is given, once per version; a stale write shows what is there', async () => {
    const ada = await employ(admin, 'ada');
    const changed = await update(admin, { agentId: ada.id, name: 'Ada', expectedVersion: 1 });
    expect(changed.agent).toEqual({ ...ada, name: 'Ada', version: 2 });
    expect(await update(admin, { agentId: ada.id, name: 'Eda', expectedVersion: 1 })).toMatchObject({
      agent: { name: 'Ada', version: 2 },
      userErrors: [{ code: 'STALE', path: ['input', 'expectedVersion'] }],
    });
    // What is said already changes nothing.
    expect((await update(admin, { agentId: ada.id, name: 'Ada' })).agent?.version).toBe(2);
    expect(refusals(await update(admin, { agentId: ada.id, email: at('Lead') }))).toEqual([
      'ALREADY_EXISTS input email',
    ]);
    expect(refusals(await update(admin, { agentId: 'agent_1' }))).toEqual(['NOT_FOUND input agentId']);
  });

  test('who is demoted is refused at the next request', async () => {
    const eve = await employ(admin, 'eve', { roles: ['ADMIN'] });
    const client = await desk.as(at('eve'));
    expect(refusals(await update(client, { agentId: known.agents.second as string, skills: ['x'] }))).toEqual(
      [],
    );
    expect(refusals(await update(admin, { agentId: eve.id, roles: ['AGENT'] }))).toEqual([]);
    // The rights in the token's cache may be half a second old: the service looks again.
    const { data, errors } = await client.send(UpdateAgentDocument, {
      input: { agentId: known.agents.second as string, skills: ['y'] },
    });
    expect(data?.updateAgent.userErrors[0]?.code ?? errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await update(admin, { agentId: known.agents.second as string })).agent?.skills).toEqual(['x']);
  });

  test('with another address the old one is nobody', async () => {
    const kim = await employ(admin, 'kim');
    const old = await desk.as(at('kim'));
    await old.ask(EventCursorDocument);
    expect(refusals(await update(admin, { agentId: kim.id, email: 'Kim@Elsewhere.example' }))).toEqual([]);
    await until(async () => (await old.send(EventCursorDocument)).errors !== undefined, 'the token to fail');
    await (await desk.as('kim@elsewhere.example')).ask(EventCursorDocument);
  });

  test('nobody changes their own roles; the rest of oneself is open', async () => {
    const agentId = known.agents.admin as string;
    expect(refusals(await update(admin, { agentId, roles: ['ADMIN', 'MANAGER'] }))).toEqual([
      'FORBIDDEN input roles',
    ]);
    expect(refusals(await update(admin, { agentId, name: 'Ash A.', roles: ['ADMIN'] }))).toEqual([]);
  });
});

describe('leaving', () => {
  test('tokens stop working; coming back brings roles and teams again, no lead', async () => {
    const lou = await employ(admin, 'lou', { roles: ['AGENT', 'TEAM_LEAD'] });
    const team = await found(admin, 'Lou and friends', { leadId: lou.id, memberIds: [lou.id] });
    const client = await desk.as(at('lou'));
    await client.ask(EventCursorDocument);
    expect((await leave(admin, lou.id, 1)).agent).toMatchObject({ active: false, version: 2 });
    await until(
      async () => (await client.send(EventCursorDocument)).errors !== undefined,
      'the token to fail',
    );
    expect((await client.send(EventCursorDocument)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const { node } = await admin.ask(OneTeamDocument, { id: team.id });
    expect(node).toMatchObject({ lead: null, members: [{ name: 'lou' }], version: 2 });
    expect(refusals(await leave(admin, lou.id))).toEqual(['INVALID_TRANSITION input agentId']);
    const { reactivateAgent } = await admin.ask(ReactivateAgentDocument, { input: { agentId: lou.id } });
    expect(reactivateAgent.agent).toMatchObject({ active: true, roles: ['AGENT', 'TEAM_LEAD'] });
    await until(
      async () => (await client.send(EventCursorDocument)).errors === undefined,
      'the token to work',
    );
    const again = await admin.ask(ReactivateAgentDocument, { input: { agentId: lou.id } });
    expect(refusals(again.reactivateAgent)).toEqual(['INVALID_TRANSITION input agentId']);
  });

  test('not the last administrator, who may go once there is another', async () => {
    const admins = async () =>
      (await admin.ask(PeopleDocument)).agents.nodes.filter(({ roles }) => roles?.includes('ADMIN'));
    const own = known.agents.admin as string;
    for (const { id } of await admins()) if (id !== own) await leave(admin, id);
    expect(await leave(admin, own)).toMatchObject({
      agent: null,
      userErrors: [{ code: 'FORBIDDEN', path: ['input', 'agentId'] }],
    });
    await employ(admin, 'heir', { roles: ['ADMIN'] });
    expect(refusals(await leave(admin, own))).toEqual([]);
    const heir = await desk.as(at('heir'));
    expect(refusals(await leave(heir, known.agents.second as string))).toEqual([]);
  });
});
