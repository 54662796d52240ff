import { beforeAll, describe, expect, test } from '@jest/globals';
import { Role } from '../../../src/platform/auth/viewer.js';
import {
  CloseTicketDocument,
  ReopenTicketDocument,
  ResolveTicketDocument,
  SetTicketPriorityDocument,
  SetTicketStatusDocument,
  type TicketStatus,
} from '../../generated/graphql.js';
import type { Client } from '../../support/client.js';
import { useDesk } from '../../support/desk.js';
import { assign, close, create, directory, look, OTHER, refusals, resolve } from './play.js';

const desk = useDesk();
let agent: Client;
beforeAll(async () => {
  agent = await desk.as(Role.AGENT);
});

const setStatus = async (ticketId: string, status: TicketStatus) =>
  (await agent.ask(SetTicketStatusDocument, { input: { ticketId, status } })).setTicketStatus;

describe('between OPEN, PENDING and ON_HOLD', () => {
  test('a ticket moves as somebody says; saying what it is changes nothing', async () => {
    const id = await create(agent);
    for (const status of ['PENDING', 'ON_HOLD', 'OPEN', 'ON_HOLD', 'PENDING', 'OPEN'] as const)
      expect((await setStatus(id, status)).ticket).toMatchObject({ status });
    const { version } = await look(agent, id);
    expect((await setStatus(id, 'OPEN')).ticket).toMatchObject({ status: 'OPEN', version });
  });

  test.each(['NEW', 'RESOLVED', 'CLOSED'] as const)('%s is not to be said', async (status) => {
    const id = await create(agent);
    expect(refusals(await setStatus(id, status))).toEqual(['INVALID_INPUT input status']);
    expect((await look(agent, id)).status).toBe('NEW');
  });

  test('what is resolved is reopened, not opened', async () => {
    const id = await create(agent);
    await resolve(agent, id);
    expect(refusals(await setStatus(id, 'OPEN'))).toEqual(['INVALID_TRANSITION']);
  });
});

describe('resolving', () => {
  const tryTo = async (ticketId: string, resolution: string) =>
    (await agent.ask(ResolveTicketDocument, { input: { ticketId, resolution } })).resolveTicket;

  test('needs an assignee and a resolution, and keeps neither part of a refused one', async () => {
    const id = await create(agent);
    expect(refusals(await tryTo(id, 'Done'))).toEqual(['REQUIRED']);
    expect(await look(agent, id)).toMatchObject({ status: 'NEW', resolution: null, version: 1 });
    await assign(agent, id, { agentId: (await directory(agent)).agents.second });
    expect(refusals(await tryTo(id, ' \n '))).toEqual(['REQUIRED input resolution']);
    expect(refusals(await tryTo(id, 'x'.repeat(20_001)))).toEqual(['INVALID_INPUT input resolution']);
    expect((await tryTo(id, ' Done ')).ticket).toMatchObject({ status: 'RESOLVED', resolution: 'Done' });
    expect((await look(agent, id)).resolvedAt).not.toBeNull();
    expect(refusals(await tryTo(id, 'Again'))).toEqual(['INVALID_TRANSITION']);
    expect((await look(agent, id)).resolution).toBe('Done');
  });
});

describe('closing', () => {
  const tryTo = async (ticketId: string, notes?: string) =>
    (await agent.ask(CloseTicketDocument, { input: { ticketId, notes } })).closeTicket;

  test('takes what is resolved', async () => {
    const id = await create(agent);
    expect(refusals(await tryTo(id))).toEqual(['INVALID_TRANSITION']);
    await resolve(agent, id);
    expect((await tryTo(id, ' All well ')).ticket).toMatchObject({
      status: 'CLOSED',
      closingNotes: 'All well',
    });
    expect((await look(agent, id)).closedAt).not.toBeNull();
    expect(refusals(await tryTo(id))).toEqual(['INVALID_TRANSITION']);
  });
});

