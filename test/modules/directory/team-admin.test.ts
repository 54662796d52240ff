import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  AddTeamMemberDocument,
  CreateTeamDocument,
  type CreateTeamInput,
  RemoveTeamMemberDocument,
  UpdateAgentDocument,
  UpdateTeamDocument,
  type UpdateTeamInput,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { directory, refusals } from '../ticket/play.js';
import { found } from './staff.js';

const desk = useDesk();
let admin: Client;
let lead: Client;
let known: Awaited<ReturnType<typeof directory>>;
beforeAll(async () => {
  admin = await desk.as(Role.ADMIN);
  lead = await desk.as(Role.TEAM_LEAD);
  known = await directory(admin);
});

const id = (name: string) => known.agents[name] as string;
const create = async (input: CreateTeamInput, client = admin) =>
  (await client.ask(CreateTeamDocument, { input })).createTeam;
const update = async (client: Client, input: UpdateTeamInput) =>
  (await client.ask(UpdateTeamDocument, { input })).updateTeam;
const add = async (client: Client, teamId: string, agentId: string) =>
  (await client.ask(AddTeamMemberDocument, { input: { teamId, agentId } })).addTeamMember;
const remove = async (client: Client, teamId: string, agentId: string) =>
  (await client.ask(RemoveTeamMemberDocument, { input: { teamId, agentId } })).removeTeamMember;

describe('teams', () => {
  test('begin with a lead, members and a target', async () => {
    expect(
      await found(admin, ' Refunds ', {
        skills: ['billing'],
        leadId: id('billing'),
        escalationTeamId: known.teams['Senior support'],
        memberIds: [id('agent'), id('agent')],
      }),
    ).toEqual({
      id: expect.stringMatching(/^team_/),
      name: 'Refunds',
      skills: ['billing'],
      restricted: false,
      version: 1,
      lead: { name: 'Bo Billing' },
      escalationTeam: { name: 'Senior support' },
      members: [{ name: 'Alex Agent' }],
    });
  });

  test.each<[string, () => CreateTeamInput, string]>([
    ['a name that is taken', () => ({ name: 'Billing' }), 'ALREADY_EXISTS input name'],
    ['no name', () => ({ name: '' }), 'REQUIRED input name'],
    ['a lead without the role', () => ({ name: 'T', leadId: id('agent') }), 'INVALID_INPUT input leadId'],
    ['a lead who is not there', () => ({ name: 'T', leadId: 'agent_1' }), 'NOT_FOUND input leadId'],
    ['oneself', () => ({ name: 'T', memberIds: [id('admin')] }), 'FORBIDDEN input memberIds'],
    [
      'a target that is not there',
      () => ({ name: 'T', escalationTeamId: 'team_1' }),
      'NOT_FOUND input escalationTeamId',
    ],
  ])('not with %s', async (_, input, wanted) => {
    expect(refusals(await create(input()))).toEqual([wanted]);
  });

  test('change by what is given: null empties, what is left out stays', async () => {
    const { id: teamId } = await found(admin, 'Changing', { leadId: id('lead'), skills: ['a'] });
    const changed = await update(admin, { teamId, name: 'Changed', leadId: null, expectedVersion: 1 });
    expect(changed.team).toMatchObject({ name: 'Changed', lead: null, skills: ['a'], version: 2 });
    expect(await update(admin, { teamId, restricted: true, expectedVersion: 1 })).toMatchObject({
      team: { restricted: false, version: 2 },
      userErrors: [{ code: 'STALE' }],
    });
    expect(refusals(await update(admin, { teamId, name: 'Billing' }))).toEqual(['ALREADY_EXISTS input name']);
    expect(refusals(await update(admin, { teamId, escalationTeamId: teamId }))).toEqual([
      'INVALID_INPUT input escalationTeamId',
    ]);
    expect(refusals(await update(admin, { teamId: 'team_1' }))).toEqual(['NOT_FOUND input teamId']);
  });

  test('have no lead once the lead has not the role', async () => {
    const { id: teamId } = await found(admin, 'Leaderless', { leadId: id('senior') });
    const input = { agentId: id('senior'), roles: ['AGENT' as const] };
    expect(refusals((await admin.ask(UpdateAgentDocument, { input })).updateAgent)).toEqual([]);
    expect((await update(admin, { teamId })).team?.lead).toBeNull();
  });
});

describe('members', () => {
  test('come and go once', async () => {
    const { id: teamId } = await found(admin, 'Coming and going');
    expect((await add(admin, teamId, id('second'))).team).toMatchObject({
      members: [{ name: 'Sam Second' }],
      version: 2,
    });
    expect(refusals(await add(admin, teamId, id('second')))).toEqual(['ALREADY_EXISTS input agentId']);
    expect((await remove(admin, teamId, id('second'))).team).toMatchObject({ members: [], version: 3 });
    expect(refusals(await remove(admin, teamId, id('second')))).toEqual(['NOT_FOUND input agentId']);
    expect(refusals(await add(admin, teamId, 'agent_1'))).toEqual(['NOT_FOUND input agentId']);
    expect(refusals(await add(admin, 'team_1', id('second')))).toEqual(['NOT_FOUND input teamId']);
  });

  test('nobody brings themself in, whatever they are; going is free', async () => {
    const manager = await desk.as(Role.MANAGER);
    const { id: teamId } = await found(admin, 'Deciders', { memberIds: [id('manager')] });
    for (const [client, who] of [
      [admin, 'admin'],
      [manager, 'manager'],
    ] as const)
      expect(refusals(await add(client, teamId, id(who)))).toEqual(['FORBIDDEN input agentId']);
    expect(refusals(await remove(manager, teamId, id('manager')))).toEqual([]);
    expect(refusals(await add(manager, teamId, id('second')))).toEqual([]);
  });
});

describe('a lead', () => {
  test('looks after their own team: its members, skills and target, and nothing else', async () => {
    const teamId = known.teams['First line'] as string;
    expect(refusals(await add(lead, teamId, id('billing')))).toEqual([]);
    expect(refusals(await remove(lead, teamId, id('billing')))).toEqual([]);
    expect(refusals(await update(lead, { teamId, skills: ['technical'] }))).toEqual([]);
    for (const rest of [{ name: 'Mine' }, { restricted: true }, { leadId: null }])
      expect(refusals(await update(lead, { teamId, ...rest }))).toEqual([
        `FORBIDDEN input ${Object.keys(rest)[0]}`,
      ]);
  });

  test('and no other', async () => {
    const teamId = known.teams.Billing as string;
    expect(refusals(await add(lead, teamId, id('second')))).toEqual(['FORBIDDEN input teamId']);
    expect(refusals(await remove(lead, teamId, id('billing')))).toEqual(['FORBIDDEN input teamId']);
    expect(refusals(await update(lead, { teamId, skills: [] }))).toEqual(['FORBIDDEN input teamId']);
  });

  test('makes none', async () => {
    const { errors } = await lead.send(CreateTeamDocument, { input: { name: 'Own' } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
