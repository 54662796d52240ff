import { beforeAll, expect, jest, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CancelRunDocument,
  CloseTicketDocument,
  ResolveTicketDocument,
  StoryDocument,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { Walk } from '../../support/walk.js';
import { assign, directory, refusals } from './play.js';

const desk = useDesk();
// Many requests: a limit for what hangs, not for how fast it is.
jest.setTimeout(120_000);
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const tryToClose = async (ticketId: string) =>
  (await agent.ask(CloseTicketDocument, { input: { ticketId } })).closeTicket;

/** A RESOLVED ticket that the process is being followed for. */
async function resolvedWithin(process: string): Promise<Walk> {
  const walk = await Walk.start(desk, process);
  await assign(agent, walk.ticketId, { agentId: (await directory(agent)).agents.agent });
  await agent.ask(ResolveTicketDocument, { input: { ticketId: walk.ticketId, resolution: 'Done' } });
  return walk;
}

test('a run whose gates are open keeps its ticket from being closed, and the refusal names them', async () => {
  const { ticketId } = await resolvedWithin('technical-support');
  const refused = await tryToClose(ticketId);
  expect(refusals(refused)).toEqual(['GATE_PENDING input ticketId']);
  expect(refused.userErrors[0]?.message).toBe(
    'The ticket cannot be closed before: Approval: Customer Service Manager (Technical support); ' +
      'Approval: Technical Problem Resolved (Technical support); Approval: Customer Satisfaction (Technical support).',
  );
  const { ticket } = await agent.ask(StoryDocument, { id: ticketId });
  expect(ticket).toMatchObject({ status: 'RESOLVED', closedAt: null });
});

test('once the gates before closing are passed it closes by hand, whatever gate comes after', async () => {
  const walk = await resolvedWithin('technical-support');
  for (const key of [
    'receive-customer-service-request',
    'identify-the-technical-issue',
    'log-the-service-request-into-system',
  ])
    await walk.complete(key);
  await walk.complete('evaluate-the-urgency-level-of-the-issue');
  await walk.complete('assign-service-request-to-appropriate-team');
  await walk.complete('inform-the-customer-about-estimated-troubleshooting-time');
  await walk.approve('approval-customer-service-manager', Role.MANAGER);
  await walk.complete('service-team-troubleshoots-the-problem');
  await walk.complete('feedback-communication-to-the-customer-about-the-process');
  await walk.approve('approval-technical-problem-resolved', 'lead@demo.stepdesk.example');
  await walk.complete('record-the-resolution-in-the-system');
  await walk.complete('communicate-the-resolution-to-the-customer');
  await walk.complete('evaluate-customer-satisfaction');
  const waiting = await tryToClose(walk.ticketId);
  expect(waiting.userErrors).toMatchObject([
    { code: 'GATE_PENDING', message: expect.stringMatching(/before: Approval: Customer Satisfaction \(/) },
  ]);
  await walk.approve('approval-customer-satisfaction', Role.MANAGER);
  expect(await tryToClose(walk.ticketId)).toMatchObject({ ticket: { status: 'CLOSED' }, userErrors: [] });
  expect(walk.phase).toBe('ACTIVE');
});

test('a run without gates holds nothing up', async () => {
  const { ticketId } = await resolvedWithin('ticket-flow');
  expect(await tryToClose(ticketId)).toMatchObject({ ticket: { status: 'CLOSED' }, userErrors: [] });
});

test('nor does one that was given up', async () => {
  const { ticketId } = await resolvedWithin('support-escalation');
  expect(refusals(await tryToClose(ticketId))).toEqual(['GATE_PENDING input ticketId']);
  const { ticket } = await agent.ask(StoryDocument, { id: ticketId });
  await agent.ask(CancelRunDocument, {
    input: { runId: ticket?.runs[0]?.id as string, reason: 'Not needed' },
  });
  expect(refusals(await tryToClose(ticketId))).toEqual([]);
});
