import { beforeAll, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import { ClaimTicketDocument } from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { assign, create, directory, look, refusals } from '../ticket/play.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const claim = async (client: Client, ticketId: string) =>
  (await client.ask(ClaimTicketDocument, { input: { ticketId } })).claimTicket;

test('who claims a ticket has it, and that is on record', async () => {
  const id = await create(agent);
  expect((await claim(agent, id)).ticket?.assignee).toEqual({ name: 'Alex Agent' });
  expect((await look(agent, id)).assignments).toMatchObject([
    { kind: 'CLAIMED', reason: 'Claimed.', agent: { name: 'Alex Agent' }, candidates: [] },
  ]);
});

test('of many who claim it at once one wins, and the others hear who', async () => {
  const people = ['agent', 'second', 'lead', 'senior', 'billing', 'manager'];
  const clients = await Promise.all(people.map((name) => desk.as(`${name}@demo.stepdesk.example`)));
  for (let round = 0; round < 10; round += 1) {
    const id = await create(agent);
    const claims = await Promise.all(clients.map((client) => claim(client, id)));
    const won = claims.filter(({ userErrors }) => userErrors.length === 0);
    expect(won).toHaveLength(1);
    const winner = won[0]?.ticket?.assignee?.name;
    const lost = claims.filter((each) => !won.includes(each));
    expect(lost).toHaveLength(people.length - 1);
    for (const { ticket, userErrors } of lost) {
      expect(ticket).toBeNull();
      expect(userErrors).toEqual([
        {
          code: 'ALREADY_CLAIMED',
          message: `${winner} has this ticket already.`,
          path: ['input', 'ticketId'],
        },
      ]);
    }
    expect(await look(agent, id)).toMatchObject({
      assignee: { name: winner },
      assignments: [{ kind: 'CLAIMED' }],
      version: 2,
    });
  }
});

test('what somebody has is not claimed from them, nor by them again; what was put back into the queue is', async () => {
  const { agents, teams } = await directory(agent);
  const id = await create(agent);
  await assign(agent, id, { agentId: agents.second });
  expect(refusals(await claim(agent, id))).toEqual(['ALREADY_CLAIMED input ticketId']);
  expect(refusals(await claim(await desk.as('second@demo.stepdesk.example'), id))).toEqual([
    'ALREADY_CLAIMED input ticketId',
  ]);
  await assign(agent, id, { teamId: teams.Billing });
  expect((await claim(agent, id)).ticket).toMatchObject({
    assignee: { name: 'Alex Agent' },
    team: { name: 'Billing' },
  });
});

test('claiming is for who works on tickets', async () => {
  const id = await create(agent);
  for (const role of [Role.QA_MANAGER, Role.ADMIN])
    expect(refusals(await claim(await desk.as(role), id))).toEqual(['FORBIDDEN']);
  const { errors } = await (await desk.as(Role.CUSTOMER)).send(ClaimTicketDocument, {
    input: { ticketId: id },
  });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await look(agent, id)).assignee).toBeNull();
});