describe('reopening', () => {
  const tryTo = async (client: Client, ticketId: string, reason = 'Silent again') =>
    (await client.ask(ReopenTicketDocument, { input: { ticketId, reason } })).reopenTicket;

  test('takes a reason, clears the times and counts', async () => {
    const id = await create(agent);
    expect(refusals(await tryTo(agent, id))).toEqual(['INVALID_TRANSITION']);
    await close(agent, id);
    expect(refusals(await tryTo(agent, id, ' '))).toEqual(['REQUIRED input reason']);
    expect((await tryTo(agent, id)).ticket).toMatchObject({
      status: 'OPEN',
      resolvedAt: null,
      closedAt: null,
    });
    expect(await look(agent, id)).toMatchObject({ reopenCount: 1, resolution: 'Plugged it in' });
  });

  test('is for its customer too, not for another, nor for who only reads', async () => {
    const id = await create(agent);
    await close(agent, id);
    expect(refusals(await tryTo(await desk.as(OTHER), id))).toEqual(['NOT_FOUND input ticketId']);
    expect(refusals(await tryTo(await desk.as(Role.QA_MANAGER), id))).toEqual(['FORBIDDEN']);
    expect((await tryTo(await desk.as(Role.CUSTOMER), id)).ticket).toMatchObject({ status: 'OPEN' });
  });

  test('of what is closed ends after 14 days; what is only resolved waits longer', async () => {
    const [late, inTime, resolved] = [await create(agent), await create(agent), await create(agent)];
    await close(agent, late);
    desk.clock.letDaysPass(1);
    await close(agent, inTime);
    await resolve(agent, resolved);
    desk.clock.letDaysPass(13.5);
    expect(refusals(await tryTo(agent, late))).toEqual(['INVALID_TRANSITION']);
    expect((await look(agent, late)).status).toBe('CLOSED');
    expect((await tryTo(agent, inTime)).ticket?.status).toBe('OPEN');
    expect((await tryTo(agent, resolved)).ticket?.status).toBe('OPEN');
  });
});

describe('the priority', () => {
  const set = async (ticketId: string, to: object) =>
    (await agent.ask(SetTicketPriorityDocument, { input: { ticketId, ...to } })).setTicketPriority;

  test('follows impact and urgency, is overridden for a reason, and follows again', async () => {
    const id = await create(agent, { customer: { email: OTHER } });
    expect((await set(id, { impact: 'HIGH' })).ticket).toMatchObject({
      priority: 'HIGH',
      impact: 'HIGH',
      urgency: 'MEDIUM',
    });
    expect((await set(id, { priority: 'LOW', reason: ' They can wait ' })).ticket?.priority).toBe('LOW');
    expect(await look(agent, id)).toMatchObject({ impact: 'HIGH', priorityReason: 'They can wait' });
    expect((await set(id, { urgency: 'HIGH' })).ticket?.priority).toBe('CRITICAL');
    expect((await look(agent, id)).priorityReason).toBeNull();
  });

  test('is assessed and overridden at once: what was assessed is kept beneath the override', async () => {
    const id = await create(agent, { customer: { email: OTHER } });
    const both = { impact: 'HIGH', urgency: 'HIGH', priority: 'LOW', reason: 'A rehearsal' };
    expect((await set(id, both)).ticket).toMatchObject({ priority: 'LOW', impact: 'HIGH', urgency: 'HIGH' });
    expect((await look(agent, id)).priorityReason).toBe('A rehearsal');
    expect((await set(id, { urgency: 'MEDIUM' })).ticket?.priority).toBe('HIGH');
  });

  test.each<[string, object, string]>([
    ['nothing', {}, 'REQUIRED input'],
    ['nothing but a reason', { reason: 'Because' }, 'REQUIRED input'],
    ['an override without a reason', { priority: 'HIGH' }, 'REQUIRED input reason'],
    ['an override for an empty reason', { priority: 'HIGH', reason: '  ' }, 'REQUIRED input reason'],
    [
      'an override for an endless reason',
      { priority: 'HIGH', reason: 'x'.repeat(2001) },
      'INVALID_INPUT input reason',
    ],
  ])('%s is refused', async (_, to, wanted) => {
    const id = await create(agent);
    expect(refusals(await set(id, to))).toEqual([wanted]);
    expect(await look(agent, id)).toMatchObject({ priority: 'MEDIUM', priorityReason: null, version: 1 });
  });
});
